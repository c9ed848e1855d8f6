"""Rules about the tables of a README, and about how they fit to its entries."""

from __future__ import annotations

from collections.abc import Iterator

from papertrack.checks.findings import Note, Place, Rule
from papertrack.checks.pipe_tables import Table
from papertrack.checks.readme import Readme
from papertrack.checks.subjects import Grid, plain
from papertrack.errors import listed
from papertrack.readme.anchors import headings
from papertrack.text import title_key

_DOUBLED = 0.9
"""Least part of the rows that two tables share where one doubles the other."""
_BELONG = 0.5
"""Least part of the rows that name entries where a table and the entries belong together."""
_LEAST_ROWS = 5


def row_cells(readme: Readme) -> Iterator[Note]:
    """Report a row of a table that has another number of cells than the header.

    GitHub drops the cells that are too many, links and all, and fills up a row that is too short,
    so that its values may stand under the wrong heads. Often two rows have run into one, or a cell
    holds a `|` that needs a backslash.

        | Model | Dice |
        | --- | --- |
        | U-Net | 76.9 | V-Net | 77.1 |

    Break the line where the second row begins, write `\\|` for a bar inside a cell, and `-` for a
    missing value.
    """
    for table in readme.tables:
        width = len(table.header)
        for line, row in table.rows:
            if len(row) == width:
                continue
            told = f"the row has {_count(len(row))}, the header {width}"
            if len(row) > width:
                yield Note(Place(readme.path, line), f"{told}: GitHub drops what is too many")
            else:
                yield Note(Place(readme.path, line), told, severity="warning")


def _count(number: int) -> str:
    return f"{number} cell{'s' if number > 1 else ''}"


def duplicate_table(readme: Readme) -> Iterator[Note]:
    """Report a table that stands in the README twice.

    The two drift apart: people correct one and read the other.

    Keep one of them, and link to it from the other place.
    """
    seen: list[tuple[Table, set[tuple[str, ...]]]] = []
    for table in readme.tables:
        rows = {tuple(map(plain, row)) for _, row in table.rows}
        for other, known in seen:
            if len(rows) < 2 or table.header != other.header:
                continue
            shared = len(rows & known)
            if shared >= _DOUBLED * max(len(rows), len(known)):
                what = "repeats" if rows == known else f"repeats {shared} rows of"
                told = f"the table {what} the one on line {other.line}"
                yield Note(Place(readme.path, table.line), told)
                break
        seen.append((table, rows))


def row_without_entry(readme: Readme) -> Iterator[Note]:
    """Report rows of a result table that no entry of the list explains.

    Where most rows name a paper of the list, a reader looks in vain for the others.

    Add the entry, or write the name of the row as the entry has it.
    """
    for grid, names in _belonging(readme):
        missing = [row for row in grid.rows if not _is_among(row.name, names)]
        if missing:
            named = listed([f"{row.name} (line {row.place.line})" for row in missing])
            count = f"{len(missing)} of {len(grid.rows)} rows have"
            yield Note(missing[0].place, f"{count} no entry in the list: {named}")


def entry_without_row(readme: Readme) -> Iterator[Note]:
    """Report entries of the list that the result table beside them leaves out.

    It is reported where the table covers most of the entries, so that a gap looks like a slip.

    Add the row; where the paper prints no value, with `-` in its cells.
    """
    for grid, _ in _belonging(readme):
        rows = {title_key(row.name) for row in grid.rows}
        named = [item for item in readme.items if item.name]
        missing = [item for item in named if not _is_among(item.name, rows)]
        if missing and len(missing) <= (1 - _BELONG) * len(named):
            shown = listed([f"{item.name} (line {item.place.line})" for item in missing])
            count = f"{len(missing)} of {len(named)} entries have"
            line = grid.rows[0].place.line
            yield Note(missing[0].place, f"{count} no row in the table of line {line}: {shown}")


def _belonging(readme: Readme) -> Iterator[tuple[Grid, set[str]]]:
    """Find the result tables most of whose rows name an entry, the first of equal ones only."""
    names = {title_key(item.name) for item in readme.items if item.name}
    names |= {title_key(heading.text) for heading in headings(readme.text)}
    done: set[frozenset[str]] = set()
    for grid in readme.grids:
        rows = frozenset(title_key(row.name) for row in grid.rows)
        if rows not in done and len(rows & names) >= max(_LEAST_ROWS, _BELONG * len(rows)):
            done.add(rows)
            yield grid, names


def _is_among(name: str, names: set[str]) -> bool:
    """Tell whether a name is one of the names, or a part of one, or the other way round.

    One entry may stand for two rows (`Inception-v4, Inception-ResNet-v2`), and one row for two
    entries (`A + B`).
    """
    key = title_key(name)
    if key in names:
        return True
    return any(min(key, other, key=len) in max(key, other, key=len) for other in names if other)


RULES: dict[str, Rule[Readme]] = {
    "row-cells": Rule("error", row_cells),
    "duplicate-table": Rule("warning", duplicate_table),
    "row-without-entry": Rule("info", row_without_entry),
    "entry-without-row": Rule("info", entry_without_row),
}
