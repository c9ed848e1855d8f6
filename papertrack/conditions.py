"""What a query says, as data: words, filters and their combinations, and when a paper fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from papertrack.matching import Candidate, Forms, Grade, Term, squeeze
from papertrack.model import ID_URLS, Paper


class Word(Struct, frozen=True):
    """A word or phrase anywhere in the searchable text, or the key or an identifier."""

    term: Term


class Named(Struct, frozen=True):
    """A word or phrase in the title or short name, an author's name, or the venue."""

    field: str
    term: Term


class Labelled(Struct, frozen=True):
    """A whole tag, section, status or benchmark, in any spelling that squeezes to this one."""

    field: str
    label: str


class Identified(Struct, frozen=True):
    """The one paper with this identifier or key."""

    kind: str
    value: str


class Between(Struct, frozen=True):
    """A year or a citation count within bounds, both included; an unknown one never is."""

    field: str
    low: float
    high: float


class Has(Struct, frozen=True):
    """Something that is filled in: a field of the paper, or a kind of identifier."""

    what: str


class Not(Struct, frozen=True):
    """The opposite of a condition."""

    condition: Condition


class All(Struct, frozen=True):
    """Every one of some conditions; without any, every paper."""

    conditions: tuple[Condition, ...]


class AnyOf(Struct, frozen=True):
    """At least one of some conditions."""

    conditions: tuple[Condition, ...]


Condition = Word | Named | Labelled | Identified | Between | Has | Not | All | AnyOf


def _paths(section: Sequence[str]) -> Iterator[str]:
    """Write every path of sections that are directly inside of each other, single ones too."""
    for start, end in combinations(range(len(section) + 1), 2):
        yield " / ".join(section[start:end])


LABELS: dict[str, Callable[[Paper], Iterable[str]]] = {
    "tag": lambda paper: paper.tags,
    "section": lambda paper: _paths(paper.section),
    "in": lambda paper: [" / ".join(paper.section)],
    "status": lambda paper: [paper.status],
    "benchmark": lambda paper: [result.benchmark for result in paper.results],
}
"""Fields whose values are compared as a whole."""

NAMES: dict[str, Callable[[Paper], tuple[str, ...]]] = {
    "title": lambda paper: (paper.name, paper.title),
    "author": lambda paper: paper.authors,
    "venue": lambda paper: (str(paper.venue or ""),),
}
"""Fields of which a word, or the beginning of one, will do."""

NUMBERS: dict[str, Callable[[Paper], int | None]] = {
    "year": lambda paper: paper.published,
    "cites": lambda paper: paper.citations.count if paper.citations else None,
}
"""Fields that hold a number."""


def fits(candidate: Candidate, condition: Condition) -> bool:
    """Tell whether a paper fulfils a condition."""
    paper = candidate.paper
    match condition:
        case Word(term):
            return candidate.points(term) > 0
        case Named("title", term):
            return term.grade(candidate.titles) > Grade.NONE
        case Named(field, term):
            return term.grade(Forms(NAMES[field](paper))) >= Grade.START
        case Labelled(field, wanted):
            return any(squeeze(label) == wanted for label in LABELS[field](paper))
        case Identified("key", value):
            return candidate.key == value
        case Identified(kind, value):
            return paper.ids.get(kind) == value
        case Between(field, low, high):
            number = NUMBERS[field](paper)
            return number is not None and low <= number <= high
        case Has(what):
            return what in paper.ids if what in ID_URLS else bool(getattr(paper, what))
        case Not(inner):
            return not fits(candidate, inner)
        case All(parts):
            return all(fits(candidate, part) for part in parts)
        case AnyOf(parts):
            return any(fits(candidate, part) for part in parts)


def looked_for(condition: Condition, wanted: bool = True) -> Iterator[Condition]:
    """Yield the conditions without parts that a match may fulfil.

    Each negation turns `wanted` round.
    """
    match condition:
        case Not(inner):
            yield from looked_for(inner, not wanted)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from looked_for(part, wanted)
        case _ if wanted:
            yield condition
