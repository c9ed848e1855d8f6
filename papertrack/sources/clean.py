"""What services send, made fit for a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from papertrack import identifiers
from papertrack.errors import InvalidIdentifier
from papertrack.text import clean_line, untex

_LONGEST_ABSTRACT = 20_000
_YEARS = range(1600, 2200)


def title(text: str) -> str:
    """Make a title one line of Unicode."""
    return clean_line(untex(clean_line(text)))


def names(texts: Iterable[str]) -> tuple[str, ...]:
    """Clean names of people, and leave out empty ones."""
    return tuple(name for name in map(clean_line, texts) if name)


def abstract(text: str) -> str:
    """Make an abstract one line; its line breaks are those of a text file 80 columns wide."""
    return clean_line(text, limit=_LONGEST_ABSTRACT)


def year(number: int | None) -> int | None:
    """Leave out what is no year of a paper."""
    return number if number in _YEARS else None


def ids(values: Mapping[str, str]) -> dict[str, str]:
    """Bring identifiers into their normal form, and leave out what is none.

    arXiv's own DOIs are left out too: they name the preprint a second time.
    """
    normal = {}
    for kind, value in values.items():
        try:
            normal[kind] = identifiers.normalise(kind, value)
        except InvalidIdentifier:
            continue
    return normal
