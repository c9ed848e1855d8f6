"""What is found in a list: facts as they are printed, and the lines where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from papertrack.model import CodeLink, Link


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One paper of a list. What the list does not say is empty."""

    lines: range
    """The lines of the entry, counted from 1."""
    section: tuple[str, ...] = ()
    """The headings above it, outermost first."""
    title: str = ""
    name: str = ""
    """Short name of the model or data set, where it is printed apart from the title."""
    authors: tuple[str, ...] = ()
    venue: str = ""
    """As printed, without the year."""
    year: int | None = None
    unconfirmed: bool = False
    """Whether the list says that the venue is not sure."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """Identifiers that its links and texts carry, by the kinds of `model.ID_URLS`."""
    url: str = ""
    """The link to the paper itself."""
    code: tuple[CodeLink, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[str, ...] = ()
    """Addresses of its badges and pictures."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FoundTable:
    """One table of a list."""

    lines: range
    section: tuple[str, ...] = ()
    header: Sequence[str] = ()
    """Plain text of the head's cells."""
    rows: Sequence[Sequence[str]] = ()
    """Plain text of the cells, row by row."""
    urls: Sequence[Sequence[str]] = ()
    """Targets of the links in each row."""
    kind: Literal["papers", "results", "other"] = "other"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Everything found in one list."""

    entries: Sequence[Entry] = ()
    tables: Sequence[FoundTable] = ()
    left: Sequence[range] = ()
    """Lines with text that belong to no entry and no result table: what stays in the README."""
