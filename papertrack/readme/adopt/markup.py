"""What is read of Markdown's text before the tree is built: tokens, bare addresses, cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_BARE_URL = re.compile(r"https?://[^\s<>\"]+")
_BEHIND_URL = ".,;:!?'*`"
_PIPE = re.compile(r"(?<!\\)\|")


def tokens(text: str) -> list[Token]:
    """Cut a file into Markdown's tokens."""
    return _parser().parse(text)


def inline_tokens(text: str) -> list[Token]:
    """Cut a text within a line into Markdown's tokens."""
    return _parser().parseInline(text)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    class AsPrinted(MarkdownIt):
        """Leaves the targets of links as they are written."""

        def normalizeLink(self, url: str) -> str:  # noqa: N802
            return url

    return AsPrinted("gfm-like", {"linkify": False})


def addresses(text: str) -> Iterator[tuple[str, bool]]:
    """Part a text at the addresses in it, which GitHub makes links of; say which parts are some."""
    end = 0
    for match in _BARE_URL.finditer(text):
        url = _trimmed(match[0])
        yield text[end : match.start()], False
        yield url, True
        end = match.start() + len(url)
    yield text[end:], False


def cells(line: str) -> list[str]:
    """Split a row at its pipes, as GitHub does."""
    bare = line.strip().removeprefix("|")
    return [cell.strip() for cell in _PIPE.split(bare.removesuffix("|"))]


def _trimmed(url: str) -> str:
    """Take off what stands behind an address in a sentence: its full stop, a closing bracket."""
    while url and (url[-1] in _BEHIND_URL or (url[-1] in ")]" and _unopened(url))):
        url = url[:-1]
    return url


def _unopened(url: str) -> bool:
    opening = {")": "(", "]": "["}[url[-1]]
    return url.count(url[-1]) > url.count(opening)
