"""Papers in paragraphs: several lines, or a citation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from papertrack.readme.adopt.document import Block, List, Paragraph, Text, joined, texts
from papertrack.readme.adopt.facts import Context, Found, entry_of
from papertrack.readme.adopt.labels import split_label
from papertrack.readme.adopt.likeness import count_words
from papertrack.readme.adopt.notes import Part
from papertrack.readme.adopt.people import are_authors, is_list_of_names
from papertrack.readme.adopt.pieces import pieces
from papertrack.readme.adopt.titles import find_title

_CITED = re.compile(r"^\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)])\s")
_LEAST_WORDS = 3
"""Fewest words of a title in a paragraph, where nothing else says that it is one."""
_LONGEST = 45
"""Most words of one, behind which a sentence must stand."""


def read_passage(blocks: Sequence[Block], context: Context) -> tuple[list[Found], int]:
    """Read the papers that a paragraph begins; return how many blocks they take."""
    first = blocks[0]
    assert isinstance(first, Paragraph)
    groups = _groups(first.text)
    if not groups:
        return [], 1
    taken = 1
    last = [groups[-1]]
    while taken < len(blocks) and _continues(blocks[taken]):
        last += texts([blocks[taken]])
        taken += 1
    found = [_entry([group], context) for group in groups[:-1]]
    found.append(_entry(last, context))
    kept = [one for one in found if one and one.sure]
    if len(kept) < len(found):
        alone = _entry([first.text], context)
        kept = kept if len(kept) > 1 else [alone] if alone and alone.sure else kept
    return kept, taken if kept else 1


def is_fact(text: Text) -> bool:
    """Tell whether a line is a labelled fact, or links that say what they lead to."""
    if split_label(text.plain).role:
        return True
    places = [link.url for link in text.links if not link.url.startswith("#")]
    return bool(places) and find_title(pieces(text)) is None


def _groups(text: Text) -> list[Text]:
    """Cut a paragraph where a title begins; none where its first line has no title."""
    groups: list[list[Text]] = []
    rows = text.rows
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        if starts(row) or (below and is_bold(row) and are_authors(below.plain)):
            groups.append([row])
        elif groups:
            groups[-1].append(row)
        else:
            return []
    return [joined(group) for group in groups]


def starts(row: Text) -> bool:
    """Tell whether a title begins in a row of a paragraph."""
    if split_label(row.plain).role not in ("", "title", "paper"):
        return False
    found = find_title(pieces(row))
    if not found or (not found.marked and is_list_of_names(found.title)):
        return False
    words = count_words(found.title)
    if found.marked:
        return words >= _LEAST_WORDS
    cited = bool(_CITED.match(row.plain))
    bracketed = bool(found.after) and bool(found.after[0].group)
    sentence = ". " in found.title and not cited
    return (cited or bracketed) and _LEAST_WORDS <= words <= _LONGEST and not sentence


def is_bold(row: Text) -> bool:
    """Tell whether a row is bold from end to end; names below it make it a title."""
    shown = [span for span in row.spans if span.text.strip()]
    return bool(shown) and all(span.bold and not span.url for span in shown)


def _continues(block: Block) -> bool:
    """Tell whether a block says more of the paper that the paragraph before it began."""
    if isinstance(block, Paragraph):
        rows = block.text.rows
        return (
            len(rows) <= 3
            and not any(map(starts, rows))
            and all(is_fact(row) or are_authors(row.plain) for row in rows)
        )
    if isinstance(block, List):
        return all(is_fact(joined(texts(item.blocks))) for item in block.items)
    return False


def _entry(parts: Sequence[Text], context: Context) -> Found | None:
    spans = [text.lines for text in parts if text.spans]
    lines = range(spans[0].start, spans[-1].stop)
    return entry_of([Part("", text) for text in parts], lines, context)
