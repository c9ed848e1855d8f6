"""Benchmarks and their metrics as people type them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from papertrack import metrics
from papertrack.errors import NotFound, UsageError
from papertrack.keys import is_key
from papertrack.model import Benchmark, Dataset, Metric, replace
from papertrack.reporting import metric_of
from papertrack.text import clean_line, clean_text

_TAKEN_OFF = re.compile(r"([^,=]+?)\s*=")
"""A metric that is to go: `dice=`."""
_EXAMPLE = '--metric "dice,Dice,higher,%,decimals=2,range=0..100,alias=DSC"'


def define(name: str, benchmark: Benchmark, given: Mapping[str, Any]) -> Benchmark:
    """Change a benchmark by what a person gives; what is None, or not named, stays as it is.

    `metric` holds texts for `read_metric`; one of an id that is there changes that metric, and
    `id=` takes it off. `protocol` holds the conditions by name; an empty one is taken out.
    """
    said = {field: value for field, value in given.items() if value is not None}
    changes: dict[str, Any] = {
        field: clean_text(said[field]) if field == "description" else clean_line(said[field])
        for field in ("title", "description", "task", "row_label")
        if field in said
    }
    if changes.get("row_label") == "":
        changes["row_label"] = Benchmark(title="").row_label
    changes["dataset"] = _dataset(benchmark.dataset, said)
    changes["metrics"] = _metrics(name, benchmark.metrics, said.get("metric", ()))
    changes["protocol"] = _protocol(name, benchmark.protocol, said.get("protocol", {}))
    changed = replace(benchmark, **changes)
    if not changed.title:
        raise UsageError("a benchmark has a title", '--title "Synapse CT"')
    if "metric" in said and not changed.metrics:
        raise UsageError("a benchmark has a metric", _EXAMPLE)
    if "primary" in said:
        primary = said["primary"] and metric_of(name, changed, said["primary"]).id
        return replace(changed, primary=primary)
    gone = {metric.id for metric in benchmark.metrics} - {metric.id for metric in changed.metrics}
    return replace(changed, primary="") if changed.primary in gone else changed


def read_metric(text: str, known: Iterable[Metric] = ()) -> Metric:
    """Read a metric: `id,Name,higher,%`, of which all but the id may lack.

    Behind them may stand `decimals=2`, `range=0..100` and `alias=DSC`, the last as often as there
    are aliases. A metric that is known by its id keeps what is not said; an empty value (`unit=`)
    takes off what it names, `alias=` all aliases before it.
    """
    parts = list(map(clean_line, text.split(",")))
    positions = [part for part in parts if "=" not in part]
    pairs = [tuple(map(str.strip, part.split("=", 1))) for part in parts if "=" in part]
    named = zip(_POSITIONS, positions, strict=False)
    said = {field: value for field, value in named if value}
    said |= {field: value for field, value in pairs if field != "alias"}
    name = said.pop("id", "")
    try:
        read = {field: _field(field, value) for field, value in said.items()}
    except (KeyError, ValueError):
        raise UsageError(f"{text!r} is no metric", _EXAMPLE) from None
    if not is_key(name) or len(positions) > len(_POSITIONS):
        raise UsageError(f"{text!r} is no metric", _EXAMPLE)
    metric = next((m for m in known if m.id == name), Metric(id=name))
    aliases = list(metric.aliases)
    for alias in (value for field, value in pairs if field == "alias"):
        aliases = [*aliases, alias] if alias else []
    return replace(metric, **read, aliases=tuple(dict.fromkeys(aliases)))


def _field(field: str, value: str) -> Any:
    """Read a field of a metric; an empty one is as if nobody had said it."""
    read = _FIELDS[field]
    return read(value) if value else getattr(_BLANK, field)


def _direction(text: str) -> str:
    if text not in ("higher", "lower", "none"):
        raise ValueError(text)
    return text


def _decimals(text: str) -> int:
    if not text.isdecimal() or len(text) > 1:
        raise ValueError(text)
    return int(text)


def _range(text: str) -> tuple[str, str]:
    low, dots, high = (part.strip() for part in text.partition(".."))
    ends = [metrics.number(end) for end in (low, high) if end]
    read = [end for end in ends if end is not None]
    if not dots or not read or len(read) < len(ends) or read != sorted(read):
        raise ValueError(text)
    return low, high


_POSITIONS = ("id", "name", "direction", "unit")
_FIELDS: Mapping[str, Callable[[str], Any]] = {
    "name": str,
    "direction": _direction,
    "unit": str,
    "decimals": _decimals,
    "range": _range,
}
"""How the fields of a metric are read; each raises ValueError for what it cannot read."""
_BLANK = Metric(id="")


def _metrics(name: str, known: tuple[Metric, ...], texts: Iterable[str]) -> tuple[Metric, ...]:
    by_id = {metric.id: metric for metric in known}
    for text in texts:
        if taken_off := _TAKEN_OFF.fullmatch(clean_line(text)):
            if taken_off[1] not in by_id:
                there = ", ".join(by_id) or "none yet"
                raise NotFound(f"{name} has no metric {taken_off[1]!r}", f"one of {there}")
            del by_id[taken_off[1]]
        else:
            metric = read_metric(text, by_id.values())
            by_id[metric.id] = metric
    return tuple(by_id.values())


def _protocol(name: str, known: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    gone = [condition for condition, value in said.items() if value == ""]
    for condition in gone:
        if condition not in known:
            there = ", ".join(known) or "none yet"
            raise NotFound(f"{name} has no condition {condition!r}", f"conditions: {there}")
    return {c: value for c, value in {**known, **said}.items() if c not in gone}


def _dataset(known: Dataset | None, said: Mapping[str, Any]) -> Dataset | None:
    """Name a data set, its version and its split; without a name there is none."""
    names = {"dataset": "name", "dataset_version": "version", "split": "split"}
    fields = {names[field]: clean_line(said[field]) for field in names if field in said}
    if not fields:
        return known
    changed = replace(known or Dataset(name=""), **fields)
    if not changed.name and (changed.version or changed.split):
        raise UsageError("version and split are those of a data set", "--dataset ACDC")
    return changed if changed.name else None
