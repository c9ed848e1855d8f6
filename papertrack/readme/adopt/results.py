"""A table of results, read as a benchmark and the rows that stand on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Literal

from papertrack.metrics import heading, number, unmarked
from papertrack.model import UNCONFIRMED, Benchmark, Metric, replace
from papertrack.readme.adopt.found import FoundTable
from papertrack.readme.adopt.labels import Role, label_role
from papertrack.readme.adopt.likeness import count_words
from papertrack.readme.adopt.measured import is_date, is_missing, is_number, may_be_measured
from papertrack.readme.marks import without
from papertrack.text import clean_line, fold, slug, words

_LOWER = frozenset(
    words("error err loss hd hd95 asd assd mse rmse mae fid lpips rank perplexity ppl wer cer")
)
_FORMS = frozenset(
    words("backbone encoder decoder input inputs size resolution crop scale variant version")
    + words("setting settings config configuration pretraining pretrained initialization")
)
"""Words in the heads of columns that say which form of a model a row is about."""
_NEITHER = _FORMS | frozenset(
    words("params parameters param flops macs gflops year time latency epochs")
)
"""Words in the heads of columns whose smaller values are better, or neither."""

_LEAST_NUMBERS = 0.5
"""Part of a column's filled cells that must be numbers, for it to be a metric."""
_NAMES: tuple[Role, ...] = ("name", "title")
"""Columns that name the rows, the surest first."""
_TELLING: tuple[Role, ...] = ("", "name", "tags", "other", "prose")
"""Columns of text that can tell the rows of one name apart."""
_LONGEST_VARIANT = 6
"""Most words of a cell that does."""


@dataclass(frozen=True)
class Row:
    """One row of results."""

    position: int
    """Among the rows of the table, from 0."""
    name: str
    variant: str
    """What tells it from other rows of one name."""
    values: Mapping[str, str]
    """By metric id."""
    urls: Sequence[str]
    """The targets of its links."""
    status: str


@dataclass(frozen=True)
class Tabulated:
    """A table read as results: a benchmark, the values of each named row, and what is where."""

    benchmark: Benchmark
    rows: Sequence[Row]
    name: int
    """The column of the names."""
    variants: Sequence[int]
    """The columns that are in the variants."""
    values: Mapping[str, int]
    """The column of each metric, by its id."""


def tabulate(table: FoundTable) -> Tabulated | None:
    """Read a table in which a column names the rows; None where no other holds numbers."""
    if not table.header or not table.rows:
        return None
    width = len(table.header)
    rows = [[*row, *[""] * (width - len(row))][:width] for row in table.rows]
    name = _name_column(table.header)
    columns = list(zip(*rows, strict=True))
    numbers = [n for n in range(width) if n != name and _is_metric(table.header[n], columns[n])]
    variants = _variants(table.header, columns, name, numbers)
    measured = [n for n in numbers if n not in variants]
    if not measured:
        return None
    metrics = _distinct(_metric(n, table.header[n]) for n in measured)
    values = dict(zip((metric.id for metric in metrics), measured, strict=True))
    benchmark = Benchmark(
        title=clean_line(table.section[-1] if table.section else "Results"),
        row_label=clean_line(table.header[name]) or "Model",
        metrics=metrics,
    )
    read = [
        Row(
            position,
            without(clean_line(row[name])),
            ", ".join(clean_line(row[n]) for n in variants if not is_missing(row[n])),
            _values(row, values),
            urls,
            _status(row, values),
        )
        for position, (row, urls) in enumerate(zip(rows, table.urls, strict=True))
        if row[name].strip() and any(cell.strip() for n, cell in enumerate(row) if n != name)
    ]
    return Tabulated(benchmark, read, name, variants, values)


def _name_column(header: Sequence[str]) -> int:
    """Find the column that names the rows: the first one where no head says so."""
    roles = [label_role(head) for head in header]
    return next((roles.index(role) for role in _NAMES if role in roles), 0)


def _variants(
    header: Sequence[str],
    columns: Sequence[Sequence[str]],
    name: int,
    numbers: Sequence[int],
) -> list[int]:
    """Choose the columns that say which form of a model a row is about.

    These are the columns of text that are headed so, or that tell rows of one name apart, and
    columns of numbers that are headed so where rows would still be the same without them.
    """
    rows = list(zip(*columns, strict=True))

    def same(chosen: Iterable[int]) -> list[list[Sequence[str]]]:
        """Put the rows together that have one name, and one text in the chosen columns."""
        groups: dict[tuple[str, ...], list[Sequence[str]]] = defaultdict(list)
        for row in rows:
            groups[fold(row[name]), *(row[n] for n in chosen)].append(row)
        return [group for group in groups.values() if len(group) > 1]

    def tells_apart(column: int, chosen: Sequence[int]) -> bool:
        return any(len({row[column] for row in group}) > 1 for group in same(chosen))

    texts = [
        n
        for n in range(len(header))
        if n not in (name, *numbers) and _can_tell(header[n], columns[n])
    ]
    chosen = [n for n in texts if _FORMS & {*words(header[n])} or tells_apart(n, [])]
    forms = [n for n in numbers if _FORMS & {*words(header[n])}]
    return sorted([*chosen, *(n for n in forms if tells_apart(n, chosen))])


def _can_tell(head: str, cells: Sequence[str]) -> bool:
    """Tell whether a column holds short texts that are no numbers, links, dates or names."""
    filled = [cell for cell in cells if not is_missing(cell)]
    return (
        bool(filled)
        and label_role(head) in _TELLING
        and not all(map(is_number, filled))
        and max(map(count_words, filled)) <= _LONGEST_VARIANT
    )


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
