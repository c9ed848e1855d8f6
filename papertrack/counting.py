"""What a list is at a glance, in numbers: the `stats` command and the `stats` region count here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from papertrack.corrections import standing
from papertrack.model import UNCONFIRMED, Paper
from papertrack.text import fold


@dataclass(frozen=True)
class Counts:
    """Numbers of papers; years and months from the earliest, the others from the largest."""

    papers: int
    with_code: int
    years: Mapping[int, int]
    sections: Mapping[str, int]
    """By outermost section; empty for papers that stand in none."""
    venues: Mapping[str, int]
    tags: Mapping[str, int]
    results: Mapping[str, int]
    """Rows of results, by benchmark."""
    added: Mapping[str, int]
    """By the month in which papers came into the list, `2026-11`."""
    unconfirmed: Mapping[str, int]
    """Facts that nobody could check, by field."""

    @property
    def span(self) -> str:
        """The years of the papers: ` from 2015 to 2019`; empty where none is known."""
        if not self.years:
            return ""
        first, last = min(self.years), max(self.years)
        return f" from {first} to {last}" if first < last else f" from {first}"

    def __str__(self) -> str:
        number = "1 paper" if self.papers == 1 else f"{self.papers} papers"
        return f"{number}{self.span}, {self.with_code} with code."


def count(papers: Collection[Paper]) -> Counts:
    """Count papers in every way that somebody who looks at a list asks for."""
    return Counts(
        papers=len(papers),
        with_code=sum(bool(paper.code) for paper in papers),
        years=dict(sorted(Counter(p.published for p in papers if p.published).items())),
        sections=_largest_first(spelled(p.section[0] if p.section else "" for p in papers)),
        venues=_largest_first(filter(None, map(venue_of, papers))),
        tags=_largest_first(tag for paper in papers for tag in paper.tags),
        results=_largest_first(
            result.benchmark for paper in papers for result in standing(paper.results)
        ),
        added=dict(sorted(Counter(paper.added[:7] for paper in papers if paper.added).items())),
        unconfirmed=_largest_first(field for paper in papers for field in _unconfirmed(paper)),
    )


def _unconfirmed(paper: Paper) -> list[str]:
    results = ["results" for result in standing(paper.results) if result.status == UNCONFIRMED]
    return [field for field in paper.sources if paper.is_unchecked(field)] + results


def venue_of(paper: Paper) -> str:
    """Name the venue by which a paper is counted: arXiv where no other is known."""
    if paper.venue:
        return paper.venue.name
    return "arXiv" if "arxiv" in paper.ids else ""


def spelled(names: Iterable[str]) -> list[str]:
    """Write names that only case or accents tell apart as the first of them is written."""
    known: dict[str, str] = {}
    return [known.setdefault(fold(name), name) for name in names]


def _largest_first(names: Iterable[str]) -> Mapping[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))
