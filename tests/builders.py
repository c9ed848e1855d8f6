"""Small valid objects; a test overrides the field that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from papertrack import library
from papertrack.library import Library
from papertrack.model import (
    STATUSES,
    Benchmark,
    CodeLink,
    Link,
    Metric,
    Paper,
    Record,
    Result,
    Venue,
)
from papertrack.readme.adopt.document import Row, Span, Text
from papertrack.text import clean_line


def table_row(*cells: str, urls: Sequence[str] = (), line: int = 1) -> Row:
    """Build a row of a table that somebody wrote; each link stands in a cell of its own."""
    plain = [Text((Span(cell, line),)) for cell in cells]
    links = [Text((Span("link", line, url, n),)) for n, url in enumerate(urls, 1)]
    return Row((*plain, *links), range(line, line + 1))


def unet(**changes: Any) -> Paper:
    """Build the paper that most tests are about."""
    fields: dict[str, Any] = {
        "title": "U-Net: Convolutional Networks for Biomedical Image Segmentation",
        "name": "U-Net",
        "authors": ("Olaf Ronneberger", "Philipp Fischer", "Thomas Brox"),
        "year": 2015,
        "venue": Venue(name="MICCAI", year=2015),
        "ids": {"arxiv": "1505.04597", "doi": "10.1007/978-3-319-24574-4_28"},
        "section": ("Segmentation",),
        "added": "2026-11-23",
    }
    return Paper(**(fields | changes))


def voxelmorph(**changes: Any) -> Paper:
    """Build another one, with code."""
    fields: dict[str, Any] = {
        "title": "VoxelMorph: A Learning Framework for Deformable Medical Image Registration",
        "name": "VoxelMorph",
        "authors": ("Guha Balakrishnan", "Amy Zhao", "Mert R. Sabuncu"),
        "year": 2018,
        "venue": Venue(name="IEEE TMI", year=2019),
        "ids": {"arxiv": "1809.05231"},
        "section": ("Registration",),
        "code": (
            CodeLink(
                url="https://github.com/voxelmorph/voxelmorph", label="official", source="abstract"
            ),
        ),
        "added": "2026-11-23",
    }
    return Paper(**(fields | changes))


def synapse(**changes: Any) -> Benchmark:
    """Build a benchmark with one metric of either direction."""
    fields: dict[str, Any] = {
        "title": "Synapse multi-organ CT",
        "metrics": (
            Metric(id="dice", name="Dice", unit="%"),
            Metric(id="hd95", name="HD95", direction="lower", unit="mm"),
        ),
    }
    return Benchmark(**(fields | changes))


def fair_comparison(**changes: Any) -> Benchmark:
    """Build the benchmark that fixes a shape, and counts parameters and operations."""
    fields: dict[str, Any] = {
        "title": "Fair comparison",
        "metrics": (
            Metric(id="params", name="Params", direction="none", unit="M", decimals=2),
            Metric(id="macs", name="MACs", direction="none", unit="G", decimals=2),
        ),
        "protocol": {
            "input": [1, 3, 128, 128, 128],
            "classes": 3,
            "levels": 5,
            "base_channels": 32,
            "norm": "batch",
            "act": "relu",
        },
    }
    return Benchmark(**(fields | changes))


def make_library(root: Path, **papers: Paper) -> Library:
    """Make a library on disk that holds these papers under these keys."""
    made = library.create(root)
    with made.change() as contents:
        contents.papers.update(papers)
    return made


def record(source: str = "arxiv", **changes: Any) -> Record:
    """Build what a source says of the paper of `unet`."""
    fields: dict[str, Any] = {
        "title": "U-Net: Convolutional Networks for Biomedical Image Segmentation",
        "authors": ("Olaf Ronneberger", "Philipp Fischer", "Thomas Brox"),
        "year": 2015,
        "ids": {"arxiv": "1505.04597"},
    }
    return Record(source=source, **(fields | changes))


def attention_unet(**changes: Any) -> Paper:
    """Build a preprint without a name, a venue or code."""
    fields: dict[str, Any] = {
        "title": "Attention U-Net: Learning Where to Look for the Pancreas",
        "authors": ("Ozan Oktay", "Jo Schlemper"),
        "year": 2018,
        "ids": {"arxiv": "1804.03999"},
        "section": ("Segmentation", "Abdomen"),
        "added": "2026-11-23",
    }
    return Paper(**(fields | changes))


def region(name: str, *options: str) -> str:
    """Write an empty region of a README."""
    begin = " ".join([f"papertrack:begin {name}", *options])
    return f"<!-- {begin} -->\n\n<!-- papertrack:end {name} -->\n"


HOSTILE = [
    "a|b",
    "`x` and ``",
    "[x](https://evil.example)",
    "# x",
    "- x",
    "1. x",
    "> x",
    "===",
    "---",
    "<!-- papertrack:end papers -->",
    "<details>",
    "&lt;b>",
    "$x$ 5$",
    "*a* _b_",
    "~~~",
    "```",
    "x\\",
    "\\|",
    ":smile:",
    "see https://evil.example/a_b (x)",
    "www.evil.example",
    "!",
    "+",
    "|---|---|",
    "a - b",
    "x: y",
    "U-Net",
    "U-Net++",
    "网络 é",
    "a@b.example",
    "[ ] x",
    "F ##",
    "[r]: https://evil.example",
    '<a href="x.html">',
    "](x.html)",
    "(a",
    "code",
    "__",
    "%41 &#8288;",
]
"""Texts that would break a README apart, or make a link in it, if they were not escaped."""

lines = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map(" ".join),
    st.text(min_size=1, max_size=12).map(clean_line).filter(bool),
)
"""Texts as the store can hold them."""

addresses = st.sampled_from(
    ["https://github.com/o/a_b", "https://x.example/A(b)", "https://x.example/%41?q=a&amp;b|c"]
    + ["https://X.example/it's/", "https://x.example/[1]", "http://x.example/ü*", "javascript:x"]
    + [f"https://github.com/owner/{n}" for n in range(4)]
)

_sections = st.lists(
    st.one_of(st.sampled_from(["Segmentation", "segmentation", "Brain", "U-Net"]), lines),
    max_size=3,
).map(tuple)

_results = st.builds(
    Result,
    benchmark=st.just("synapse"),
    model=st.one_of(st.just(""), lines),
    values=st.dictionaries(
        st.sampled_from(["dice", "hd95"]), st.sampled_from(["76.85", "80.0 ± 0.1", "9", "x|y"])
    ),
    extra_data=st.one_of(st.just(""), lines),
    convention=st.sampled_from(["", "torch", "x|y"]),
    status=st.sampled_from([*STATUSES, "*none*"]),
    note=st.one_of(st.just(""), lines),
)

papers = st.builds(
    Paper,
    title=lines,
    name=st.one_of(st.just(""), lines),
    authors=st.lists(lines, max_size=3).map(tuple),
    year=st.sampled_from([None, 2015, 2018]),
    venue=st.none() | st.builds(Venue, name=lines, year=st.sampled_from([None, 2016]), note=lines),
    ids=st.sampled_from([{}, {"arxiv": "1505.04597"}, {"doi": "10.1000/a(b)_c<d>"}]),
    section=_sections,
    code=st.lists(st.builds(CodeLink, url=addresses, label=lines), max_size=2).map(tuple),
    links=st.lists(st.builds(Link, url=addresses, label=lines), max_size=2).map(tuple),
    remark=st.one_of(st.just(""), lines),
    results=st.lists(_results, max_size=2).map(tuple),
    withdrawn=st.booleans(),
)
"""Papers whose every text may be hostile."""

libraries = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), papers, max_size=4)
