"""A record of a file, as the file prints it: what a loader hands to the door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_NOTHING = frozenset(["", "-", "--", "–", "—", "/", "?", "n/a", "na", "no", "none", "null", "nan"])
"""What people write into a cell to say that there is nothing."""


@dataclass(frozen=True, kw_only=True)
class Printed:
    """The fields of one record, as the file prints them."""

    line: int
    title: str = ""
    name: str = ""
    authors: Iterable[str] = ()
    """One name each, written `First Last`."""
    year: str = ""
    venues: Iterable[str] = ()
    """Where it appeared, the best name first."""
    venue_source: str = ""
    """Who says so; `unchecked` where nobody does."""
    printed_venue: str = ""
    """What another list prints in its place."""
    ids: Iterable[tuple[str, str]] = ()
    """Kind and value."""
    addresses: Iterable[str] = ()
    """Texts in which addresses stand."""
    code: Iterable[str] = ()
    """Texts in which addresses of code stand."""
    code_label: str = ""
    framework: str = ""
    """What these are: `unofficial`, `keras`."""
    mentions: Iterable[str] = ()
    """Texts that may mention an arXiv id."""
    section: str = ""
    tags: Iterable[str] = ()
    abstract: str = ""
    categories: Iterable[str] = ()
    remark: str = ""
    notes: Iterable[str] = ()
    added: str = ""
    """The day on which the paper came into the list, maybe with the time behind it."""


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is nothing in it."""
    return text.strip().casefold() in _NOTHING
