"""RIS: one tag and value a line, the form that publishers and EndNote export."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from papertrack.formats.bibtex import entry_type
from papertrack.formats.door import cited_name, load_all
from papertrack.formats.loaded import Loaded, NotThisFormat, numbered
from papertrack.formats.printed import Printed
from papertrack.model import Paper
from papertrack.names import parts, turn
from papertrack.text import LONGEST_TEXT, clean_line

_LINE = re.compile(r"([A-Z][A-Z0-9]) {0,2}-(?: (.*))?")

_TYPES = {"article": "JOUR", "inproceedings": "CONF", "misc": "GEN"}

Tags = dict[str, list[list[str]]]
"""The values of each tag; a value is the lines that it stands on."""


def dump(papers: Mapping[str, Paper]) -> str:
    """Write one record a paper, a blank line between them."""
    return "\n".join(_record(key, paper.citable) for key, paper in papers.items())


def load(text: str) -> Loaded:
    """Read the records; raise NotThisFormat where none begins."""
    if text.strip() and not looks_like_one(text):
        raise NotThisFormat(1, "no RIS: there is no line that begins with `TY  -`")
    return load_all(_printed(line, tags) for line, tags in _records(text))


def looks_like_one(text: str) -> bool:
    """Tell whether a record begins in a text."""
    return re.search(r"^\ufeff?TY {0,2}- ", text, re.MULTILINE) is not None


def _record(key: str, paper: Paper) -> str:
    fields = [
        ("TY", _TYPES[entry_type(paper.venue)]),
        ("ID", key),
        ("TI", paper.title),
        ("ST", paper.name),
        *(("AU", _turned(name)) for name in paper.authors),
        ("PY", str(paper.published or "")),
        ("T2", paper.venue.name if paper.venue else ""),
        ("DO", paper.ids.get("doi", "")),
        ("AN", f"arXiv:{paper.ids['arxiv']}" if "arxiv" in paper.ids else ""),
        *(("UR", url) for url in paper.id_urls or (paper.url,)),
        *(("UR", link.url) for link in paper.code),
        *(("KW", tag) for tag in paper.tags),
        ("AB", paper.abstract),
        *(("N1", note) for note in paper.notes.splitlines()),
    ]
    cleaned = ((tag, clean_line(value, limit=LONGEST_TEXT)) for tag, value in fields)
    return "".join(f"{tag}  - {value}\n" for tag, value in cleaned if value) + "ER  - \n"


def _turned(name: str) -> str:
    """Write a name as `Last, First, Suffix`."""
    given, surname, suffix = parts(clean_line(name))
    return ", ".join(filter(None, (surname, given, suffix)))


def _records(text: str) -> Iterator[tuple[int, Tags]]:
    """Yield the tags of each record with its first line; a record may lack its end."""
    start, tags, value = 0, Tags(), list[str]()
    for number, line in numbered(text):
        found = _LINE.fullmatch(line.rstrip())
        if found and found[1] in ("TY", "ER"):
            if start:
                yield start, tags
            start, tags, value = (number if found[1] == "TY" else 0), Tags(), []
        elif found:
            value = [found[2] or ""]
            tags.setdefault(found[1], []).append(value)
        else:
            value.append(line)
    if start:
        yield start, tags


def _printed(line: int, tags: Tags) -> Printed:
    def said(*names: str) -> Sequence[str]:
        values = (" ".join(lines) for name in names for lines in tags.get(name, ()))
        return [value.strip() for value in values if value.strip()]

    def first(*names: str) -> str:
        return next(iter(said(*names)), "")

    title = first("TI", "T1", "CT")
    return Printed(
        line=line,
        title=title,
        name=cited_name(first("ST"), title),
        authors=map(turn, said("AU", "A1")),
        year=first("PY", "Y1", "DA"),
        venues=said("T2", "C3", "JF", "JO", "JA", "J2", "BT"),
        ids=[("doi", value) for value in said("DO")],
        addresses=said("UR", "LK", "L1", "L2"),
        mentions=said("T2", "JO", "JF", "M1", "N1", "AN", "PB"),
        tags=said("KW"),
        abstract=first("AB", "N2"),
        notes=said("N1"),
    )
