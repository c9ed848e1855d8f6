"""Papers with a heading of their own, as in the form of papertrack: a few lines, then links."""

from __future__ import annotations

from collections.abc import Sequence

from papertrack.readme.adopt import appeared
from papertrack.readme.adopt.document import Block, Heading, List, Paragraph, Text, joined, texts
from papertrack.readme.adopt.facts import Context, Found, entry_of
from papertrack.readme.adopt.labels import split_label
from papertrack.readme.adopt.likeness import clean_title, count_words
from papertrack.readme.adopt.notes import Part
from papertrack.readme.adopt.passages import is_bold, is_fact, starts
from papertrack.readme.adopt.people import are_authors, is_list_of_names
from papertrack.text import title_key

_MOST_BLOCKS = 5
"""Most paragraphs and lists below the heading of one paper."""
_MOST_ROWS = 6
"""Most lines of text below it, beside the list."""
_LONG_KEY = 30
"""Letters of a heading that is a title without another one below it."""
_LEAST_WORDS = 3
"""Fewest words of a title that nothing marks."""
_LONGEST_NAME = 12
"""Most words of a heading that is a name beside the title."""


def are_headed(blocks: Sequence[Block]) -> bool:
    """Tell whether most headings of a document are names of papers, with one paper below each."""
    headings = [i for i, block in enumerate(blocks) if isinstance(block, Heading)]
    bodies = [body for i in headings if (body := _body(blocks[i : i + _MOST_BLOCKS + 2]))]
    return len(bodies) > 1 and 2 * sum(map(_is_body, bodies)) > len(bodies)


def read_headed(
    blocks: Sequence[Block], context: Context, *, usual: bool
) -> tuple[Found | None, int]:
    """Read a heading with what follows as one paper; return how many blocks that takes.

    Where this is not the usual form of the document, the heading must be a part of the title.
    """
    heading, body = blocks[0], _body(blocks)
    assert isinstance(heading, Heading)
    if not body or not _is_body(body) or not (usual or _is_named(heading, body)):
        return None, 1
    found = _headed(heading, body, context)
    return (found, len(body) + 1) if found and found.sure else (None, 1)


def _body(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return what stands below a heading, up to the next one or anything but text and lists."""
    end = 1
    while end < len(blocks) and isinstance(blocks[end], Paragraph | List):
        end += 1
    return blocks[1:end]


def _is_named(heading: Heading, body: Sequence[Block]) -> bool:
    """Tell whether a heading is part of the title below it, or a title itself."""
    first = next(texts(body))
    own = title_key(clean_title(heading.text.plain))
    if not starts(first.rows[0]):
        return len(own) > _LONG_KEY
    return title_key(clean_title(first.rows[0].plain)).startswith(own)


def _headed(heading: Heading, body: Sequence[Block], context: Context) -> Found | None:
    """Read an entry whose heading is its name, or its title where no other is printed."""
    lines = range(heading.lines.start, body[-1].lines.stop)
    rows = [row for text in texts(body) for row in text.rows]
    title = _body_title(rows)
    parts = [Part("", row) for row in rows if row is not title]
    if title is None:
        return entry_of([Part("title", heading.text), *parts], lines, context)
    parts.insert(0, Part("title", title))
    name = clean_title(heading.text.plain)
    if count_words(name) <= _LONGEST_NAME and title_key(name) != title_key(title.plain):
        parts.insert(0, Part("name", heading.text))
    return entry_of(parts, lines, context)


def _body_title(rows: Sequence[Text]) -> Text | None:
    """Find the row that is the title: bold from end to end, or plain above the authors."""
    for row, below in zip(rows[:2], [*rows[1:], None], strict=False):
        if split_label(row.plain).role == "title":
            return row
        if row.links or is_list_of_names(row.plain):
            continue
        if is_bold(row) or (row is rows[0] and below and _is_above_names(row, below)):
            return row
    return None


def _is_above_names(row: Text, below: Text) -> bool:
    """Tell whether a row without any mark is a title: the names of its authors stand below."""
    unmarked = not split_label(row.plain).role and count_words(row.plain) >= _LEAST_WORDS
    return unmarked and are_authors(below.plain)


def _is_body(body: Sequence[Block]) -> bool:
    """Tell whether blocks say no more than a paper's entry says: its list is of labelled links."""
    lists = [block for block in body if isinstance(block, List)]
    if len(lists) > 1 or len(body) > _MOST_BLOCKS:
        return False
    items = [item for block in lists for item in block.items]
    heads = [joined(texts(item.blocks)) for item in items]
    if not all(is_fact(head) for head in heads):
        return False
    rows = [row for block in body if isinstance(block, Paragraph) for row in block.text.rows]
    if items:
        return len(rows) <= _MOST_ROWS
    if len(rows) > _MOST_ROWS or sum(map(starts, rows)) > 1:
        return False
    return any(is_fact(row) and row.links for row in rows) or _is_titled(rows)


def _is_titled(rows: Sequence[Text]) -> bool:
    """Tell whether a bold line stands above names or a venue, without any link."""
    behind = rows[1].plain if len(rows) > 1 else ""
    return is_bold(rows[0]) and (are_authors(behind) or bool(appeared.states(behind)))
