"""Papers per year as a picture: a bar each, stacked by section."""

from __future__ import annotations

from decimal import Decimal

from papertrack.charts import frame, scales, svg
from papertrack.charts.data import OTHER, Bars
from papertrack.charts.frame import EDGE, HEIGHT, Plot
from papertrack.charts.svg import SIZE, WIDTH, Theme, element, group

_BELOW = 34
_SWATCH = 12
_ROW = 22
"""Height of a line of the legend."""

_FIRST_ROW = 52.0
_LONGEST_NAME = 230
_FILLED = 0.7
"""Part of the room of a bar that it takes."""

_WIDEST = 60

_GAP = 1
"""Between the parts of a bar."""


def draw(chart: Bars, theme: Theme) -> str:
    """Draw a chart as SVG."""
    legend, lowest = _legend(chart, theme)
    plot = frame.plot(scales.counts(max(chart.totals)), lowest + 24, _BELOW)
    step = 1 / len(chart.years)
    marks = [(plot.across(step * (n + 0.5)), str(year)) for n, year in enumerate(chart.years)]
    body = [
        frame.heading(chart.title, theme),
        *legend,
        *frame.grid(plot, theme),
        *frame.ticks(plot, marks, theme),
        *_bars(chart, plot, theme),
    ]
    return svg.document(chart.title, chart.alternative, chart.details, HEIGHT, body)


def _bars(chart: Bars, plot: Plot, theme: Theme) -> list[str]:
    """Draw the parts of all bars that belong to one section, then those of the next."""
    slot = (plot.box.right - plot.box.left) / len(chart.years)
    wide = min(_FILLED * slot, _WIDEST)
    below = [0] * len(chart.years)
    drawn: list[str] = []
    for part, colour in zip(chart.groups, _colours(chart, theme), strict=True):
        pieces = []
        for n, (count, year) in enumerate(zip(part.counts, chart.years, strict=True)):
            top, bottom = plot.up(Decimal(below[n] + count)), plot.up(Decimal(below[n]))
            below[n] += count
            if count:
                told = ", ".join(filter(None, (str(year), part.name, _papers(count))))
                pieces.append(
                    element(
                        "rect",
                        title=told,
                        x=plot.box.left + (n + 0.5) * slot - wide / 2,
                        y=top,
                        width=wide,
                        height=max(bottom - top - _GAP, 0.5),
                    )
                )
        drawn += group(pieces, fill=colour)
    return drawn


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count} papers"


def _colours(chart: Bars, theme: Theme) -> list[str]:
    """Choose a colour for each group; what has no name of its own gets the last."""
    return [
        theme.series[-1] if group.name == OTHER else colour
        for group, colour in zip(chart.groups, theme.series, strict=False)
    ]


def _legend(chart: Bars, theme: Theme) -> tuple[list[str], float]:
    """Name the groups in as many lines as it takes; return the base line of the last one too."""
    if not chart.named:
        return [], _FIRST_ROW - _ROW
    swatches, names = [], []
    x, y = float(EDGE), _FIRST_ROW
    for part, colour in zip(chart.groups, _colours(chart, theme), strict=True):
        name = svg.fitted(part.name, _LONGEST_NAME)
        wide = _SWATCH + 6 + svg.width(name) + SIZE
        if x > EDGE and x + wide > WIDTH - EDGE:
            x, y = float(EDGE), y + _ROW
        swatches.append(
            element("rect", x=x, y=y - 11, width=_SWATCH, height=_SWATCH, rx=2, fill=colour)
        )
        names.append(element("text", name, x=x + _SWATCH + 6, y=y))
        x += wide
    return [*swatches, *group(names, fill=theme.muted)], y
