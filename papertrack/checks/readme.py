"""A README as the rules see it: its text, what of it is shown, its links, tables and papers."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from papertrack.checks import pipe_tables
from papertrack.checks.blanking import Span, blank, code_spans, comments
from papertrack.checks.findings import Place
from papertrack.checks.links import Broken, Link, html_links, scan
from papertrack.checks.subjects import Grid, Item, Mention, grid, items_of
from papertrack.readme import lines
from papertrack.readme.adopt.found import Reading

HTML_HEADING = re.compile(r"<h[1-6]\b[^<>]*>(.{0,500}?)</h[1-6]>", re.IGNORECASE | re.DOTALL)

_NO_PROSE = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]|]+|<[^<>]*>")
"""Bare addresses and tags."""


@dataclass(frozen=True)
class Readme:
    """One README and what was read in it."""

    path: Path
    text: str
    reading: Reading = field(default_factory=Reading)

    def place(self, offset: int) -> Place:
        """Return the place of a character."""
        return Place(self.path, bisect_right(self._starts, offset))

    @cached_property
    def shown(self) -> str:
        """The text with code and comments blanked out, character for character."""
        text = blank(self.text, [self._span(s) for s in self._scanned if s.kind == "code"])
        text = blank(text, comments(text))
        return blank(text, [span for part in self._parts for span in code_spans(text, *part)])

    @cached_property
    def prose(self) -> str:
        """The shown text with addresses and HTML tags blanked out as well."""
        text = blank(self.shown, [(link.at, link.at + len(link.target)) for link in self.links])
        return blank(text, [match.span() for match in _NO_PROSE.finditer(text)])

    @cached_property
    def links(self) -> list[Link]:
        """All links and images, of Markdown and of HTML."""
        markdown = [mark for mark in self._marks if isinstance(mark, Link)]
        return sorted([*markdown, *html_links(self.shown)])

    @cached_property
    def broken(self) -> list[Broken]:
        """All attempts at links that failed."""
        return [mark for mark in self._marks if isinstance(mark, Broken)]

    @property
    def addresses(self) -> list[tuple[Place, str]]:
        """All addresses that links lead to, with their places."""
        return [(self.place(link.at), link.target) for link in self.links if not link.image]

    @cached_property
    def heading_lines(self) -> frozenset[int]:
        """The lines of headings, underlined and HTML ones included: they make anchors."""
        numbers = {line.number for line in self._scanned if line.kind == "heading"}
        for line in self._scanned:
            if line.kind == "underline":
                numbers.update(range(line.paragraph, line.number))
        for match in HTML_HEADING.finditer(self.shown):
            numbers.update(range(self.place(match.start()).line, self.place(match.end()).line + 1))
        return frozenset(numbers)

    @cached_property
    def tables(self) -> list[pipe_tables.Table]:
        """All pipe tables."""
        return pipe_tables.tables(self._scanned)

    @cached_property
    def grids(self) -> list[Grid]:
        """The tables that hold results."""
        found = (grid(self.path, table.header, table.rows) for table in self.tables)
        return [one for one in found if one]

    @cached_property
    def items(self) -> list[Item]:
        """The papers."""
        return items_of(self.path, self.reading)

    @cached_property
    def mentions(self) -> list[Mention]:
        """The venues of papers and of rows."""
        printed = [Mention(i.place, i.where, i.venue, i.year) for i in self.items if i.venue]
        return [*printed, *(mention for one in self.grids for mention in one.mentions)]

    @cached_property
    def _lines(self) -> list[str]:
        return lines.split(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(map(len, self._lines))]

    @cached_property
    def _scanned(self) -> tuple[lines.Line, ...]:
        return lines.scan(self.text)

    def _span(self, line: lines.Line) -> Span:
        return self._starts[line.number - 1], self._starts[line.number]

    @cached_property
    def _parts(self) -> list[Span]:
        """The paragraphs, headings, rows and other lines: a link stays in one of them."""
        found: list[Span] = []
        paragraph = 0
        for line in self._scanned:
            start, end = self._span(line)
            if line.kind == "text" and line.paragraph == paragraph:
                found[-1] = (found[-1][0], end)
            elif line.kind != "code":
                found.append((start, end))
            paragraph = line.paragraph
        return found

    @cached_property
    def _marks(self) -> list[Link | Broken]:
        shown = self.shown
        return [
            mark.moved(start)
            for start, end in self._parts
            if "[" in (part := shown[start:end])
            for mark in scan(part)
        ]


def read_readme(path: Path, text: str) -> Readme:
    """Read a README for the rules: its papers as an import would see them."""
    from papertrack.readme.adopt.reading import read

    return Readme(path, text, read(text))
