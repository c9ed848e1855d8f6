"""Blocks that are open while a document is built, and what becomes of them when they end."""

from __future__ import annotations

from dataclasses import dataclass, field

from papertrack.readme.adopt.document import (
    Block,
    Details,
    Heading,
    Item,
    List,
    Paragraph,
    Row,
    Table,
    Text,
    joined,
    texts,
)

_HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass
class Frame:
    """A block whose end has not been seen."""

    tag: str
    line: int
    markdown: bool
    """Whether Markdown opened it: HTML inside cannot close it."""
    blocks: list[Block] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    rows: list[tuple[Row, bool]] = field(default_factory=list)
    cells: list[Text] = field(default_factory=list)
    head: bool = False
    """Whether a cell of the row is a header cell."""
    summary: Text = field(default_factory=Text)

    def end(self, parent: Frame, line: int) -> None:
        """Put the block into the one around it; HTML says on which line it ends."""
        parts = [*self.blocks, *self.items, *(row for row, _ in self.rows)]
        last = max([self.line, *(part.lines.stop - 1 for part in parts)])
        lines = range(self.line, max(last, 0 if self.markdown else line) + 1)
        _FINISH.get(self.tag, _finish_heading)(self, parent, lines)


def _finish_heading(frame: Frame, parent: Frame, lines: range) -> None:
    text = joined(texts(frame.blocks))
    parent.blocks.append(Heading(_HEADINGS[frame.tag], text, lines))
    parent.blocks += [block for block in frame.blocks if not isinstance(block, Paragraph)]


def _finish_list(frame: Frame, parent: Frame, lines: range) -> None:
    if frame.items:
        parent.blocks.append(List(tuple(frame.items), lines, frame.tag == "ol"))
    parent.blocks += frame.blocks


def _finish_item(frame: Frame, parent: Frame, lines: range) -> None:
    item = Item(tuple(frame.blocks), lines)
    if parent.tag in ("ul", "ol"):
        parent.items.append(item)
    else:
        parent.blocks.append(List((item,), lines))


def _finish_cell(frame: Frame, parent: Frame, lines: range) -> None:
    parent.cells.append(joined(texts(frame.blocks)))
    parent.head = parent.head or frame.tag == "th"


def _finish_row(frame: Frame, parent: Frame, lines: range) -> None:
    if frame.cells:
        parent.rows.append((Row(tuple(frame.cells), lines), frame.head))
    parent.blocks += frame.blocks


def _finish_table(frame: Frame, parent: Frame, lines: range) -> None:
    rows = [row for row, _ in frame.rows]
    if rows:
        header = rows.pop(0) if frame.rows[0][1] else None
        parent.blocks.append(Table(header, tuple(rows), lines))
    parent.blocks += frame.blocks


def _finish_details(frame: Frame, parent: Frame, lines: range) -> None:
    parent.blocks.append(Details(frame.summary, tuple(frame.blocks), lines))


def _finish_summary(frame: Frame, parent: Frame, lines: range) -> None:
    parent.summary = joined(texts(frame.blocks))


_FINISH = {
    "ul": _finish_list,
    "ol": _finish_list,
    "li": _finish_item,
    "td": _finish_cell,
    "th": _finish_cell,
    "tr": _finish_row,
    "table": _finish_table,
    "details": _finish_details,
    "summary": _finish_summary,
}

TAGS = frozenset({*_HEADINGS, *_FINISH})
"""Tags that make a block of their own."""
