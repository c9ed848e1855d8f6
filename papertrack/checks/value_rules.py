"""Rules about the values of result tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from papertrack.checks.findings import Note, Rule
from papertrack.checks.subjects import Column, Grid, Row
from papertrack.metrics import is_within, number
from papertrack.text import fold

_AT_MOST = (
    (re.compile(r"\btop-?\s?1\b"), re.compile(r"\btop-?\s?5\b")),
    (re.compile(r"\b(?:m?iou|jaccard)\b"), re.compile(r"\b(?:dice|dsc)\b")),
)
"""Metrics of which the first is never above the second on the same data."""


def value_out_of_range(grids: Sequence[Grid]) -> Iterator[Note]:
    """Report a share above 100 %, or a value outside of the range of its metric.

        | Model | Dice (%) |
        | U-Net | 768.5 |

    Look the value up in the paper; mostly a decimal point is missing.
    """
    for grid in grids:
        for row in grid.rows:
            for column, value in zip(grid.columns, row.values, strict=True):
                read = number(value)
                ends = column.range or (("", "100") if column.share else ())
                if read is not None and not is_within(read, ends):
                    is_low = not is_within(read, (ends[0], ""))
                    end = f"below {ends[0]}" if is_low else f"above {ends[1]}"
                    yield Note(row.place, f"{row.name}: {column.name} {value} is {end}")


def values_out_of_order(grids: Sequence[Grid]) -> Iterator[Note]:
    """Report two values of a row that cannot both be right.

    The right class is among the best five at least as often as it is the best one, so top-5 is
    never below top-1; and the overlap as IoU is never above the overlap as Dice. Of errors it is
    the other way round.

        | Model | top-1 | top-5 |
        | ResNet | 96.4 | 78.6 |

    Look both up in the paper; they may have changed places.
    """
    for grid in grids:
        for low, high in _ordered(grid.columns):
            for row in grid.rows:
                less, more = number(row.values[low]), number(row.values[high])
                if less is not None and more is not None and less > more:
                    told = (
                        f"{row.name}: {grid.columns[low].name} {row.values[low]} is above "
                        f"{grid.columns[high].name} {row.values[high]}"
                    )
                    yield Note(row.place, told)


def _ordered(columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """Pair the columns of which one is never above the other: equal names but for the metric.

    Where less is better, as in `Top-1 error`, they change places.
    """
    names = [fold(column.name) for column in columns]
    for first, second in _AT_MOST:
        ends = {second.sub("", name): i for i, name in enumerate(names) if second.search(name)}
        for low, name in enumerate(names):
            rest = first.sub("", name)
            if first.search(name) and rest in ends:
                pair = (low, ends[rest])
                errors = any(columns[index].direction == "lower" for index in pair)
                yield pair[::-1] if errors else pair


def best_value(grids: Sequence[Grid]) -> Iterator[Note]:
    """Report a bold value that is not the best one of its column.

    Bold says "best" to every reader. It goes stale when a better row is added.

        | U-Net | 69.72 |
        | Att-UNet | **68.88** |

    Put the best value in bold. Columns with several bold values are left alone, and so are those
    of which it is not known whether more is better, as long as an extreme is bold.
    """
    for grid in grids:
        for index, column in enumerate(grid.columns):
            values = [(row, number(row.values[index])) for row in grid.rows]
            bold = [(row, value) for row, value in values if row.bold and row.bold[index]]
            read = [(value, row) for row, value in values if value is not None]
            if len(bold) == 1 and bold[0][1] is not None and len(read) > 2:
                yield from _not_best(column, bold[0][0], bold[0][1], read)


def _not_best(
    column: Column, row: Row, value: Decimal, read: Sequence[tuple[Decimal, Row]]
) -> Iterator[Note]:
    lowest = min(read, key=lambda pair: pair[0])
    highest = max(read, key=lambda pair: pair[0])
    right = {"lower": [lowest], "higher": [highest]}.get(column.direction or "", [lowest, highest])
    if column.direction == "none" or value in [best for best, _ in right]:
        return
    best, holder = right[-1]
    told = f"{row.name}: {column.name} {value} is bold, but {holder.name} has {best}"
    yield Note(row.place, told)


def identical_values(grids: Sequence[Grid]) -> Iterator[Note]:
    """Report two rows with the same values in all columns.

    Two models that agree to the last digit in two metrics are rare; a row that was copied and not
    filled in is not.

        | Xception | 79.0 | 94.5 |
        | DPN | 79.0 | 94.5 |

    Compare both with their papers.
    """
    for grid in grids:
        rows: dict[tuple[Decimal | None, ...], list[Row]] = defaultdict(list)
        for row in grid.rows:
            values = tuple(map(number, row.values))
            told = [value for value in values if value is not None]
            if len(told) > 1 and any(value % 1 for value in told):
                rows[values].append(row)
        for same in rows.values():
            if len({row.name for row in same}) > 1:
                first, *others = same
                for other in others:
                    printed = ", ".join(filter(None, other.values))
                    yield Note(
                        other.place, f"{other.name} has the values of {first.name}: {printed}"
                    )


RULES: dict[str, Rule[Sequence[Grid]]] = {
    "value-out-of-range": Rule("error", value_out_of_range),
    "values-out-of-order": Rule("error", values_out_of_order),
    "best-value": Rule("warning", best_value),
    "identical-values": Rule("warning", identical_values),
}
