"""What rendering would lose: entries, rows and links that somebody wrote into a region by hand.

A region holds what papertrack wrote from an older store beside what people wrote. Links tell them
apart: papertrack writes none that the store has not known, and escapes the addresses in titles and
names, so that they are no links. What has no link is told by its name. The text is read line by
line, since a git hook has no time for a Markdown parser.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import accumulate, islice, pairwise
from urllib.parse import unquote

from papertrack.model import Benchmark, Paper
from papertrack.readme import marks
from papertrack.readme.lines import split
from papertrack.readme.overview import THANKS
from papertrack.readme.pictures import is_ours
from papertrack.readme.regions import Region
from papertrack.text import clean_line, title_key

_LABEL = r"\[(?P<label>(?:\\.|[^\\\[\]])*+)\]"
_TARGET = r"[^\s()<>]*+(?:\([^\s()]*+\)[^\s()<>]*+)*+"
_LINK = re.compile(
    rf"""
    (?<!\\) (?: {_LABEL} | \] ) \( \s* <? (?P<target> {_TARGET}) [^()]*+ \)?
  | (?<!\\) <[a-z] [^<>]*? \s (?:href|src) \s* = \s* ["']? (?P<attribute> [^\s"'<>]++)
  | (?P<bare> (?:https?://|www\.) [^\s()<>\[\]|`"]*+ (?:\([^\s()]*+\)[^\s()<>\[\]|`"]*+)*+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A link: Markdown's, whose label is no link of its own, HTML's, or a bare address."""

_SCHEME = re.compile(r"\Ahttps?://")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&#?\w+;")

_LABELLED = r"(?:\\.|[^\\\[\]])++\[(?:\\.|[^\\\[\]])*+\]\(\S*+\Z"
_START = re.compile(rf"(?:\#{{1,6}}|(?:[-+*]|\d{{1,9}}[.)])(?!\s++{_LABELLED}))\s|\|")
"""What an entry, a list item or a row begins with. A lone labelled link (`- pdf: [...](...)`)
belongs to the entry above it."""

_BOLD = re.compile(r"\*\*(.*)\*\*\\?")
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"(?=.*\|)[|\s:]*-[-|\s:]*")
"""The line under the head of a table."""

_CONFLICT = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?:\s|\Z)")
_KEPT = {"<": (True, False), "|": (False, False), "=": (False, True), ">": (True, True)}
"""Which side of a git conflict keeps the lines below a marker."""


@dataclass(frozen=True)
class Loss:
    """Something in a region that the store does not know, and has not taken out either."""

    line: int
    what: str


@dataclass(frozen=True)
class Known:
    """What the store accounts for, with what was taken out of it."""

    addresses: frozenset[str]
    names: frozenset[str]
    dismissed: frozenset[str]
    rows: Mapping[str, Collection[str]]
    """Names of the rows of each benchmark."""


def known(papers: Iterable[Paper], benchmarks: Mapping[str, Benchmark]) -> Known:
    """Collect what the papers of the store, listed and removed, and its benchmarks account for."""
    addresses = set(map(_address, _links(THANKS)))
    names: set[str] = set()
    dismissed: set[str] = set()
    rows: dict[str, set[str]] = defaultdict(set)
    for paper in papers:
        addresses.update(map(_address, (*paper.urls, *paper.dismissed)))
        names.update(map(_name_key, (paper.title, paper.short_name)))
        dismissed.update(map(_name_key, paper.dismissed))
        for result in paper.results:
            rows[result.benchmark].add(_name_key(result.row_name(paper.short_name)))
    for benchmark, held in benchmarks.items():
        names_of = [*(result.row_name("") for result in held.results), *held.dismissed]
        rows[benchmark].update(map(_name_key, names_of))
    return Known(frozenset(addresses), frozenset(names), frozenset(dismissed), rows)


def losses(text: str, found: Sequence[Region], store: Known) -> list[Loss]:
    """Name what stands in the regions of a README, and would stand nowhere once it is rendered."""
    lines = [line.strip() for line in split(text)]
    lost: set[Loss] = set()
    for region in found:
        inside = [(number, lines[number - 1]) for number in region.lines[1:-1]]
        if region.kind in ("papers", "table"):
            for side in _sides(inside):
                for block in _blocks(side):
                    lost.update(_block_losses(block, region, store))
        else:
            lost.update(_strange_links(inside, store.addresses))
    return sorted(lost, key=lambda loss: (loss.line, loss.what))


Block = list[tuple[int, str]]
"""Lines with their numbers: those of one entry, list item or row, or those of a region."""


def _sides(lines: Block) -> list[Block]:
    """Read a text as either side of its git conflicts has it; once if there is none."""
    ours, theirs = [], []
    in_ours = in_theirs = True
    for number, line in lines:
        if _CONFLICT.match(line):
            in_ours, in_theirs = _KEPT[line[0]]
            continue
        if in_ours:
            ours.append((number, line))
        if in_theirs:
            theirs.append((number, line))
    return [ours] if ours == theirs else [ours, theirs]


def _blocks(lines: Block) -> Iterator[Block]:
    """Part lines into entries, list items and rows, without the heads of tables."""
    block: Block = []
    in_table = in_paragraph = False
    for (number, line), (_, below) in pairwise([*lines, (0, "")]):
        if not line:
            in_table = in_paragraph = False
        elif not in_table and _RULE.fullmatch(line):
            in_table = True
        elif in_table or not _RULE.fullmatch(below):
            begun = f"| {line} |" if in_table and not line.startswith("|") else line
            is_row = begun.startswith("|")
            if block and _START.match(begun) and not (is_row and in_paragraph):
                yield block
                block = []
            block.append((number, begun))
            in_paragraph = not is_row
    if block:
        yield block


def _block_losses(block: Block, region: Region, store: Known) -> Iterator[Loss]:
    """Name a block that is unknown, or the unknown links of one that is known.

    An entry is known by its name or by any of its links; a row of results only by its name, since
    a paper that is known can have results that are not.
    """
    number, first = block[0]
    links = [link for _, line in block for link in _links(line)]
    strange = list(_strange_links(block, store.addresses))
    is_result = region.kind == "table" and first.startswith("|")
    named = map(marks.without, islice(_names(block), 1)) if is_result else _names(block)
    names = list(filter(None, named))
    listed = store.rows.get(region.argument, frozenset()) if is_result else store.names
    is_known = any(n in listed or n in store.dismissed for n in map(_name_key, names))
    is_section = first.startswith("#") and len(block) == 1 and not links
    if is_known or not _START.match(first) or (not is_result and len(strange) < len(links)):
        yield from strange
    elif not is_section:
        kind = "row" if first.startswith("|") else "entry"
        yield Loss(number, f"the {kind} {(names or [first])[0]!r}")


def _strange_links(lines: Block, known: Collection[str]) -> Iterator[Loss]:
    for number, line in lines:
        for link in _links(line):
            if _address(link) not in known and not is_ours(link):
                yield Loss(number, f"the link {link}")


def _links(line: str) -> Iterator[str]:
    """Find where a line leads, but for the anchors of the README itself."""
    for match in _LINK.finditer(line):
        target = match["target"] or match["attribute"] or match["bare"]
        if target and not target.startswith("#"):
            yield _unescaped(target)


def _address(link: str) -> str:
    """Reduce an address to what makes two of them the same, however they are written."""
    plain = unquote(clean_line(link)).casefold()
    return _SCHEME.sub("", plain).rstrip("/.,;:!?*_~'")


def _names(block: Block) -> Iterator[str]:
    """Read what a block may be called: heading, bold title, first cells, beginning of an item."""
    lines = [line for _, line in block[:2]]
    if lines[0].startswith("|"):
        yield from map(_plain, _PIPE.split(lines[0])[1:3])
        return
    parts = _plain(_START.sub("", lines[0], count=1)).split(" - ")
    yield from accumulate(parts, "{} - {}".format)
    yield from map(_plain, lines[1:])


def _plain(markdown: str) -> str:
    line = _LINK.sub(lambda match: match["label"] or match[0], markdown.strip())
    bold = _BOLD.fullmatch(line)
    return clean_line(_unescaped(bold[1] if bold else line))


def _unescaped(markdown: str) -> str:
    return _ESCAPED.sub(lambda match: match[1] or unescape(match[0]), markdown)


def _name_key(name: str) -> str:
    return title_key(name) or name
