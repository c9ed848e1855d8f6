"""A benchmark's results as Markdown tables, one for each group of rows that compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from papertrack import leaderboard
from papertrack.leaderboard import Group, Row
from papertrack.model import Benchmark, Metric, Paper
from papertrack.readme import entries, escape
from papertrack.readme.grid import Align, grid
from papertrack.readme.marks import marked

MISSING = "-"
NOT_APPLICABLE = "n/a"
EMPTY = "No results yet."

CODE = "code"
"""Name of the column that leads to a paper's code."""

_ARROWS = {"higher": " ↑", "lower": " ↓", "none": ""}


class Layout(NamedTuple):
    """What the options of a region ask of its tables."""

    sort: str = "year"
    """`year`, or the metric by which rows stand, best first."""
    columns: Sequence[str] = ()
    """Metrics, and `CODE`; all metrics where it is empty."""
    arrows: bool = False
    """Whether the head of a column shows which values are better."""


USUAL = Layout()


def table(
    name: str,
    benchmark: Benchmark,
    papers: Mapping[str, Paper],
    link: Callable[[str], str],
    layout: Layout = USUAL,
) -> str:
    """Write the rows of a benchmark under its description, in a table for each group.

    `link` gives the place of a paper's entry, or its address elsewhere, by key.
    """
    groups = leaderboard.groups(name, papers, benchmark)
    blocks = [block for group in groups for block in _blocks(group, benchmark, link, layout)]
    return "\n\n".join(
        filter(None, [escape.line_start(benchmark.description), *(blocks or [EMPTY])])
    )


def column(metric: Metric, *, arrow: bool = False) -> str:
    """Head the column of a metric, with its unit, and an arrow to the better values if wanted."""
    name = metric.name or metric.id
    unit = f" ({metric.unit})" if metric.unit else ""
    return f"{name}{unit}{_ARROWS[metric.direction] if arrow else ''}"


class _Column(NamedTuple):
    head: str
    align: Align
    cells: Sequence[str]


def _blocks(
    group: Group, benchmark: Benchmark, link: Callable[[str], str], layout: Layout
) -> Iterator[str]:
    """Write what sets a group apart, its table, and the legend of the marks in it."""
    metric = next((metric for metric in benchmark.metrics if metric.id == layout.sort), None)
    rows = leaderboard.ranked(group.rows, metric) if metric else group.rows
    marks, legend = marked(rows)
    linked = (escape.link(row.name, link(row.key) if row.key else "") for row in rows)
    names = [f"{name} {mark}".rstrip() for name, mark in zip(linked, marks, strict=True)]
    venues = [entries.venue(row.paper, escape.cell) or MISSING for row in rows]
    columns = [
        _Column(benchmark.row_label, "left", names),
        *_columns(rows, benchmark, layout),
        _Column("Published In", "left", venues),
    ]
    heads = [escape.cell(column.head) for column in columns]
    cells = list(zip(*(column.cells for column in columns), strict=True))
    yield escape.line_start(group.caption)
    yield "\n".join(grid(heads, cells, [column.align for column in columns]))
    yield "\\\n".join(legend)


def _columns(rows: Sequence[Row], benchmark: Benchmark, layout: Layout) -> Iterator[_Column]:
    metrics = {metric.id: metric for metric in benchmark.metrics}
    for name in layout.columns or metrics:
        if name in metrics:
            head = column(metrics[name], arrow=layout.arrows)
            yield _Column(head, "right", _values(rows, metrics[name]))
        else:
            yield _Column("Code", "left", list(map(_code, rows)))


def _values(rows: Sequence[Row], metric: Metric) -> list[str]:
    """Write a column; the best value is bold, and a tie makes several best."""
    best = leaderboard.best(rows, metric)
    texts = [
        (escape.cell(row.shown(metric)) or MISSING) if row.is_applicable else NOT_APPLICABLE
        for row in rows
    ]
    return [f"**{text}**" if n in best else text for n, text in enumerate(texts)]


def _code(row: Row) -> str:
    """Lead to the code that the paper names first."""
    links = (escape.link(entries.code_label(code) or CODE, code.url) for code in row.paper.code)
    return next(links, MISSING)
