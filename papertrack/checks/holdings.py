"""A store as the rules see it: its papers, its tables, and where in its files they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from papertrack import leaderboard
from papertrack.checks.findings import Place
from papertrack.checks.subjects import Column, Grid, Item, Mention, Row, is_share
from papertrack.library import Contents
from papertrack.model import Benchmark, Paper, Result


@dataclass(frozen=True)
class Held:
    """A result of a store."""

    place: Place
    owner: str
    """The file that holds it: that of a paper, or of a benchmark."""
    name: str
    """What its row is called."""
    result: Result
    benchmark: Benchmark | None


@dataclass(frozen=True)
class Holdings:
    """What is in a store, where, and which READMEs are stale."""

    store: Path
    contents: Contents
    stale: Sequence[Path] = ()

    def place(self, key: str, field: str = "") -> Place:
        """Return the place of a field of a paper."""
        return Place(self.store / "papers" / f"{key}.json", field=field)

    @cached_property
    def results(self) -> list[Held]:
        """All results, also those that others correct."""
        benchmarks = self.contents.benchmarks
        papers = self.contents.papers.items()
        owned = [("papers", key, paper.short_name, paper.results) for key, paper in papers]
        owned += [("benchmarks", id_, "", held.results) for id_, held in benchmarks.items()]
        return [
            Held(
                Place(self.store / folder / f"{key}.json", field=f"results#{index}"),
                f"{folder}/{key}",
                result.row_name(paper),
                result,
                benchmarks.get(result.benchmark),
            )
            for folder, key, paper, results in owned
            for index, result in enumerate(results)
        ]

    @property
    def addresses(self) -> list[tuple[Place, str]]:
        """All addresses that the papers lead to, with their places."""
        return [
            (self.place(key, field), url)
            for key, paper in self.contents.papers.items()
            for field, url in addresses_of(paper)
        ]

    @cached_property
    def items(self) -> list[Item]:
        """The papers."""
        return [
            Item(
                place=self.place(key),
                where=key,
                title=paper.title,
                name=paper.name,
                authors=paper.authors,
                venue=paper.venue.name if paper.venue else "",
                year=paper.venue.year if paper.venue else None,
                ids=paper.ids,
                code=paper.code,
                section=paper.section,
            )
            for key, paper in self.contents.papers.items()
        ]

    @cached_property
    def mentions(self) -> list[Mention]:
        """The venues of the papers."""
        return [
            Mention(item.place.at("venue"), item.where, item.venue, item.year)
            for item in self.items
            if item.venue
        ]

    @cached_property
    def grids(self) -> list[Grid]:
        """The tables of results, one for each benchmark."""
        return [self._grid(id_) for id_ in self.contents.benchmarks]

    def _grid(self, id_: str) -> Grid:
        benchmark = self.contents.benchmarks[id_]
        rows = leaderboard.rows(id_, self.contents.papers, benchmark)
        return Grid(
            [
                Column(
                    m.name or m.id,
                    m.direction,
                    m.unit == "%" and is_share(m.name or m.id),
                    m.range,
                )
                for m in benchmark.metrics
            ],
            [
                Row(
                    self._place(row, id_),
                    row.name,
                    [row.value(metric) for metric in benchmark.metrics],
                )
                for row in rows
            ],
        )

    def _place(self, row: leaderboard.Row, id_: str) -> Place:
        if row.key:
            return self.place(row.key, _place_of(row.result, row.paper.results))
        held = self.contents.benchmarks[id_].results
        path = self.store / "benchmarks" / f"{id_}.json"
        return Place(path, field=_place_of(row.result, held))


def _place_of(result: Result, results: Sequence[Result]) -> str:
    """Name the place of a result among those that stand beside it."""
    return next(f"results#{index}" for index, held in enumerate(results) if held is result)


def addresses_of(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the addresses that a paper leads to, each behind the field that holds it."""
    yield from ((f"code#{i}", link.url) for i, link in enumerate(paper.code))
    yield from ((f"links#{i}", link.url) for i, link in enumerate(paper.links))
    if paper.venue and paper.venue.url:
        yield "venue", paper.venue.url
    for index, result in enumerate(paper.results):
        if result.source and result.source.url:
            yield f"results#{index}", result.source.url
