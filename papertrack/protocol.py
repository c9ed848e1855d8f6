"""Protocols as data: the fixed conditions under which results compare, and their content hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from papertrack.documents import is_same
from papertrack.model import Result

_SHORT = 12
"""Digits of a hash that people see: two protocols of one list never share so many."""


def digest(conditions: Mapping[str, Any]) -> str:
    """Hash conditions by what they say, not by how they are written: SHA-256 of canonical JSON."""
    canonical = json.dumps(conditions, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode(errors="surrogatepass")).hexdigest()


def short(digest: str) -> str:
    """Shorten a hash to what people compare and type."""
    return digest[:_SHORT]


def effective(protocol: Mapping[str, Any], result: Result) -> dict[str, Any]:
    """Return the conditions of a result: those of its benchmark, but for where it differs."""
    return {**protocol, **result.conditions}


def in_force(protocol: Mapping[str, Any], result: Result) -> str:
    """Hash the conditions under which a result stands, by what its benchmark says now."""
    return digest(effective(protocol, result))


def is_stale(protocol: Mapping[str, Any], result: Result) -> bool:
    """Tell whether a result was measured under conditions that have changed since."""
    then = result.measurement.protocol if result.measurement else ""
    return bool(then) and then != in_force(protocol, result)


def words(conditions: Mapping[str, Any]) -> str:
    """Tell conditions to people: `input [1, 3, 128, 128, 128], 3 classes, norm batch`."""
    return ", ".join(_words(name, value) for name, value in conditions.items())


def differences(protocol: Mapping[str, Any], conditions: Mapping[str, Any]) -> Iterator[str]:
    """Tell where conditions differ from a protocol: `5 levels instead of 4 levels`."""
    for name, value in conditions.items():
        if name not in protocol:
            yield _words(name, value)
        elif not is_same(protocol[name], value):
            yield f"{_words(name, value)} instead of {_words(name, protocol[name])}"


def _words(name: str, value: Any) -> str:
    plain = name.replace("_", " ")
    match value:
        case bool():
            return plain if value else f"no {plain}"
        case int() if plain.endswith("s") and value != 1:
            return f"{value} {plain}"
        case str():
            return f"{plain} {value}"
        case dict():
            return f"{plain} ({words(value)})"
        case _:
            return f"{plain} {json.dumps(value, ensure_ascii=False)}"
