"""Results as a picture: a point each, the line of the best, and names where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from papertrack.charts import frame, labels, svg
from papertrack.charts.data import APART, Point, Scatter
from papertrack.charts.frame import EDGE, HEIGHT, Plot
from papertrack.charts.labels import Box, Label, Name
from papertrack.charts.svg import SIZE, SMALL, WIDTH, Theme, element, group

_ABOVE = 72
_BELOW = 56
_RADIUS = 4
_BEST_RADIUS = 5
_MOST_NAMED = 40
"""Points up to which those beside the line get names too, where there is room."""

_LONGEST_NAME = 170
_SAMPLE = 28
"""Length of the piece of line that explains the line."""


def draw(chart: Scatter, theme: Theme) -> str:
    """Draw a chart as SVG."""
    plot = frame.plot(chart.y.scale, _ABOVE, _BELOW)
    marks = [(plot.across(chart.x.scale.place(v)), text) for v, text in chart.x.scale.ticks]
    line = [(plot.across(chart.x.scale.place(x)), plot.up(y)) for x, y in chart.steps()]
    body = [
        frame.heading(chart.title, theme),
        *_explained(chart, theme),
        *frame.grid(plot, theme),
        *frame.ticks(plot, marks, theme),
        *_line(line, theme),
        *group(_circles(chart.others, chart, plot, _RADIUS), fill=theme.faint),
        *_rings(_circles(chart.apart, chart, plot, _RADIUS), theme),
        *group(_circles(chart.front, chart, plot, _BEST_RADIUS), fill=theme.accent),
        *_names(chart, plot, line, theme),
    ]
    return svg.document(chart.title, chart.alternative, chart.details, HEIGHT, body)


def _explained(chart: Scatter, theme: Theme) -> list[str]:
    """Write what the axes, the line and the rings are."""
    left, right, low = EDGE, WIDTH - EDGE, HEIGHT - 10
    line_name = svg.width(chart.front_name) + _SAMPLE + 3 * SIZE if chart.front else 0
    up = svg.fitted(chart.y.title, right - left - line_name)
    along = svg.fitted(chart.x.title, (right - left) * 0.6)
    lines = [
        element("text", up, x=left, y=52),
        element("text", along, x=right, y=low, text_anchor="end"),
    ]
    if chart.apart:
        lines.append(element("text", APART, x=left + SIZE, y=low))
        lines += _rings([element("circle", cx=left + _RADIUS, cy=low - 5, r=_RADIUS)], theme)
    if not chart.front:
        return group(lines, fill=theme.muted)
    lines.append(element("text", chart.front_name, x=right, y=52, text_anchor="end"))
    end = right - svg.width(chart.front_name) - SIZE / 2
    return [*group(lines, fill=theme.muted), *_line([(end - _SAMPLE, 47), (end, 47)], theme)]


def _line(corners: Sequence[tuple[float, float]], theme: Theme) -> list[str]:
    if not corners:
        return []
    places = (f"{svg.rounded(x)} {svg.rounded(y)}" for x, y in corners)
    path = "M" + "L".join(places)
    return [element("path", d=path, fill="none", stroke=theme.accent, stroke_width=2)]


def _rings(circles: Sequence[str], theme: Theme) -> list[str]:
    return group(circles, fill="none", stroke=theme.faint, stroke_width=1.5)


def _circles(points: Sequence[Point], chart: Scatter, plot: Plot, radius: int) -> list[str]:
    return [
        element("circle", title=point.title, cx=x, cy=y, r=radius)
        for point in points
        for x, y in [_at(point, chart, plot)]
    ]


def _at(point: Point, chart: Scatter, plot: Plot) -> tuple[float, float]:
    return plot.across(chart.x.scale.place(point.x)), plot.up(point.y)


def _names(
    chart: Scatter, plot: Plot, line: Sequence[tuple[float, float]], theme: Theme
) -> list[str]:
    """Name the points of the line, the best first, then the others if they are few."""
    dots = [_square(*_at(point, chart, plot)) for point in chart.points]
    strokes = [
        Box(min(x, to_x) - 1, min(y, to_y) - 1, max(x, to_x) + 1, max(y, to_y) + 1)
        for (x, y), (to_x, to_y) in pairwise(line)
    ]
    others = (*chart.others, *chart.apart) if len(chart.points) <= _MOST_NAMED else ()
    names = [(point, SIZE) for point in reversed(chart.front)] + [(p, SMALL) for p in others]
    placed = labels.place(
        [
            Name(*_at(point, chart, plot), svg.fitted(point.name, _LONGEST_NAME, size), size)
            for point, size in names
        ],
        [*dots, *strokes],
        Box(plot.box.left, plot.box.top - SIZE, WIDTH, plot.box.bottom),
        (1 if chart.x.better > 0 else -1, 1 if chart.y.better < 0 else -1),
    )
    return [
        *group(_written(placed, SMALL), fill=theme.muted, font_size=SMALL),
        *group(_written(placed, SIZE), fill=theme.text),
    ]


def _square(x: float, y: float) -> Box:
    return Box(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS)


def _written(placed: Sequence[Label], size: int) -> list[str]:
    return [
        element("text", label.name.text, x=label.x, y=label.y, text_anchor=label.anchor)
        for label in placed
        if label.name.size == size
    ]
