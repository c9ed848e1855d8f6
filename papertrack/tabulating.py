"""Result tables of other people's lists, as benchmarks, metrics and results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Literal

from papertrack import editing, identifiers
from papertrack.errors import InvalidIdentifier
from papertrack.index import Index
from papertrack.keys import is_key
from papertrack.library import Contents
from papertrack.metrics import find as find_metric
from papertrack.metrics import heading, number, unmarked
from papertrack.model import UNCONFIRMED, Benchmark, Metric, Paper, Result, replace
from papertrack.readme.adopt import FoundTable
from papertrack.readme.adopt.measured import is_date, is_missing, may_be_measured
from papertrack.readme.marks import without
from papertrack.repositories import identity
from papertrack.text import clean_line, fold, slug, title_key, words

_LOWER = frozenset(
    words("error err loss hd hd95 asd assd mse rmse mae fid lpips rank perplexity ppl wer cer")
)
_NEITHER = frozenset(
    words("params parameters param flops macs gflops size year time latency epochs")
)
"""Words in the heads of columns whose smaller values are better, or neither."""

_LEAST_NUMBERS = 0.5
"""Part of a column's filled cells that must be numbers, for it to be a metric."""


@dataclass(frozen=True)
class Row:
    """One row of results."""

    name: str
    values: Mapping[str, str]
    """By metric id."""
    urls: Sequence[str]
    """The targets of its links."""
    status: str


@dataclass(frozen=True)
class Tabulated:
    """A table read as results: a benchmark, and the values of each named row."""

    benchmark: Benchmark
    rows: Sequence[Row]


def tabulate(table: FoundTable) -> Tabulated | None:
    """Read a table whose first column names the rows; None where no column holds numbers."""
    if not table.header or not table.rows:
        return None
    width = len(table.header)
    rows = [[*row, *[""] * (width - len(row))][:width] for row in table.rows]
    columns = [n for n in range(1, width) if _is_metric(table.header[n], [row[n] for row in rows])]
    if not columns:
        return None
    metrics = _distinct(_metric(n, table.header[n]) for n in columns)
    cells = dict(zip((metric.id for metric in metrics), columns, strict=True))
    urls = table.urls or [()] * len(rows)
    return Tabulated(
        Benchmark(
            title=clean_line(table.section[-1] if table.section else "Results"),
            row_label=clean_line(table.header[0]) or "Model",
            metrics=metrics,
        ),
        [
            Row(without(clean_line(row[0])), _values(row, cells), links, _status(row, cells))
            for row, links in zip(rows, urls, strict=True)
            if row[0].strip() and any(cell.strip() for cell in row[1:])
        ],
    )


def take_tables(tables: Iterable[FoundTable], contents: Contents) -> dict[str, int]:
    """Take result tables into the contents; return how many rows each benchmark has gained.

    A row goes to the paper that its links or its name mean, else to the benchmark itself. What was
    taken out by hand stays out, and a second time changes nothing.
    """
    read = [found for table in tables if table.kind == "results" and (found := tabulate(table))]
    if not read:
        return {}
    gained: Counter[str] = Counter()
    papers, gone = Meant(contents.papers), Meant({k: r.paper for k, r in contents.removed.items()})
    for name, found in _named(read):
        known = contents.benchmarks.setdefault(name, found.benchmark)
        renamed = _renamed(found.benchmark.metrics, known.metrics)
        new = tuple(m for m in found.benchmark.metrics if renamed[m.id] == m.id)
        added = tuple(m for m in new if m.id not in {k.id for k in known.metrics})
        contents.benchmarks[name] = replace(known, metrics=known.metrics + added)
        for row in found.rows:
            values = {renamed[metric]: value for metric, value in row.values.items()}
            result = Result(benchmark=name, model=row.name, values=values, status=row.status)
            key = papers.by(row.name, row.urls)
            if key is None and gone.by(row.name, row.urls):
                continue
            gained[name] += _take_result(result, key, contents)
    return dict(gained)


def _renamed(found: Iterable[Metric], known: Iterable[Metric]) -> dict[str, str]:
    """Find the id of each metric in a benchmark that has one called so already."""
    known = list(known)
    same = {metric.id: find_metric(metric.name or metric.id, known) for metric in found}
    return {id_: metric.id if metric else id_ for id_, metric in same.items()}


def _take_result(result: Result, key: str | None, contents: Contents) -> bool:
    """Put a result where it belongs, unless it is there or was taken out; tell if it came in."""
    name = result.model
    if key is None:
        benchmark = contents.benchmarks[result.benchmark]
        if name in {*benchmark.dismissed, *(r.row_name("") for r in benchmark.results)}:
            return False
        changed = replace(benchmark, results=(*benchmark.results, result))
        contents.benchmarks[result.benchmark] = changed
        return True
    paper = contents.papers[key]
    there = {r.row_name(paper.short_name) for r in paper.results if r.benchmark == result.benchmark}
    if name in there or name in paper.dismissed:
        return False
    named = replace(result, model="") if name == paper.short_name else result
    contents.papers[key] = editing.add_result(paper, named)
    return True


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


def _named(found: Sequence[Tabulated]) -> Iterable[tuple[str, Tabulated]]:
    """Give each table the id of its section; a second one gets a number, a copy the same."""
    taken: dict[str, Tabulated] = {}
    for table in found:
        base = slug(table.benchmark.title)[:70] or "results"
        base = base if is_key(base) else f"{base}-results"  # Windows keeps `con` for itself
        names = (base if n == 1 else f"{base}-{n}" for n in range(1, len(found) + 2))
        name = next(n for n in names if taken.setdefault(n, table).rows == table.rows)
        yield name, taken[name]


def _is_metric(head: str, cells: Sequence[str]) -> bool:
    filled = [unmarked(cell)[0] for cell in cells if not is_missing(cell)]
    numbers = [cell for cell in filled if number(cell) is not None]
    if not numbers or not may_be_measured(head) or all(map(is_date, numbers)):
        return False
    return len(numbers) >= _LEAST_NUMBERS * len(filled)


def _metric(position: int, head: str) -> Metric:
    """Read the head of a column: its name, unit in brackets, arrow, and what its words mean."""
    label, unit = heading(head)
    direction: Literal["higher", "lower", "none"] = "higher"
    if "↓" in head or (_LOWER & set(words(head)) and "↑" not in head):
        direction = "lower"
    elif _NEITHER & set(words(head)):
        direction = "none"
    name = slug(label)[:70] or f"column-{position}"
    return Metric(id=name, name=label, direction=direction, unit=unit)


def _values(row: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    printed = ((metric, unmarked(clean_line(row[n]))[0]) for metric, n in columns.items())
    return {metric: value for metric, value in printed if number(value) is not None}


def _status(row: Sequence[str], columns: Mapping[str, int]) -> str:
    is_unsure = any(unmarked(clean_line(row[n]))[1] for n in columns.values())
    return UNCONFIRMED if is_unsure else "reported-by-other"


def _distinct(metrics: Iterable[Metric]) -> tuple[Metric, ...]:
    """Number the columns of one name."""
    taken: dict[str, Metric] = {}
    for metric in metrics:
        names = chain([metric.id], (f"{metric.id}-{n}" for n in count(2)))
        name = next(name for name in names if name not in taken)
        label = metric.name if name == metric.id else name
        taken[name] = replace(metric, id=name, name=label)
    return tuple(taken.values())
