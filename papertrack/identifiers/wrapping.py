"""What stands around identifiers: quotes, brackets, Markdown, and comments in a list."""

from __future__ import annotations

import re

_QUOTES = ('""', "''", "“”", "„“", "‘’", "«»", "``")
_BRACKETS = (("(", ")"), ("[", "]"), ("<", ">"), ("{", "}"))
_MARK = re.compile(r"^\s*(?:[-*+•]|\d{1,4}[.)])\s+")
"""What stands before the items of a list."""


def split_lines(text: str) -> list[str]:
    """Split a list of identifiers, one a line, and drop blank lines, comments and marks of items.

    A comment begins with `#` at the start of the line or after white space: in an address it
    begins a fragment.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    kept = (re.split(r"(?:^|\s)#", _MARK.sub("", line))[0].strip() for line in lines)
    return [line for line in kept if line]


def unwrap(text: str) -> tuple[str, bool]:
    """Take off brackets, quotes, Markdown and final punctuation; tell whether quotes were there."""
    quoted, before = False, None
    while text != before:
        before = text
        text = text.strip(" ,;").rstrip(".:").replace("\\_", "_")
        if text[:1] + text[-1:] in _QUOTES and text[0] not in text[1:-1] and len(text) > 1:
            text, quoted = text[1:-1], True
        if text.startswith(("[", "![")) and text.endswith(")") and "](" in text:
            text = text.rpartition("](")[2][:-1].partition(' "')[0]
        for opening, closing in _BRACKETS:
            text = _unbracket(text, opening, closing)
    return text, quoted


def _unbracket(text: str, opening: str, closing: str) -> str:
    """Take off a bracket that opens around the whole text, or that has no partner in it.

    The partner of one that is taken off has none: it is next.
    """
    surplus = text.count(opening) - text.count(closing)
    enclosed = text.endswith(closing) and text.rfind(opening) < text.find(closing)
    if text.startswith(opening) and (surplus > 0 or (surplus == 0 and enclosed)):
        return text[1:]
    return text[:-1] if text.endswith(closing) and surplus < 0 else text
