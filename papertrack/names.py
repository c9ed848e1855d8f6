"""Names of authors: `First Last` here, while most files write `Last, First`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from papertrack.text import LONGEST_TEXT, clean_line, words

OTHERS = "et al."
"""Stands behind the authors of a paper whose list is not complete; a citation says so too."""

_SUFFIX = re.compile(r"[JS]r\.?|II|III|IV", re.IGNORECASE)

_INITIALS = 4
"""Most letters of first names that are cut short: `O.`, `C. R.`, `J.-M.`, `CR`, `Th.`."""

_NO_PERSON = frozenset(
    words(
        "alliance collaboration committee consortium group initiative investigators network "
        "project society team"
    )
)
"""Words in the name of a group, which has no first name."""

_AND_OTHERS = re.compile(r"\bet\s+al\b\.?|\band\s+others\b|…|\.\.\.", re.IGNORECASE)


def is_group(name: str) -> bool:
    """Tell whether a name is that of a group and not of a person."""
    return not _NO_PERSON.isdisjoint(words(name))


def parts(name: str) -> tuple[str, str, str]:
    """Part a name into given names, surname with its particles, and suffix.

    The name of a group, what stands for others, and what cannot be parted, is all surname.
    """
    said = name.split()
    suffix = said.pop() if len(said) > 2 and _SUFFIX.fullmatch(said[-1]) else ""
    if len(said) < 2 or is_group(name) or name == OTHERS:
        return "", name, ""
    particles = (n for n, word in enumerate(said) if n and word[0].islower())
    start = min(next(particles, len(said) - 1), len(said) - 1)
    return " ".join(said[:start]), " ".join(said[start:]), suffix


def turn(name: str) -> str:
    """Make `Olaf Ronneberger` of `Ronneberger, Olaf`; a suffix may be the second or third part."""
    said = [part for part in map(clean_line, name.split(",")) if part]
    suffixes = [part for part in said[1:] if _SUFFIX.fullmatch(part)]
    others = [part for part in said if part not in suffixes]
    return " ".join([*reversed(others[:2]), *others[2:], *suffixes])


def split(text: str) -> tuple[str, ...]:
    """Read the authors in one cell, which people part with semicolons, `and`, or commas."""
    line = _AND_OTHERS.sub("", clean_line(text, limit=LONGEST_TEXT))
    if ";" in line:
        return tidy(map(turn, line.split(";")))
    pieces = re.split(r",? and |,? ?& ?", line)
    if len(pieces) > 1 and all(piece.count(",") == 1 for piece in pieces):
        return tidy(map(turn, pieces))
    names = [name.strip() for piece in pieces for name in piece.split(",") if name.strip()]
    if _are_turned(names):
        pairs = zip(names[::2], names[1::2], strict=True)
        return tidy(f"{given} {surname}" for surname, given in pairs)
    return tidy(names)


def tidy(names: Iterable[str]) -> tuple[str, ...]:
    """Clean names, and drop empty ones and the word that stands for more names in BibTeX."""
    cleaned = (clean_line(name).strip(" ,;") for name in names)
    return tuple(name for name in cleaned if name and name.casefold() != "others")


def _are_turned(names: Sequence[str]) -> bool:
    """Tell `Ronneberger, O., Fischer, P.` and `Ronneberger, Olaf` from a list of names."""
    if len(names) % 2:
        return False
    if len(names) == 2 and " " not in names[1] and (" " not in names[0] or names[0][0].islower()):
        return True
    return bool(names) and all(map(_is_cut_short, names[1::2]))


def _is_cut_short(name: str) -> bool:
    """Tell first names cut short from a whole name, which may be as short: `B. Li`, `李娜`."""
    pieces = re.findall(r"\w+\.?", name)
    letters = sum(map(str.isalpha, name))
    return 0 < letters <= _INITIALS and all(
        piece.isupper() or (piece.endswith(".") and len(piece) < _INITIALS) for piece in pieces
    )
