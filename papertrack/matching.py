"""How a word or phrase meets text: the forms in which both are compared, and how well they fit.

A text has two forms: *spaced*, where punctuation parts words (`u net`), and *joined*, where it
does not (`unet`). A term that is found in either is found, so `u-net`, `unet` and `"U Net"` all
find `U-Net`. A plus sign counts as a letter: `UNet++` is another network than `UNet`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from enum import IntEnum
from functools import cached_property, lru_cache

from msgspec import Struct

from papertrack.errors import InvalidIdentifier
from papertrack.model import Paper
from papertrack.text import fold

_END = "\0"
"""Stands between fields, so that no phrase reaches from one into the next."""

_SPACES = [c for c in range(128) if chr(c).isspace()]
_PUNCTUATION = [
    c for c in range(128) if not (chr(c).isalnum() or chr(c).isspace() or chr(c) in f"+{_END}")
]
_TO_SPACE: dict[int, str | None] = dict.fromkeys(_PUNCTUATION, " ")
_AWAY: dict[int, str | None] = dict.fromkeys(_PUNCTUATION)
_SQUEEZE: dict[int, str | None] = dict.fromkeys([*_PUNCTUATION, *_SPACES])

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class Grade(IntEnum):
    """How well a term fits a text, the best last."""

    NONE = 0
    PART = 1
    """Within a word."""
    START = 2
    """From the start of a word."""
    WHOLE = 3
    """Whole words."""
    FIELD = 4
    """All that a field holds."""


class Term(Struct, frozen=True):
    """A word or phrase to look for, in all its forms; `term` makes one."""

    text: str
    whole: bool
    """Whether only whole words will do."""
    spaced: str
    joined: str
    squeezed: str
    """Without spaces too: a text that does not hold this one holds none of the forms."""
    name: str
    """As a key or an identifier that a paper may have."""

    def grade(self, text: Forms) -> Grade:
        """Tell how well this term fits a text at best."""
        grade = max(_grade(self.spaced, text.spaced), _grade(self.joined, text.joined))
        return Grade.NONE if self.whole and grade < Grade.WHOLE else grade


def term(text: str, *, whole: bool = False) -> Term | None:
    """Prepare a text to be looked for; None if it holds no letter and no digit."""
    plain = to_plain(text)
    if not any(map(str.isalnum, plain)):
        return None
    spaced, joined = (_words(plain, table).strip() for table in (_TO_SPACE, _AWAY))
    return Term(text, whole, spaced, joined, plain.translate(_SQUEEZE), _name(text))


def _name(text: str) -> str:
    """Write a word as papers keep their keys and identifiers: `1505.04597` for its version 2."""
    if any(map(str.isdigit, text)) and not any(map(str.isspace, text)):
        from papertrack import identifiers

        with suppress(InvalidIdentifier):
            return identifiers.parse(text).value
    return text.lower()


def squeeze(text: str) -> str:
    """Reduce a label to its folded letters and digits: `U-Net` and `unet` are the same tag."""
    return to_plain(text).translate(_SQUEEZE)


class Forms:
    """The forms of some fields of text, each made when it is first asked for."""

    def __init__(self, fields: Iterable[str]) -> None:
        self.fields = tuple(fields)

    @cached_property
    def _folded(self) -> str:
        return to_plain(f"{_END} " + f" {_END} ".join(self.fields) + f" {_END}")

    @cached_property
    def spaced(self) -> str:
        """The words, parted by punctuation too, with one space around each."""
        return _words(self._folded, _TO_SPACE)

    @cached_property
    def joined(self) -> str:
        """The words, parted by white space only, with one space around each."""
        return _words(self._folded, _AWAY)

    @cached_property
    def squeezed(self) -> str:
        """Only letters, digits and plus signs."""
        return self._folded.translate(_SQUEEZE)


class Candidate:
    """A paper while it is searched: its text is folded once, and only if a query asks for it."""

    def __init__(self, key: str, paper: Paper) -> None:
        self.key = key
        self.paper = paper

    @cached_property
    def shelves(self) -> tuple[tuple[int, Forms], ...]:
        """The searchable texts, and what a find in each is worth: no grade outweighs the shelf."""
        paper = self.paper
        about = (*paper.authors, *paper.tags, *paper.section, str(paper.venue or ""))
        return (
            (100, Forms((paper.name, paper.title))),
            (10, Forms(about)),
            (1, Forms((paper.remark, paper.abstract, paper.notes))),
        )

    @property
    def titles(self) -> Forms:
        """The name and the title."""
        return self.shelves[0][1]

    def points(self, wanted: Term) -> int:
        """Tell how prominently a term stands in the paper; 0 if it does not.

        The key and an identifier of the paper count as its name does.
        """
        ids = self.paper.ids.values()
        if wanted.name == self.key or wanted.name in ids or wanted.text in ids:
            return 100 * Grade.FIELD
        for worth, forms in self.shelves:
            if wanted.squeezed in forms.squeezed and (grade := wanted.grade(forms)):
                return worth * grade
        return 0


def spans(text: str, terms: Iterable[Term]) -> list[tuple[int, int]]:
    """Find where terms stand in a text as written: merged, in order, accents included."""
    squeezed = squeeze(text)
    wanted = [sought for sought in terms if sought.squeezed in squeezed]
    if not wanted:
        return []
    found: list[tuple[int, int]] = []
    traced = [_trace(text, table) for table in (_TO_SPACE, _AWAY)]
    for sought in wanted:
        for needle, (form, origins) in zip((sought.spaced, sought.joined), traced, strict=True):
            pattern = f" {needle} " if sought.whole else _pattern(needle)
            for at in _occurrences(pattern, form):
                first = at + (pattern[0] == " ")
                found.append((origins[first], origins[first + len(needle) - 1] + 1))
    return _merged((start, _with_marks(text, end)) for start, end in found)


def to_plain(text: str) -> str:
    """Fold a text so that only ASCII punctuation and white space are left in it.

    Only the characters that are not ASCII go through `fold`, one by one: an abstract with a
    dash in it costs a tenth of folding it whole, and the caches stay small.
    """
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda char: _plain_char(char[0]), text)
    return text.casefold()


@lru_cache(maxsize=4096)
def _plain_char(char: str) -> str:
    return "".join(
        part if part.isascii() or part.isalnum() else " " if part.isspace() else "-"
        for part in fold(char)
    )


def _words(plain: str, table: dict[int, str | None]) -> str:
    return f" {' '.join(plain.translate(table).split())} "


def _pattern(needle: str) -> str:
    """Several words must begin where a word does: `u-net` is no part of `menu network`."""
    return f" {needle}" if " " in needle else needle


def _grade(needle: str, form: str) -> Grade:
    if _pattern(needle) not in form:
        return Grade.NONE
    if f" {needle} " in form:
        return Grade.FIELD if f"{_END} {needle} {_END}" in form else Grade.WHOLE
    return Grade.START if f" {needle}" in form else Grade.PART


def _trace(text: str, table: dict[int, str | None]) -> tuple[str, list[int]]:
    """Make a form of a text, and say for each of its characters where in the text it stands."""
    chars, origins = [" "], [0]
    for position, char in enumerate(text):
        for plain in to_plain(char).translate(table):
            if plain.isspace() and chars[-1] == " ":
                continue
            chars.append(" " if plain.isspace() else plain)
            origins.append(position)
    return "".join([*chars, " "]), [*origins, len(text)]


def _occurrences(pattern: str, form: str) -> Iterable[int]:
    at = form.find(pattern)
    while at >= 0:
        yield at
        at = form.find(pattern, at + 1)


def _with_marks(text: str, end: int) -> int:
    """Move the end of a span behind the combining marks of its last letter."""
    while end < len(text) and not to_plain(text[end]):
        end += 1
    return end


def _merged(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
