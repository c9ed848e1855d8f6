"""Plain text of the TeX in BibTeX fields."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Any

from papertrack.repositories import unescape
from papertrack.text import clean_line

_MARKUP = re.compile(r"[\\{}$~%&]|--|``|''|[?!]`")

_UNKNOWN = re.compile(r"\\(textless|textgreater|textbar|textasciicircum|\^\{\})(?![A-Za-z])\s*")
_CHARACTERS = {"textless": "<", "textgreater": ">", "textbar": "|"}
"""Characters that pylatexenc does not know by these names, or reads as another one."""

_DOLLARS = re.compile(r"(?<!\\)\$([^$]*)\$")
_BARE = re.compile(r"(?<!\\)[%&]")
_MATHEMATICS = re.compile(r"[\\^_{]|^[^\s\d]+$")

_COMMAND = re.compile(r"\\(?:[A-Za-z]+\s?|.)")

_LINKED = re.compile(r"\\(?:url|href|path)\s?\{([^{}]*)\}")


def plain(value: str, limit: int = 20_000) -> str:
    """Read TeX as a person would: accents, dashes and quotes as Unicode, no braces.

    What files hold unescaped is taken as it stands: per cent signs, ampersands, and dollars that
    enclose no mathematics.
    """
    text = " ".join(value[:limit].split())
    if not _MARKUP.search(text):
        return clean_line(text, limit)
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # what it cannot read stays
    text = _UNKNOWN.sub(lambda found: _CHARACTERS.get(found[1], "^"), text)
    text = _BARE.sub(r"\\\g<0>", _DOLLARS.sub(_dollars, text))
    if text.replace("\\$", "").count("$") % 2:
        text = re.sub(r"(?<!\\)\$", r"\\$", text)
    try:
        read = _converter().latex_to_text(text)
    except Exception:  # macros that lack arguments make it raise anything, and depth too
        read = _COMMAND.sub("", text).translate(str.maketrans("", "", "{}"))
    return clean_line(str(read), limit)


def address(value: str) -> str:
    r"""Read a field of addresses, in which only `\_` and the like, and `\url{}`, are TeX."""
    return unescape(_LINKED.sub(r" \1 ", " ".join(value.split()))).strip("{} ")


@cache
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", strict_latex_spaces=True)


def _dollars(found: re.Match[str]) -> str:
    return found[0] if _MATHEMATICS.search(found[1]) else found[0].replace("$", r"\$")
