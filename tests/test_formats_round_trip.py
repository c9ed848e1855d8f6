"""What every format writes, it reads back: the facts that it can hold, whatever they look like.

What comes back is completed, like all that is printed somewhere.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from papertrack.documents import from_document
from papertrack.formats import FORMATS, LOADERS
from papertrack.formats.loaded import SOURCE
from papertrack.merge import completed
from papertrack.model import CodeLink, Paper, Venue, replace
from papertrack.text import clean_line
from tests.test_formats import REAL, hostile_text

NAMES = ["bibtex", "csl", "csv", "ris", "tsv"]
"""The formats that hold part of a paper; JSON Lines hold all of it."""

KEPT = {
    "bibtex": {"title", "authors", "venue", "published", "arxiv", "doi"},
    "csl": {"title", "name", "authors", "venue", "published", "arxiv", "doi", "tags", "notes"},
    "csv": {
        *("title", "name", "authors", "venue", "published", "arxiv", "doi", "tags", "notes"),
        *("code", "section", "remark"),
    },
    "ris": {
        *("title", "name", "authors", "venue", "published", "arxiv", "doi", "tags", "notes"),
        *("code", "abstract"),
    },
}
KEPT["tsv"] = KEPT["csv"]


def facts(paper: Paper, wanted: set[str]) -> dict[str, Any]:
    said = {
        "title": paper.title,
        "name": paper.name,
        "authors": paper.authors,
        "venue": paper.venue.name if paper.venue else "",
        "published": paper.published,
        "arxiv": paper.ids.get("arxiv"),
        "doi": paper.ids.get("doi"),
        "tags": paper.tags,
        "notes": paper.notes,
        "code": [link.url for link in paper.code],
        "section": paper.section,
        "remark": paper.remark,
        "abstract": paper.abstract,
    }
    return {name: said[name] for name in wanted}


def as_printed(paper: Paper) -> Paper:
    """Make what comes back of a paper: a file prints one year."""
    return completed(replace(paper, year=paper.published))


@pytest.mark.parametrize("name", NAMES)
def test_the_real_papers_come_back(name: str) -> None:
    found = LOADERS[name](FORMATS[name](REAL))
    assert not found.problems
    assert len(found.items) == len(REAL)
    for item, paper in zip(found.items, REAL.values(), strict=True):
        assert facts(item.paper, KEPT[name]) == facts(as_printed(paper), KEPT[name])
        assert set(item.paper.sources.values()) == {SOURCE}


word = st.sampled_from(
    [
        *("Net", "3D", "of", "U-Net", "--", "don't", "''", "``", "#1", "5%", "R&D", "a_b", "x^2"),
        *("$5", "{", "}", "\\", "~", "<b", ">", "|", '"', "@misc{x,", "=1", "+", "TY", "ER"),
        *("é", "网络", "?`"),
    ]
)
line = st.lists(word, min_size=1, max_size=5).map(" ".join)
titles = line.map(lambda text: f"Seg {text}".rstrip(" ,;"))
authors = st.sampled_from(
    [
        *("Olaf Ronneberger", "Laurens van der Maaten", "Clifford R. Jack Jr.", "Plato"),
        *("ATLAS Collaboration", "Özgün Çiçek", "Klaus H. Maier-Hein", "D'Arcy O'Neill"),
    ]
)
papers = st.builds(
    Paper,
    title=titles,
    name=st.sampled_from(["", "U-Net", "LIME", "My Net v2"]),
    authors=st.lists(authors, max_size=3, unique=True).map(tuple),
    year=st.sampled_from([None, 2015, 2018]),
    venue=st.none()
    | st.builds(
        Venue,
        name=st.sampled_from(["MICCAI", "IEEE TMI", "Nature Methods", "arXiv", "Acta R&D_1"]),
        year=st.sampled_from([None, 2016]),
    ),
    ids=st.sampled_from(
        [
            {},
            {"arxiv": "1505.04597"},
            {"doi": "10.1007/978-3-319-24574-4_28"},
            {"arxiv": "hep-th/9901001", "doi": "10.1002/(sici)1097(1998)17:15<1::aid>3.0.co;2-2"},
        ]
    ),
    tags=st.lists(st.sampled_from(["unet", "2d", "brain MRI"]), max_size=2, unique=True).map(tuple),
    code=st.sampled_from([(), (CodeLink(url="https://github.com/MIC-DKFZ/nnUNet"),)]),
    section=st.sampled_from([(), ("Segmentation",), ("Segmentation", "Brain")]),
    remark=st.sampled_from(["", "A classic; begin here.", "-1"]),
    notes=st.sampled_from(["", "read again", "=1+1"]),
    abstract=st.sampled_from(["", "It segments. ER - TY"]),
)


@pytest.mark.parametrize("name", NAMES)
@given(paper=papers)
def test_the_facts_of_any_paper_come_back(name: str, paper: Paper) -> None:
    found = LOADERS[name](FORMATS[name]({"a2020": paper, "b2020": REAL["cicek20163d"]}))
    assert not found.problems
    assert len(found.items) == 2
    assert facts(found.items[0].paper, KEPT[name]) == facts(as_printed(paper), KEPT[name])


@pytest.mark.parametrize("name", NAMES)
@given(text=hostile_text)
def test_any_title_comes_back_as_it_is_cleaned(name: str, text: str) -> None:
    title = clean_line(text)
    assume(any(map(str.isalnum, title)))
    found = LOADERS[name](FORMATS[name]({"a2020": Paper(title=text)}))
    [item] = found.items
    assert item.paper.title == title


DOCUMENTS = st.fixed_dictionaries(
    {"title": line},
    optional={
        "authors": st.lists(authors, max_size=3),
        "year": st.sampled_from([2015, 2018]),
        "ids": st.sampled_from([{"arxiv": "1505.04597"}, {"doi": "10.1000/x"}, {"newer": "x"}]),
        "code": st.just([{"url": "https://github.com/a/b", "label": "official", "newer": [1]}]),
        "venue": st.just({"name": "MICCAI", "newer": {"a": None}}),
        "sources": st.just({"title": "arxiv"}),
        "pinned": st.just(["venue"]),
        "notes": st.just("one\ntwo"),
        "newer": st.recursive(st.none() | st.booleans() | st.integers() | line, st.lists),
    },
)


@given(document=DOCUMENTS)
def test_json_lines_lose_nothing(document: dict[str, Any]) -> None:
    paper = from_document(Paper, document)
    found = LOADERS["jsonl"](FORMATS["jsonl"]({"a2020": paper}))
    assert not found.problems
    assert [(item.key, item.paper) for item in found.items] == [("a2020", paper)]
