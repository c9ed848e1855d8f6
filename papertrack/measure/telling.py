"""What was measured, told to people. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from papertrack.measure.deviations import downsampling
from papertrack.measure.exchange import Observed
from papertrack.model import Measurement


def lines(found: Measurement) -> Iterator[tuple[str, str]]:
    """Yield a label and a value for each fact of a measurement."""
    counts = {name: int(count) for name, count in found.counts.items()}
    yield "parameters", f"{counts['parameters']:,}"
    yield "macs", f"{counts['macs']:,}"
    each = ((operation, int(macs)) for operation, macs in found.by_operation.items())
    yield "operations", ", ".join(f"{operation} {macs:,}" for operation, macs in each)
    if "activation_bytes" in counts:
        yield "memory", f"{counts['activation_bytes'] / 2**20:,.0f} MiB of activations (estimated)"
    if "latency_us" in counts:
        on = ", ".join(found.environment[name] for name in ("device", "dtype"))
        threads = found.environment["threads"]
        yield "latency", f"{counts['latency_us'] / 1000:,.1f} ms on {on}, {threads} threads"
    seen = msgspec.convert(found.observed, Observed)
    yield "levels", f"{seen.levels}, down-samples {downsampling(seen)} times"
    yield "width", f"{seen.first_width} channels after the first convolution"
    yield "norms", _calls(seen.norms)
    yield "acts", _calls(seen.activations)
    yield "output", ", ".join(str(list(shape)) for shape in seen.outputs)
    yield "uncounted", _calls(found.uncounted)
    yield "deviations", "; ".join(found.deviations) or "none"
    yield "code", _code(found.code)


def _calls(kinds: Mapping[str, int]) -> str:
    return ", ".join(f"{number} x {kind}" for kind, number in kinds.items()) or "none"


def _code(code: Mapping[str, Any]) -> str:
    """Name packages with their versions, and the file with its commit."""
    told = [f"{name} {version}" for name, version in code.get("packages", {}).items()]
    if "commit" in code:
        changed = " and changes that are in no commit" if code["dirty"] else ""
        told.append(f"{code['file']} at {code['commit'][:12]}{changed}")
    return ", ".join(told) or code.get("file", "unknown")
