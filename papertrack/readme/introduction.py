"""How a README introduces its list: the first heading, and what it says under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from papertrack.text import clean_line

if TYPE_CHECKING:
    from markdown_it.token import Token

_BEGINS = re.compile(r"^ {0,3}<!-- papertrack:begin", re.MULTILINE)
_ENOUGH = 20_000
"""Characters of a README in which its introduction ends."""

_LONGEST = 500


class Introduction(NamedTuple):
    """What a list is called and what it is about; either may be empty."""

    title: str
    description: str


def introduction(text: str) -> Introduction:
    """Read the first heading of a README and the first paragraph below it, without Markdown.

    What stands in a region, in a list, under another heading or is no more than pictures
    introduces nothing.
    """
    from markdown_it import MarkdownIt

    start = _BEGINS.split(text.removeprefix("\ufeff"), maxsplit=1)[0][:_ENOUGH]
    tokens = MarkdownIt("commonmark").parse(start)
    title, lists = "", 0
    for opening, inline in pairwise(tokens):
        lists += opening.type.endswith("list_open") - opening.type.endswith("list_close")
        if inline.type != "inline":
            continue
        said = clean_line("".join(_texts(inline.children or [])), limit=_LONGEST)
        if opening.type == "heading_open":
            if title or opening.tag != "h1":
                break
            title = said
        elif title and said and opening.type == "paragraph_open" and not lists:
            return Introduction(title, said)
    return Introduction(title, "")


def _texts(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type in ("text", "code_inline"):
            yield token.content
