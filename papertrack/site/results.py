"""The result tables and charts of the list, as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from papertrack import leaderboard
from papertrack.charts.data import Chart
from papertrack.charts.drawing import draw
from papertrack.charts.making import PAPERS, make
from papertrack.charts.svg import Theme
from papertrack.errors import UsageError
from papertrack.leaderboard import Group, Row
from papertrack.model import Benchmark, Metric
from papertrack.readme.marks import marked
from papertrack.readme.tables import EMPTY, MISSING, NOT_APPLICABLE, column
from papertrack.site import pages
from papertrack.site.content import Site
from papertrack.site.html import Html, block, element, joined, link, text

PAGE = Theme(
    text="var(--text)",
    muted="var(--muted)",
    grid="var(--line)",
    accent="var(--accent)",
    faint="var(--faint)",
    series=tuple(f"var(--series-{number})" for number in range(1, 8)),
)
"""Colours that the style of the page gives a value for each theme."""

_FEWEST_RANKED = 3
"""Rows from which a place among them says something."""


def results(site: Site) -> Html:
    """Write the leaderboard of each benchmark, with its chart."""
    sections = (block("section", *_blocks(name, b, site)) for name, b in site.measured)
    return joined(*sections, by="\n")


def anchor(benchmark: str) -> str:
    """Name the place of a benchmark on the page; no key of a paper has a capital."""
    return f"Results-{benchmark}"


def papers_per_year(site: Site) -> Html:
    """Draw the papers of each year; nothing where no paper has a year."""
    return _figure(make(PAPERS, site.papers, {}))


def _blocks(name: str, benchmark: Benchmark, site: Site) -> Iterator[Html]:
    yield element("h3", benchmark.title, id=anchor(name))
    if benchmark.description:
        yield element("p", benchmark.description)
    groups = leaderboard.groups(name, site.papers, benchmark)
    for number, group in enumerate(groups, 1):
        label = benchmark.title if len(groups) == 1 else f"{benchmark.title}, table {number}"
        yield from _table(group, benchmark, label)
    if groups:
        yield _figure(_chart(name, benchmark, site))
    else:
        yield element("p", EMPTY)


def _table(group: Group, benchmark: Benchmark, label: str) -> Iterator[Html]:
    """Write what sets a group apart, its rows with the best first, and the legend."""
    metric = leaderboard.primary(benchmark)
    if metric and metric.direction == "none":
        metric = None
    rows = leaderboard.ranked(group.rows, metric) if metric else list(group.rows)
    marks, legend = marked(rows, str)
    heads = [element("th", benchmark.row_label, scope="col")]
    heads += [_number_head(column(m, arrow=True)) for m in benchmark.metrics]
    heads += [element("th", head, scope="col") for head in ("Published In", "Code")]
    columns = [
        [_name(row, mark) for row, mark in zip(rows, marks, strict=True)],
        *(_values(rows, m) for m in benchmark.metrics),
        [element("td", pages.appeared(row.paper) or MISSING) for row in rows],
        [element("td", *_code(row)) for row in rows],
    ]
    if metric and len(rows) >= _FEWEST_RANKED:
        heads.insert(0, _number_head("Rank"))
        places = leaderboard.ranks(rows, metric)
        columns.insert(0, [_number(str(place or MISSING)) for place in places])
    body = (element("tr", *cells) for cells in zip(*columns, strict=True))
    if group.caption:
        yield element("p", group.caption)
    table = block("table", element("thead", element("tr", *heads)), block("tbody", *body))
    # A table that is wider than the screen scrolls by itself, by keyboard too.
    yield element("div", table, class_="wide", role="region", tabindex="0", aria_label=label)
    if legend:
        yield element("p", joined(*legend, by=element("br")), class_="legend")


def _number_head(head: str) -> Html:
    return element("th", head, scope="col", class_="number")


def _number(value: str) -> Html:
    return element("td", value, class_="number")


def _name(row: Row, mark: str) -> Html:
    """Name a row, which leads to its paper on the page."""
    name = element("a", row.name, href=f"#{row.key}") if row.key else text(row.name)
    return element("th", joined(name, mark, by=" ") if mark else name, scope="row")


def _values(rows: Sequence[Row], metric: Metric) -> list[Html]:
    """Write a column; the best value is bold, and a tie makes several best."""
    best = leaderboard.best(rows, metric)
    shown = [row.shown(metric) or MISSING if row.is_applicable else NOT_APPLICABLE for row in rows]
    return [
        element("td", element("strong", value), class_="number") if n in best else _number(value)
        for n, value in enumerate(shown)
    ]


def _code(row: Row) -> Iterator[Html]:
    """Lead to the code that the paper names first."""
    yield from (link(page.label, page.url) for page in pages.code(row.paper)[:1])


def _chart(name: str, benchmark: Benchmark, site: Site) -> Chart | None:
    """Chart the metric that ranks over the years; two sizes that rank nothing, by each other."""
    metric = leaderboard.primary(benchmark)
    if metric is None:
        return None
    others = [other.id for other in benchmark.metrics if other.id != metric.id]
    axes = {"x": metric.id, "y": others[0]} if metric.direction == "none" and others else {}
    try:
        return make(name, site.papers, site.benchmarks, **axes)
    except UsageError:  # a value that no axis can hold stands in the table
        return None


def _figure(chart: Chart | None) -> Html:
    return element("figure", Html(draw(chart, PAGE))) if chart else Html("")
