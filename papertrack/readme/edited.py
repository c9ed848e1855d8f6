"""What people have written into the regions of a README."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from papertrack.readme import regions
from papertrack.readme.adopt import FoundTable, Reading
from papertrack.readme.lines import split
from papertrack.readme.regions import Region


def by_hand(reading: Reading, text: str, rendered: str, path: Path) -> Reading:
    """Leave out of a reading what stands in regions and would be rendered there as it stands.

    A table in a region is named by its benchmark. `path` only names the file in errors.
    """
    found = regions.parse(text, path)
    lines = [line.strip() for line in split(text)]
    written = {line.strip() for line in split(rendered)}

    def is_ours(span: range) -> bool:
        inside = _around(span, found) is not None
        return inside and all(lines[number - 1] in written for number in span)

    return Reading(
        entries=[entry for entry in reading.entries if not is_ours(entry.lines)],
        tables=[_named(table, found) for table in reading.tables if not is_ours(table.lines)],
        left=[span for span in reading.left if not _around(span, found)],
    )


def _around(span: range, found: Sequence[Region]) -> Region | None:
    return next((region for region in found if span.start in region.lines), None)


def _named(table: FoundTable, found: Sequence[Region]) -> FoundTable:
    region = _around(table.lines, found)
    return replace(table, section=(region.argument,)) if region and region.argument else table
