"""The marks behind the names of rows, and the lines under a table that explain them.

The marks are single characters one column wide, which no Markdown reads and no name ends in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from papertrack.leaderboard import Row
from papertrack.readme import escape

_EXTRA_DATA = "⁺"
_STATUSES = {
    "reported-by-other": ("†", "reported by others than the authors"),
    "reproduced": ("§", "reproduced by others"),
    "measured": ("‡", "measured with papertrack"),
}
_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BEHIND_NAME = re.compile(r"\s[⁺†§‡⁰¹²³⁴⁵⁶⁷⁸⁹]+\Z")


class Marked(NamedTuple):
    """The marks of the rows of a table, and what they mean."""

    marks: Sequence[str]
    """What stands behind the name of each row, empty for most."""
    lines: Sequence[str]
    """The legend; none where no mark is in use."""


def marked(rows: Sequence[Row], escaper: Callable[[str], str] = escape.text) -> Marked:
    """Mark who vouches for each row, extra data, and where a model is not as the protocol says.

    Where all rows with values share a status, the legend says so and no row bears its mark. What
    the legend quotes goes through `escaper`.
    """
    statuses = [row.result.status for row in rows if row.is_applicable]
    shared = statuses[0] if len(set(statuses)) == 1 else ""
    notes = list(dict.fromkeys(filter(None, map(_note, rows))))
    marks = ["".join(_marks(row, shared, notes)) for row in rows]
    used = [*_explained(rows, "".join(marks), shared, escaper)]
    lines = [" ".join(used)] if used else []
    lines += [f"{_superscript(n)} {escaper(note)}." for n, note in enumerate(notes, 1)]
    return Marked(marks, lines)


def without(name: str) -> str:
    """Take the marks off the name of a row that is read from a table."""
    return _BEHIND_NAME.sub("", name)


def _marks(row: Row, shared: str, notes: Sequence[str]) -> Iterator[str]:
    status = row.result.status
    if row.result.extra_data:
        yield _EXTRA_DATA
    if status in _STATUSES and status != shared:
        yield _STATUSES[status][0]
    if note := _note(row):
        yield _superscript(notes.index(note) + 1)


def _note(row: Row) -> str:
    """Say why a row has no values, or where its model differs from the protocol."""
    measured = row.result.measurement
    told = measured.deviations if measured else ()
    if not row.is_applicable:
        told = ("Not applicable under this protocol", *filter(None, [row.result.note]))
        return ": ".join(told).rstrip(".")
    return "; ".join(told).rstrip(".")


def _explained(
    rows: Sequence[Row], marks: str, shared: str, escaper: Callable[[str], str]
) -> Iterator[str]:
    if _EXTRA_DATA in marks:
        data = dict.fromkeys(row.result.extra_data for row in rows if row.result.extra_data)
        yield f"{_EXTRA_DATA} trained on extra data: {escaper(', '.join(data))}."
    for status, (mark, words) in _STATUSES.items():
        if status == shared:
            yield f"All values are {words}."
        elif mark in marks:
            yield f"{mark} {words}."


def _superscript(number: int) -> str:
    return str(number).translate(_DIGITS)
