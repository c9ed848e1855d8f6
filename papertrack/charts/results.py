"""The results on a benchmark as points: a metric over the years, or against another metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal

from papertrack import leaderboard
from papertrack.charts import scales
from papertrack.charts.data import Axis, Point, Scatter, front
from papertrack.errors import NotFound, UsageError
from papertrack.identifiers import arxiv_date
from papertrack.leaderboard import Row
from papertrack.model import Benchmark, Metric, Paper
from papertrack.text import fold

YEAR = "year"
"""What stands for the time of a paper where a metric could be named."""

_LOG_FROM = 10
"""How many times the least cost the greatest must be for a logarithmic axis."""

_DIGITS = Context(prec=15)
_MOST_POWER = 30
_HALF = Decimal("0.5")
_BETTER = {"higher": 1, "lower": -1, "none": 0}


def scatter(
    name: str, benchmark: Benchmark, papers: Mapping[str, Paper], x: str = "", y: str = ""
) -> Scatter | None:
    """Chart the results on a benchmark by `x`, the year or a metric, and by the metric `y`.

    Only rows that compare stand on one chart: those of the main group. A result with extra
    training data is there, and is never the best unless all have the same. Returns None where no
    result has both values. Raises NotFound for a metric that the benchmark does not have,
    UsageError for a value that no axis can hold.
    """
    metric = _metric(name, benchmark, y)
    across = None if x in ("", YEAR) else _metric(name, benchmark, x)
    groups = leaderboard.groups(name, papers, benchmark)
    points = _points(groups[0].rows, metric, across) if groups else ()
    if not points:
        return None
    xs, ys = [point.x for point in points], [point.y for point in points]
    down = Axis(_label(metric), scales.linear(ys), _BETTER[metric.direction])
    if across is None:
        along = Axis("year of the first version", scales.years(xs))
        line = "best so far"
    else:
        scale = scales.logarithmic(xs) if _is_cost(across, xs) else scales.linear(xs)
        along = Axis(_label(across), scale, _BETTER[across.direction])
        line = "Pareto front"
    competing = [point for point in points if not point.apart]
    best = front(competing, along.better or -1, down.better) if down.better else ()
    return Scatter(
        title=benchmark.title,
        x=along,
        y=down,
        points=points,
        front=best,
        front_name=line if best else "",
        summary=_summary(points, best),
    )


def _metric(name: str, benchmark: Benchmark, wanted: str) -> Metric:
    """Return a metric by its id; the one by which rows rank where none is wanted."""
    known = {metric.id: metric for metric in benchmark.metrics}
    primary = leaderboard.primary(benchmark)
    chosen = wanted or (primary.id if primary else "")
    if chosen not in known:
        raise NotFound(
            f"{name} has no metric {chosen!r}", f"one of {', '.join(known) or 'none yet'}"
        )
    return known[chosen]


def _is_cost(metric: Metric, values: Sequence[Decimal]) -> bool:
    """Say whether values are sizes or times of which some are many times the others."""
    least, most = min(values), max(values)
    return metric.direction != "higher" and 0 < _LOG_FROM * least <= most


def _points(rows: Sequence[Row], metric: Metric, across: Metric | None) -> tuple[Point, ...]:
    data = {fold(row.result.extra_data) for row in rows}
    found = []
    for row in rows:
        x = _value(row, across) if across else _date(row.paper)
        y = _value(row, metric)
        if x is not None and y is not None:
            beside = _told(row, across) if across else str(int(x))
            apart = row.result.extra_data if len(data) > 1 else ""
            found.append(Point(x, y, row.name, _told(row, metric), beside, apart))
    return tuple(sorted(found, key=lambda point: (point.x, point.y, point.name)))


def _summary(points: Sequence[Point], best: Sequence[Point]) -> str:
    """Say how many results there are, from where to where, and which value is the best."""
    number = "1 result" if len(points) == 1 else f"{len(points)} results"
    first, last = points[0].x_told, points[-1].x_told
    span = f"{first} to {last}" if first != last else first
    return f"{number}, {span}" + (f", best {best[-1].y_told}" if best else "")


def _value(row: Row, metric: Metric) -> Decimal | None:
    """Read a value, to the fifteen digits that an axis can tell apart."""
    value = row.number(metric)
    if value and abs(value.adjusted()) > _MOST_POWER:
        raise UsageError(
            f"{row.name}: {metric.id}={row.value(metric)} fits on no axis",
            f"papertrack result list {row.result.benchmark}",
        )
    return _DIGITS.plus(value) if value is not None else None


def _date(paper: Paper) -> Decimal | None:
    """Return when the first version appeared: the middle of its month, else of its year."""
    if date := arxiv_date(paper.ids.get("arxiv", "")):
        year, month = date
        return year + (month - _HALF) / 12
    appeared = paper.year or paper.published
    return appeared + _HALF if appeared else None


def _told(row: Row, metric: Metric) -> str:
    value = row.shown(metric)
    has_unit = not metric.unit or value.endswith(metric.unit)
    return value if has_unit else f"{value} {metric.unit}"


def _label(metric: Metric) -> str:
    name = metric.name or metric.id
    return f"{name} ({metric.unit})" if metric.unit else name
