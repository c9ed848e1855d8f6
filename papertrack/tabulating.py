"""Result tables of other people's lists, taken into the library as benchmarks and results."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from papertrack import editing, identifiers
from papertrack.errors import InvalidIdentifier
from papertrack.index import Index
from papertrack.keys import is_key
from papertrack.library import Contents
from papertrack.metrics import find as find_metric
from papertrack.model import Metric, Paper, Result, replace
from papertrack.readme.adopt import FoundTable
from papertrack.readme.adopt.results import Row, Tabulated, tabulate
from papertrack.repositories import identity
from papertrack.text import fold, slug, title_key


@dataclass(frozen=True)
class TakenRow:
    """A row of a table, and where it went."""

    row: Row
    result: Result
    """What it says, with the names of the store."""
    key: str
    """Of the paper that it went to; empty for the benchmark itself."""
    is_new: bool
    why: str = ""
    """Why it was not taken at all."""


@dataclass(frozen=True)
class TakenTable:
    """A result table, and what became of its rows."""

    table: FoundTable
    benchmark: str
    """Empty where no column could be read."""
    read: Tabulated | None = None
    rows: Sequence[TakenRow] = ()
    metrics: Mapping[int, Metric] = field(default_factory=dict)
    """Those of the benchmark, by the column that holds their values."""

    @property
    def gained(self) -> int:
        """How many rows are new."""
        return sum(row.is_new for row in self.rows)


def take_tables(tables: Iterable[FoundTable], contents: Contents) -> list[TakenTable]:
    """Take result tables into the contents.

    A row goes to the paper that its links or its name mean, else to the benchmark itself. What was
    taken out by hand stays out, nothing is overwritten, and a second time changes nothing.
    """
    read = [(table, tabulate(table)) for table in tables if table.kind == "results"]
    names = _named([(table, found) for table, found in read if found], contents)
    taking = _Taking(contents)
    return [
        taking.take(table, found, next(names)) if found else TakenTable(table, "")
        for table, found in read
    ]


class _Taking:
    """Takes tables into the contents."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._papers = Meant(contents.papers)
        self._gone = Meant({key: removed.paper for key, removed in contents.removed.items()})

    def take(self, table: FoundTable, found: Tabulated, name: str) -> TakenTable:
        known = self._contents.benchmarks.setdefault(name, found.benchmark)
        renamed = _renamed(found.benchmark.metrics, known.metrics)
        new = tuple(m for m in found.benchmark.metrics if renamed[m.id] == m.id)
        added = tuple(m for m in new if m.id not in {k.id for k in known.metrics})
        self._contents.benchmarks[name] = replace(known, metrics=known.metrics + added)
        rows = [self._take(row, name, renamed) for row in found.rows]
        held = {metric.id: metric for metric in self._contents.benchmarks[name].metrics}
        metrics = {column: held[renamed[id_]] for id_, column in found.values.items()}
        return TakenTable(table, name, found, rows, metrics)

    def _take(self, row: Row, name: str, renamed: Mapping[str, str]) -> TakenRow:
        values = {renamed[metric]: value for metric, value in row.values.items()}
        result = Result(
            benchmark=name, model=row.name, variant=row.variant, values=values, status=row.status
        )
        key = self._papers.by(row.name, row.urls)
        if key:
            return self._to_paper(row, result, key)
        if self._gone.by(row.name, row.urls):
            return TakenRow(row, result, "", False, "its paper was removed by hand")
        benchmark = self._contents.benchmarks[name]
        is_new = result.row_name("") not in {r.row_name("") for r in benchmark.results}
        if is_new and result.row_name("") in benchmark.dismissed:
            return TakenRow(row, result, "", False, f"it was taken out of {name} by hand")
        if is_new:
            changed = replace(benchmark, results=(*benchmark.results, result))
            self._contents.benchmarks[name] = changed
        return TakenRow(row, result, "", is_new)

    def _to_paper(self, row: Row, result: Result, key: str) -> TakenRow:
        paper = self._contents.papers[key]
        is_named = result.model == paper.short_name
        if is_named or title_key(result.model) == title_key(paper.title):
            result = replace(result, model="")
        name = result.row_name(paper.short_name)
        there = {r.row_name(paper.short_name) for r in _on(result.benchmark, paper.results)}
        if name in there:
            return TakenRow(row, result, key, False)
        if name in paper.dismissed:
            return TakenRow(row, result, key, False, f"it was taken out of {key} by hand")
        self._contents.papers[key] = editing.add_result(paper, result)
        return TakenRow(row, result, key, True)


