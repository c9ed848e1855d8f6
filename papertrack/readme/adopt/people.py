"""Names of authors in running text."""

from __future__ import annotations

import re

from papertrack import names
from papertrack.readme.adopt.appeared import is_venue
from papertrack.text import fold

_PARTICLES = frozenset(
    "de da di del della der den van von zu zur la le du dos das bin ibn al el ten ter y e".split()
)
_ET_AL = re.compile(r",?\s*(?:\bet\.?\s*al\b\.?|\band others\b|\bet\.?al\.?|等)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;](?:\s*(?:and|&)\s)?\s*|\s+and\s+|\s*&\s*")
_SEGMENT_END = re.compile(r"[,;.|](?=\s|$)| [-–—] |$")
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]$")
"""A letter whose full stop ends no sentence."""
_LONGEST = 6
"""Most words of a name."""
_LONGEST_ALONE = 4
"""Most capital words of a name that stands alone, where a title could be meant."""
_LONGEST_LIST = 10_000
"""Most characters of a list of authors."""
_DOT = re.compile(r"\s+[·•]\s+|[、，]")
_FOOTNOTE = re.compile(r"[*†‡§#∗¹²³⁴⁵]|\^\d+|(?<=[a-z])\d\b")


def is_name(text: str) -> bool:
    """Tell whether a text may be the name of a person."""
    tokens = text.replace("*", "").strip().split()
    if not 1 <= len(tokens) <= _LONGEST or any(map(str.isdigit, text)):
        return False
    if re.search(r"[:?!/\"“”()\[\]]|--|\s[-–—]\s", text):
        return False
    capital = [t for t in tokens if t[:1].isupper()]
    if any(not t[:1].isupper() and fold(t.strip("'’")) not in _PARTICLES for t in tokens):
        return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", text))
    return bool(capital)


def is_full_name(text: str) -> bool:
    """Tell whether a text is a name of two words or more, and no venue."""
    return is_name(text) and len(text.split()) > 1 and not is_venue(text)


def split_names(text: str) -> tuple[str, ...]:
    """Split a list of names; `names.OTHERS` stands behind those of a list that is not complete."""
    people = _split(text)
    return (*people, names.OTHERS) if people and _ET_AL.search(text) else people


def _split(text: str) -> tuple[str, ...]:
    """Split a list of names; footnote marks go, and so does `et al.`."""
    plain = _ET_AL.sub("", _FOOTNOTE.sub("", _DOT.sub(",", text)))
    people = names.tidy(_BETWEEN.split(plain))
    if any(" " not in name for name in people):  # perhaps `Ronneberger, Olaf, and Fischer, Philipp`
        people = names.split(plain)
    return tuple(re.sub(r"(?<=\w{3})\.$", "", name) for name in people)


def leading_names(text: str) -> tuple[str, int]:
    """Return the names that a text begins with, and how long that part is."""
    if len(text) > _LONGEST_LIST:
        return "", 0
    others = _ET_AL.search(text)
    if others and all(map(is_name, filter(None, _BETWEEN.split(text[: others.start()].strip())))):
        return text[: others.end()], others.end()
    end = 0
    for match in _SEGMENT_END.finditer(text):
        part = text[end : match.start()].strip(" ,;.|-–—")
        if part and (is_venue(part) or not all(map(is_name, _people(part)))):
            break
        end = match.start()
        if match[0][:1] in (".", "|") and not _INITIAL.search(text, max(0, end - 3), end):
            break
    return text[:end], end


def _people(part: str) -> list[str]:
    return [name for name in re.split(r"(?:^|\s)(?:and|&)\s", part) if name.strip()]


def are_authors(text: str) -> bool:
    """Tell whether a text is nothing but names of people."""
    bare = text.strip(" .,;")
    if not bare or len(bare) > _LONGEST_LIST:
        return False
    if _ET_AL.search(bare):
        return leading_names(bare)[1] >= len(bare) - 1
    people = _split(bare)
    if any(len(name.split()) > _LONGEST for name in people):
        return False
    if any(char.isdigit() for name in people for char in name):
        return False
    good = sum(is_name(name) and not is_venue(name) for name in people)
    if len(people) == 2 and re.search(r"\s(?:and|&)\s", bare):
        return good == 2
    if len(people) == 1:
        tokens = people[0].split()
        return is_full_name(people[0]) and sum(t[0].isupper() for t in tokens) <= _LONGEST_ALONE
    full = sum(len(name.split()) > 1 for name in people)
    return bool(people) and good >= 0.75 * len(people) and full >= 0.5 * len(people)


def are_cited(text: str) -> bool:
    """Tell whether a text is the list of authors that begins a citation: two names or more."""
    people = _split(text)
    if not are_authors(text) or len(people) < 2:
        return False
    return len(people) > 2 or any(re.match(r"[A-Z]{1,2}[. ]", name) for name in people)


def is_list_of_names(text: str) -> bool:
    """Tell whether a text is a list of three names or more, and so hardly a title."""
    return text.count(",") > 1 and are_authors(text)
