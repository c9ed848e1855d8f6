"""Figures of what went wrong, and the table that they stand in."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

_PACKAGES = ("TinyDB", "arxiv", "semanticscholar")


@dataclass(frozen=True)
class Outcome:
    """How many trials went wrong, out of how many."""

    bad: int
    total: int

    def __str__(self) -> str:
        return f"{self.bad:,} of {self.total:,}"


@dataclass(frozen=True)
class Row:
    """One scenario, tried on papertrack and on the obvious way: the control."""

    what: str
    """The scenario, and what counts as wrong."""
    ours: Outcome | str
    """A text says why the scenario could not be tried here."""
    obvious: Outcome | str = "-"
    """A text where there is nothing to count."""
    note: str = ""

    @property
    def failed(self) -> bool:
        """Whether something of ours went wrong, or nothing was tried."""
        return isinstance(self.ours, Outcome) and (self.ours.bad > 0 or not self.ours.total)

    @property
    def powerless(self) -> bool:
        """Whether the control passed too, so that the scenario proves nothing."""
        return isinstance(self.obvious, Outcome) and not self.obvious.bad


def scaled(figure: int, scale: float, least: int = 1) -> int:
    """Return how many trials a run of this scale makes where the full one makes `figure`."""
    return min(figure, max(least, round(figure * scale)))


def markdown(parts: Mapping[str, Sequence[Row]], *, short: bool) -> str:
    """Write the report; `parts` are rows by heading."""
    lines = ["# Safety, measured", "", _opening(short), ""]
    for heading, rows in parts.items():
        lines += [f"## {heading}", "", "| what | the obvious way | papertrack | note |"]
        lines += ["| --- | ---: | ---: | --- |", *map(_line, rows), ""]
    return "\n".join(lines)


def _opening(short: bool) -> str:
    command = f"python -m benchmarks.safety{' --short' if short else ''}"
    return (
        "What was lost, broken or let in, out of how many trials. The obvious way is the control: "
        "a plain TinyDB file, f-strings, the client packages as they come, in the same scenario. "
        f"Made by `{command}` with {_versions()}."
    )


def _versions() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    system = f"{platform.system()} {platform.release().partition('-')[0]}"
    return f"Python {platform.python_version()}, {packages}, {system}, {os.cpu_count()} processors"


def _line(row: Row) -> str:
    ours = f"**{row.ours}**" if row.failed else str(row.ours)
    return f"| {' | '.join(_cell(text) for text in (row.what, str(row.obvious), ours, row.note))} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
