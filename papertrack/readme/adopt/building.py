"""Builds the tree of a document out of Markdown's tokens and the tags of the HTML between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from papertrack.readme import lines as markdown
from papertrack.readme.adopt.document import Block, Paragraph, Span, Text, has_content
from papertrack.readme.adopt.frames import TAGS, Frame
from papertrack.readme.adopt.markup import addresses, cells, inline_tokens, tokens

if TYPE_CHECKING:
    from markdown_it.token import Token

_ENDS_TEXT = frozenset(
    "p div center blockquote hr section article header footer main nav figure figcaption dl dt dd "
    "thead tbody tfoot caption pre picture".split()
)
"""Tags that end a paragraph and leave nothing else in the tree."""
_CLOSED_BY = {
    "li": {"li"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
}
"""What a new tag closes where its end tag was forgotten."""
_DEEPEST = 60
"""How many blocks of HTML may stand inside of each other; deeper ones are part of the last."""
_MOST_EXCESS = 60
"""Most cells that are read of a row beyond those of its header."""
_BOUNDS = frozenset({"ul", "ol", "table"})
"""Blocks beyond which nothing is closed by a new tag."""

_STYLES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "code": "code"}


def build(text: str) -> tuple[Block, ...]:
    """Build the tree of a Markdown file."""
    builder = _Builder(markdown.split(text))
    for token in tokens(text.removeprefix("\ufeff")):
        builder.read(token)
    return builder.finish()


class _Builder:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.root = Frame("", 1, markdown=True)
        self.frames = [self.root]
        self.spans: list[Span] = []
        self.line = 1
        self.markdown = True
        self.styles: dict[str, int] = {"bold": 0, "italic": 0, "code": 0}
        self.url = ""
        self.links = 0

    def finish(self) -> tuple[Block, ...]:
        """Close what is still open."""
        self._end_text()
        while len(self.frames) > 1:
            self._pop()
        return tuple(self.root.blocks)

    def read(self, token: Token) -> None:
        """Read one token of Markdown."""
        self.markdown = True
        if token.map and token.nesting >= 0:
            self.line = token.map[0] + 1
        if token.type == "inline":
            for child in token.children or []:
                self._read_inline(child)
        elif token.type == "html_block":
            self._read_html(token.content)
        elif token.nesting > 0:
            self.open(token.tag, {})
        elif token.nesting < 0:
            self.close(token.tag)

    def _read_inline(self, token: Token) -> None:
        self.markdown = True
        if token.type == "html_inline":
            self._read_html(token.content)
        elif token.type == "image":
            src = str(token.attrs.get("src", ""))
            self._add(token.content or " ", image=src)
        elif token.type in ("softbreak", "hardbreak"):
            self._break(soft=token.type == "softbreak")
            self.line += 1
        elif token.type == "code_inline":
            self._add(token.content, code=True)
        elif token.nesting > 0:
            self.open(token.tag, {name: str(value) for name, value in token.attrs.items()})
        elif token.nesting < 0:
            self.close(token.tag)
        else:
            self.text(token.content)

    def _read_html(self, source: str) -> None:
        self.markdown = False
        start = self.line
        _Tags(self, start).read(source)
        self.line = start + source.rstrip("\n").count("\n")

    def open(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """Begin whatever a tag begins."""
        if tag in TAGS:
            self._end_text()
            self._close_forgotten(tag)
            if self.markdown or len(self.frames) < _DEEPEST:
                self.frames.append(Frame(tag, self.line, self.markdown))
        elif tag in _ENDS_TEXT:
            self._end_text()
        elif tag in _STYLES:
            self.styles[_STYLES[tag]] += 1
        elif tag == "a":
            self.url = (attributes.get("href") or "").strip()
            self.links += 1
        elif tag == "br":
            self._break()
        elif tag == "img":
            self._add(attributes.get("alt") or " ", image=attributes.get("src") or "")

    def close(self, tag: str) -> None:
        """End whatever a tag ends; an end tag without a beginning ends nothing."""
        if tag in TAGS:
            self._end_text()
            if tag == "tr" and self.markdown:
                self._read_excess()
            self._close_frame(tag)
        elif tag in _ENDS_TEXT:
            self._end_text()
        elif tag in _STYLES:
            self.styles[_STYLES[tag]] = max(0, self.styles[_STYLES[tag]] - 1)
        elif tag == "a":
            self.url = ""

    def _read_excess(self) -> None:
        """Read the cells of a row that its header has no column for, which Markdown drops."""
        found = cells(self.lines[self.line - 1])
        width = len(self.frames[-1].cells)
        for cell in found[width : width + _MOST_EXCESS]:
            self.open("td", {})
            for token in inline_tokens(cell):
                self.read(token)
            self.close("td")

    def text(self, text: str) -> None:
        """Add text; an address in it becomes a link, as on GitHub."""
        if self.url or "://" not in text:
            self._add(text)
            return
        for part, is_url in addresses(text):
            self.links += is_url
            self._add(part, url=part if is_url else "")

    def _add(self, text: str, *, url: str = "", image: str = "", code: bool = False) -> None:
        if not text:
            return
        url = url or self.url
        bold, italic = self.styles["bold"] > 0, self.styles["italic"] > 0
        code = code or self.styles["code"] > 0
        number = self.links if url else 0
        self.spans.append(Span(text, self.line, url, number, image, bold, italic, code))

    def _break(self, *, soft: bool = False) -> None:
        """Begin a new line; what is one link or in one style goes on in the next."""
        if self.url or (soft and any(self.styles.values())):
            self._add(" ")
        elif self.spans:
            self.spans.append(Span("\n", self.line, soft=soft))

    def _end_text(self) -> None:
        """Make a paragraph of the text since the last block."""
        spans, self.spans = self.spans, []
        if any(map(has_content, spans)):
            text = Text(tuple(spans))
            self.frames[-1].blocks.append(Paragraph(text, text.lines))
        if not self.markdown:
            return
        self.url = ""
        self.styles = dict.fromkeys(self.styles, 0)

    def _close_forgotten(self, tag: str) -> None:
        closed = _CLOSED_BY.get(tag, set())
        if self.markdown or not closed:
            return
        for frame in reversed(self.frames):
            if frame.markdown or frame.tag in _BOUNDS:
                return
            if frame.tag in closed:
                self._close_frame(frame.tag)

    def _close_frame(self, tag: str) -> None:
        for depth in range(len(self.frames) - 1, 0, -1):
            frame = self.frames[depth]
            if frame.tag == tag and frame.markdown == self.markdown:
                while len(self.frames) > depth:
                    self._pop()
                return
            if frame.markdown and not self.markdown:
                return

    def _pop(self) -> None:
        self.frames.pop().end(self.frames[-1], self.line)


class _Tags(HTMLParser):
    """Hands the tags of a piece of HTML to the builder."""

    def __init__(self, builder: _Builder, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = builder
        self.first = line

    def read(self, source: str) -> None:
        self.feed(source)
        self.close()

    def _move(self) -> None:
        self.builder.line = self.first + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._move()
        self.builder.open(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self._move()
        self.builder.close(tag)

    def handle_data(self, data: str) -> None:
        self._move()
        for number, line in enumerate(data.split("\n")):
            if number:
                self.builder.line += 1
            # A line break is a space in HTML.
            self.builder.text(f" {line.strip()} " if line.strip() else " ")
