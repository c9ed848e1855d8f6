"""Titles that nothing marks: what else stands in the same run of text is parted from them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from papertrack.readme.adopt import appeared
from papertrack.readme.adopt.appeared import Appeared
from papertrack.readme.adopt.likeness import clean_title, count_words
from papertrack.readme.adopt.people import are_authors, are_cited, leading_names, split_names
from papertrack.readme.adopt.sentences import read_sentence

_LEAD = re.compile(r"(.{4,40}?)(\s+[-–—|]\s+|\s*[|:]\s+)(?=\S)")
_YEAR_WITHIN = re.compile(r"\s*\(((?:19|20)\d\d)[a-z]?\)[.,:]*\s+(?=\S)")
_YEAR_BEHIND = re.compile(r"(?:[.,]\s*|\s|(?<=[?!])\s*)\(?((?:19|20)\d\d)\)?$")
_PARENTHESIS = re.compile(r"\s*\(([^()]{2,60})\)$")
_ET_AL = re.compile(r"\bet\.? al\b\.?")
_VENUE_BEHIND = re.compile(r"[.,]\s+([^.,]{2,50}?),?\s*((?:19|20)\d\d)$")
_LAST_SEGMENTS = (re.compile(r",\s+([^,]+)$"), re.compile(r"\.\s+([^,.]+)$"))
"""What stands behind the last comma, or the last full stop."""
_IS_ID = re.compile(r"arxiv\s?:|10\.\d{4}", re.IGNORECASE)
_ID_BEHIND = re.compile(
    r"(?<!\w)arxiv(?: preprint)?(?: arxiv)?\s?:?\s?\d{4}\.\d{4,5}(?:v\d+)?"
    r"(?:,?\s\(?(?P<year>(?:19|20)\d\d))?[\s.,;)]*$"
    r"|(?<!\w)(?:doi\s?:?\s?)?10\.\d{4,9}/\S+\s*$"
    r"|[.,;(]\s*doi\s?:?\s*$",
    re.IGNORECASE,
)
"""The identifier that a citation ends with, or the word before one that is a link."""
_LEAST_WORDS = 3
"""Fewest words of a title that follows the authors."""


@dataclass(frozen=True)
class Run:
    """A title, and what has been parted from it."""

    title: str
    authors: tuple[str, ...] = ()
    places: tuple[Appeared, ...] = ()


def part_run(title: str, authors: tuple[str, ...] = ()) -> Run:
    """Part venue, year, authors and identifier from a title."""
    run = Run(title, authors)
    for split in _SPLITS:
        run = split(run)
    return run


def part_year(title: str) -> Run:
    """Part a year from the end of a title."""
    match = _YEAR_BEHIND.search(title)
    if not match:
        return Run(title)
    return Run(clean_title(title[: match.start()]), (), (Appeared("", int(match[1])),))


def _at_id(run: Run) -> Run:
    """Part `Title. arXiv:2001.01234`; the identifier itself is read where all of them are."""
    match = _ID_BEHIND.search(run.title)
    title = clean_title(run.title[: match.start()]) if match else ""
    if not match or not title:
        return run
    places = (Appeared("", int(match["year"])),) if match["year"] else ()
    return replace(run, title=title, places=(*run.places, *places))


def _at_lead(run: Run) -> Run:
    """Part `2017-ICLR - Title`; behind a colon only a venue that is surely one."""
    match = _LEAD.match(run.title)
    found = appeared.states(match[1]) if match else None
    if not match or not found or not found.year:
        return run
    if ":" in match[2] and not appeared.is_venue(found.venue):
        return run
    return replace(run, title=run.title[match.end() :], places=(*run.places, found))


def _at_year(run: Run) -> Run:
    """Part `Title (2015), O. Vinyals et al.` and `Vinyals, O. (2015). Title`."""
    match = _YEAR_WITHIN.search(run.title)
    if not match:
        return run
    before, behind = run.title[: match.start()], run.title[match.end() :]
    dated = replace(run, places=(*run.places, Appeared("", int(match[1]))))
    named = are_authors(before) or leading_names(before)[1] == len(before)
    followed = are_authors(leading_names(behind)[0])
    if named and not followed and count_words(behind) >= _LEAST_WORDS:
        title, _, rest = behind.partition(". ")
        found = _behind(replace(dated, authors=split_names(before)), rest)
        return replace(found, title=clean_title(title))
    if count_words(before) < 2:
        return run
    return replace(_behind(dated, behind), title=clean_title(before))


def _at_dash(run: Run) -> Run:
    """Part `Title - A. Vaswani and B. Chen, IEEE TMI 2018` at the last dash."""
    title, dash, behind = run.title.rpartition(" - ")
    if not dash or not (appeared.states(behind) or leading_names(behind)[0].strip()):
        return run
    return replace(_behind(run, behind), title=title)


def _at_authors(run: Run) -> Run:
    """Part a citation without any marks: `N. Wang, D. Yeung, Title, NIPS, 2013`."""
    ahead, length = leading_names(run.title)
    rest = run.title[length:].strip(" ,.:")
    if run.authors or not are_cited(ahead) or count_words(rest) < _LEAST_WORDS:
        return run
    title, behind = _without_places(rest)
    found = _behind(replace(run, authors=split_names(ahead)), behind)
    return replace(found, title=clean_title(title))


def _without_places(text: str) -> tuple[str, str]:
    """Part the venue, the year and the identifier from the end of a citation."""
    behind = ""
    while match := next(filter(_is_place, (s.search(text) for s in _LAST_SEGMENTS)), None):
        text, behind = text[: match.start()], f"{match[1]}, {behind}"
    return text, behind


def _is_place(match: re.Match[str] | None) -> bool:
    return bool(match and (appeared.states(match[1]) or _IS_ID.match(match[1])))


def _at_parenthesis(run: Run) -> Run:
    """Part `Title (MICCAI 2015)`."""
    match = _PARENTHESIS.search(run.title)
    found = appeared.states(match[1]) if match else None
    if not match or not found or not found.year:
        return run
    return replace(run, title=run.title[: match.start()], places=(*run.places, found))


def _at_et_al(run: Run) -> Run:
    """Part `Title, Ronneberger et al., MICCAI 2015` before the name."""
    match = _ET_AL.search(run.title)
    if not match:
        return run
    head = run.title[: match.start()]
    cut = max(head.rfind(mark) for mark in (". ", ", ", " - "))
    if cut <= 0 or count_words(head[:cut]) < 2:
        return run
    return replace(_behind(run, run.title[cut:]), title=clean_title(head[:cut]))


def _at_venue(run: Run) -> Run:
    """Part `Title. IEEE TMI, 2018`."""
    match = _VENUE_BEHIND.search(run.title)
    if not match or not appeared.is_venue(match[1]):
        return run
    place = Appeared(match[1].strip(), int(match[2]))
    return replace(run, title=clean_title(run.title[: match.start()]), places=(*run.places, place))


_SPLITS: tuple[Callable[[Run], Run], ...] = (
    _at_id,
    _at_lead,
    _at_year,
    _at_dash,
    _at_authors,
    _at_parenthesis,
    _at_et_al,
    _at_venue,
)


def _behind(run: Run, text: str) -> Run:
    """Read what stands behind the title."""
    said = read_sentence(text, authors=not run.authors)
    return replace(run, authors=run.authors or said.authors, places=(*run.places, *said.places))