def _on(benchmark: str, results: Iterable[Result]) -> Iterator[Result]:
    return (result for result in results if result.benchmark == benchmark)


def _renamed(found: Iterable[Metric], known: Iterable[Metric]) -> dict[str, str]:
    """Find the id of each metric in a benchmark that has one called so already."""
    known = list(known)
    same = {metric.id: find_metric(metric.name or metric.id, known) for metric in found}
    return {id_: metric.id if metric else id_ for id_, metric in same.items()}


class Meant:
    """Finds the paper that a row of a table means."""

    def __init__(self, papers: Mapping[str, Paper]) -> None:
        self._index = Index(papers)
        self._pages = _unambiguous(
            (identity(url), key) for key, paper in papers.items() for url in paper.urls
        )
        names = [(fold(name), key) for key, paper in papers.items() for name in paper.names]
        titles = [(title_key(paper.title), key) for key, paper in papers.items()]
        self._names = _unambiguous([*names, *titles])

    def by(self, name: str, urls: Iterable[str]) -> str | None:
        """Return the key by the identifiers and addresses in the links, else by the name."""
        linked = (self._linked(url) for url in urls)
        named = self._names.get(fold(name)) or self._names.get(title_key(name))
        return next(filter(None, linked), None) or named

    def _linked(self, url: str) -> str | None:
        try:
            found = identifiers.parse(url)
        except InvalidIdentifier:
            return self._pages.get(identity(url))
        return self._index.same({found.kind: found.value}) or self._pages.get(identity(url))


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map names to keys; a name that two papers have means neither."""
    distinct = list(dict.fromkeys(pairs))
    counts = Counter(name for name, _ in distinct)
    return {name: key for name, key in distinct if name and counts[name] == 1}


def _named(found: Sequence[tuple[FoundTable, Tabulated]], contents: Contents) -> Iterator[str]:
    """Give each table the id of its section; a second one gets a number, a copy the same.

    A table in a region is that of the region's benchmark, and one whose values a benchmark of its
    section holds already is that one's.
    """
    held = _values(contents)
    taken: dict[str, Tabulated] = {}
    for table, read in found:
        base = slug(read.benchmark.title)[:70] or "results"
        base = base if is_key(base) else f"{base}-results"  # Windows keeps `con` for itself
        most = len(found) + len(contents.benchmarks) + 1
        names = [base, *(f"{base}-{n}" for n in range(2, most + 1))]
        own = {frozenset(row.values.items()) for row in read.rows if row.values}
        shared = {name: len(own & held.get(name, set())) for name in names}
        names.sort(key=lambda name: -shared[name])
        free = (name for name in names if taken.get(name, read).rows == read.rows)
        name = table.benchmark or next(free)
        taken.setdefault(name, read)
        yield name


def _values(contents: Contents) -> Mapping[str, set[frozenset[tuple[str, str]]]]:
    """Collect the values of each row in the store by benchmark."""
    held: dict[str, set[frozenset[tuple[str, str]]]] = defaultdict(set)
    of_papers = (result for paper in contents.papers.values() for result in paper.results)
    others = (result for found in contents.benchmarks.values() for result in found.results)
    for result in (*of_papers, *others):
        held[result.benchmark].add(frozenset(result.values.items()))
    return held
