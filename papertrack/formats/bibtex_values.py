"""The values of BibTeX: parts in braces, in quotation marks, or bare, joined with `#`.

bibtexparser hands them over as they stand in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from papertrack.text import clean_line

_BRACE = re.compile(r"(?<!\\)[{}]")
_QUOTE_OR_BRACE = re.compile(r'(?<!\\)["{}]')
_BARE_PART = re.compile(r"[^\s#{}\",]+")


class Broken(Exception):
    """Why a value cannot be read to its end, and what of it can."""

    def __init__(self, why: str, read: str = "") -> None:
        super().__init__(why)
        self.read = read


def value_of(raw: str, macros: Mapping[str, str]) -> str:
    """Join the parts of a value: `"Proc. of " # miccai # { 2015}`; raise Broken at a mistake."""
    text = raw.strip()
    joined, at = [], 0
    while at < len(text):
        part, at = _part(text, at, macros)
        joined.append(part)
        at = _skip(text, at)
        if at < len(text) and text[at] != "#":
            why = "a comma is missing behind the value; what follows is not read"
            raise Broken(why, "".join(joined))
        at = _skip(text, at + 1)
    return "".join(joined).strip()


def _part(text: str, at: int, macros: Mapping[str, str]) -> tuple[str, int]:
    """Read one part of a value from where it begins, and tell where it ends."""
    if text[at] in '{"':
        end = _closing(text, at)
        return text[at + 1 : end], end + 1
    bare = _BARE_PART.match(text, at)
    if not bare:
        raise Broken(f"{clean_line(text[at : at + 40])!r} is no value")
    return macros.get(bare[0].lower(), bare[0]), bare.end()


def _closing(text: str, at: int) -> int:
    """Find where the braces or quotation marks close that open at a place."""
    quoted = text[at] == '"'
    depth = 0 if quoted else 1
    for found in (_QUOTE_OR_BRACE if quoted else _BRACE).finditer(text, at + 1):
        depth += {"{": 1, "}": -1, '"': 0}[found[0]]
        if depth == 0 and found[0] == ('"' if quoted else "}"):
            return found.start()
    raise Broken("the value does not end")


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
