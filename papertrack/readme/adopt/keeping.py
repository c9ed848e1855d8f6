"""What of an entry no region prints: its lines stay as they are, or it is named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from papertrack.readme import lines as markdown
from papertrack.readme.adopt.found import Entry
from papertrack.text import LONGEST_LINE

_BADGE = re.compile(r"badge|shields\.io|githubassets\.com", re.IGNORECASE)
"""Addresses of pictures that say no more than a label: where a link leads, or how many stars."""


def staying(entries: Iterable[Entry], text: str) -> dict[int, str]:
    """Say why entries stay as they stand, by their first lines: a region would lose a part."""
    lines = markdown.split(text)
    code = {line.number for line in markdown.scan(text) if line.kind == "code"}
    found = ((entry.lines.start, _why(entry, lines, code)) for entry in entries)
    return {number: why for number, why in found if why}


def pictures(entries: Iterable[Entry]) -> Iterator[tuple[int, str]]:
    """Name by line the pictures that no region prints."""
    for entry in entries:
        for image in entry.images:
            if not _BADGE.search(image):
                yield entry.lines.start, f"no region prints the picture {image}; the store has it"


def _why(entry: Entry, lines: Sequence[str], code: Collection[int]) -> str:
    if len(entry.remark) > LONGEST_LINE:
        return f"{len(entry.remark)} characters stand behind it, and a remark holds {LONGEST_LINE}"
    behind = entry.lines.stop
    while behind <= len(lines) and not lines[behind - 1].strip():
        behind += 1
    is_below = behind in code and lines[behind - 1].startswith((" ", "\t"))
    has_code = is_below or any(number in code for number in entry.lines)
    return "a block of code belongs to it" if has_code else ""
