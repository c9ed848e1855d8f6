"""Results as people type them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from papertrack import metrics
from papertrack.editing import web_address
from papertrack.errors import NotFound, UsageError
from papertrack.model import (
    SOURCE_KINDS,
    STATUSES,
    Benchmark,
    Metric,
    Result,
    ResultSource,
    Uncertainty,
)
from papertrack.text import clean_json, clean_line

_UNCERTAINTIES = ("sd", "se", "ci95", "range")
_TEXTS = ("model", "variant", "extra_data", "convention", "note")
"""Fields of a result that hold any text."""


def read_result(
    name: str,
    benchmark: Benchmark,
    values: Mapping[str, str],
    *,
    fields: Mapping[str, str] = MappingProxyType({}),
    uncertainty: Mapping[str, str] = MappingProxyType({}),
    conditions: Mapping[str, Any] = MappingProxyType({}),
) -> Result:
    """Make a result on a benchmark of what a person gives.

    Values and uncertainties stand by metric; a value may carry its own: `76.3±0.4`. `fields` are
    the fields of a result, and of its source, that hold text. Raises UsageError for what is no
    value, no status and so on, and NotFound for a metric that the benchmark does not have.
    """
    kept: dict[str, str] = {}
    off: dict[str, Uncertainty] = {}
    for label, printed in values.items():
        metric = metric_of(name, benchmark, label)
        if metric.id in kept:
            raise UsageError(f"{metric.id} is given twice", "one value for each metric")
        kept[metric.id], plus_minus = metrics.read(printed, metric)
        if plus_minus:
            off[metric.id] = Uncertainty(value=plus_minus)
    for label, told in uncertainty.items():
        off[metric_of(name, benchmark, label).id] = _uncertainty(told)
    for told, value in conditions.items():
        if value == "":
            raise UsageError(f"the condition {told} has no value", f"{told}=VALUE")
    said = {field: clean_line(text) for field, text in fields.items() if clean_line(text)}
    status = one_of(said.get("status", STATUSES[0]), STATUSES, "status")
    if kept and status == "not-applicable":
        raise UsageError(
            "a model that cannot be run has no values", "another --status, or no value"
        )
    texts: dict[str, Any] = {field: said[field] for field in _TEXTS if field in said}
    return Result(
        benchmark=name,
        **texts,
        values=kept,
        uncertainty=off,
        conditions=dict(conditions),
        status=status,
        source=_source(said),
    )


def _source(said: Mapping[str, str]) -> ResultSource | None:
    if not said.keys() & {"url", "locator", "kind"}:
        return None
    return ResultSource(
        kind=one_of(said.get("kind", SOURCE_KINDS[0]), SOURCE_KINDS, "kind of source"),
        url=web_address(said["url"]) if "url" in said else "",
        locator=said.get("locator", ""),
    )


def metric_of(name: str, benchmark: Benchmark, label: str) -> Metric:
    """Return the metric that a person means; raise NotFound with those that there are."""
    found = metrics.find(label, benchmark.metrics)
    if found is None:
        known = ", ".join(metric.id for metric in benchmark.metrics) or "none yet"
        raise NotFound(f"{name} has no metric {label!r}", f"one of {known}")
    return found


def assignments(
    texts: Iterable[str], read: Callable[[str], Any] = clean_line, example: str = "METRIC=VALUE"
) -> dict[str, Any]:
    """Read `name=value`, one each; raise UsageError for a text that is none."""
    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not clean_line(name):
            raise UsageError(f"{text!r} says no {example}", f"{example}, with an equals sign")
        if clean_line(name) in found:
            raise UsageError(f"{clean_line(name)} is given twice", f"one {example} for each")
        found[clean_line(name)] = read(value)
    return found


def condition(text: str) -> Any:
    """Read the value of a condition: JSON where it is any, else a text."""
    try:
        value = json.loads(text)
        json.dumps(value, allow_nan=False)  # what no file of the store can hold is a text too
    except (ValueError, RecursionError):
        return clean_line(text)
    return clean_json(value)


def one_of(value: str, known: Sequence[str], what: str) -> str:
    """Return a value that is known; raise UsageError for any other."""
    if value not in known:
        raise UsageError(f"{value!r} is no {what}", f"one of {', '.join(known)}")
    return value


def _uncertainty(text: str) -> Uncertainty:
    """Read an uncertainty with its kind and number of runs: `0.4`, `0.4,sd`, `0.4,sd,5`."""
    value, kind, runs, *rest = [*map(str.strip, text.split(",")), "", ""]
    if not metrics.is_uncertainty(value) or any(rest[:-2]) or (runs and not runs.isdecimal()):
        raise UsageError(f"{text!r} is no uncertainty", "--uncertainty dice=0.4,sd,5")
    kind = one_of(kind, ("", *_UNCERTAINTIES), "kind of uncertainty")
    return Uncertainty(value=value, kind=kind, n=int(runs) if runs else None)
