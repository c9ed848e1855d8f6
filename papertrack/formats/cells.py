"""The cells of separated values, whatever parts them, with the lines where they stand."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence

from papertrack.text import clean_line

_LONGEST_HEADER = 10_000


def header(line: str, is_known: Callable[[str], object]) -> tuple[str, list[str]]:
    """Find the delimiter by which the line names most columns that are known; return both."""
    line = line[:_LONGEST_HEADER]
    split = {mark: next(csv.reader([line], delimiter=mark), []) for mark in ",;\t"}
    best = max(split, key=lambda m: (sum(map(bool, map(is_known, split[m]))), len(split[m])))
    return best, [clean_line(name) for name in split[best]]


def rows(lines: Sequence[str], start: int, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the rows from line `start` on, from 0, with their line numbers, from 1.

    A quotation mark that opens no well-formed cell would swallow the rows behind it: its line is
    reported, and read again as it stands.
    """
    while start < len(lines):
        reader = csv.reader(
            map(lines.__getitem__, range(start, len(lines))), delimiter=delimiter, strict=True
        )
        read = 0
        try:
            for row in reader:
                yield start + read + 1, row
                read = reader.line_num
            return
        except csv.Error as error:
            why = f"the quotation marks do not pair ({error}); read as it stands"
        start += read + 1
        yield start, why
        yield start, lines[start - 1].rstrip("\r\n").split(delimiter)
