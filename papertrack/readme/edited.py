"""What people have written into the regions of a README, and what they have changed there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from shlex import quote

from papertrack.readme import regions
from papertrack.readme.adopt import Entry, FoundTable, Reading
from papertrack.readme.lines import split
from papertrack.readme.placing import fit
from papertrack.text import title_key


def by_hand(reading: Reading, text: str, ours: Reading, rendered: str, path: Path) -> Reading:
    """Leave out of a reading what stands in regions and would be rendered there as it stands.

    `ours` is what is rendered, read in the same way. `path` only names the file in errors.
    """
    found = regions.parse(text, path)
    lines = [line.strip() for line in split(text)]
    new = [line.strip() for line in split(rendered)]
    again = regions.parse(rendered, path)
    filled = {number for region in again for number in region.lines}
    around_all = {line for number, line in enumerate(new, 1) if number not in filled}
    written = {
        region.begin_line: around_all | {new[number - 1] for number in same.lines}
        for region, same in zip(found, again, strict=True)
    }
    sections = {title_key(name) for entry in ours.entries for name in entry.section}
    papers = {title_key(_name(entry)) for entry in ours.entries} - sections

    def around(span: range) -> int:
        return next((r.begin_line for r in found if span.start in r.lines), 0)

    def is_ours(span: range) -> bool:
        ours = written.get(around(span), ())
        return all(lines[number - 1] in ours for number in span)

    return Reading(
        entries=[fit(_outside(e, papers)) for e in reading.entries if not is_ours(e.lines)],
        tables=[table for table in reading.tables if not is_ours(table.lines)],
        left=[span for span in reading.left if not around(span)],
        notices=[(n, told) for n, told in reading.notices if not around(range(n, n + 1))],
    )


def changes(reading: Reading, ours: Reading) -> Iterator[tuple[int, str]]:
    """Name, by line, what stands by hand in place of what is rendered, and how to keep it.

    Both are read in the same way, so what the reader cannot tell apart is no change.
    """
    held = _Held(ours)
    for entry in reading.entries:
        if rendered := held.find(entry):
            yield from _changed_facts(entry, rendered)
    rows = {
        (table.section, *table.header, row[0]): row for table in ours.tables for row in table.rows
    }
    for table in reading.tables:
        for row in table.rows:
            held_row = rows.get((table.section, *table.header, row[0]), ())
            yield from _changed_cells(table, row, held_row)


def news(reading: Reading, text: str, ours: Reading, path: Path) -> Reading:
    """Leave out of the entries in regions what is rendered there: it comes from the store.

    A remark that somebody has changed is named by `changes`, and does not come in beside the old
    one. `path` only names the file in errors.
    """
    found = regions.parse(text, path)
    held = _Held(ours)

    def fresh(entry: Entry) -> Entry:
        is_inside = any(entry.lines.start in region.lines for region in found)
        rendered = held.find(entry) if is_inside else None
        return _without(entry, rendered) if rendered else entry

    return replace(reading, entries=[fresh(entry) for entry in reading.entries])


def _without(entry: Entry, rendered: Entry) -> Entry:
    """Leave out what is rendered of a paper, but for what tells which one it is."""
    tags = tuple(tag for tag in entry.tags if tag not in rendered.tags)
    left = replace(entry, tags=tags, remark="" if rendered.remark else entry.remark)
    if entry.authors == rendered.authors:
        left = replace(left, authors=())
    if (entry.venue, entry.year) == (rendered.venue, rendered.year):
        left = replace(left, venue="", year=None)
    return left


class _Held:
    """Finds what is rendered of a paper; where that stands twice, what says the same."""

    def __init__(self, ours: Reading) -> None:
        self._known: dict[str, list[Entry]] = defaultdict(list)
        for entry in ours.entries:
            for mark in _marks(entry):
                self._known[mark].insert(0, entry)

    def find(self, entry: Entry) -> Entry | None:
        found = next((self._known[mark] for mark in _marks(entry) if mark in self._known), [])
        same = (held for held in found if _facts(held) == _facts(entry))
        return next(same, next(iter(found), None))


def _changed_facts(entry: Entry, held: Entry) -> Iterator[tuple[int, str]]:
    name = next(iter(held.ids.values()), _name(held))
    facts = _facts(held)
    for field, said in _facts(entry).items():
        if said and facts[field] and said != facts[field]:
            command = f"papertrack set {quote(name)} {quote(f'{field}={said}')}"
            yield (
                entry.lines.start,
                f"the {field} is not that of the store, {facts[field]!r}; to keep it: {command}",
            )


def _facts(entry: Entry) -> dict[str, str]:
    """Write the facts that people correct in the form in which `set` takes them.

    That a paper is on arXiv is printed where no venue is known, and is none.
    """
    has_venue = entry.venue not in ("", "arXiv")
    venue = f"{entry.venue} {entry.year or ''}".strip() if has_venue else ""
    return {"name": entry.name, "title": entry.title, "venue": venue, "remark": entry.remark}


def _changed_cells(
    table: FoundTable, row: Sequence[str], held: Sequence[str]
) -> Iterator[tuple[int, str]]:
    for column, said, value in zip(table.header, row, held, strict=False):
        if said != value:
            yield (
                table.lines.start,
                f"{row[0]} has {said!r} under {column}, in the store {value!r}; "
                f"to keep it: papertrack result add --help",
            )


def _marks(entry: Entry) -> list[str]:
    """List what an entry can be known by, the surest first."""
    ids = [f"{kind}:{value}" for kind, value in entry.ids.items()]
    return [*ids, *filter(None, (entry.url, title_key(entry.title), title_key(entry.name)))]


def _outside(entry: Entry, papers: set[str]) -> Entry:
    """Take the headings of other papers off a section: an entry below another is beside it."""
    section = tuple(name for name in entry.section if title_key(name) not in papers)
    return replace(entry, section=section)


def _name(entry: Entry) -> str:
    return entry.name or entry.title
