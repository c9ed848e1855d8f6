"""Benchmarks, and the results that papers report on them."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import field

from papertrack.documents import Noun

UNCONFIRMED = "unconfirmed"
"""The mark, in brackets, behind what is printed although nobody has confirmed it."""


class ResultSource(Noun, frozen=True):
    """Where the values of a result are printed."""

    kind: str = "paper"
    """One of `SOURCE_KINDS`."""
    url: str = ""
    locator: str = ""
    """The place there: `Table 4, row 3`."""


SOURCE_KINDS = ("paper", "leaderboard", "code-readme", "measured", "list")


class Uncertainty(Noun, frozen=True):
    """How far a value may be off, as its source says."""

    value: str
    """A decimal string, in the unit of the metric."""
    kind: str = ""
    """`sd`, `se`, `ci95` or `range`; empty where the source does not say."""
    n: int | None = None
    """Number of runs or cases."""


class Measurement(Noun, frozen=True):
    """How papertrack came to the values of a result: what it ran, counted and saw."""

    spec: str
    """The network: `package.module:factory`."""
    arguments: dict[str, Any] = field(default_factory=dict)
    protocol: str = ""
    """`protocol.in_force` of the result when it was measured."""
    counter: str = ""
    counts: dict[str, str] = field(default_factory=dict)
    """Whole numbers as strings: `parameters`, `macs`."""
    by_operation: dict[str, str] = field(default_factory=dict)
    """Multiply-accumulates by operation."""
    uncounted: dict[str, int] = field(default_factory=dict)
    """Calls of operations that the counter knows no cost of."""
    observed: dict[str, Any] = field(default_factory=dict)
    """What the network turned out to do: `downsampling`, `first_width`, `norms`, `outputs`, ..."""
    deviations: tuple[str, ...] = ()
    """Where that differs from the protocol."""
    code: dict[str, Any] = field(default_factory=dict)
    """Where the network's source comes from: package and version, or repository and commit."""
    environment: dict[str, str] = field(default_factory=dict)
    day: str = ""
    """`2026-11-23`."""


class Result(Noun, frozen=True):
    """One row of a result table: the values of a model on a benchmark.

    Values are decimal strings by metric id, as the source prints them or, where papertrack has
    measured, exact.
    """

    benchmark: str
    model: str = ""
    """Name of the row; the paper's short name where it is empty."""
    variant: str = ""
    """Which form of the model: `large`, `1.4x`."""
    values: dict[str, str] = field(default_factory=dict)
    uncertainty: dict[str, Uncertainty] = field(default_factory=dict)
    """By metric id."""
    extra_data: str = ""
    """What it was trained on besides the benchmark's own data."""
    conditions: dict[str, Any] = field(default_factory=dict)
    """Where it differs from the benchmark's protocol, in the words of the protocol."""
    convention: str = ""
    """How operations were counted: `torch`, `ptflops`; rows of two conventions never compare."""
    status: str = "self-reported"
    """One of `STATUSES`."""
    source: ResultSource | None = None
    note: str = ""
    supersedes: str = ""
    """Fingerprint of the result that this one corrects; it stays in the file, out of the tables."""
    measurement: Measurement | None = None

    @property
    def is_applicable(self) -> bool:
        """Whether the model can be run as the benchmark asks."""
        return self.status != "not-applicable"

    def row_name(self, paper: str) -> str:
        """Name the row, where the paper is called `paper`: `MobileNetV2 (1.4x)`."""
        name = self.model or paper
        return f"{name} ({self.variant})" if self.variant else name


STATUSES = (
    *("self-reported", "reported-by-other", "reproduced", "measured"),
    *(UNCONFIRMED, "not-applicable"),
)
"""Who vouches for a result, or that nobody does; or that the model cannot be run so."""


class Metric(Noun, frozen=True):
    """A column of a result table."""

    id: str
    name: str = ""
    direction: Literal["higher", "lower", "none"] = "higher"
    unit: str = ""
    decimals: int | None = None
    """How many a table prints, where the value has more."""
    range: tuple[str, ...] = ()
    """The least and the greatest value there can be, as decimal strings; one may be empty."""
    aliases: tuple[str, ...] = ()
    """What the columns of this metric are called elsewhere: `Top 1 Accuracy`."""


class Dataset(Noun, frozen=True):
    """What a benchmark is measured on."""

    name: str
    version: str = ""
    split: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.version, self.split)))


class Benchmark(Noun, frozen=True):
    """What makes results comparable: a task on a data set, its metrics, its fixed conditions."""

    title: str
    description: str = ""
    """The prose above the table."""
    task: str = ""
    dataset: Dataset | None = None
    row_label: str = "Model"
    """Heading of the column that names the rows."""
    metrics: tuple[Metric, ...] = ()
    primary: str = ""
    """Id of the metric by which rows rank; the first one where it is empty."""
    protocol: dict[str, Any] = field(default_factory=dict)
    """The fixed conditions under which results compare."""
    results: tuple[Result, ...] = ()
    """Rows whose paper is not in the list."""
    dismissed: tuple[str, ...] = ()
    """Names of such rows that were taken out by hand, which nothing brings back."""
