"""Lists: one paper an item, with what is indented below it; or a list of papers below a name."""

from __future__ import annotations

from collections.abc import Sequence

from papertrack.readme.adopt.document import (
    Block,
    Item,
    List,
    Paragraph,
    Span,
    Text,
    joined,
    texts,
)
from papertrack.readme.adopt.facts import Context, Found, entry_of
from papertrack.readme.adopt.labels import split_label
from papertrack.readme.adopt.likeness import count_words
from papertrack.readme.adopt.notes import Part
from papertrack.readme.adopt.people import are_authors
from papertrack.readme.adopt.pieces import without_emoji

_MOST_WRAPPED = 4
"""Most line ends within a title."""
_LONGEST_NAME = 8
"""Most words of an item that only names what is below it."""


def read_list(block: List, context: Context) -> list[Found]:
    """Read the papers of a list, and of the lists inside of it."""
    own: list[Found] = []
    inner: list[Found] = []
    for item in block.items:
        head, below = _parted(item)
        children = _children(below, context, head)
        if children:
            inner += children
            found = entry_of([Part("", head)], head.lines, context) if head.spans else None
        else:
            found = _entry(item, context)
        if found:
            own.append(found)
    return sorted([*_accepted(own, len(block.items)), *inner], key=lambda f: f.entry.lines.start)


def _accepted(found: Sequence[Found], size: int) -> list[Found]:
    """Keep what is surely a paper, and what has the form of its neighbours that are."""
    sure = sum(one.sure for one in found)
    alike = 2 * sure >= size
    return [one for one in found if one.sure or (alike and _says_enough(one))]


def _says_enough(found: Found) -> bool:
    entry = found.entry
    if count_words(entry.title) < 2 and not (entry.year or entry.code):
        return False
    return bool(entry.url or entry.code or entry.links or (entry.year and entry.authors))


def _parted(item: Item) -> tuple[Text, Sequence[Block]]:
    """Part an item into its own text and the blocks below."""
    count = int(bool(item.blocks) and isinstance(item.blocks[0], Paragraph))
    return joined(texts(item.blocks[:count])), item.blocks[count:]


def _children(below: Sequence[Block], context: Context, head: Text) -> list[Found]:
    """Read the papers in the lists below an item; none where the lists say more of its own."""
    nested = [block for block in below if isinstance(block, List)]
    if not nested or not any(_is_entry(item, context) for block in nested for item in block.items):
        return []
    name = without_emoji(head.plain).strip(" :*")
    if 0 < count_words(name) <= _LONGEST_NAME and not head.links:
        context = context._replace(section=(*context.section, name))
    return [found for block in nested for found in read_list(block, context)]


def _is_entry(item: Item, context: Context) -> bool:
    """Tell whether an item is a paper by itself, and not a label with a link."""
    head, below = _parted(item)
    if any(_is_entry(i, context) for b in below if isinstance(b, List) for i in b.items):
        return True
    if not head.spans or split_label(head.plain).role:
        return False
    found = _entry(item, context)
    if not found or not found.sure or count_words(found.entry.title) < 3:
        return False
    return bool(found.entry.url or found.entry.code)


def _entry(item: Item, context: Context) -> Found | None:
    parts = [Part("", unwrapped(text)) for text in texts(item.blocks)]
    return entry_of(parts, item.lines, context)


def unwrapped(text: Text) -> Text:
    """Join the first lines of an item where its title was wrapped."""
    rows = list(text.rows)
    for _ in range(_MOST_WRAPPED):
        if len(rows) > 1 and _goes_on(rows[0], rows[1]):
            first, second = rows[0].spans, rows[1].spans
            rows[:2] = [Text((*first, Span(" ", second[0].line), *second))]
    return joined(rows)


def _goes_on(row: Text, below: Text) -> bool:
    """Tell whether a line of plain text goes on in the line below it."""
    styled = any(span.url or span.image or span.italic for span in row.spans)
    if styled or "]" in row.plain or split_label(below.plain).role or are_authors(below.plain):
        return False
    return (
        not below.spans[0].bold
        and not below.plain.startswith(("[", "("))
        and not are_authors(row.plain)
    )
