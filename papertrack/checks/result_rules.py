"""Rules about the results of a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from papertrack.checks.findings import Note, Rule
from papertrack.checks.holdings import Held, Holdings
from papertrack.corrections import fingerprint, standing
from papertrack.errors import listed
from papertrack.metrics import number
from papertrack.model import STATUSES
from papertrack.protocol import in_force, is_stale, short

_FRACTION = 1
"""A percentage up to this one is a fraction, where the other rows are above it."""


def dangling_result(holdings: Holdings) -> Iterator[Note]:
    """Report a result on a benchmark, or under a metric, that the store does not have.

    No table prints it.

    Correct the id in the paper, or make the benchmark: `papertrack benchmark add`.
    """
    for held in holdings.results:
        result, benchmark = held.result, held.benchmark
        if benchmark is None:
            yield Note(held.place, f"there is no benchmark {result.benchmark}")
            continue
        known = {metric.id for metric in benchmark.metrics}
        for metric in result.values.keys() - known:
            told = f"{result.benchmark} has no metric {metric}"
            yield Note(held.place, f"{told}: it has {listed(sorted(known))}")


def unknown_status(holdings: Holdings) -> Iterator[Note]:
    """Report a result whose status is none that papertrack knows.

    Tables mark who vouches for a row, and cannot mark this one: `self-reported`,
    `reported-by-other`, `reproduced`, `measured`, `unconfirmed`, `not-applicable`.

    Correct it in the file that is named, or add the result again with `--status`.
    """
    for held in holdings.results:
        if held.result.status not in STATUSES:
            told = f"{held.name}: {held.result.status!r} is no status"
            yield Note(held.place, f"{told}: one of {', '.join(STATUSES)}")


def dangling_correction(holdings: Holdings) -> Iterator[Note]:
    """Report a result that corrects one that is not there.

    A correction names the result that it supersedes by a fingerprint of its content. Where the old
    one has been changed by hand, it stands in the table again, beside its correction.

    Take the line `supersedes` out, or the old result.
    """
    prints: dict[str, set[str]] = defaultdict(set)
    for held in holdings.results:
        prints[held.owner].add(fingerprint(held.result))
    for held in holdings.results:
        superseded = held.result.supersedes
        if superseded and superseded not in prints[held.owner]:
            yield Note(held.place, f"{held.name} supersedes {superseded}, which is not there")


def stale_protocol(holdings: Holdings) -> Iterator[Note]:
    """Report a result that was measured under a protocol that has changed since.

    It does not compare with the others, so that it stands in a table of its own.

    `papertrack measure` fills the row again.
    """
    for held in _standing(holdings):
        if held.benchmark and is_stale(held.benchmark.protocol, held.result):
            now = short(in_force(held.benchmark.protocol, held.result))
            then = short(held.result.measurement.protocol) if held.result.measurement else ""
            told = f"{held.name} is measured under protocol {then}"
            yield Note(held.place, f"{told}, and {held.result.benchmark} has {now} now")


def conflicting_results(holdings: Holdings) -> Iterator[Note]:
    """Report a row that has different values in two sources.

    Tables print both, since nobody but a person can tell which one is right.

    Look both up, and take the wrong one out: `papertrack result list` shows the id of each, and
    `papertrack result remove KEY BENCHMARK --model ID` takes one out. If both are right, something
    differs between them: say it with `--variant` or `--condition`.
    """
    rows: dict[object, list[Held]] = defaultdict(list)
    for held in _standing(holdings):
        protocol = held.benchmark.protocol if held.benchmark else {}
        result = held.result
        conditions = in_force(protocol, result), result.convention
        rows[held.owner, result.benchmark, held.name, conditions].append(held)
    for first, *others in rows.values():
        for other in others:
            for metric in sorted(first.result.values.keys() & other.result.values.keys()):
                one, two = first.result.values[metric], other.result.values[metric]
                if number(one) != number(two):
                    told = f"{other.name}: {metric} is {two} here and {one} in {_source(first)}"
                    yield Note(other.place, told)


def mixed_units(holdings: Holdings) -> Iterator[Note]:
    """Report a fraction among percentages.

        | U-Net | 76.85 |
        | Att-UNet | 0.7602 |

    Write all values of a metric in its unit.
    """
    columns: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for held in _standing(holdings):
        for metric in held.benchmark.metrics if held.benchmark else ():
            if metric.unit == "%" and metric.id in held.result.values:
                columns[held.result.benchmark, metric.id].append(held)
    for (_, metric_id), column in columns.items():
        values = [number(held.result.values[metric_id]) or 0 for held in column]
        if sum(value > _FRACTION for value in values) <= len(values) / 2:
            continue
        for held, value in zip(column, values, strict=True):
            if 0 < value <= _FRACTION:
                yield Note(held.place, f"{held.name}: {metric_id} {value} is no percentage")


def _standing(holdings: Holdings) -> Iterator[Held]:
    """Leave out the results that others correct."""
    owned: dict[str, list[Held]] = defaultdict(list)
    for held in holdings.results:
        owned[held.owner].append(held)
    for each in owned.values():
        prints = {fingerprint(result) for result in standing([held.result for held in each])}
        yield from (held for held in each if fingerprint(held.result) in prints)


def _source(held: Held) -> str:
    source = held.result.source
    return " ".join(filter(None, (source.url, source.locator))) if source else "another result"


RULES: dict[str, Rule[Holdings]] = {
    "dangling-result": Rule("error", dangling_result),
    "unknown-status": Rule("warning", unknown_status),
    "dangling-correction": Rule("error", dangling_correction),
    "stale-protocol": Rule("warning", stale_protocol),
    "conflicting-results": Rule("warning", conflicting_results),
    "mixed-units": Rule("warning", mixed_units),
}
