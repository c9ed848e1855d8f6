"""The papers of a list as bars: how many there are of each year, by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from papertrack.charts.data import OTHER, Bars, Group
from papertrack.counting import spelled
from papertrack.model import Paper
from papertrack.text import fold

_MOST_GROUPS = 7
"""Sections that a reader can tell apart by colour; the smaller ones are one group."""

_MOST_YEARS = 60
"""Length of the time in which years without a paper get a place too."""


def per_year(papers: Iterable[Paper], asked: str = "") -> Bars | None:
    """Count papers by the year by which the list orders, and by section; None if none has a year.

    Where all of them stand in one section, they are told apart by the sections inside it.
    """
    dated = [(paper.published, paper) for paper in papers if paper.published]
    if not dated:
        return None
    years = _years([year for year, _ in dated])
    depth = _common([paper.section for _, paper in dated])
    names = spelled(_name(paper, depth) for _, paper in dated)
    counted = Counter(zip(names, (year for year, _ in dated), strict=True))
    sizes = Counter(names)
    groups = [
        Group(name, tuple(sum(counted[part, year] for part in parts) for year in years))
        for name, parts in _parted(sizes)
    ]
    return Bars(
        title=f"Papers per year ({asked})" if asked else "Papers per year",
        years=tuple(years),
        groups=tuple(groups),
        summary=_summary([year for year, _ in dated], sizes),
    )


def _years(found: Sequence[int]) -> list[int]:
    first, last = min(found), max(found)
    return [*range(first, last + 1)] if last - first < _MOST_YEARS else sorted(set(found))


def _common(sections: Sequence[tuple[str, ...]]) -> int:
    """Return how many sections of their paths all papers share."""
    folded = [tuple(map(fold, section)) for section in sections]
    first, last = min(folded), max(folded)
    pairs = enumerate(zip(first, last, strict=False))
    return next(
        (depth for depth, (one, other) in pairs if one != other), min(len(first), len(last))
    )


def _name(paper: Paper, depth: int) -> str:
    """Name the section of a paper; one called like the group of the rest belongs to it."""
    name = paper.section[depth] if len(paper.section) > depth else ""
    return "" if fold(name) == OTHER else name


def _parted(sizes: Counter[str]) -> list[tuple[str, list[str]]]:
    """Name the groups, the largest section first, with the sections that each is made of."""
    if len(sizes) == 1:
        return [("", list(sizes))]
    ordered = sorted((name for name in sizes if name), key=lambda name: (-sizes[name], name))
    alone = len(ordered) if len(sizes) <= _MOST_GROUPS and "" not in sizes else _MOST_GROUPS - 1
    rest = [*ordered[alone:], *([""] if "" in sizes else [])]
    groups = [(name, [name]) for name in ordered[:alone]]
    return [*groups, (OTHER, rest)] if rest else groups


def _summary(years: Sequence[int], sizes: Counter[str]) -> str:
    number = "1 paper" if len(years) == 1 else f"{len(years)} papers"
    span = f"{min(years)} to {max(years)}" if min(years) < max(years) else str(min(years))
    ordered = sorted((name for name in sizes if name), key=lambda name: (-sizes[name], name))
    most = f", most in {ordered[0]}" if len(ordered) > 1 else ""
    return f"{number}, {span}{most}"
