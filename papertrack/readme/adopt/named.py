"""Titles behind a short name: `**CLIP** - Learning Transferable Visual Models ...`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from papertrack.readme.adopt.appeared import states
from papertrack.readme.adopt.likeness import (
    LONG,
    LONGEST_NAME,
    Titled,
    clean_title,
    count_words,
    is_titled,
    text_of,
    words_of,
)
from papertrack.readme.adopt.people import are_authors, leading_names
from papertrack.readme.adopt.pieces import Piece

_PARTS = re.compile(r"\s*([,:|]|[-–—](?=\s))\s*(?=[A-Z0-9“\"]|$)")
"""What parts a name from the title behind it; a description begins with a small letter."""
_IN_PARENTHESES = re.compile(r"\s*\(([^()]+)\)[\s:–—-]*(?=\w)")
_LONG_WORD = 5
"""Letters of the words that a title in title case begins with a capital."""
_CAPITAL = 0.7
"""Least part of them that do, for `using` and the like."""


def behind_name(name: str, linked: Piece | None, rest: Sequence[Piece]) -> Titled | None:
    """Take what follows a short name as the title: `[MAE](url): Masked Autoencoders Are ...`.

    Behind a colon the name is the beginning of the title, unless the title repeats it.
    """
    end = next((i for i, p in enumerate(rest) if p.group or p.link), len(rest))
    behind = text_of(rest[:end])
    parts = _PARTS.match(behind)
    if not parts or not 0 < count_words(name) <= LONGEST_NAME or states(name):
        return None
    if parts[1] == "," and are_authors(name):
        return None
    title = behind[parts.end() :]
    if not title and parts[1] != "," and end < len(rest) and is_titled(rest[end], sure=True):
        return linked_title(rest, end, name)
    if count_words(title) < LONG or not _in_title_case(title) or _says_else(title):
        return None
    joined = parts[1] == ":" and not title.casefold().startswith(name.casefold())
    title = clean_title(f"{name}: {title}" if joined else title)
    return Titled(title, name, linked, (), "", tuple(rest[end:]))


def _in_title_case(text: str) -> bool:
    """Tell a title from a description, where nothing else does: `SAM for pathology images`."""
    words = [word for word in words_of(text) if len(word) >= _LONG_WORD]
    return sum(not word[0].islower() for word in words) > _CAPITAL * len(words)


def _says_else(text: str) -> bool:
    """Tell whether a text behind a name gives authors, or a venue, or a year."""
    ahead = re.split(r"[,.;|](?=\s|$)", text, maxsplit=1)[0]
    return bool(states(text) or states(ahead) or are_authors(leading_names(text)[0]))


def linked_title(row: Sequence[Piece], index: int, name: str) -> Titled:
    """Take a link of a line as the title."""
    title = clean_title(row[index].text)
    return Titled(title, name, row[index], (), "", tuple(row[index + 1 :]), marked=True)


def behind_parentheses(row: Sequence[Piece], first: int, end: int) -> Titled | None:
    """Take what follows a name in parentheses as the title: `(**ViT**) An Image is ...`."""
    start = first - 1 if first and row[first - 1].text.strip() == "(" else first
    whole = text_of(row[start:end])
    match = _IN_PARENTHESES.match(whole)
    if not match or count_words(match[1]) > LONGEST_NAME or states(match[1], enclosed=True):
        return None
    title = clean_title(whole[match.end() :])
    if count_words(title) < LONG:
        return None
    return Titled(title, match[1].strip(), None, (), "", tuple(row[end:]))
