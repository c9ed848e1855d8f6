"""Where and when: venue, year and remark out of what a list prints for them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from papertrack import venues
from papertrack.model import UNCONFIRMED
from papertrack.text import fold

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?<!\d)((?:19|20)\d\d)(?!\d|s\b|\.\d{3})"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_GAP = r"[\s.,-]{0,3}"
_DATE = re.compile(
    rf"\b{_DAY}{_GAP}{_MONTH}{_GAP}{_YEAR}"
    rf"|\b{_MONTH}{_GAP}{_DAY}[\s.,-]{{1,3}}{_YEAR}"
    rf"|\b{_MONTH}{_GAP}{_YEAR}"
    rf"|{_YEAR}{_GAP}{_MONTH}\b(?:{_GAP}{_DAY}\b)?"
    rf"|{_YEAR}[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?(?!\d)"
    rf"|{_YEAR}",
    re.IGNORECASE,
)
"""Dates with a full year; the only group that matches is the year."""
_SHORT_YEAR = re.compile(
    r"(?<=[A-Za-z ])['’`]\s?([0-3]\d)(?!\d)|(?<=[A-Z]{3})[- ]?([0-2]\d)(?![\d.])"
    r"|(?<=[Xx]iv)[- ]?([0-2]\d)(?![\d.])"
)
"""`CVPR'21`, `CVPR21`."""

_AFFILIATION = re.compile(r"[\s.,]*\([^()]*(?:\([^()]*\)[^()]*)*\)?[\s.,]*")
"""Where the authors work, behind the year: `CVPR, 2023 (Tencent)`."""

_ARXIV_ID = re.compile(
    r"arxiv(?: preprint)?(?: arxiv)?\s?:?\s?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE
)
_LABEL = re.compile(r"^(?:paper|pdf)[\s:-]+(?=\w)", re.IGNORECASE)
_REMARK = (
    r"(oral|spotlight|highlight|poster|best paper(?: award)?(?: (?:finalist|candidate|nominee))?"
    r"|award(?: candidate)?|honorable mention|best student paper|notable[ -]top[ -]\d+%"
    rf"|{UNCONFIRMED})s?"
)
_REMARKS = re.compile(
    rf"^[\s(\[]*{_REMARK}\b[\s,:)\]]*"
    rf"|[\s,;(\[/–-]*\b{_REMARK}(?: (?:paper|presentation))?[)\]\s.]*$",
    re.IGNORECASE,
)
"""How a paper was presented, before or behind everything else, or that the venue is not sure."""

_VENUE_WORDS = frozenset(
    "arxiv arvix biorxiv medrxiv techrxiv ssrn preprint preprints conference conf journal trans "
    "transactions proceedings proc workshop workshops symposium ieee acm springer lancet letters "
    "lett lncs nips neurips miccai openreview annals int acta congress meeting association".split()
)
"""Words that only stand in the name of a venue."""
_FIRST_WORDS = frozenset(
    "nature science cell frontiers radiology neurocomputing bioinformatics sensors medical pattern "
    "neural plos npj nat sci expert computers knowledge magnetic neuroimage elife pnas jama bmj "
    "artificial information machine biomedical computerized communications scientific".split()
)
"""Words with which the names of journals begin, and other texts too."""
_GOES_ON = re.compile(r"[:?!]\s|(?:,|\s[-–—])\s[a-z]|^[^(]*\)\s")
"""What no name of a venue holds."""
_PROSE_WORDS = re.compile(r"\b(?:for|with|using|via|by|from|towards?|the|a|an)\b", re.IGNORECASE)
_LONG_NAMES = re.compile(r"proceedings|conf|international|transactions|symposium|journal|workshop")
_LONGEST = 14
"""Most words of a venue; of one between brackets or with a year, and of any other."""
_LONGEST_SHORT = 6


class Appeared(NamedTuple):
    """What a text says of the place and time where a paper appeared."""

    venue: str = ""
    year: int | None = None
    remark: str = ""
    """`oral`, `spotlight`, `unconfirmed`."""


@lru_cache(maxsize=16_384)
def read(text: str) -> Appeared:
    """Split a printed venue into its name, the year and how the paper was presented."""
    parts = re.split(r"\s*[,;/]\s*", text)
    if len(parts) > 1 and all(re.search(rf"[A-Za-z].*{_YEAR}", part) for part in parts):
        return read(parts[0])  # two places: the first one counts
    name, remark = _without_remark(_ARXIV_ID.sub("arXiv", _LABEL.sub("", text)))
    name, year = _without_year(name)
    name, later = _without_remark(_tidy(name))
    return Appeared(_tidy(name), year, remark or later)


def _without_remark(text: str) -> tuple[str, str]:
    match = _REMARKS.search(text)
    if not match:
        return text, ""
    return text[: match.start()] + text[match.end() :], (match[1] or match[2]).lower()


def _without_year(text: str) -> tuple[str, int | None]:
    """Take every date off a text; the first one counts."""
    dates = [*_DATE.finditer(text)] or [*_SHORT_YEAR.finditer(text)]
    if not dates:
        return text, None
    year = int(next(filter(None, dates[0].groups())))
    before = _tidy(text[: dates[0].start()])
    if _AFFILIATION.fullmatch(text, dates[-1].end()) and (
        is_venue(before) or _may_be_venue(before)
    ):
        text = text[: dates[-1].end()]
    for match in reversed(dates):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return text, year if year > 99 else 2000 + year


def _tidy(name: str) -> str:
    """Take off what is left around a name once the year is gone."""
    name = re.sub(r"\(\s*[,;]?\s*\)|\[\s*\]", " ", name)
    name = (
        re.sub(r"\s(?:on|in|at)$", "", " ".join(name.split()))
        .strip(" ,;:.|-–—_*/'`’[]")
        .replace(" ,", ",")
        .replace(" .", ".")
        .replace(" )", ")")
    )
    if name.count("(") != name.count(")") or re.fullmatch(r"\([^()]*\)", name):
        name = name.strip("() ")
    return name


def is_venue(name: str) -> bool:
    """Tell whether a text without a year is surely the name of a venue."""
    words = _words(name)
    if not words or len(words) > _LONGEST or _GOES_ON.search(name):
        return False
    if any(fold(word) in _VENUE_WORDS for word in words):
        return len(words) <= _LONGEST_SHORT or bool(_LONG_NAMES.search(fold(name)))
    return len(words) <= _LONGEST_SHORT and _is_known(name)


@lru_cache(maxsize=4_096)
def _is_known(name: str) -> bool:
    """Tell whether a name is one that the project has a short name for, or is that short name."""
    if _PROSE_WORDS.search(name):
        return False
    plain = fold(name)
    found = venues.normalise(plain)
    return bool(found and found.name != plain.strip(" ,'.-"))


def _may_be_venue(name: str) -> bool:
    """Tell whether a name that a year stands beside looks like that of a venue."""
    words = _words(name)
    if not words or len(words) > _LONGEST_SHORT or _GOES_ON.search(name):
        return False
    if begins_like_venue(name):
        return True
    return (
        all(w[0].isupper() or len(w) < 4 for w in words if w[0].isalpha()) and words[0][0].isupper()
    )


def _words(name: str) -> list[str]:
    return re.findall(r"\w[\w&'’-]*", name)


def begins_like_venue(name: str) -> bool:
    """Tell whether a text begins with an acronym or as names of journals do."""
    words = _words(name)
    return bool(words) and (is_acronym(words[0]) or fold(words[0]) in _FIRST_WORDS)


def is_acronym(word: str) -> bool:
    """Tell `CVPR`, `MedIA` and `IEEE-TMI` from other words."""
    capitals = sum(char.isupper() for char in word)
    return capitals >= 2 and len(word) <= 12 and 2 * capitals >= len(word)


def states(text: str, *, enclosed: bool = False) -> Appeared | None:
    """Read a text that is a venue, a year or both from end to end; None for any other text.

    Between brackets a year is enough: whatever else stands there is the venue.
    """
    if len(text) > 200 or "://" in text or not any(map(str.isalnum, text)):
        return None
    found = read(text)
    if not found.venue:
        return found if found.year or found.remark else None
    if is_venue(found.venue):
        return found
    if not found.year or len(found.venue.split()) > 10:
        return None
    named = enclosed and not _PROSE_WORDS.search(found.venue)
    return found if named or _may_be_venue(found.venue) else None
