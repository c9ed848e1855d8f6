"""Text as it may enter the store, and the forms in which texts are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

LONGEST_LINE = 2_000
"""Longest title, name or comment kept; the longest real arXiv title has under 400 characters."""

LONGEST_TEXT = 20_000
"""Longest abstract, or list of authors, in characters; others are cut."""

_DROPPED = frozenset({"Cc", "Cf", "Cs"})
"""Control, format (bidi, zero-width, tag) characters and lone surrogates: none carries text."""

_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "ß": "ss", "æ": "ae"}
    | {"Æ": "AE", "œ": "oe", "Œ": "OE", "ı": "i", "þ": "th", "Þ": "Th"}
)
"""Latin letters that Unicode does not decompose into a base letter and a mark."""


def clean_line(text: str, limit: int = LONGEST_LINE) -> str:
    """Make one line of printable text: NFC, no control or format characters, single spaces.

    This is the only door into the store for text that papertrack did not write itself.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()[:limit].rstrip()
    spaced = "".join(" " if char.isspace() else char for char in text)
    kept = "".join(char for char in spaced if not is_unseen(char))
    return " ".join(unicodedata.normalize("NFC", kept).split())[:limit].rstrip()


def is_unseen(char: str) -> bool:
    """Tell whether a character is a control, a format character or half of one: nobody sees it."""
    return unicodedata.category(char) in _DROPPED


def clean_text(text: str) -> str:
    """Clean a text of several lines (notes) line by line, and keep its line breaks."""
    lines = (clean_line(line, limit=100_000) for line in re.split(r"\r\n|[\r\n]", text))
    return "\n".join(lines).strip()


def strip_marks(text: str) -> str:
    """Take accents off: `é` becomes `e`, `ø` becomes `o`."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Fold case and accents, for matching: `Müller` and `muller` are the same word."""
    return strip_marks(text).casefold()


@lru_cache(maxsize=65_536)
def title_key(title: str) -> str:
    """Reduce a title to its letters and digits, so that spelling variants compare equal."""
    return "".join(char for char in fold(untex(title)) if char.isalnum())


def words(text: str) -> list[str]:
    """Split a text into its folded words."""
    return re.findall(r"\w+", fold(text))


def slug(text: str) -> str:
    """Make `[a-z0-9-]` of any text, for file names and ids; empty when nothing is left."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


def tag(names: Iterable[str]) -> str:
    """Make one tag of the names of a section and of those around it; empty if they say nothing.

    It keeps what a query tells apart: letters of any script, digits and plus signs.
    """
    parts = (word for name in names for word in re.findall(r"(?:[^\W_]|\+)+", fold(name)))
    return "-".join(parts)


def clean_json(value: Any, clean: Callable[[str], str] = clean_line) -> Any:
    """Clean every text in a JSON value."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [clean_json(item, clean) for item in value]
    if isinstance(value, dict):
        return {clean_line(name): clean_json(item, clean) for name, item in value.items()}
    return value


def untex(text: str) -> str:
    r"""Turn TeX in a title into Unicode (`M$^{2}$` to `M^2`, `\"o` to `ö`); plain text stays.

    pylatexenc reads an unescaped `%` as a comment and drops the rest, and takes the dollars of
    two prices for mathematics: the first is escaped, the second left alone. What it cannot read
    stays too.
    """
    if not re.search(r"[\\{]|\$[^$]*[_^][^$]*\$|\$[^\s\d$]+\$", text):
        return text
    from pylatexenc.latex2text import LatexNodes2Text

    escaped = re.sub(r"(?<!\\)%", r"\\%", text)
    try:
        plain = LatexNodes2Text().latex_to_text(escaped)
    except Exception:  # AttributeError at \title, KeyError at \sqrt, RecursionError at deep braces
        return text
    return clean_line(str(plain)) or text
