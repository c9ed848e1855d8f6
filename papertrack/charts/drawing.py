"""Any chart as a picture."""

from __future__ import annotations

from papertrack.charts import bars_svg, scatter_svg
from papertrack.charts.data import Bars, Chart
from papertrack.charts.svg import Theme


def draw(chart: Chart, theme: Theme) -> str:
    """Draw a chart as SVG in the colours of a theme."""
    return (
        bars_svg.draw(chart, theme) if isinstance(chart, Bars) else scatter_svg.draw(chart, theme)
    )
