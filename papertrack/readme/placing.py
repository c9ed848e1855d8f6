"""The sections of a list's entries, as the store names them, and the benchmarks of its tables.

A reader takes every heading above an entry for a part of its section. The list's own title is
none, and neither are the headings above a region: there the region says what it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from papertrack.demands import demands
from papertrack.readme import regions
from papertrack.readme.adopt import Entry, FoundTable, Reading
from papertrack.readme.anchors import Heading, headings
from papertrack.readme.regions import Region
from papertrack.text import slug, title_key

Section = tuple[str, ...]

UNSECTIONED = "-has:section"
"""What asks for the papers without a section."""


def place(reading: Reading, text: str, path: Path) -> Reading:
    """Name the sections of a reading as the store does; `path` is for errors about regions.

    An entry beside a region of all papers, or of those without a section, belongs into it.
    """
    found = regions.parse(text, path)
    other = {number for region in found for number in region.lines}
    other |= {number for entry in reading.entries for number in entry.lines}
    heads = [heading for heading in headings(text) if heading.line not in other]
    above = {r.begin_line: _above(r, heads) for r in found if r.kind == "papers"}
    open_to_all = [r.begin_line for r in found if r.query in ("", UNSECTIONED)]
    beside = [_keys(above[line]) for line in open_to_all if line in above]
    title = _title(reading.entries)

    def placed(entry: Entry) -> Entry:
        region = _around(entry.lines, found)
        if region and region.begin_line in above:
            own = _without(entry.section, above[region.begin_line])
            return replace(entry, section=asked(region.query) + own, asked=region.query)
        if _keys(entry.section) in beside:
            return replace(entry, section=())
        return replace(entry, section=_without(entry.section, title))

    return replace(
        reading,
        entries=[placed(entry) for entry in reading.entries],
        tables=[_named(table, found, title) for table in reading.tables],
    )


def _keys(section: Section) -> list[str]:
    return [title_key(name) for name in section]


def _named(table: FoundTable, found: Sequence[Region], title: Section) -> FoundTable:
    region = _around(table.lines, found)
    if region and region.argument:
        return replace(table, section=(region.argument,), benchmark=region.argument)
    return replace(table, section=_without(table.section, title))


def _title(entries: Sequence[Entry]) -> Section:
    """Return the first heading if all entries stand under it."""
    firsts = {entry.section[:1] for entry in entries}
    return firsts.pop() if len(firsts) == 1 else ()


def _around(span: range, found: Sequence[Region]) -> Region | None:
    return next((region for region in found if span.start in region.lines), None)


def _above(region: Region, heads: Iterable[Heading]) -> Section:
    """Return the headings under which a region stands, outermost first."""
    stack: list[Heading] = []
    for heading in heads:
        if heading.line < region.begin_line:
            stack = [outer for outer in stack if outer.level < heading.level]
            stack.append(heading)
    return tuple(heading.text for heading in stack)


def _without(section: Section, prefix: Section) -> Section:
    """Take the beginning off a section that names the same headings."""
    same = 0
    for one, other in zip(section, prefix, strict=False):
        if title_key(one) != title_key(other):
            break
        same += 1
    return section[same:]


def fit(entry: Entry) -> Entry:
    """Give an entry what the region demands in which it stands, so that the region shows it.

    A region of one section alone shows none below it: their names become tags.
    """
    demanded = demands(entry.asked)
    tags = [*entry.tags, *(demand.label for demand in demanded if demand.field == "tag")]
    section = entry.section
    if any(demand.field == "in" for demand in demanded):
        section = asked(entry.asked)
        tags += [slug(name) or name for name in entry.section[len(section) :]]
    return replace(entry, section=section, tags=tuple(dict.fromkeys(tags)))


def asked(query: str) -> Section:
    """Return the section that a region asks for; one that it asks for alone comes first."""
    labels = {demand.field: demand.label for demand in demands(query)}
    label = labels.get("in", labels.get("section", ""))
    return tuple(label.split(" / ")) if label else ()
