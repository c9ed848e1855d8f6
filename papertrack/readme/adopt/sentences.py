"""Authors, venue and year in running text: behind a title, and at the end of a citation."""

from __future__ import annotations

import re
from typing import NamedTuple

from papertrack.readme.adopt import appeared
from papertrack.readme.adopt.appeared import Appeared
from papertrack.readme.adopt.people import are_authors, leading_names, split_names
from papertrack.readme.adopt.pieces import without_emoji
from papertrack.text import fold

AROUND = " ,;:|.-–—"
"""What stands between the facts of a sentence."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_FIRST = re.compile(r"\(((?:19|20)\d\d)\)[\s,.:]+(?=\S)")
_VOLUME = re.compile(
    r"(?:^|[\s,.])(?:vol|no|pp|vols)\.\s*[\dA-Z]|,\s*(?:volume|issue|pages?|article)\s+\d"
    r"|\s+\d+(?:\.\d+(?:-\d+)?)?\s*\(\d{4}\)",
    re.IGNORECASE,
)
"""Where volume, number and pages begin: `, vol. 32, no. 7`, ` 39.6 (2020)`."""
_SEPARATOR = re.compile(r"\s*(?:[,;|·•]|\.(?=\s|$)| [-–—] |^[-–—:])\s*")
_FULL_STOP = re.compile(r"(\S+)\.\s+(?=[^\W\d])")
_PUBLISHERS = frozenset({"IEEE", "ACM", "SPIE"})
"""Acronyms behind which the name of a venue goes on."""
_LONGEST = 10_000
"""Most characters of a sentence that is read."""
_MOST_WORDS_BEFORE_YEAR = 12
"""Most words of a venue that a comma parts from its year."""


class Said(NamedTuple):
    """What a sentence says of a paper."""

    authors: tuple[str, ...] = ()
    places: tuple[Appeared, ...] = ()


def read_sentence(text: str, *, authors: bool) -> Said:
    """Read authors, where they are still looked for, then venue and year."""
    rest = without_emoji(text).strip(AROUND)
    if not rest or len(rest) > _LONGEST:
        return Said()
    names: tuple[str, ...] = ()
    places: list[Appeared] = []
    if year := _YEAR_FIRST.match(rest):
        places.append(Appeared("", int(year[1])))
        rest = rest[year.end() :]
    if authors:
        listed, length = leading_names(rest)
        if are_authors(listed) and not appeared.states(listed):
            names = split_names(listed)
            rest = rest[length:].strip(AROUND)
    place = _cited(rest) or _stated(rest)
    return Said(names, (*places, place) if place else tuple(places))


def last_year(text: str) -> int | None:
    """Return the last year that a text names."""
    years = _YEAR.findall(text)
    return int(years[-1]) if years else None


def _cited(text: str) -> Appeared | None:
    """Read the end of a citation: `IEEE Trans. Med. Imaging, vol. 32, no. 7, 2013`."""
    match = _VOLUME.search(text)
    if not match:
        return None
    name = appeared.read(_without_in(text[: match.start()].strip(' ,.:*_"”'))).venue
    return Appeared(name if any(map(str.isalpha, name)) else "", last_year(text))


def _stated(text: str) -> Appeared | None:
    """Find venue and year among the parts of a sentence."""
    bare = _without_in(_unwrapped(text))
    if whole := appeared.states(_first_sentence(bare)):
        return whole
    segments = [segment for segment in _SEPARATOR.split(bare) if segment.strip()]
    for index, segment in enumerate(segments):
        if found := appeared.states(_unwrapped(segment)):
            return _completed(found, segments[:index], segments[index + 1 :])
    return None


def _first_sentence(text: str) -> str:
    """Cut a text behind a year or an acronym with a full stop; other words may be shortened."""
    for match in _FULL_STOP.finditer(text):
        word = match[1]
        named = appeared.is_acronym(word) or fold(word).endswith("xiv")
        if word[-1].isdigit() or (named and word not in _PUBLISHERS):
            return text[: match.end(1)]
    return text


def _completed(found: Appeared, before: list[str], behind: list[str]) -> Appeared:
    """Give a venue the year behind it, and a year the venue before it."""
    if found.venue and not found.year and behind:
        following = appeared.read(behind[0])
        return found._replace(year=None if following.venue else following.year)
    if found.year and not found.venue and 0 < len(before) <= 2:
        venue = ", ".join(before)
        if len(venue.split()) <= _MOST_WORDS_BEFORE_YEAR:
            return found._replace(venue=appeared.read(venue).venue)
    return found


def _unwrapped(text: str) -> str:
    """Take off the parentheses around a text."""
    bare = text.strip()
    return bare.removeprefix("(").removesuffix(")") if bare.startswith("(") else bare


def _without_in(text: str) -> str:
    return re.sub(r"^in:? ", "", text, flags=re.IGNORECASE)
