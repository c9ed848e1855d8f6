"""What every chart has around its data: heading, axes, grid and ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from papertrack.charts import svg
from papertrack.charts.labels import Box
from papertrack.charts.scales import Scale
from papertrack.charts.svg import SIZE, WIDTH, Theme, element, group

HEIGHT = 400
_TITLE = 18
_BOLD = 1.2
"""How much wider bold letters are."""

EDGE = 12
_TICK = 6


@dataclass(frozen=True)
class Plot:
    """The rectangle in which the data stand."""

    box: Box
    y: Scale

    def up(self, value: Decimal) -> float:
        """Return the place of a value on the y axis."""
        return self.box.bottom - self.y.place(value) * (self.box.bottom - self.box.top)

    def across(self, fraction: float) -> float:
        """Return the place of what lies so far along the x axis."""
        return self.box.left + fraction * (self.box.right - self.box.left)


def plot(y: Scale, above: float, below: float) -> Plot:
    """Lay out the rectangle, with room for the texts around it."""
    beside = max(svg.width(text) for _, text in y.ticks)
    return Plot(Box(EDGE + beside + _TICK, above, WIDTH - 2 * EDGE, HEIGHT - below), y)


def heading(title: str, theme: Theme) -> str:
    """Write the title of a chart."""
    cut = svg.fitted(title, (WIDTH - 2 * EDGE) / _BOLD, _TITLE)
    return element("text", cut, x=EDGE, y=26, fill=theme.text, font_size=_TITLE, font_weight="bold")


def grid(plot: Plot, theme: Theme) -> list[str]:
    """Draw a line at each tick of the y axis, with its text."""
    left, _, right, _ = plot.box
    heights = [(plot.up(value), text) for value, text in plot.y.ticks]
    lines = [
        element("path", d=f"M{svg.rounded(left)} {svg.rounded(y)}H{svg.rounded(right)}")
        for y, _ in heights
    ]
    texts = [element("text", text, x=left - _TICK, y=y + SIZE / 3) for y, text in heights]
    return [
        *group(lines, stroke=theme.grid),
        *group(texts, fill=theme.muted, text_anchor="end"),
    ]


def ticks(plot: Plot, marks: Sequence[tuple[float, str]], theme: Theme) -> list[str]:
    """Write texts under the plot, at so many pixels; some are left out where they are too many."""
    texts = [
        element("text", text, x=x, y=plot.box.bottom + SIZE + _TICK) for x, text in _thinned(marks)
    ]
    return group(texts, fill=theme.muted, text_anchor="middle")


def _thinned(marks: Sequence[tuple[float, str]]) -> Sequence[tuple[float, str]]:
    """Take every mark, or every second, third, ... so that their texts do not touch."""
    widest = max(svg.width(text) for _, text in marks) + SIZE / 2
    room = min((b[0] - a[0] for a, b in pairwise(marks)), default=widest)
    return marks[:: max(1, -int(-widest // room))]
