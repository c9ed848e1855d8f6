"""Charts in a terminal: points in braille, lines and bars in block characters.

What colour tells is told by the characters too, for pipes and for terminals without colour.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from papertrack.charts.data import APART, Bars, Chart, Scatter
from papertrack.text import clean_line

if TYPE_CHECKING:
    from rich.text import Text

HEIGHT = 16
"""Lines of a plot."""

_LEAST = 12
"""Columns of a plot in the narrowest terminal."""

_BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille character, by line and column."""

_FILLS = "█▓▒░▚▞▖"
_COLOURS = ("blue", "yellow", "green", "magenta", "cyan", "red", "bright_black")
_WIDEST_PAPER = 4
"""Columns that one paper takes where there are few."""

Cell = tuple[str, str]
"""What stands in a column, and its style; the second column of a wide character is empty."""

_BLANK: Cell = (" ", "")


def draw(chart: Chart, width: int) -> Text:
    """Draw a chart in so many columns."""
    lines = _bars(chart, width) if isinstance(chart, Bars) else _scatter(chart, width)
    title, summary = (textwrap.wrap(clean_line(t), width) for t in (chart.title, chart.summary))
    whole = [
        *(_written(line, "bold") for line in title),
        *lines,
        *(_written(line, "dim") for line in summary),
    ]
    return _text(whole, width)


def _text(lines: Sequence[Sequence[Cell]], width: int) -> Text:
    from rich.text import Text

    rows = [Text.assemble(*line) for line in lines]
    for row in rows:
        row.rstrip()
        row.truncate(width, overflow="ellipsis")
    return Text("\n").join(rows)


def _written(text: str, style: str = "") -> list[Cell]:
    """Part a clean text into the columns that it takes."""
    from rich.cells import cell_len

    cells: list[Cell] = []
    for char in text:
        size = cell_len(char)
        if size:
            cells += [(char, style), *[("", style)] * (size - 1)]
        elif cells:
            cells[-1] = (cells[-1][0] + char, style)
    return cells


# --- Points ---------------------------------------------------------------------------------


class _Canvas:
    """A grid of cells; lines are counted from the top."""

    def __init__(self, columns: int, lines: int) -> None:
        self.columns, self.lines = columns, lines
        self.cells = [[_BLANK] * columns for _ in range(lines)]
        self._dots: dict[tuple[int, int], int] = {}

    def at(self, x: float, y: float, fine: tuple[int, int] = (1, 1)) -> tuple[int, int]:
        """Return line and column of a place, in so many parts of a cell."""
        down, across = self.lines * fine[0] - 1, self.columns * fine[1] - 1
        return round((1 - y) * down), round(x * across)

    def put(self, line: int, column: int, text: str, style: str = "") -> None:
        """Write a text from a cell on."""
        cells = _written(text, style)
        self.cells[line][column : column + len(cells)] = cells

    def dot(self, x: float, y: float) -> None:
        """Put one of the eight dots of a cell."""
        line, column = self.at(x, y, (4, 2))
        cell = line // 4, column // 2
        self._dots[cell] = self._dots.get(cell, 0) | _BRAILLE[line % 4][column % 2]
        self.put(*cell, chr(0x2800 + self._dots[cell]), "cyan")

    def is_free(self, line: int, columns: range) -> bool:
        """Say whether nothing stands there, and it lies within the grid."""
        if not (0 <= line < self.lines and columns.start >= 0 and columns.stop <= self.columns):
            return False
        return all(self.cells[line][column] == _BLANK for column in columns)


def _scatter(chart: Scatter, width: int) -> list[list[Cell]]:
    gutter = max(len(text) for _, text in chart.y.scale.ticks)
    canvas = _Canvas(max(width - gutter - 2, _LEAST), HEIGHT)
    for point in chart.others:
        canvas.dot(chart.x.scale.place(point.x), chart.y.scale.place(point.y))
    _draw_line(chart, canvas)
    for point in chart.apart:
        canvas.put(*canvas.at(*_place(chart, point.x, point.y)), "○", "cyan")
    places = [canvas.at(*_place(chart, point.x, point.y)) for point in chart.front]
    for line, column in places:
        canvas.put(line, column, "●", "bold blue")
    for (line, column), point in reversed([*zip(places, chart.front, strict=True)]):
        _name(canvas, line, column, clean_line(point.name))
    texts = {canvas.at(0, chart.y.scale.place(v))[0]: text for v, text in chart.y.scale.ticks}
    signs = [f"●─ {chart.front_name}"] if chart.front else []
    signs += [f"○ {APART}"] if chart.apart else []
    return [
        _written("   ".join([clean_line(chart.y.title), *signs]), "dim"),
        *(
            [*_written(texts.get(line, "").rjust(gutter), "dim"), _edge(line in texts), *cells]
            for line, cells in enumerate(canvas.cells)
        ),
        _written(" " * gutter + "└" + "─" * canvas.columns, "dim"),
        *_below(chart, canvas.columns, gutter + 1),
    ]


