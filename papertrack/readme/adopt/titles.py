"""Which of the pieces of a line are the title of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from papertrack.readme.adopt.likeness import (
    LONG,
    LONGEST_NAME,
    Titled,
    begins,
    clean_title,
    count_words,
    is_label,
    is_titled,
    text_of,
    without_number,
)
from papertrack.readme.adopt.named import behind_name, behind_parentheses, linked_title
from papertrack.readme.adopt.people import are_authors, leading_names
from papertrack.readme.adopt.pieces import Piece, without_emoji

_QUOTED = re.compile(r"[“\"]([^“”\"]{8,400})[”\"]|``(.{8,400}?)''")
_NAMES = re.compile(r"(?:(?!\bet\.? al\b)[^,;&])*:\s*")
"""What names a quoted title: `**DETR**: "..."`; before a colon stand no authors."""
_GOES_ON = re.compile(r"\s*:\s*\w")
"""What follows a name that is only the beginning of a title."""
_STOPS = re.compile(r"\s*(?:[,.|;(]|[-–—] |$)")
"""What follows a title that is one short bold text."""
_LONGEST_LINE = 10_000
"""Most characters of a line with a title in it; one with a thousand authors has as many."""


def find_title(row: Sequence[Piece]) -> Titled | None:
    """Find the title in a line, if it has one."""
    if sum(len(piece.text) for piece in row) > _LONGEST_LINE:
        return None
    row = [piece for piece in row if not (piece.group and piece.text.strip().isdigit())]
    first = next((i for i, piece in enumerate(row) if begins(piece)), None)
    if first is None:
        return None
    found = _quoted(row) or _strong(row, first)
    if not found:
        bare = not row[first].group
        found = _introduced(row, first) or _run(row, first) if bare else _bracketed(row, first)
    return found and found._replace(ahead=tuple(row[:first]))


def _quoted(row: Sequence[Piece]) -> Titled | None:
    """Find a title in quotation marks, linked or not, behind nothing or the authors."""
    plain = text_of(row)
    match = _QUOTED.search(plain)
    if not match or count_words(match[0]) < 2 or _GOES_ON.match(plain[match.end() :]):
        return None
    before = without_number(plain[: match.start()])
    if not _may_stand_before(before):
        return None
    linked = next((p for p in _cut(row, match.start(), match.end()) if p.link), None)
    whole = linked and count_words(linked.text) >= LONGEST_NAME
    title = linked.text if linked and whole else match[1] or match[2]
    after = _cut(row, match.end(), len(plain))
    name = _short_name(before) if _NAMES.fullmatch(before) else ""
    return Titled(clean_title(title), name, linked, (), before, after, marked=True)


def _short_name(before: str) -> str:
    """Take a short text before a title as the name of what it is about."""
    name = without_emoji(before).strip(" :-–—*|.,()")
    return name if 0 < count_words(name) <= LONGEST_NAME else ""


def _cut(row: Iterable[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """Return what stands between two places of a line's text; a link stays whole."""
    found = []
    position = 0
    for piece in row:
        behind = position + len(piece.text)
        if behind > start and position < end:
            part = piece.text[max(0, start - position) : end - position]
            found.append(piece if piece.link else replace(piece, text=part))
        position = behind
    return tuple(found)


def _strong(row: Sequence[Piece], first: int) -> Titled | None:
    """Find a title that is a link or bold, behind nothing, a short name or the authors."""
    for index in range(first, len(row)):
        before = without_number(text_of(row[first:index]))
        if _is_strong(row[index], before):
            return _strong_at(row, index, before) if _may_stand_before(before) else None
    return None


def _strong_at(row: Sequence[Piece], index: int, before: str) -> Titled:
    piece, end = row[index], index + 1
    while end < len(row) and _belongs(row[end], piece):
        end += 1
    name = _short_name(before)
    name = "" if are_authors(name) else name
    linked = next((p for p in row[index:end] if p.link), None)
    marked = row[end - 1].bold == piece.bold
    title = clean_title(text_of(row[index:end]))
    if not before and (found := behind_name(title, linked, row[end:])):
        return found
    return Titled(title, name, linked, (), before, tuple(row[end:]), marked)


def _is_strong(piece: Piece, before: str) -> bool:
    """Tell whether a piece alone looks like a title; italics do so only behind the authors."""
    if not begins(piece) or (piece.group and not piece.link):
        return False
    words = count_words(piece.text)
    if piece.link:
        return words >= LONG or (not before and words > 0)
    return words >= LONG and (piece.bold or (piece.italic and are_authors(before)))


def _may_stand_before(text: str) -> bool:
    """Tell whether a text before a title is short, or names its authors."""
    return (
        count_words(text) <= LONGEST_NAME
        or are_authors(text)
        or bool(leading_names(text)[0].strip())
    )


def _belongs(piece: Piece, title: Piece) -> bool:
    """Tell whether a piece belongs to the title that the piece before it began."""
    if piece.group or (piece.link and is_label(piece)):
        return False
    alike = (piece.bold, piece.italic) == (title.bold, title.italic)
    if title.link:
        return alike and bool(piece.link) and piece.link.url == title.link.url  # type: ignore[union-attr]
    return alike or bool(_GOES_ON.match(without_emoji(piece.text)))


def _bracketed(row: Sequence[Piece], first: int) -> Titled | None:
    """Take a text in brackets as the title, at the beginning of a line with links."""
    if any(piece.group for piece in row[:first]) or not any(piece.link for piece in row):
        return None
    same = [piece for piece in row[first:] if piece.group == row[first].group]
    linked = next((piece for piece in same if piece.link), None)
    after = tuple(row[first + len(same) :])
    return Titled(clean_title(text_of(same)), "", linked, (), "", after, marked=True)


def _introduced(row: Sequence[Piece], first: int) -> Titled | None:
    """Take a link as the title that words only lead up to: `A good introduction: [title](url)`."""
    end = next((i for i, p in enumerate(row) if i > first and (p.group or p.link)), len(row))
    before = text_of(row[first:end])
    if end == len(row) or any(piece.bold for piece in row[first:end]):
        return None
    if not is_titled(row[end], sure=before.rstrip().endswith(":")):
        return None
    return linked_title(row, end, "")


def _run(row: Sequence[Piece], first: int) -> Titled | None:
    """Take the text up to the first link, bracket or end as the title."""
    end = first + 1
    while end < len(row) and not row[end].group and not row[end].link:
        end += 1
    bold = row[first].bold
    behind = text_of(row[first + 1 : end])
    apart = behind_parentheses(row, first, end)
    if bold and not apart and not _GOES_ON.match(behind):
        apart = behind_name(clean_title(row[first].text), None, row[first + 1 :])
    if apart:
        return apart
    if bold and _STOPS.match(behind):
        title = clean_title(row[first].text)
        return Titled(title, "", None, (), "", tuple(row[first + 1 :]), marked=True)
    title = clean_title(text_of(row[first:end]))
    named = bold and (behind.lstrip()[:1] in ":-–—" or behind.lstrip()[:1].isupper())
    name = clean_title(row[first].text) if named else ""
    return Titled(title, name, None, (), "", tuple(row[end:])) if title else None
