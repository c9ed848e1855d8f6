"""What a title looks like, and what is called one by mistake: labels, venues, marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from papertrack.readme.adopt.appeared import is_venue, states
from papertrack.readme.adopt.labels import link_role, says_only_link
from papertrack.readme.adopt.links import leads_to
from papertrack.readme.adopt.people import are_authors
from papertrack.readme.adopt.pieces import Piece, without_emoji

_NUMBER = re.compile(r"\s*(?:(?:\(?\d{1,4}[.)]|#\d+)\s)?[\s\-–—•·*>|:]*")
_WORD = re.compile(r"\w[\w'’-]*")
LONG = 4
"""Words that make a linked, bold or quoted text a title without further signs."""
LONGEST_NAME = 3
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


def words_of(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """Count the words of a text."""
    return len(words_of(text))


def clean_title(text: str) -> str:
    """Take off what stands around a title: numbers, pictographs, quotes, the last full stop."""
    bare = without_number(without_emoji(text)).strip("* ").rstrip(" ,;|·•([")
    while bare.endswith((".", ",", ":")) and not bare.endswith("..."):
        bare = bare[:-1].rstrip("* ")
    inside = bare.strip('"“”„')
    return bare if re.search(r'["“”„]', inside) else inside.rstrip(" ,.")


def without_number(text: str) -> str:
    """Take off the number that a line begins with, and the marks around it."""
    match = _NUMBER.match(text)
    return text[match.end() :] if match else text


def begins(piece: Piece) -> bool:
    """Tell whether a piece may begin a title: it is no venue, no label, no mark."""
    text = without_emoji(piece.label).strip(" :-–—*|.,()[]#>")
    if not any(map(str.isalpha, text)):
        return False
    if piece.link:
        return not piece.link.url.startswith("#") and not is_label(piece)
    if piece.group:
        return count_words(text) >= LONG and not states(text, enclosed=True)
    return not link_role(text)


def is_label(piece: Piece) -> bool:
    """Tell whether the text of a link says what it leads to."""
    label = without_emoji(piece.label)
    if "://" in label or says_only_link(label):
        return True
    short = count_words(label) <= _LONGEST_LABEL
    if short and link_role(label, bracketed=bool(piece.group)):
        return True
    found = states(label, enclosed=True)
    return bool(found and (count_words(label) <= _LONGEST_PLACE or is_venue(found.venue)))


def is_titled(piece: Piece, *, sure: bool) -> bool:
    """Tell whether a link behind other words is a title; where that is not sure, a paper's own."""
    if not piece.link or piece.group or not begins(piece) or are_authors(piece.label):
        return False
    if count_words(piece.text) < LONG:
        return False
    return sure or (
        leads_to(piece.link.url) == "paper" and not link_role(piece.label, bracketed=True)
    )


def text_of(row: Iterable[Piece]) -> str:
    """Join the texts of pieces."""
    return "".join(piece.text for piece in row)