def _place(chart: Scatter, x: Decimal, y: Decimal) -> tuple[float, float]:
    return chart.x.scale.place(x), chart.y.scale.place(y)


def _edge(is_tick: bool) -> Cell:
    return ("┤" if is_tick else "│", "dim")


def _draw_line(chart: Scatter, canvas: _Canvas) -> None:
    """Draw the line of the best, corner by corner."""
    corners = [canvas.at(*_place(chart, x, y)) for x, y in chart.steps()]
    for (line, column), (to_line, to_column) in pairwise(corners):
        for across in range(min(column, to_column), max(column, to_column) + 1):
            canvas.put(line, across, "─", "blue")
        for down in range(min(line, to_line), max(line, to_line) + 1):
            canvas.put(down, to_column, "│" if line != to_line else "─", "blue")
    for (line, before), (_, column), (to_line, _) in zip(
        corners, corners[1:], corners[2:], strict=False
    ):
        if to_line != line and before != column:
            turn = ("╰", "╯") if to_line < line else ("╭", "╮")
            canvas.put(line, column, turn[column > before], "blue")


def _name(canvas: _Canvas, line: int, column: int, name: str) -> None:
    """Write the name of a point where there is room: above it, beside it, below it."""
    size = len(_written(name))
    starts = ((line - 1, column - size + 1), (line - 1, column), (line, column - size - 1))
    for at, start in (
        *starts,
        (line, column + 2),
        (line + 1, column + 1),
        (line + 1, column - size),
    ):
        if canvas.is_free(at, range(start, start + size)):
            canvas.put(at, start, name, "bold")
            return


def _below(chart: Scatter, columns: int, gutter: int) -> Iterator[list[Cell]]:
    """Write the ticks of the x axis, and what it measures."""
    canvas = _Canvas(gutter + columns, 1)
    for value, text in chart.x.scale.ticks:
        middle = gutter + round(chart.x.scale.place(value) * (columns - 1))
        start = min(middle - len(text) // 2, canvas.columns - len(text))
        if canvas.is_free(0, range(max(start - 1, 0), start + len(text))):
            canvas.put(0, start, text, "dim")
    yield canvas.cells[0]
    yield _written(clean_line(chart.x.title), "dim")


# --- Bars -----------------------------------------------------------------------------------


def _bars(chart: Bars, width: int) -> Iterator[list[Cell]]:
    yield from _legend(chart, width)
    gutter = max(len(str(year)) for year in chart.years)
    most = max(chart.totals)
    room = max(width - gutter - len(str(most)) - 2, _LEAST)
    scale = min(room / most, _WIDEST_PAPER)
    for n, (year, total) in enumerate(zip(chart.years, chart.totals, strict=True)):
        ends = [round(end * scale) for end in accumulate(g.counts[n] for g in chart.groups)]
        pieces = zip([0, *ends], ends, _FILLS, _COLOURS, strict=False)
        bar = [(fill, colour) for start, end, fill, colour in pieces for _ in range(end - start)]
        told = f" {total}" if total else ""
        yield [
            *_written(f"{year:>{gutter}} ", "dim"),
            *(bar or [("▏", "blue")] * bool(total)),
            *_written(told),
        ]


def _legend(chart: Bars, width: int) -> Iterator[list[Cell]]:
    """Name the groups, as many in a line as fit."""
    line: list[Cell] = []
    for group, fill, colour in zip(chart.groups, _FILLS, _COLOURS, strict=False):
        name = [(fill, colour), *_written(f" {clean_line(group.name)}"), *[_BLANK] * 2]
        if line and len(line) + len(name) > width + 2:
            yield line
            line = []
        line += name
    if chart.named:
        yield line
