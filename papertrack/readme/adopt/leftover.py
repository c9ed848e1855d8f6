"""Which lines of a list stay where they are, because no entry and no result table holds them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from papertrack.readme.adopt.found import Entry, FoundTable
from papertrack.readme.adopt.links import identifier
from papertrack.repositories import identity

_URL = re.compile(r"https?://(?:[^\s<>\"'()\]|]|\([^\s<>\"'()\]|]*\))+")
"""An address; parentheses in it come in pairs."""


def left_over(
    lines: Sequence[str], entries: Sequence[Entry], tables: Sequence[FoundTable]
) -> list[range]:
    """Collect the lines with text that belong to nothing, or hold an address that nothing holds."""
    held: dict[int, set[str]] = {}
    for entry in entries:
        for number in entry.lines:
            held.setdefault(number, set()).update(_addresses(entry))
    covered = {number for table in tables for number in table.lines if table.kind == "results"}
    covered |= {number for number, known in held.items() if _holds(lines[number - 1], known)}
    for table in tables:
        if table.kind == "papers" and _is_whole(table, held, covered):
            covered |= {n for n in table.lines if n not in held and _holds(lines[n - 1], set())}
    return _ranges(n for n, line in enumerate(lines, 1) if line.strip() and n not in covered)


def _is_whole(table: FoundTable, held: Collection[int], covered: Collection[int]) -> bool:
    """Tell whether every row of a table became an entry that holds all of it."""
    numbers = [number for number in table.lines if number in held]
    return len(numbers) >= len(table.rows) and all(number in covered for number in numbers)


def _addresses(entry: Entry) -> set[str]:
    urls = [entry.url, *(c.url for c in entry.code), *(link.url for link in entry.links)]
    return {key for url in [*urls, *entry.images] for key in _keys(url)} | {
        f"{kind}:{value}" for kind, value in entry.ids.items()
    }


def _keys(url: str) -> set[str]:
    found = identifier(url)
    return {identity(url), str(found)} if found else {identity(url)}


def _holds(line: str, known: set[str]) -> bool:
    return all(_keys(url.rstrip(".,;*`")) & known for url in _URL.findall(line))


def _ranges(numbers: Iterable[int]) -> list[range]:
    found: list[range] = []
    for number in numbers:
        if found and found[-1].stop == number:
            found[-1] = range(found[-1].start, number + 1)
        else:
            found.append(range(number, number + 1))
    return found
