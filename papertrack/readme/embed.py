"""The entries of an adopted list, replaced by regions that make them anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from papertrack.readme import regions
from papertrack.readme.adopt import Entry, Reading
from papertrack.readme.lines import split

_STYLES = {"|": "row", "<": "row", "-": "bullet", "*": "bullet", "+": "bullet"}
"""The style that comes nearest to an entry, by the first character of its first line."""


def embed(text: str, reading: Reading, path: Path) -> str:
    """Put a region for each section where its first entry stands, and take the entries out.

    Lines that no entry accounts for stay where they are, byte for byte. A table goes as a whole,
    and what stands in a region already is left to rendering. `path` only names the file in errors.
    """
    lines = split(text)
    newline = "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"
    inside = {number for region in regions.parse(text, path) for number in region.lines}
    kept = {number for left in reading.left for number in left} | inside
    entries = [entry for entry in reading.entries if entry.lines.start not in inside]
    spans = [entry.lines for entry in entries]
    spans += [table.lines for table in reading.tables if table.kind == "papers"]
    gone = {number for span in spans for number in span} - kept
    markers = dict(_markers(entries, lines, newline))
    parts: list[str] = []
    for number, line in enumerate(lines, 1):
        if number in markers:
            parts.append(markers[number])
        if number not in gone:
            parts.append(line)
    return "".join(parts)


def _markers(
    entries: Sequence[Entry], lines: Sequence[str], newline: str
) -> Iterable[tuple[int, str]]:
    """Write the markers of each section, and say in front of which line they stand."""
    ordered = sorted(entries, key=lambda entry: entry.section)
    for section, group in groupby(ordered, key=lambda entry: entry.section):
        found = list(group)
        styles = Counter(_style(lines[entry.lines.start - 1]) for entry in found)
        style = styles.most_common(1)[0][0]
        query = f'in:"{" / ".join(section)}"'.replace('""', "") if section else "-has:section"
        begin = f"<!-- papertrack:begin papers {query} style={style} -->"
        block = ["", begin, "", "<!-- papertrack:end papers -->", ""]
        yield min(entry.lines.start for entry in found), newline.join([*block, ""])


def _style(line: str) -> str:
    return _STYLES.get(line.lstrip()[:1], "entry")
