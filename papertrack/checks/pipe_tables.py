"""The pipe tables of a Markdown file, with the cells as they are written.

A parser fills short rows up and cuts long ones, as GitHub does; here each row has the cells that
somebody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from papertrack.readme.lines import Line

_PIPE = re.compile(r"(?<!\\)\|")
_RULE_CELL = re.compile(r"\s*:?-+:?\s*")
_END = Line(0, "other", "")


@dataclass(frozen=True)
class Table:
    """A pipe table; its rows stand with their lines."""

    line: int
    header: Sequence[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def tables(lines: Iterable[Line]) -> list[Table]:
    """Find the tables of a file."""
    found: list[Table] = []
    current: Table | None = None
    for line, below in pairwise([*lines, _END]):
        if current and line.kind == "other" and line.content.strip():
            if line.number > current.line + 1:
                current.rows.append((line.number, cells(line.content)))
            continue
        current = None
        if line.kind == "text" and below.kind == "other" and _begins(line.content, below.content):
            current = Table(line.number, cells(line.content))
            found.append(current)
    return found


def cells(row: str) -> list[str]:
    """Split a row at its pipes, as GitHub does; a pipe in a cell must be escaped."""
    bare = row.strip().removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return [cell.strip() for cell in _PIPE.split(bare)]


def _begins(header: str, rule: str) -> bool:
    if "|" not in header or "-" not in rule:
        return False
    columns = cells(rule)
    return all(map(_RULE_CELL.fullmatch, columns)) and len(columns) == len(cells(header))
