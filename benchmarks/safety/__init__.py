"""What is lost, broken or let in, by papertrack and by the obvious way to build it.

    python -m benchmarks.safety [--short] [--only NAME] [-o docs/safety.md]

Each module with a function `rows(scale, work)` is a part of the report; the first line of its
docstring is its heading. `scale` is 1.0 for the figures of the report and small for its short
form; `work` is an empty folder that it may fill.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.safety.report import Row

SHORT = 0.02
"""The scale of the short form."""


class Part(NamedTuple):
    """A part of the report: a heading, and what yields its rows."""

    heading: str
    rows: Callable[[float, Path], Iterator[Row]]


def names() -> list[str]:
    """Name the modules of this package that yield rows."""
    found = [module.name for module in pkgutil.iter_modules(__path__) if module.name[0] != "_"]
    return [name for name in found if hasattr(_module(name), "rows")]


def part(name: str) -> Part:
    """Return a part of the report by the name of its module."""
    module = _module(name)
    return Part((module.__doc__ or name).splitlines()[0].rstrip("."), module.rows)


def _module(name: str) -> object:
    return importlib.import_module(f"{__name__}.{name}")
