"""What is found in a list: facts as they are printed, and the lines where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from papertrack.model import CodeLink, Link
from papertrack.readme.adopt.document import Row


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
    remark: str = ""
    """What it says beyond all that, in one line."""
    asked: str = ""
    """What the region asks for in which it stands, as a query; empty outside of all."""


@dataclass(frozen=True, kw_only=True)
class FoundTable:
    """One table of a list."""

    lines: range
    section: tuple[str, ...] = ()
    header: Sequence[str] = ()
    """Plain text of the head's cells."""
    body: Sequence[Row] = ()
    """The rows below the head."""
    kind: Literal["papers", "results", "other"] = "other"
    benchmark: str = ""
    """Whose region it stands in."""

    @cached_property
    def rows(self) -> Sequence[Sequence[str]]:
        """Plain text of the cells, row by row."""
        return [tuple(cell.plain for cell in row.cells) for row in self.body]

    @cached_property
    def urls(self) -> Sequence[Sequence[str]]:
        """Targets of the links in each row."""
        return [tuple(link.url for cell in row.cells for link in cell.links) for row in self.body]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Everything found in one list."""

    entries: Sequence[Entry] = ()
    tables: Sequence[FoundTable] = ()
    left: Sequence[range] = ()
    """Lines with text that belong to no entry and no result table: what stays in the README."""
    notices: Sequence[tuple[int, str]] = ()
    """What no region can print of an entry, by its first line."""
