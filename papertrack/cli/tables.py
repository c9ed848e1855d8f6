"""How a table stands in a terminal: in columns that break no word, or else row by row."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

NARROW = 72
"""Columns of a terminal under which rows that would be folded often stand one by one."""

_GAP = 2
"""Columns between two columns of a table."""

_TALL = 2
"""Lines that a row takes on average, at most, in columns of a narrow terminal."""


def widths(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Share a width among the columns of a table, so that each holds its longest word.

    None where there is no room for that, or where a narrow terminal would fold most rows.
    """
    columns = list(zip(header, *rows, strict=True))
    least = [max([1, *(_unbroken(word) for text in c for word in text.split())]) for c in columns]
    most = [max(map(cell_len, column)) for column in columns]
    room = width - _GAP * (len(columns) - 1)
    if sum(least) > room:
        return None
    shared = _share(least, most, room)
    if width < NARROW and _lines(rows, shared) > _TALL * len(rows):
        return None
    return shared


def packed(parts: Sequence[str], width: int) -> list[str]:
    """Put parts on as few lines as they fit on, one after the other; none is broken here."""
    lines: list[str] = []
    for part in filter(None, parts):
        longer = f"{lines[-1]}{' ' * _GAP}{part}" if lines else ""
        if lines and cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _unbroken(word: str) -> int:
    """Measure what of a word must stay in one line; signs of double width part anywhere."""
    columns = cell_len(word)
    return columns if columns <= len(word) else 2


def _share(least: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """Give each column what it lacks if it lacks little, and the rest to the widest ones."""
    shared, spare = list(least), room - sum(least)
    lacking = [max(0, most[n] - least[n]) for n in range(len(least))]
    for left, column in zip(
        range(len(least), 0, -1), sorted(range(len(least)), key=lacking.__getitem__), strict=True
    ):
        given = min(lacking[column], spare // left)
        shared[column] += given
        spare -= given
    return shared


def _lines(rows: Sequence[Sequence[str]], shared: Sequence[int]) -> int:
    """Count the lines that rows take in columns, as if words could be broken anywhere."""
    return sum(
        max(-(-cell_len(text) // width) for text, width in zip(row, shared, strict=True))
        for row in rows
    )
