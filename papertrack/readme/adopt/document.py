"""A Markdown file as a small tree of blocks with line numbers.

Markdown and the HTML inside of it go through one builder: `<table>` and a pipe table, `<li>` and
`-`, `<h2>` and `##` come out as the same blocks. Nothing in a file is an error. Code and comments
are left out; their lines are where nothing of the tree stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """A run of text in one style. An image is a span whose text says what it shows."""

    text: str
    line: int
    url: str = ""
    """Target of the link that the span is part of."""
    link: int = 0
    """Number of that link, which tells neighbours with the same target apart."""
    image: str = ""
    """Address of the picture."""
    bold: bool = False
    italic: bool = False
    code: bool = False
    soft: bool = False
    """Whether a new line begins here in the file alone, and the sentence goes on."""

    @property
    def is_break(self) -> bool:
        """Whether a new line begins here."""
        return self.text == "\n"


class Image(NamedTuple):
    """A picture or a badge."""

    alt: str
    src: str
    line: int


class Link(NamedTuple):
    """A link: its text without images, its target, its images."""

    text: str
    url: str
    line: int
    images: tuple[Image, ...] = ()


@dataclass(frozen=True)
class Text:
    """Styled text: of a paragraph, a heading, a cell."""

    spans: tuple[Span, ...] = ()
    goes_on: bool = False
    """Whether a sentence of the line above goes on in it."""

    @cached_property
    def plain(self) -> str:
        """The text alone on one line, without images."""
        return " ".join("".join(s.text for s in self.spans if not s.image).split())

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links in their order."""
        spans: dict[int, list[Span]] = {}
        for span in self.spans:
            if span.url:
                spans.setdefault(span.link, []).append(span)
        return tuple(_link(found) for found in spans.values())

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """The images in their order, those inside of links too."""
        return tuple(Image(s.text, s.image, s.line) for s in self.spans if s.image)

    @cached_property
    def rows(self) -> tuple[Text, ...]:
        """The lines of the text, those without any content left out."""
        rows: list[tuple[list[Span], bool]] = [([], self.goes_on)]
        for span in self.spans:
            if span.is_break:
                above, goes_on = rows[-1]
                rows.append(([], span.soft and (goes_on or any(map(has_content, above)))))
            else:
                rows[-1][0].append(span)
        return tuple(Text(tuple(r), on) for r, on in rows if any(map(has_content, r)))

    def without(self, length: int) -> Text:
        """Leave out the first characters of the plain text, and every image among them."""
        spans = []
        left = length + len(self._leading_space())
        for span in self.spans:
            if span.image and left:
                continue
            cut = 0 if span.image else min(left, len(span.text))
            left -= cut
            spans.append(span._replace(text=span.text[cut:]))
        return Text(tuple(span for span in spans if span.text), self.goes_on)

    def _leading_space(self) -> str:
        whole = "".join(s.text for s in self.spans if not s.image)
        return whole[: len(whole) - len(whole.lstrip())]

    @property
    def lines(self) -> range:
        """The lines of the file that the text stands on."""
        numbers = [span.line for span in self.spans if has_content(span)]
        return range(numbers[0], numbers[-1] + 1) if numbers else range(0)


@dataclass(frozen=True)
class Heading:
    """A heading, written with `#`, underlined, or in HTML."""

    level: int
    text: Text
    lines: range


@dataclass(frozen=True)
class Paragraph:
    """Text between blank lines or block tags."""

    text: Text
    lines: range


@dataclass(frozen=True)
class Item:
    """A list item with everything indented below it."""

    blocks: tuple[Block, ...]
    lines: range


@dataclass(frozen=True)
class List:
    """A list."""

    items: tuple[Item, ...]
    lines: range
    ordered: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table."""

    cells: tuple[Text, ...]
    lines: range


@dataclass(frozen=True)
class Table:
    """A table; one written in HTML may have no header."""

    header: Row | None
    rows: tuple[Row, ...]
    lines: range


@dataclass(frozen=True)
class Details:
    """A part that can be folded away."""

    summary: Text
    blocks: tuple[Block, ...]
    lines: range


Block = Heading | Paragraph | List | Table | Details


def parse(text: str) -> tuple[Block, ...]:
    """Read a Markdown file. Lines count from 1."""
    from papertrack.readme.adopt.building import build

    return build(text)


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield all blocks, each before those inside of it."""
    for block in blocks:
        yield block
        if isinstance(block, Details):
            yield from walk(block.blocks)
        elif isinstance(block, List):
            for item in block.items:
                yield from walk(item.blocks)


def texts(blocks: Iterable[Block]) -> Iterator[Text]:
    """Yield the texts of all blocks in their order, with those of tables cell by cell."""
    for block in walk(blocks):
        if isinstance(block, Heading | Paragraph):
            yield block.text
        elif isinstance(block, Details):
            yield block.summary
        elif isinstance(block, Table):
            for row in filter(None, (block.header, *block.rows)):
                yield from row.cells


def joined(parts: Iterable[Text]) -> Text:
    """Put texts below each other."""
    spans: list[Span] = []
    for part in parts:
        if spans and part.spans:
            spans.append(Span("\n", part.spans[0].line, soft=part.goes_on))
        spans += part.spans
    return Text(tuple(spans))


def has_content(span: Span) -> bool:
    """Tell whether a span shows anything."""
    return bool(span.image or span.text.strip())


def _link(spans: list[Span]) -> Link:
    text = " ".join("".join(s.text for s in spans if not s.image).split())
    images = tuple(Image(s.text, s.image, s.line) for s in spans if s.image)
    return Link(text, spans[0].url, spans[0].line, images)
