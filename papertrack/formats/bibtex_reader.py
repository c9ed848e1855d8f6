"""Reading BibTeX and BibLaTeX as reference managers, services and people write it.

bibtexparser parts the file into entries and fields. It does not look into entries whose key or
field stands twice: that is done here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from papertrack.errors import InvalidIdentifier
from papertrack.formats.bibtex_values import Broken, value_of
from papertrack.formats.door import cited_name, load_all
from papertrack.formats.loaded import LeftOut, Loaded, NotThisFormat, Problem
from papertrack.formats.printed import Printed, is_nothing
from papertrack.formats.tex import address, plain
from papertrack.identifiers import parse
from papertrack.names import tidy
from papertrack.text import clean_line
from papertrack.venues import is_preprint, normalise

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.model import Block

_NO_PAPERS = frozenset({"proceedings", "collection", "periodical", "set", "xdata", "control"})
"""Types of entries that other entries refer to, or that set options."""

_VOLUMES = frozenset({"proceedings", "collection", "periodical", "book"}) | {
    *("mvproceedings", "mvcollection", "mvbook", "reference", "mvreference")
}
"""Types of entries that hold papers, so that their title is a venue."""

_LONGEST_MACRO = 2_000
"""Macros are made of macros, so that a few lines could say gigabytes."""

_STRAY_FIELD = re.compile(r"^[\s,]*[A-Za-z_-]+\s*=\s*[{\"\d]", re.MULTILINE)

_VENUES = ("booktitle", "journaltitle", "journal", "eventtitle")
_INHERITED = {"venue": _VENUES, "year": ("year", "date")}
"""What an entry has of the one that `crossref` names, where it names none of these fields."""
_ADDRESSES = ("url", "doc_url", "pdf", "link", "bdsk-url-1")
_MENTIONS = ("journal", "journaltitle", "volume", "number", "note", "howpublished", "publisher")
_TAGS = ("keywords", "keyword", "tags", "mendeley-tags", "groups")
_NOTES = ("note", "annote", "annotation", "comment")


@dataclass(frozen=True)
class _Entry:
    """An entry with its values put together."""

    line: int
    kind: str
    key: str
    fields: Mapping[str, str]
    problems: Sequence[Problem]

    def says(self, what: str) -> str:
        """Tell an entry that refers to this one what it lacks; a volume is called by its title."""
        said = next((self.fields[name] for name in _INHERITED[what] if name in self.fields), "")
        is_volume = self.kind in _VOLUMES
        return said or (self.fields.get("title", "") if what == "venue" and is_volume else "")


def load(text: str) -> Loaded:
    """Read the entries; raise NotThisFormat where there is none.

    What is broken is reported, and the entries around it are read.
    """
    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # its word is in our problems
    library = parse_string(text.removeprefix("\ufeff"), parse_stack=[])
    if text.strip() and not (library.entries or library.failed_blocks or library.strings):
        raise NotThisFormat(1, "no BibTeX: there is no entry that begins with `@`")
    return load_all(_records(library))


def looks_like_one(text: str) -> bool:
    """Tell whether an entry begins in a text."""
    return re.search(r"^\ufeff?\s*@\w+\s*[{(]", text, re.MULTILINE) is not None


def _records(library: Library) -> Iterator[Printed | Problem]:
    from bibtexparser.model import ImplicitComment, ParsingFailedBlock

    macros = _macros(library)
    read = [(block, _read(block, macros)) for block in library.blocks]
    volumes = {entry.key.lower(): entry for _, entry in reversed(read) if entry}
    for block, entry in read:
        line = (block.start_line or 0) + 1
        if entry:
            yield from _entry(entry, volumes)
        elif isinstance(block, ParsingFailedBlock) and block.ignore_error_block is None:
            yield LeftOut(line, f"the entry is broken, and left out: {_why(block.error)}")
        elif isinstance(block, ImplicitComment) and _STRAY_FIELD.search(block.comment):
            yield Problem(line, "fields outside of an entry: the one above has a brace too many")


def _why(error: Exception) -> str:
    return clean_line(getattr(error, "abort_reason", "") or str(error), limit=160)


def _macros(library: Library) -> dict[str, str]:
    macros: dict[str, str] = {}
    for string in library.strings:
        try:
            macros[string.key.lower()] = value_of(string.value, macros)[:_LONGEST_MACRO]
        except Broken:
            continue
    return macros


def _read(block: Block, macros: Mapping[str, str]) -> _Entry | None:
    """Read the entry in a block; of a field that stands twice the first counts, as for BibTeX."""
    from bibtexparser.model import Entry, ParsingFailedBlock

    entry = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
    if not isinstance(entry, Entry):
        return None
    fields: dict[str, str] = {}
    problems = []
    for field in entry.fields:
        try:
            value = value_of(field.value, macros)
        except Broken as broken:
            line = (field.start_line or 0) + 1
            problems.append(Problem(line, f"{clean_line(field.key, 40)}: {broken}"))
            value = broken.read
        fields.setdefault(field.key.lower(), value)
    said = {name: value for name, value in fields.items() if value}
    return _Entry((entry.start_line or 0) + 1, entry.entry_type.lower(), entry.key, said, problems)


def _entry(entry: _Entry, volumes: Mapping[str, _Entry]) -> Iterator[Printed | Problem]:
    if entry.kind in _NO_PAPERS:
        yield Problem(entry.line, f"@{entry.kind} is no paper; left out")
        return
    yield from entry.problems
    fields = dict(entry.fields)
    reference = fields.get("crossref", "")
    lacks = [what for what, names in _INHERITED.items() if fields.keys().isdisjoint(names)]
    if reference.lower() in volumes:
        volume = volumes[reference.lower()]
        fields |= {_INHERITED[what][0]: volume.says(what) for what in lacks}
    elif reference and lacks:
        named = clean_line(reference, 60)
        told = f"there is no entry {named!r}, which may have told {' and '.join(lacks)}"
        yield Problem(entry.line, f"crossref: {told}")
    yield _printed(entry.line, {name: value for name, value in fields.items() if value})


def _printed(line: int, fields: Mapping[str, str]) -> Printed:
    def first(*names: str) -> str:
        return next((fields[name] for name in names if name in fields), "")

    def all_of(names: tuple[str, ...]) -> list[str]:
        return [fields[name] for name in names if name in fields]

    title = ": ".join(map(plain, all_of(("title", "subtitle"))))
    published = address(first("howpublished"))
    return Printed(
        line=line,
        title=title,
        name=cited_name(plain(first("shorttitle")), title),
        authors=_authors(first("author")),
        year=plain(first("year", "date")),
        venues=[*map(plain, all_of(_VENUES)), *_preprint_server(published)],
        ids=[("doi", address(first("doi"))), ("pubmed", first("pmid")), *_eprint(fields)],
        addresses=[*map(address, all_of(_ADDRESSES)), *([published] if "://" in published else [])],
        code=map(address, all_of(("code", "github"))),
        mentions=map(plain, all_of(_MENTIONS)),
        tags=[tag for words in all_of(_TAGS) for tag in re.split(r"[,;]", plain(words))],
        abstract=plain(first("abstract")),
        categories=[address(first("primaryclass", "eprintclass"))],
        notes=[plain(note) for note in all_of(_NOTES)],
    )


def _authors(field: str) -> Iterator[str]:
    from bibtexparser.middlewares.names import (
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    for name in split_multiple_persons_names(field):
        parted = parse_single_name_into_parts(name, strict=False)
        yield from tidy([plain(parted.merge_first_name_first)])


def _preprint_server(published: str) -> list[str]:
    """Take `howpublished` for a venue only where it names one: it mostly holds an address."""
    return [published] if is_preprint(normalise(published)) and not is_nothing(published) else []


def _eprint(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Read `eprint`, which publishers also use for numbers and addresses of their own."""
    value = address(fields.get("eprint", ""))
    kind = (fields.get("archiveprefix") or fields.get("eprinttype") or "").strip("{} ").lower()
    if kind in ("arxiv", "pubmed"):
        return [(kind, value)]
    try:
        return [("arxiv", value)] if not kind and parse(value).kind == "arxiv" else []
    except InvalidIdentifier:
        return []
