"""Tables: which are of papers, which of results, and the papers in their rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat
from statistics import median
from typing import Literal

from papertrack.readme.adopt import appeared
from papertrack.readme.adopt.document import Row, Table, Text
from papertrack.readme.adopt.facts import Context, Found, entry_of
from papertrack.readme.adopt.found import FoundTable
from papertrack.readme.adopt.labels import Role, label_role
from papertrack.readme.adopt.likeness import count_words
from papertrack.readme.adopt.measured import is_measured, is_missing
from papertrack.readme.adopt.notes import Part

_TITLE_WORDS = 3.5
"""Median words of a column from which on it holds titles."""
_TITLED: tuple[Role, ...] = (
    "title",
    "paper",
    "name",
    "",
    "venue",
    "other",
    "project",
    "code",
)
"""Columns by how likely they hold the title."""


def read_table(table: Table, context: Context) -> tuple[FoundTable, list[Found]]:
    """Read a table; its rows are papers where most of them are surely some."""
    rows = [half for row in table.rows for half in _halves(row, table.header)]
    roles = _roles(table.header, rows)
    heads = [cell.plain for cell in table.header.cells] if table.header else []
    found = [_entry(row, roles, heads, context) for row in rows]
    sure = sum(one.sure for one in found if one)
    results = _holds_results(table.header, table.rows)
    if results or sure < 0.4 * len(rows):
        kept = [one for one in found if one and one.sure and (sure >= 2 or not results)]
        kept = kept if sure >= 0.4 * len(rows) or not results else []
    else:
        kept = [one for one in found if one]
    kind: Literal["papers", "results", "other"] = (
        "results" if results else "papers" if kept else "other"
    )
    return _found_table(table, context, kind), kept


def _halves(row: Row, header: Row | None) -> list[Row]:
    """Part a row that two rows were merged into; the first cell may be lost with the line's end."""
    width = len(header.cells) if header else len(row.cells)
    first, second = row.cells[:width], row.cells[width:]
    while len(second) > width and not second[0].spans:
        second = second[1:]
    if width < 3 or len(second) < width - 1:
        return [row]
    if len(second) == width - 1:
        second = (Text(), *second)
    return [Row(first, row.lines), Row(second, row.lines)]


def _roles(header: Row | None, rows: Sequence[Row]) -> list[Role]:
    """Say what each column holds, from its heading and its cells."""
    width = max([len(row.cells) for row in rows] + [len(header.cells) if header else 0, 0])
    roles: list[Role] = [label_role(cell.plain) for cell in header.cells] if header else []
    while len(roles) < width:
        roles.append("")
    lengths = [_median_words(rows, column) for column in range(width)]
    title = _title_column(roles, lengths)
    for column, role in enumerate(roles):
        if column == title:
            roles[column] = "paper" if role == "paper" else "title"
        elif role == "title":
            roles[column] = "name"
        elif role == "":
            roles[column] = _guessed(rows, column)
    return roles


def _guessed(rows: Sequence[Row], column: int) -> Role:
    """Guess what an unknown column holds: venues, years, or what only a person can tell."""
    cells = [row.cells[column].plain for row in rows if column < len(row.cells)]
    said = [appeared.states(cell) for cell in cells if not is_missing(cell)]
    if not said or 2 * sum(map(bool, said)) <= len(said):
        return "prose"
    return "venue" if any(found and found.venue for found in said) else "year"


def _title_column(roles: Sequence[Role], lengths: Sequence[float]) -> int | None:
    for role in _TITLED:
        for column, own in enumerate(roles):
            if own == role and (lengths[column] >= _TITLE_WORDS or role == "title"):
                return column
    return None


def _median_words(rows: Sequence[Row], column: int) -> float:
    counts = [count_words(row.cells[column].plain) for row in rows if column < len(row.cells)]
    return median(counts) if counts else 0


def _entry(row: Row, roles: Sequence[Role], heads: Sequence[str], context: Context) -> Found | None:
    behind: list[Role] = ["prose"] * (len(row.cells) - len(roles))
    columns = zip([*roles, *behind], row.cells, chain(heads, repeat("")), strict=False)
    parts = [Part(role, cell, column=head) for role, cell, head in columns]
    return entry_of(parts, row.lines, context)


def _holds_results(header: Row | None, rows: Sequence[Row]) -> bool:
    """Tell whether a column holds measured values."""
    if not header or not rows:
        return False
    heads = [cell.plain for cell in header.cells]
    return any(
        is_measured(head, [row.cells[column].plain for row in rows if column < len(row.cells)])
        for column, head in enumerate(heads)
    )


def _found_table(
    table: Table, context: Context, kind: Literal["papers", "results", "other"]
) -> FoundTable:
    return FoundTable(
        lines=table.lines,
        section=context.section,
        header=tuple(cell.plain for cell in table.header.cells) if table.header else (),
        body=table.rows,
        kind=kind,
    )
