"""The entries and result tables of an adopted list, replaced by regions that make them anew.

What no region would show stays where it is: an entry goes only where the region of its section
lists its paper.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from papertrack.model import Paper
from papertrack.query import parse
from papertrack.readme import regions
from papertrack.readme.adopt import Entry, Reading
from papertrack.readme.anchors import headings
from papertrack.readme.asking import Asking, ask, is_nameless, squeezed
from papertrack.readme.lines import split
from papertrack.readme.placing import UNSECTIONED, asked
from papertrack.readme.regions import Region

_STYLES = {"|": "row", "<": "row", "-": "bullet", "*": "bullet", "+": "bullet"}
"""The style that comes nearest to an entry, by the first character of its first line."""
_NUMBERED = re.compile(r"(?:\d{1,9}[.)]|\[\d{1,9}\])\s")
"""How an item of a numbered list begins, and a numbered citation."""

_RULE = re.compile(r"(?=.*\|)[|\s:]*-[-|\s:]*")
"""The second line of a table in Markdown."""


@dataclass(frozen=True)
class Held:
    """What a store holds of a README."""

    papers: Mapping[str, Paper]
    """By key."""
    keys: Mapping[int, Sequence[str]]
    """The papers of the entries that begin on a line, those taken out by hand too."""
    tables: Mapping[int, str] = field(default_factory=dict)
    """What the regions of the result tables ask for that are held as a whole, by first line."""


@dataclass(frozen=True)
class Embedded:
    """A README with regions in the place of its entries."""

    text: str
    notes: Sequence[tuple[int, str]]
    """What stays as it is, by line, and why."""


@dataclass
class _Change:
    """What becomes of the lines of a file."""

    gone: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    """Those that stay, whatever else goes."""
    markers: dict[int, Sequence[str]] = field(default_factory=dict)
    """New lines, by the number of the line before which they stand."""
    notes: list[tuple[int, str]] = field(default_factory=list)


def embed(text: str, reading: Reading, path: Path, held: Held) -> Embedded:
    """Put a region for each section where its first entry stands, and take the entries out.

    Lines that no entry accounts for stay where they are, byte for byte. A table goes as a whole,
    one of results only into a region of its own. What stands in a region already is left to
    rendering. `path` only names the file in errors.
    """
    lines = split(text)
    found = regions.parse(text, path)
    inside = {number for region in found for number in region.lines}
    change = _Change(kept={number for left in reading.left for number in left} | inside)
    results = [table.lines for table in reading.tables if table.kind == "results"]
    _replace_results([t for t in results if t.start not in inside], found, held, lines, change)
    elsewhere = inside | {number for span in results for number in span}
    heads = _heads(text, reading, inside)
    for group in _grouped(e for e in reading.entries if e.lines.start not in elsewhere):
        _replace(group, _existing(group, found, heads), held, lines, change)
    tables = [{*table.lines} for table in reading.tables if table.kind == "papers"]
    starts = {entry.lines.start for entry in reading.entries}
    for table in tables:
        if starts & table <= change.gone and not table & change.kept:
            change.gone |= table
    return Embedded(_written(lines, change, tables), sorted(change.notes))


def _replace_results(
    tables: Sequence[range],
    found: Iterable[Region],
    held: Held,
    lines: Sequence[str],
    change: _Change,
) -> None:
    """Take the result tables out that are held as a whole, and put their regions in."""
    regions_of = {r.argument: r.begin_line for r in found if r.kind == "table"}
    for table in tables:
        asking = held.tables.get(table.start, "")
        benchmark = asking.partition(" ")[0]
        if not asking or not _RULE.fullmatch(lines[table.start].strip()):
            why = "is no plain one of Markdown" if asking else "is not in the store as a whole"
            change.notes.append((table.start, f"this table {why}, so it stays as it is"))
            continue
        if benchmark in regions_of:
            told = f"the rows of this table stand in the region of line {regions_of[benchmark]}"
            change.notes.append((table.start, told))
        else:
            regions_of[benchmark] = table.start
            change.markers[table.start] = _marked(f"table {asking}", f"table {benchmark}")
        change.gone |= {*table}


def _grouped(entries: Iterable[Entry]) -> Iterable[Sequence[Entry]]:
    """Put the entries together that one query finds: those of a section in all its spellings."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(squeezed(entry.section), []).append(entry)
    return groups.values()


def _heads(text: str, reading: Reading, inside: set[int]) -> list[int]:
    """Find the lines of the headings that are no entries and stand in no region."""
    entries = {number for entry in reading.entries for number in entry.lines}
    return [head.line for head in headings(text) if head.line not in entries | inside]


