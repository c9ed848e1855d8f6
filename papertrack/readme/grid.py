"""Tables in GitHub's Markdown, laid out as prettier lays them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

Align = Literal["left", "right", "center"]

_NARROWEST = 3
"""Width of the shortest rule under a header, `---`."""


def grid(header: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[Align]) -> list[str]:
    """Lay out a table whose cells are Markdown already; return its lines.

    The pipes stand under each other by the width that a terminal or an editor shows. Raises
    ValueError for a row that has not as many cells as the header.
    """
    columns = list(zip(header, *rows, strict=True))
    widths = [max(_NARROWEST, *map(_width, column)) for column in columns]
    rule = [_rule(width, side) for width, side in zip(widths, align, strict=True)]
    table = [header, rule, *rows]
    return [_line(map(_pad, cells, widths, align)) for cells in table]


def _width(cell: str) -> int:
    if cell.isascii():
        return len(cell)
    from rich.cells import cell_len

    return cell_len(cell)


def _pad(cell: str, width: int, align: Align) -> str:
    space = width - _width(cell)
    before = {"left": 0, "center": space // 2, "right": space}[align]
    return " " * before + cell + " " * (space - before)


def _rule(width: int, align: Align) -> str:
    first = "-" if align == "right" else ":"
    last = "-" if align == "left" else ":"
    return first + "-" * (width - 2) + last


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
