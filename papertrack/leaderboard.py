"""The rows of a result table: which of them compare, how they rank, which values are best."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from papertrack import corrections, metrics, protocol
from papertrack.model import UNCONFIRMED, Benchmark, Metric, Paper, Result
from papertrack.text import fold


@dataclass(frozen=True)
class Row:
    """One row: the paper that reports, and what it reports."""

    key: str
    """Of the paper; empty where the list has none."""
    paper: Paper
    result: Result

    @property
    def name(self) -> str:
        """What the row is called."""
        return self.result.row_name(self.paper.short_name)

    @property
    def is_applicable(self) -> bool:
        """Whether the model can be run under the protocol."""
        return self.result.is_applicable

    def value(self, metric: Metric) -> str:
        """Return the value as the store has it, empty where there is none."""
        return self.result.values.get(metric.id, "")

    def shown(self, metric: Metric) -> str:
        """Return the value as tables show it: to the metric's decimals, with its uncertainty.

        What an older row has left of a model that cannot be run so is not shown.
        """
        if not self.is_applicable:
            return ""
        value = metrics.shown(self.value(metric), metric)
        told = self.result.uncertainty.get(metric.id)
        whole = f"{value} ± {metrics.shown(told.value, metric)}" if value and told else value
        unsure = whole and self.result.status == UNCONFIRMED
        return f"{whole} ({UNCONFIRMED})" if unsure else whole

    def number(self, metric: Metric) -> Decimal | None:
        """Return the value by which the row ranks: the one that is shown, so that equals tie.

        A value that nobody has confirmed ranks nothing.
        """
        is_sure = self.result.status != UNCONFIRMED
        return metrics.number(self.shown(metric)) if is_sure else None

    def uncertainty(self, metric: Metric) -> Decimal:
        """Return how far the value may be off, 0 where nobody says."""
        _, _, behind = self.shown(metric).partition("±")
        return metrics.number(behind) or Decimal(0)


@dataclass(frozen=True)
class Group:
    """Rows that compare with each other: of one protocol, counted in one way."""

    rows: Sequence[Row]
    protocol: str
    """Content hash of the conditions."""
    convention: str
    differences: Sequence[str]
    """What sets them apart from the main group, in words; empty for the main group."""

    @property
    def caption(self) -> str:
        """Say what sets the rows apart; empty where nothing does."""
        told = "; ".join(self.differences)
        return f"These rows compare only with each other: {told}." if told else ""


def rows(name: str, papers: Mapping[str, Paper], benchmark: Benchmark | None = None) -> list[Row]:
    """Collect the results on a benchmark, by year, then key, then as the paper lists them.

    The rows that the benchmark itself holds come last: nothing is known of their papers. Results
    that others supersede are left out.
    """
    listed = sorted(papers.items(), key=lambda item: (item[1].published or 0, item[0]))
    found = [
        Row(key, paper, result)
        for key, paper in listed
        for result in corrections.standing(paper.results)
        if result.benchmark == name
    ]
    others = corrections.standing(benchmark.results) if benchmark else ()
    return found + [
        Row("", Paper(title=result.model), result) for result in others if result.benchmark == name
    ]


def groups(name: str, papers: Mapping[str, Paper], benchmark: Benchmark) -> list[Group]:
    """Part the rows of a benchmark into groups that compare, the main group first.

    The main group stands under the benchmark's own protocol and counts as most rows there do. A
    row without values counts in no way, and stands with most rows of its protocol.
    """
    found = rows(name, papers, benchmark)
    usual = _usual_conventions(found, benchmark)
    parted: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in found:
        digest = _protocol(row, benchmark)
        counted = row.result.convention if row.result.values else usual.get(digest, "")
        parted[digest, counted].append(row)
    own = protocol.digest(benchmark.protocol)
    order = sorted(parted, key=lambda group: (group[0] != own, -len(parted[group]), group))
    return [
        Group(rows, *group, tuple(_differences(rows[0], group, order[0], benchmark)))
        for group in order
        for rows in [parted[group]]
    ]


def _usual_conventions(rows: Sequence[Row], benchmark: Benchmark) -> dict[str, str]:
    """Tell how most rows with values under each protocol count."""
    counted = Counter(
        (_protocol(row, benchmark), row.result.convention) for row in rows if row.result.values
    )
    return dict(pair for pair, _ in reversed(counted.most_common()))


def _protocol(row: Row, benchmark: Benchmark) -> str:
    """Hash the conditions of a row: those it was measured under, else those it stands under."""
    measured = row.result.measurement
    return (measured and measured.protocol) or protocol.in_force(benchmark.protocol, row.result)


def _differences(
    row: Row, group: tuple[str, str], main: tuple[str, str], benchmark: Benchmark
) -> Iterator[str]:
    """Tell what sets a group apart, of which a row is given."""
    digest, convention = group
    yield from protocol.differences(benchmark.protocol, row.result.conditions)
    if protocol.is_stale(benchmark.protocol, row.result):
        yield f"measured under another protocol ({protocol.short(digest)})"
    if convention != main[1]:
        counter = f"as {convention} counts them" if convention else "in a way that is not known"
        yield f"operations counted {counter}"


def primary(benchmark: Benchmark) -> Metric | None:
    """Return the metric by which the rows of a benchmark rank; None where it has no metric."""
    named = (metric for metric in benchmark.metrics if metric.id == benchmark.primary)
    return next(named, next(iter(benchmark.metrics), None))


def ranked(rows: Sequence[Row], metric: Metric) -> list[Row]:
    """Sort by a metric, best first; rows without a value come last."""
    sign = 1 if metric.direction == "lower" else -1

    def rank(row: Row) -> tuple[bool, Decimal]:
        value = row.number(metric)
        return value is None, sign * (value or Decimal(0))

    return sorted(rows, key=rank)


def ranks(rows: Sequence[Row], metric: Metric) -> list[int | None]:
    """Number rows that are `ranked` as competitions do, 1, 1, 3; None for a row without a value.

    A metric without a direction ranks nothing.
    """
    numbers = [row.number(metric) for row in rows]
    if metric.direction == "none":
        return [None] * len(numbers)
    return [None if value is None else numbers.index(value) + 1 for value in numbers]


def best(rows: Sequence[Row], metric: Metric) -> set[int]:
    """Find the positions of the best values among rows of a group.

    Rows compare that are trained on the same extra data, or none; one value alone is not best.
    Values within each other's uncertainty of the best one are best as well.
    """
    if metric.direction == "none":
        return set()
    classes: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for position, row in enumerate(rows):
        value = row.number(metric)
        if value is not None:
            classes[fold(row.result.extra_data)][position] = value
    choose = min if metric.direction == "lower" else max
    found: set[int] = set()
    for values in classes.values():
        if len(values) > 1:
            top = choose(values.values())
            leaders = [rows[n].uncertainty(metric) for n, value in values.items() if value == top]
            found |= {
                n
                for n, value in values.items()
                if abs(value - top) <= min(rows[n].uncertainty(metric), max(leaders))
            }
    return found
