"""The rows of a result table, and which of their values are best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from papertrack.model import Benchmark, Metric, Paper, Result


@dataclass(frozen=True)
class Row:
    """One row: the paper that reports, and what it reports."""

    key: str
    """Of the paper; empty where the list has none."""
    paper: Paper
    result: Result

    @property
    def name(self) -> str:
        """What the row is called."""
        return self.result.model or self.paper.short_name

    def value(self, metric: Metric) -> str:
        """Return the value as its source prints it, empty where there is none."""
        return self.result.values.get(metric.id, "")


def rows(name: str, papers: Mapping[str, Paper], benchmark: Benchmark | None = None) -> list[Row]:
    """Collect the results on a benchmark, by year, then key, then as the paper lists them.

    The rows that the benchmark itself holds come last: nothing is known of their papers.
    """
    listed = sorted(papers.items(), key=lambda item: (item[1].published or 0, item[0]))
    found = [
        Row(key, paper, result)
        for key, paper in listed
        for result in paper.results
        if result.benchmark == name
    ]
    others = benchmark.results if benchmark else ()
    return found + [Row("", Paper(title=result.model), result) for result in others]


def ranked(rows: Sequence[Row], metric: Metric) -> list[Row]:
    """Sort by a metric, best first; rows without a value come last."""
    sign = 1 if metric.direction == "lower" else -1

    def rank(row: Row) -> tuple[bool, Decimal]:
        value = number(row.value(metric))
        return value is None, sign * (value or Decimal(0))

    return sorted(rows, key=rank)


def best(rows: Sequence[Row], metric: Metric) -> Decimal | None:
    """Find the best value of a metric, where at least two rows compare."""
    values = [v for v in (number(row.value(metric)) for row in rows) if v is not None]
    if metric.direction == "none" or len(values) < 2:
        return None
    return min(values) if metric.direction == "lower" else max(values)


def number(value: str) -> Decimal | None:
    """Read a printed value as a number: `76.3`, `76.3 ± 0.4`, `76.3%`; None where it is none."""
    printed = value.split("±")[0].strip().removesuffix("%").strip()
    try:
        read = Decimal(printed)
    except InvalidOperation:
        return None
    return read if read.is_finite() else None
