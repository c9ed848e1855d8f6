"""The anchors that GitHub gives to the headings of a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from papertrack.readme.lines import scan

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_MARKUP = re.compile(r"[\\`*\[\]<~]|(?<![^\W_])_|_(?![^\W_])|&#?\w+;")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BADGE = re.compile(r"(?<![!\\\[])\[!\[[\w -]*\]\([^()<>\s\\]+\)\]\([^()<>\s\\]+\)")
"""A linked picture, which most lists have in their first heading; so they need no parser."""
_CLOSING = re.compile(r"(?:\A|(?<= ))#+\Z")
_WORD_CATEGORIES = frozenset({"Nd", "Nl", "Pc"})
_ENCLOSED_LETTER = re.compile(
    "[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]"
)
"""Circled and squared letters: symbols to Python, letters to Ruby."""


class Heading(NamedTuple):
    """A heading: its level, its text without Markdown, its line from 1, and its anchor."""

    level: int
    text: str
    line: int
    slug: str


class Anchors:
    """The anchors of one file, asked for in the order of its headings."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def add(self, plain: str) -> str:
        """Return the anchor of the next heading: its slug, with a number if that is taken."""
        base = anchor = slug(plain)
        while anchor in self._used:
            self._used[base] += 1
            anchor = f"{base}-{self._used[base]}"
        self._used[anchor] = 0
        return anchor


def slug(plain: str) -> str:
    """Make the anchor of a heading's plain text, before duplicates are numbered.

    Lower case; letters, marks, digits, `_` and `-` stay, each space becomes `-`, the rest goes:
    `U-Net++` is `u-net`, `Papers & Codes` is `papers--codes`.
    """
    kept = (char for char in plain.lower() if char in "- " or _is_word(char))
    return "".join(kept).replace(" ", "-")


def headings(text: str) -> list[Heading]:
    """Find the Markdown headings of a file; those written as HTML are not among them."""
    anchors = Anchors()
    found = []
    for level, source, line in _sources(text):
        plain = _plain(source)
        found.append(Heading(level, " ".join(plain.split()), line, anchors.add(plain)))
    return found


def _is_word(char: str) -> bool:
    r"""Say whether Ruby's `\p{Word}`, which GitHub uses, holds a character."""
    if char.isascii():
        return char.isalnum() or char == "_"
    category = unicodedata.category(char)
    if category[0] in "LM" or category in _WORD_CATEGORIES:
        return True
    return bool(_ENCLOSED_LETTER.match(char))


def _sources(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield level, Markdown and line of each heading."""
    paragraph: list[str] = []
    for line in scan(text):
        if line.kind == "text":
            if line.paragraph == line.number:
                paragraph.clear()
            paragraph.append(line.content)
        elif line.kind == "underline":
            yield 1 if line.content[0] == "=" else 2, "\n".join(paragraph), line.paragraph
        elif line.kind == "heading":
            source = line.content.lstrip("#")
            level = len(line.content) - len(source)
            yield level, _CLOSING.sub("", source.strip(" ")).rstrip(" "), line.number


def _plain(source: str) -> str:
    """Take the Markdown out of a heading; an image leaves nothing, as in GitHub's anchors."""
    without_badges = _BADGE.sub("", source)
    if not _MARKUP.search(_ESCAPED.sub(".", without_badges)):
        return _ESCAPED.sub(r"\1", without_badges)
    tokens = _parser().parseInline(source)[0].children or []
    return "".join(
        "\n" if token.type in ("softbreak", "hardbreak") else token.content
        for token in tokens
        if token.type not in ("image", "html_inline")
    )


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("gfm-like", {"linkify": False})
