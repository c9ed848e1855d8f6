"""Which of the pieces of a line are the title of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from papertrack.readme.adopt.appeared import is_venue, states
from papertrack.readme.adopt.labels import link_role, says_only_link
from papertrack.readme.adopt.people import are_authors, leading_names
from papertrack.readme.adopt.pieces import Piece, without_emoji

_QUOTED = re.compile(r"[“\"]([^“”\"]{8,400})[”\"]|``(.{8,400}?)''")
_NUMBER = re.compile(r"\s*(?:(?:\(?\d{1,4}[.)]|#\d+)\s)?[\s\-–—•·*>|:]*")
_NAMES = re.compile(r"(?:(?!\bet\.? al\b)[^,;&])*:\s*")
"""What names a quoted title: `**DETR**: "..."`; before a colon stand no authors."""
_GOES_ON = re.compile(r"\s*:\s*\w")
"""What follows a name that is only the beginning of a title."""
_STOPS = re.compile(r"\s*(?:[,.|;(]|[-–—] |$)")
"""What follows a title that is one short bold text."""
_WORD = re.compile(r"\w[\w'’-]*")
_LONG = 4
"""Words that make a linked, bold or quoted text a title without further signs."""
_LONGEST_LINE = 10_000
"""Most characters of a line with a title in it; one with a thousand authors has as many."""
_LONGEST_NAME = 3
"""Most words of a short name before a title."""
_LONGEST_LABEL = 6
"""Most words of a link that say what it leads to."""
_LONGEST_PLACE = 5
"""Most words of a venue that nothing but a year shows to be one."""


class Titled(NamedTuple):
    """A title, a name printed apart from it, and what stands around it in its line."""

    title: str
    name: str = ""
    piece: Piece | None = None
    """The link that the title is."""
    ahead: tuple[Piece, ...] = ()
    """Pieces before it that are no content: a venue in brackets, a badge."""
    before: str = ""
    """Text before it: the authors, or the name."""
    after: tuple[Piece, ...] = ()
    marked: bool = False
    """Whether a link, quotes or bold type show where the title ends."""


def find_title(row: Sequence[Piece]) -> Titled | None:
    """Find the title in a line, if it has one."""
    if sum(len(piece.text) for piece in row) > _LONGEST_LINE:
        return None
    row = [piece for piece in row if not (piece.group and piece.text.strip().isdigit())]
    first = next((i for i, piece in enumerate(row) if _begins(piece)), None)
    if first is None:
        return None
    found = _quoted(row) or _strong(row, first)
    if not found:
        found = _bracketed(row, first) if row[first].group else _run(row, first)
    return found and found._replace(ahead=tuple(row[:first]))


def count_words(text: str) -> int:
    """Count the words of a text."""
    return len(_WORD.findall(text))


def clean_title(text: str) -> str:
    """Take off what stands around a title: numbers, pictographs, quotes, the last full stop."""
    bare = _without_number(without_emoji(text)).strip("* ").rstrip(" ,;|·•([")
    while bare.endswith((".", ",", ":")) and not bare.endswith("..."):
        bare = bare[:-1].rstrip("* ")
    inside = bare.strip('"“”„')
    return bare if re.search(r'["“”„]', inside) else inside.rstrip(" ,.")


def _without_number(text: str) -> str:
    match = _NUMBER.match(text)
    return text[match.end() :] if match else text


def _begins(piece: Piece) -> bool:
    """Tell whether a piece may begin a title: it is no venue, no label, no mark."""
    text = without_emoji(piece.label).strip(" :-–—*|.,()[]#>")
    if not any(map(str.isalpha, text)):
        return False
    if piece.link:
        return not piece.link.url.startswith("#") and not _is_label(piece)
    if piece.group:
        return count_words(text) >= _LONG and not states(text, enclosed=True)
    return not link_role(text)


def _is_label(piece: Piece) -> bool:
    """Tell whether the text of a link says what it leads to."""
    label = without_emoji(piece.label)
    if "://" in label or says_only_link(label):
        return True
    short = count_words(label) <= _LONGEST_LABEL
    if short and link_role(label, bracketed=bool(piece.group)):
        return True
    found = states(label, enclosed=True)
    return bool(found and (count_words(label) <= _LONGEST_PLACE or is_venue(found.venue)))


def _quoted(row: Sequence[Piece]) -> Titled | None:
    """Find a title in quotation marks, linked or not, behind nothing or the authors."""
    plain = _text(row)
    match = _QUOTED.search(plain)
    if not match or count_words(match[0]) < 2 or _GOES_ON.match(plain[match.end() :]):
        return None
    before = _without_number(plain[: match.start()])
    if not _may_stand_before(before):
        return None
    linked = next((p for p in _cut(row, match.start(), match.end()) if p.link), None)
    whole = linked and count_words(linked.text) >= _LONGEST_NAME
    title = linked.text if linked and whole else match[1] or match[2]
    after = _cut(row, match.end(), len(plain))
    name = _short_name(before) if _NAMES.fullmatch(before) else ""
    return Titled(clean_title(title), name, linked, (), before, after, marked=True)


def _short_name(before: str) -> str:
    """Take a short text before a title as the name of what it is about."""
    name = without_emoji(before).strip(" :-–—*|.,()")
    return name if 0 < count_words(name) <= _LONGEST_NAME else ""


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
        before = _without_number(_text(row[first:index]))
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
    title = clean_title(_text(row[index:end]))
    return Titled(title, name, linked, (), before, tuple(row[end:]), marked)


def _is_strong(piece: Piece, before: str) -> bool:
    """Tell whether a piece alone looks like a title; italics do so only behind the authors."""
    if not _begins(piece) or (piece.group and not piece.link):
        return False
    words = count_words(piece.text)
    if piece.link:
        return words >= _LONG or (not before and words > 0)
    return words >= _LONG and (piece.bold or (piece.italic and are_authors(before)))


def _may_stand_before(text: str) -> bool:
    """Tell whether a text before a title is short, or names its authors."""
    return (
        count_words(text) <= _LONGEST_NAME
        or are_authors(text)
        or bool(leading_names(text)[0].strip())
    )


def _belongs(piece: Piece, title: Piece) -> bool:
    """Tell whether a piece belongs to the title that the piece before it began."""
    if piece.group or (piece.link and _is_label(piece)):
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
    return Titled(clean_title(_text(same)), "", linked, (), "", after, marked=True)


def _run(row: Sequence[Piece], first: int) -> Titled | None:
    """Take the text up to the first link, bracket or end as the title."""
    end = first + 1
    while end < len(row) and not row[end].group and not row[end].link:
        end += 1
    bold = row[first].bold
    behind = _text(row[first + 1 : end])
    if bold and _STOPS.match(behind):
        title = clean_title(row[first].text)
        return Titled(title, "", None, (), "", tuple(row[first + 1 :]), marked=True)
    title = clean_title(_text(row[first:end]))
    named = bold and (behind.lstrip()[:1] in ":-–—" or behind.lstrip()[:1].isupper())
    name = clean_title(row[first].text) if named else ""
    return Titled(title, name, None, (), "", tuple(row[end:])) if title else None


def _text(row: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in row)
