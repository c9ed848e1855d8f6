"""Reads a list that somebody else wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from papertrack.readme import lines as markdown
from papertrack.readme.adopt import appeared
from papertrack.readme.adopt.appeared import Appeared
from papertrack.readme.adopt.document import (
    Block,
    Details,
    Heading,
    List,
    Paragraph,
    Table,
    Text,
    parse,
)
from papertrack.readme.adopt.facts import Context, Found
from papertrack.readme.adopt.found import FoundTable, Reading
from papertrack.readme.adopt.headed import are_headed, read_headed
from papertrack.readme.adopt.items import read_list
from papertrack.readme.adopt.keeping import pictures, staying
from papertrack.readme.adopt.labels import speaks_of_itself
from papertrack.readme.adopt.leftover import left_over
from papertrack.readme.adopt.likeness import count_words
from papertrack.readme.adopt.passages import read_passage
from papertrack.readme.adopt.pieces import without_emoji
from papertrack.readme.adopt.rows import read_table

_NO_NAME = re.compile(
    r"\b(?:click|expand|show|open|unfold|collapse|details?|more)\b", re.IGNORECASE
)
"""Summaries that name nothing."""
_KIND = re.compile(r"\b(?:papers?|preprints?|accepted)\b", re.IGNORECASE)
"""Words that stand beside a venue in a heading."""
_LONGEST_VENUE = 3
"""Most words of a venue in a heading without a year."""
_LONGEST_BOLD = 6
"""Most words of a bold line that stands for a heading, and of a summary that says `click`."""
_WINDOW = 40
"""Most blocks that are looked at for one paper."""
_GENERIC = frozenset({"conference", "journal", "workshop", "preprint", "proceeding"})
"""Headings that name a kind of venue."""
_DEEPEST = 7
"""Level of what is no heading and still names what is below it."""


def read(text: str) -> Reading:
    """Read the papers and the tables of a list, and say which lines are left."""
    blocks = parse(text)
    walk = _Walk(headed=are_headed(blocks))
    walk.read(blocks)
    entries = [found.entry for found in walk.found]
    whole = staying(entries, text)
    movable = [entry for entry in entries if entry.lines.start not in whole]
    told = [(line, f"{why}: its lines stay beside the region") for line, why in whole.items()]
    return Reading(
        entries=entries,
        tables=walk.tables,
        left=left_over(markdown.split(text), movable, walk.tables),
        notices=sorted([*told, *pictures(movable)]),
    )


class _Walk:
    """Goes through the blocks of a document and remembers the headings above."""

    def __init__(self, *, headed: bool) -> None:
        self.headed = headed
        """Whether headings of this document are names of papers."""
        self.found: list[Found] = []
        self.tables: list[FoundTable] = []
        self.heads: list[tuple[int, str]] = []

    def read(self, blocks: Sequence[Block]) -> None:
        """Read blocks that stand below each other."""
        position = 0
        while position < len(blocks):
            position += self._read_next(blocks[position : position + _WINDOW])

    def _read_next(self, blocks: Sequence[Block]) -> int:
        """Read what the first block begins; return how many blocks that takes."""
        block = blocks[0]
        if isinstance(block, Heading):
            return self._read_heading(blocks)
        if self.heads and speaks_of_itself(without_emoji(self.heads[-1][1])):
            return 1
        if isinstance(block, Paragraph):
            return self._read_paragraph(blocks)
        if isinstance(block, List):
            self.found += read_list(block, self._context())
        elif isinstance(block, Table):
            table, found = read_table(block, self._context())
            self.tables.append(table)
            self.found += found
        else:
            self._read_details(block)
        return 1

    def _read_heading(self, blocks: Sequence[Block]) -> int:
        heading = blocks[0]
        assert isinstance(heading, Heading)
        if not self.heads and heading.level == 1:  # the title of the list
            self._enter(heading.level, heading.text)
            return 1
        found, taken = read_headed(blocks, self._context(), usual=self.headed)
        if found:
            self.found.append(found)
            return taken
        self._leave(heading.level)
        self._enter(heading.level, heading.text)
        return 1

    def _read_paragraph(self, blocks: Sequence[Block]) -> int:
        found, taken = read_passage(blocks, self._context())
        self.found += found
        if not found:
            self._read_pseudo_heading(blocks[0])
        return taken

    def _read_pseudo_heading(self, block: Block) -> None:
        """Take a short bold line as a heading where it is a venue or a year."""
        assert isinstance(block, Paragraph)
        text = block.text
        bold = all(span.bold for span in text.spans if span.text.strip())
        if bold and not text.links and count_words(text.plain) <= _LONGEST_BOLD:
            self._leave(_DEEPEST)
            if appeared.states(text.plain):
                self.heads.append((_DEEPEST, text.plain))

    def _read_details(self, block: Details) -> None:
        before = list(self.heads)
        name = without_emoji(block.summary.plain)
        if name and not (_NO_NAME.search(name) and count_words(name) <= _LONGEST_BOLD):
            self._leave(_DEEPEST)
            self.heads.append((_DEEPEST - 1, block.summary.plain))
        self.read(block.blocks)
        self.heads = before

    def _leave(self, level: int) -> None:
        self.heads = [head for head in self.heads if head[0] < level]

    def _enter(self, level: int, text: Text) -> None:
        if text.plain:
            self.heads.append((level, text.plain))

    def _context(self) -> Context:
        venue, year = "", None
        for _, text in reversed(self.heads):
            said = _said(text)
            venue, year = venue or said.venue, year or said.year
        names = (text for level, text in self.heads if level < _DEEPEST)
        return Context(tuple(names), venue, year)


def _said(heading: str) -> Appeared:
    """Read venue and year out of a heading; a long name without a year is that of a subject."""
    said = appeared.states(_KIND.sub("", without_emoji(heading))) or Appeared()
    vague = count_words(said.venue) > _LONGEST_VENUE and not said.year
    return Appeared() if vague or said.venue.rstrip("s").casefold() in _GENERIC else said
