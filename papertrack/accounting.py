"""What of a result table is in the store once the table was taken, and what is not.

A table may only go from a README where nothing of it is lost: each value, text and link must be in
the store, with the row or the paper that it stands beside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from papertrack import corrections, identifiers, venues
from papertrack.errors import InvalidIdentifier
from papertrack.keys import surname
from papertrack.leaderboard import Row
from papertrack.library import Contents
from papertrack.metrics import number, unmarked
from papertrack.model import Metric, Paper, Result
from papertrack.readme.adopt.document import Text, has_content
from papertrack.readme.adopt.labels import label_role, link_role, says_only_link
from papertrack.readme.adopt.measured import is_missing
from papertrack.repositories import identity
from papertrack.tabulating import TakenRow, TakenTable
from papertrack.text import clean_line, title_key

_AROUND = " ,;:/|&()[]{}·•+–—-"
"""What stands between the links of a cell, and says nothing."""


_MOST_APART = 3
"""Most lines of which it is told one by one what is lacking in a column."""


@dataclass(frozen=True)
class Account:
    """A result table of a README, and what became of it."""

    lines: range
    benchmark: str
    """Empty where no column could be read."""
    gained: int
    """How many rows are new in the store."""
    lacking: Sequence[tuple[int, str]]
    """What is not in the store, by line."""
    shows_code: bool
    """Whether a column leads to code."""


def account(taken: TakenTable, contents: Contents) -> Account:
    """Compare a table that was taken with what the contents hold now."""
    table = taken.table
    code = [n for n, head in enumerate(table.header) if label_role(head) == "code"]
    cells = [row.cells[n] for row in table.body for n in code if n < len(row.cells)]
    return Account(
        lines=table.lines,
        benchmark=taken.benchmark,
        gained=taken.gained,
        lacking=list(_told(list(_lacking(taken, contents)))),
        shows_code=any(cell.links for cell in cells),
    )


class _Lack(NamedTuple):
    """A row, or a part of a cell, that the store does not hold."""

    line: int
    what: str
    place: str = ""
    """In which column; empty for a row."""
    held: str = ""
    """What the store holds in its place."""


def _told(lacks: Sequence[_Lack]) -> Iterator[tuple[int, str]]:
    """Say what is lacking, line by line; of a column in which much is, once with all its lines."""
    lines: dict[str, set[int]] = defaultdict(set)
    for lack in lacks:
        lines[lack.place] |= {lack.line}
    many = {place: own for place, own in lines.items() if place and len(own) > _MOST_APART}
    for lack in lacks:
        if lack.place not in many:
            held = f", which has {lack.held!r}" if lack.held else ""
            yield lack.line, f"{lack.what} is not in the store{held}"
    for place, own in many.items():
        yield min(own), f"what stands {place} in lines {_spans(own)} is not in the store"


def _spans(lines: Iterable[int]) -> str:
    """Write numbers as ranges: `3-5, 8`."""
    runs: dict[int, list[int]] = defaultdict(list)
    for position, line in enumerate(sorted(lines)):
        runs[line - position].append(line)
    return ", ".join(f"{r[0]}-{r[-1]}" if len(r) > 1 else f"{r[0]}" for r in runs.values())


def _lacking(taken: TakenTable, contents: Contents) -> Iterator[_Lack]:
    table = taken.table
    if taken.read is None:
        yield _Lack(table.lines.start, "this table, in which no column can be read as numbers,")
        return
    rows = {row.row.position: row for row in taken.rows}
    for position, printed in enumerate(table.body):
        row, line = rows.get(position), printed.lines.start
        said = [cell.plain for cell in printed.cells if not is_missing(cell.plain)]
        if row is None:
            yield from (_Lack(line, f"the row {clean_line(text)!r}") for text in said[:1])
        elif row.why:
            yield _Lack(line, f"the row {row.row.name!r} ({row.why})")
        elif row.is_new or not table.benchmark:  # `edited` compares the others of a region
            yield from _of_row(row, printed.cells, line, taken, contents)


def _of_row(
    row: TakenRow, cells: Sequence[Text], line: int, taken: TakenTable, contents: Contents
) -> Iterator[_Lack]:
    """Find what is lacking of a row that was taken, or was there."""
    assert taken.read
    known = contents.benchmarks[taken.benchmark]
    paper = contents.papers[row.key] if row.key else Paper(title=row.result.model)
    name = row.result.row_name(paper.short_name)
    held = [
        result
        for result in corrections.standing(paper.results if row.key else known.results)
        if (result.benchmark, result.row_name(paper.short_name)) == (taken.benchmark, name)
    ]
    heads = [clean_line(head) for head in taken.table.header]
    for column, cell in enumerate(cells):
        place = f"under {heads[column]!r}" if column < len(heads) else "behind the last column"
        if column in taken.metrics:
            for text, other in _values(cell, taken.metrics[column], paper, held):
                yield _Lack(line, f"{text!r} {place} of {name!r}", place, other)
        elif column == taken.read.name:
            if clean_line(cell.plain) != row.row.name:  # a mark of ours, or of somebody else
                yield _Lack(line, f"the mark in {clean_line(cell.plain)!r}")
        elif column not in taken.read.variants:
            for text in filter(lambda text: not _is_known(text, paper), _texts(cell)):
                yield _Lack(line, f"{text!r} {place} of {name!r}", place)
        for url in filter(lambda url: not _leads_to(url, paper), _addresses(cell)):
            yield _Lack(line, f"{url} {place} of {name!r}", place)


def _values(
    cell: Text, metric: Metric, paper: Paper, held: Sequence[Result]
) -> Iterator[tuple[str, str]]:
    """Find the value of a cell that no row of the store has, with the value that one has."""
    printed, _ = unmarked(clean_line(cell.plain))
    shown = [unmarked(Row("", paper, result).shown(metric))[0] for result in held]
    values = [result.values.get(metric.id, "") for result in held]
    if not is_missing(printed) and printed not in (*shown, *values):
        yield printed, next(filter(None, values), "") if number(printed) is not None else ""


def _texts(cell: Text) -> Iterator[str]:
    """Part what a cell says from the links that only say where they lead."""
    own = clean_line("".join(span.text for span in cell.spans if not span.url and not span.image))
    for text in [own, *(clean_line(link.text) for link in cell.links)]:
        bare = text.strip(_AROUND)
        says_more = any(map(str.isdigit, bare)) or not link_role(bare, bracketed=True)
        if says_more and not is_missing(bare) and not (text != own and says_only_link(bare)):
            yield bare


def _addresses(cell: Text) -> Iterator[str]:
    links = (span.url for span in cell.spans if span.url and has_content(span))
    yield from dict.fromkeys(clean_line(url) for url in links if not url.startswith("#"))
    yield from (clean_line(image.src) for image in cell.images if image.src)


def _is_known(text: str, paper: Paper) -> bool:
    """Tell whether a paper says of itself what a cell says."""
    people = paper.authors
    first = [name for person in people[:1] for name in (person, surname(person))]
    said = [paper.title, paper.short_name, paper.appeared, *paper.tags, *paper.printed.values()]
    said += [", ".join(people), *(f"{name} et al." for name in first)]
    said += [str(year) for year in (paper.year, paper.published) if year]
    said += [part for code in paper.code for part in (code.label, code.framework)]
    said += [link.label for link in paper.links]
    if paper.venue:
        said += [str(paper.venue), paper.venue.name, paper.venue.note]
        read = venues.normalise(text)
        said += [text] if read and str(read) in (str(paper.venue), paper.venue.name) else []
    has_letters = any(map(str.isalpha, text))
    is_said = has_letters and title_key(text) in {title_key(fact) for fact in said if fact}
    return is_said or text in said or _leads_to(text, paper)


def _leads_to(address: str, paper: Paper) -> bool:
    """Tell whether an address is among those of a paper, or in an identifier of it."""
    if identity(address) in {identity(url) for url in (*paper.urls, *paper.images)}:
        return True
    try:
        found = identifiers.parse(address)
    except InvalidIdentifier:
        return False
    return found.value in (paper.ids.get(found.kind), paper.printed.get(f"ids.{found.kind}"))
