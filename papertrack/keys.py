"""Citation keys: made once, never changed, and safe as file names everywhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import accumulate, count

from papertrack.text import slug, words

KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
"""What a key may be; a file with another name is no paper."""

_STOP_WORDS = frozenset(
    words(
        "a an and are as at by can do for from how in into is it of on or than that the their to "
        "toward towards under using via what when where why with"
    )
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
"""Names that Windows keeps for devices, whatever the extension."""


@lru_cache(maxsize=65_536)
def surname(author: str) -> str:
    """Return the folded surname of a name written `First Last` or `Last, First`.

    A suffix (`Jr.`) may stand behind either, with a comma or without.
    """
    return "".join(words(_parted(author)[1]))


def initial(author: str) -> str:
    """Return the folded first letter of the given names; empty where there is a surname alone."""
    return "".join(words(_parted(author)[0]))[:1]


def _parted(author: str) -> tuple[str, str]:
    """Part a name into given names and surname, without a suffix."""
    said = filter(str.strip, author.split(","))
    last, *first = [part for part in said if slug(part) not in _SUFFIXES] or [""]
    if first:
        return first[0], last
    parts = [part for part in last.split() if slug(part) not in _SUFFIXES] or [""]
    return " ".join(parts[:-1]), parts[-1]


def citation_key(
    title: str, authors: Sequence[str], year: int | None, taken: Collection[str]
) -> str:
    """Make the key of a paper: surname, year, first telling word of the title.

    A key that is taken, or kept by Windows for a device, gets the next words of the title, and
    numbers when those run out.
    """
    author = slug(surname(authors[0])).replace("-", "") if authors else ""
    joined = (slug(word).replace("-", "") for word in title.split())
    telling = [word for word in joined if word and word not in _STOP_WORDS] or ["paper"]
    stem = f"{author}{year or ''}"
    for told in accumulate(telling):
        key = (stem + told)[:80]
        if is_key(key) and key not in taken:
            return key
    numbered = (f"{(stem + telling[0])[:74]}-{number}" for number in count(2))
    return next(key for key in numbered if key not in taken)


def is_key(name: str) -> bool:
    """Tell whether a name can be a key."""
    return KEY.fullmatch(name) is not None and name not in _DEVICES