def _existing(
    group: Sequence[Entry], found: Iterable[Region], heads: Sequence[int]
) -> Sequence[Region]:
    """Find the regions that are those of a section already.

    One for all papers, or for those without a section, counts under its own heading.
    """
    section = group[0].section
    of_papers = [region for region in found if region.kind == "papers"]
    if section:
        return [r for r in of_papers if squeezed(asked(r.query)) == squeezed(section)]
    above = bisect(heads, group[0].lines.start)
    return [
        region
        for region in of_papers
        if region.query in ("", UNSECTIONED) and bisect(heads, region.begin_line) == above
    ]


def _replace(
    group: Sequence[Entry],
    existing: Sequence[Region],
    held: Held,
    lines: Sequence[str],
    change: _Change,
) -> None:
    """Take the entries of a section out that its region lists, and put that region in."""
    section, first = group[0].section, group[0].lines.start
    if is_nameless(section):
        told = f"{section[-1]!r} has no letter and no digit, so that no region can ask for it"
        change.notes.append((first, f"{told}; its papers stay as they are"))
        change.kept |= {number for entry in group for number in entry.lines}
        return
    own = {key: paper for entry in group for key, paper in _papers(entry, held).items()}
    asking = ask(section, own.values())
    queries = [parse(region.query) for region in existing] or [parse(asking.query)]
    hidden = [key for key in own if not any(asked.matches(own[key], key) for asked in queries)]
    stay = [entry for entry in group if {*hidden} & {*_papers(entry, held)}]
    taken = [entry for entry in group if entry not in stay]
    change.kept |= {number for entry in stay for number in entry.lines}
    change.gone |= {number for entry in taken for number in entry.lines}
    change.notes += _hidden(stay, hidden, held)
    change.notes += _other_spellings(group)
    if taken and not existing:
        change.notes += _strangers(asking, own, held, taken[0].lines.start)
        style = Counter(_style(lines[e.lines.start - 1]) for e in taken).most_common(1)[0][0]
        marked = _marked(f"papers {asking.query} style={style}", "papers")
        change.markers[min(e.lines.start for e in taken)] = marked


def _hidden(
    entries: Iterable[Entry], hidden: Sequence[str], held: Held
) -> Iterator[tuple[int, str]]:
    """Name the papers that stay as no region of their section lists them."""
    for entry in entries:
        name = next(p.short_name for key, p in _papers(entry, held).items() if key in hidden)
        told = f"no region of its section lists {name}; its entry stays as it is"
        yield entry.lines.start, told


def _strangers(
    asking: Asking, own: Mapping[str, Paper], held: Held, line: int
) -> Iterator[tuple[int, str]]:
    """Name the papers of other sections that a region lists because they have its tag."""
    if not asking.tagged:
        return
    section, tagged = parse(asking.section), parse(asking.tagged)
    for key, paper in held.papers.items():
        if key not in own and tagged.matches(paper) and not section.matches(paper):
            yield line, f"the region here lists {paper.short_name} too, for its {asking.tagged}"


def _other_spellings(group: Sequence[Entry]) -> Iterator[tuple[int, str]]:
    """Name the sections that no query tells from the first one, so that their papers go there."""
    first = group[0].section
    told = {first}
    for entry in group:
        if entry.section not in told:
            told.add(entry.section)
            name, other = (" / ".join(section) for section in (entry.section, first))
            yield entry.lines.start, f"{name!r} is {other!r} to a query; its papers stand there"


def _papers(entry: Entry, held: Held) -> dict[str, Paper]:
    keys = held.keys.get(entry.lines.start, ())
    return {key: held.papers[key] for key in keys if key in held.papers}


def _marked(asking: str, name: str) -> Sequence[str]:
    begin, end = f"<!-- papertrack:begin {asking} -->", f"<!-- papertrack:end {name} -->"
    return ["", begin, "", end, ""]


def _written(lines: Sequence[str], change: _Change, tables: Sequence[set[int]]) -> str:
    """Write the lines that are left and the new ones, the latter above the table they fall in."""
    newline = "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"
    new: dict[int, list[str]] = {}
    for number, marked in sorted(change.markers.items()):
        table = next((table for table in tables if number in table), {number})
        new.setdefault(min(table), []).extend(line + newline for line in marked)
    parts: list[str] = []
    for number, line in enumerate(lines, 1):
        parts += new.get(number, ())
        if number in change.kept or number not in change.gone:
            parts.append(line)
    return "".join(parts)


def _style(line: str) -> str:
    start = line.lstrip()
    return "bullet" if _NUMBERED.match(start) else _STYLES.get(start[:1], "entry")
