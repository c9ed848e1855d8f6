"""A file in the form of arXiv's public metadata dump: one JSON object a line."""

from __future__ import annotations

import gzip
import logging
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from email.utils import parsedate_to_datetime
from pathlib import Path

import msgspec
from msgspec import Struct, field

from papertrack.identifiers import Identifier
from papertrack.model import Record
from papertrack.sources import Answers, Failed, Found, Missing
from papertrack.sources.arxiv import preprint
from papertrack.text import clean_line, title_key, untex

log = logging.getLogger("papertrack")

_Key = tuple[str, str]
"""Kind and value of an identifier, in the form in which the file is searched."""


class _Head(Struct):
    """What is read of every line: the dump has millions of them."""

    id: str
    title: str


class _Version(Struct):
    created: str = ""


class Line(Struct, rename={"journal_ref": "journal-ref"}):
    """One paper of the dump."""

    id: str
    title: str
    authors_parsed: list[list[str]] = field(default_factory=list)
    """Surname, first names, suffix, and sometimes affiliations."""
    abstract: str = ""
    comments: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    categories: str = ""
    versions: list[_Version] = field(default_factory=list)


_HEAD, _WHOLE = msgspec.json.Decoder(_Head), msgspec.json.Decoder(Line)
"""Made before any thread starts, as in the cache."""


class SnapshotSource:
    """Looks arXiv identifiers and titles up in a file, which may be compressed with gzip."""

    name = "snapshot"

    def __init__(self, path: Path) -> None:
        self._path = path

    def accepts(self, identifier: Identifier) -> bool:
        """Tell whether it is an arXiv identifier or a title."""
        return identifier.kind in ("arxiv", "title")

    def fetch(self, identifiers: Iterable[Identifier]) -> Iterator[Answers]:
        """Answer as the papers come by in the file, in the end for those that it does not have."""
        wanted: dict[_Key, Answers] = defaultdict(dict)
        for identifier in identifiers:
            wanted[_key(identifier)][identifier] = Missing()
        try:
            with _open(self._path) as file:
                for key, record in _search(file, set(wanted)):
                    yield dict.fromkeys(wanted.pop(key), Found(record))
        except (OSError, EOFError, zlib.error) as error:
            failed = Failed(f"cannot read {self._path}: {error}")
            yield {identifier: failed for answers in wanted.values() for identifier in answers}
            return
        yield from wanted.values()


def _key(identifier: Identifier) -> _Key:
    value = identifier.value
    return identifier.kind, title_key(value) if identifier.kind == "title" else value


def _open(path: Path) -> AbstractContextManager[Iterable[bytes]]:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def _search(lines: Iterable[bytes], keys: set[_Key]) -> Iterator[tuple[_Key, Record]]:
    """Find papers by identifier or title, and stop when all are found."""
    titles = any(kind == "title" for kind, _ in keys)
    unread = False
    for number, line in enumerate(lines, 1):
        try:
            paper = _HEAD.decode(line)
            found = keys & {("arxiv", paper.id), ("title", titles and title_key(paper.title))}
            record = to_record(_WHOLE.decode(line)) if found else None
        except (msgspec.DecodeError, RecursionError):
            if not unread:
                log.warning("line %d of the snapshot cannot be read and is passed over", number)
            unread = True
            continue
        if record:
            yield from ((key, record) for key in sorted(found))
            keys -= found
            if not keys:
                return


def to_record(line: Line) -> Record:
    """Convert one paper of the dump."""
    return preprint(
        source=SnapshotSource.name,
        arxiv_id=line.id,
        title=line.title,
        authors=[untex(clean_line(" ".join(_in_order(name)))) for name in line.authors_parsed],
        year=_year(line),
        abstract=line.abstract,
        comment=line.comments or "",
        journal_ref=line.journal_ref or "",
        doi=line.doi or "",
        categories=[line.categories],
    )


def _in_order(name: list[str]) -> list[str]:
    """Put first names before the surname, and a suffix (`Jr.`) behind it."""
    return [part for part in (*name[1:2], *name[:1], *name[2:3]) if part]


def _year(line: Line) -> int | None:
    """Read the year of the first version (`Mon, 18 May 2015 11:28:37 GMT`)."""
    try:
        return parsedate_to_datetime(line.versions[0].created).year
    except (IndexError, ValueError, OverflowError):
        return None
