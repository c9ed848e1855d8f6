"""What was measured, as a row of a result table. Pure."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import Any, TypeGuard

import msgspec

from papertrack import protocol
from papertrack.errors import UsageError
from papertrack.measure.deviations import deviations
from papertrack.measure.exchange import Answer, Failure, Observed, Request
from papertrack.model import Benchmark, Measurement, Metric, Result, ResultSource, replace
from papertrack.text import clean_json, clean_line

COUNTS = {
    "params": "parameters",
    "macs": "macs",
    "flops": "flops",
    "memory": "activation_bytes",
    "latency": "latency_us",
}
"""The metrics that measuring fills, and the count behind each."""

_NUMBER = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}

UNITS = {
    **dict.fromkeys(("params", "macs", "flops"), _NUMBER),
    "memory": {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9, "MiB": 2**20, "GiB": 2**30},
    "latency": {"us": 1, "ms": 10**3, "s": 10**6},
}
"""Units of such metrics, as parts of their counts."""

_EXACT = Context(prec=60)

_SPEC = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*")


@dataclass(frozen=True, kw_only=True)
class Network:
    """A network that is to be measured, and what its row is called."""

    spec: str
    """`package.module:factory`."""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    model: str = ""
    variant: str = ""
    counter: str = "torch"
    time: bool = False
    memory: bool = False


def read_arguments(texts: Iterable[str]) -> dict[str, Any]:
    """Read arguments of a factory, `name=value`, as Python or JSON writes them, else as text."""
    return dict(_argument(text) for text in texts)


def _argument(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise UsageError(f"{text!r} is no argument of a factory", "--arg out_channels=3")
    for read in (ast.literal_eval, json.loads):
        try:
            # Through JSON, as the store will have it: a tuple is a list.
            return name, clean_json(json.loads(json.dumps(read(value), allow_nan=False)))
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            continue
    return name, clean_line(value)


def request(network: Network, name: str, benchmark: Benchmark) -> Request:
    """Ask for what a benchmark wants to know of a network.

    Raises UsageError where the benchmark fixes no input, or has no metric that can be measured.
    """
    if not _SPEC.fullmatch(network.spec):
        raise UsageError(
            f"{network.spec!r} names no network",
            "package.module:factory, as monai.networks.nets:UNETR",
        )
    shape = benchmark.protocol.get("input")
    if not _is_shape(shape):
        raise UsageError(
            f"the protocol of {name} fixes no input",
            f"papertrack benchmark edit {name} --protocol input=[1,3,128,128,128]",
        )
    known = [metric for metric in benchmark.metrics if metric.id in COUNTS]
    if not known:
        raise UsageError(
            f"{name} has no metric that can be measured", f"metrics are called {', '.join(COUNTS)}"
        )
    for metric in known:
        if metric.unit not in UNITS[metric.id]:
            units = ", ".join(unit or "none" for unit in UNITS[metric.id])
            in_unit = f"in {metric.unit!r}" if metric.unit else "without a unit"
            raise UsageError(f"{metric.id} cannot be given {in_unit}", f"units are {units}")
    return Request(
        spec=network.spec,
        arguments=dict(network.arguments),
        shape=tuple(shape),
        counter=network.counter,
        time=network.time,
        memory=network.memory,
    )


def _is_shape(value: object) -> TypeGuard[list[int]]:
    return (
        isinstance(value, list)
        and len(value) > 1
        and all(type(size) is int and size > 0 for size in value)
    )


def row(
    network: Network, name: str, benchmark: Benchmark, told: Answer | Failure, day: str
) -> Result:
    """Write what was found as a result, one that a network which refuses its input gets too."""
    run = Measurement(
        spec=network.spec,
        arguments=dict(network.arguments),
        protocol=protocol.digest(benchmark.protocol),
        day=day,
    )
    result = Result(
        benchmark=name,
        model=clean_line(network.model),
        variant=clean_line(network.variant),
        convention=network.counter,
        source=ResultSource(kind="measured"),
    )
    if isinstance(told, Failure):
        note = clean_line(told.message)
        return replace(result, status="not-applicable", note=note, measurement=run)
    measurement = replace(
        run,
        counter=told.counter,
        counts=_written(told.counts),
        by_operation=_written(told.by_operation),
        uncounted=told.uncounted,
        observed=_as_stored(told.observed),
        deviations=tuple(deviations(benchmark.protocol, told.observed)),
        code=told.code,
        environment=told.environment,
    )
    values = _values(network, benchmark, told.counts)
    return replace(result, status="measured", values=values, measurement=measurement)


def _values(network: Network, benchmark: Benchmark, counts: Mapping[str, int]) -> dict[str, str]:
    known = dict(counts)
    if network.counter == "torch":
        known["flops"] = 2 * counts["macs"]
    return {
        metric.id: exact(known[COUNTS[metric.id]], metric)
        for metric in benchmark.metrics
        if COUNTS.get(metric.id) in known
    }


def exact(count: int, metric: Metric) -> str:
    """Write a count in the unit of a metric, to its last digit."""
    value = _EXACT.divide(Decimal(count), Decimal(UNITS[metric.id][metric.unit]))
    return f"{value.normalize(_EXACT):f}"


def _as_stored(seen: Observed) -> dict[str, Any]:
    """Write what was seen as the store has it, so that a second run says the same."""
    written: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(seen))
    return written


def _written(counts: Mapping[str, int]) -> dict[str, str]:
    return {name: str(count) for name, count in counts.items()}
