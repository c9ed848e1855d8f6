"""What the process that runs a network is asked, and what it answers."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct


class Request(Struct, frozen=True, kw_only=True):
    """A network, and what to find out about it."""

    spec: str
    """`package.module:factory`."""
    arguments: dict[str, Any] = {}
    """Of the factory."""
    shape: tuple[int, ...]
    """Of the one input, batch and channels first."""
    counter: str = "torch"
    time: bool = False
    """Whether to run the network for real, and time it."""
    memory: bool = False
    """Whether to follow which activations are alive at the same time."""


class Observed(Struct, frozen=True, kw_only=True):
    """What a network did in one forward pass."""

    levels: int = 0
    """Resolutions at which it convolves."""
    downsampling: tuple[int, ...] = ()
    """Size of the input over that of the smallest map that a convolution makes, by axis."""
    first_width: int = 0
    """Channels that the first convolution makes."""
    norms: dict[str, int] = {}
    """Normalisations by kind, in calls."""
    activations: dict[str, int] = {}
    outputs: tuple[tuple[int, ...], ...] = ()
    """Shapes; several under deep supervision."""


class Answer(Struct, frozen=True, kw_only=True, tag="measured"):
    """What was counted and seen. Whole numbers, so that two runs say the same."""

    counts: dict[str, int]
    """`parameters`, `trainable`, `macs`; `activation_bytes` and `latency_us` where asked for."""
    by_operation: dict[str, int]
    uncounted: dict[str, int]
    observed: Observed
    code: dict[str, Any]
    counter: str
    """The program whose rules counted."""
    environment: dict[str, str]


FailureKind = Literal["torch", "spec", "import", "arguments", "result", "absent", "time", "network"]


class Failure(Struct, frozen=True, kw_only=True, tag="failed"):
    """Why there is nothing to report.

    `torch` cannot be imported; the `spec` names nothing; its `import` fails, or a package that the
    network needs is missing; the factory takes other `arguments`, or its `result` is no network;
    values, a device or memory that the network asks for are `absent`; it cannot run for real,
    where its `time` is wanted; or the `network` itself refuses.
    """

    kind: FailureKind
    message: str
