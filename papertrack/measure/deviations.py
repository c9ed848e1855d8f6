"""Where a network that was seen running differs from what a protocol asks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from papertrack.measure.exchange import Observed
from papertrack.text import title_key

_GATES = frozenset({"sigmoid", "hardsigmoid", "softmax", "log_softmax", "tanh"})
"""Activations that weigh maps or end a network, whatever activates its layers."""


def deviations(protocol: Mapping[str, Any], seen: Observed) -> Iterator[str]:
    """Tell in words where a network is not as its protocol says; what it does not say is free.

    The conditions that show are `classes` or `output_channels`, `levels`, `downsampling`,
    `base_channels`, `norm` and `act`.
    """
    channels = protocol.get("output_channels", protocol.get("classes"))
    made = sorted({shape[1] for shape in seen.outputs if len(shape) > 1})
    if channels is not None and made != [channels]:
        yield f"{_list(made)} output channels instead of {channels}"
    levels = protocol.get("levels", seen.levels)
    if levels != seen.levels:
        yield f"{seen.levels} levels instead of {levels}"
    factors = [*seen.downsampling] or [1]
    wanted = protocol.get("downsampling", factors)
    if factors != (wanted if isinstance(wanted, list) else [wanted] * len(factors)):
        yield f"down-samples {downsampling(seen)} instead of {wanted} times"
    width = protocol.get("base_channels", seen.first_width)
    if width != seen.first_width:
        yield f"{seen.first_width} channels after the first convolution instead of {width}"
    yield from _kinds("norm", protocol.get("norm"), seen.norms)
    acts = protocol.get("act")
    yield from _kinds("activation", acts, {a for a in seen.activations if a not in _GATES} or ())


def _kinds(what: str, wanted: object, seen: Iterable[str]) -> Iterator[str]:
    found = {title_key(kind): kind for kind in seen}
    if wanted is not None and [*found] != [title_key(str(wanted))]:
        yield f"{_list(sorted(found.values()))} {what} instead of {wanted}"


def downsampling(seen: Observed) -> str:
    """Write by how much a network divides the resolution: `16`, or `4 x 16 x 16` by axis."""
    factors = [str(factor) for factor in seen.downsampling] or ["1"]
    return factors[0] if len(set(factors)) == 1 else " x ".join(factors)


def _list(items: Iterable[object]) -> str:
    *most, last = [str(item) for item in items] or ["no"]
    return f"{', '.join(most)} and {last}" if most else last
