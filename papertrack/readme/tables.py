"""A benchmark's results as a Markdown table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from papertrack import leaderboard
from papertrack.leaderboard import Row
from papertrack.model import Benchmark, Metric, Paper
from papertrack.readme import entries, escape
from papertrack.readme.grid import Align, grid

MISSING = "-"


def table(
    name: str,
    benchmark: Benchmark,
    papers: Mapping[str, Paper],
    link: Callable[[str], str],
    sort: str = "year",
) -> str:
    """Write the rows of a benchmark, sorted by year or by a metric, under its description.

    `link` gives the place of a paper's entry, or its address elsewhere, by key.
    """
    rows = leaderboard.rows(name, papers, benchmark)
    metric = next((metric for metric in benchmark.metrics if metric.id == sort), None)
    if metric:
        rows = leaderboard.ranked(rows, metric)
    header = [benchmark.row_label, *map(column, benchmark.metrics), "Published In"]
    columns = [_values(rows, metric) for metric in benchmark.metrics]
    names = [escape.link(row.name, link(row.key) if row.key else "") for row in rows]
    venues = [entries.venue(row.paper, escape.cell) or MISSING for row in rows]
    numbers: list[Align] = ["right"] * len(columns)
    lines = grid(
        [escape.cell(name) for name in header],
        list(zip(names, *columns, venues, strict=True)),
        ["left", *numbers, "left"],
    )
    description = escape.line_start(benchmark.description)
    return "\n\n".join(filter(None, [description, "\n".join(lines)]))


def column(metric: Metric) -> str:
    """Head the column of a metric, with its unit."""
    name = metric.name or metric.id
    return f"{name} ({metric.unit})" if metric.unit else name


def _values(rows: Sequence[Row], metric: Metric) -> list[str]:
    """Write a column; the best value is bold, and a tie makes several best."""
    best = leaderboard.best(rows, metric)
    texts = [escape.cell(row.shown(metric)) or MISSING for row in rows]
    return [f"**{text}**" if n in best else text for n, text in enumerate(texts)]
