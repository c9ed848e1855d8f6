"""The regions of a README line by line: its entries, list items and rows, and what each names.

A git hook has no time for a Markdown parser, so that links and names are read out of the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import accumulate, islice, pairwise
from urllib.parse import unquote

from papertrack.readme import marks
from papertrack.readme.lines import split
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

Lines = list[tuple[int, str]]
"""Lines of a README with their numbers, without the white space around them."""


@dataclass(frozen=True)
class Block:
    """One entry, list item or row of a region, or the text above the first of them."""

    region: Region
    lines: Lines

    @property
    def line(self) -> int:
        """The number of the first line."""
        return self.lines[0][0]

    @property
    def first(self) -> str:
        """The first line."""
        return self.lines[0][1]

    @property
    def is_row(self) -> bool:
        """Whether it is the row of a table."""
        return self.first.startswith("|")

    @property
    def is_result(self) -> bool:
        """Whether it is the row of a table of results."""
        return self.region.kind == "table" and self.is_row

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading with nothing below it."""
        return self.first.startswith("#") and len(self.lines) == 1

    @property
    def is_text(self) -> bool:
        """Whether it is neither an entry nor a list item nor a row."""
        return not _START.match(self.first)

    def names(self) -> list[str]:
        """Read what it may be called: heading, bold title, first cells, beginning of an item."""
        found = _names(self.lines)
        named = map(marks.without, islice(found, 1)) if self.is_result else found
        return list(filter(None, named))

    def links(self) -> list[str]:
        """Find where it leads."""
        return [link for _, line in self.lines for link in links(line)]


def inside(text: str, region: Region) -> Lines:
    """Return the lines between the markers of a region."""
    lines = split(text)
    return [(number, lines[number - 1].strip()) for number in region.lines[1:-1]]


def blocks(text: str, region: Region) -> Iterator[Block]:
    """Part a region of papers or results into blocks, as either side of a git conflict has it."""
    for side in _sides(inside(text, region)):
        yield from (Block(region, lines) for lines in _parted(side))


def _sides(lines: Lines) -> list[Lines]:
    """Read a text as either side of its git conflicts has it; once if there is none."""
    ours: Lines = []
    theirs: Lines = []
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


def _parted(lines: Lines) -> Iterator[Lines]:
    """Part lines into entries, list items and rows, without the heads of tables."""
    block: Lines = []
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


def links(line: str) -> Iterator[str]:
    """Find where a line leads, but for the anchors of the README itself."""
    for match in _LINK.finditer(line):
        target = match["target"] or match["attribute"] or match["bare"]
        if target and not target.startswith("#"):
            yield _unescaped(target)


def address(link: str) -> str:
    """Reduce an address to what makes two of them the same, however they are written."""
    plain = unquote(clean_line(link)).casefold()
    return _SCHEME.sub("", plain).rstrip("/.,;:!?*_~'")


def _names(block: Lines) -> Iterator[str]:
    lines = [line for _, line in block[:2]]
    if lines[0].startswith("|"):
        yield from map(plain, _PIPE.split(lines[0])[1:3])
        return
    parts = plain(_START.sub("", lines[0], count=1)).split(" - ")
    yield from accumulate(parts, "{} - {}".format)
    yield from map(plain, lines[1:])


def plain(markdown: str) -> str:
    """Read a line as people see it: links by their labels, nothing escaped."""
    line = _LINK.sub(lambda match: match["label"] or match[0], markdown.strip())
    bold = _BOLD.fullmatch(line)
    return clean_line(_unescaped(bold[1] if bold else line))


def _unescaped(markdown: str) -> str:
    return _ESCAPED.sub(lambda match: match[1] or unescape(match[0]), markdown)


def name_key(name: str) -> str:
    """Reduce a name to what makes two of them the same."""
    return title_key(name) or name
