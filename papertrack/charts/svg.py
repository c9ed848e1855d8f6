"""SVG by hand: its elements, its colours and the space that text takes.

Nothing here depends on a clock, a random number or a font that happens to be there, so that equal
charts are equal bytes. Text is cleaned and escaped on its way in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate

from papertrack.text import clean_line

WIDTH = 600
SIZE = 15
"""Of the letters. On a phone a README shows the picture at about half its size."""

SMALL = 13

_FONT = "system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif"
_NARROW = frozenset("fijlrtI.,:;'|!()[]/ ")
_WIDE = frozenset("mwMW%@#&+=<>~")


@dataclass(frozen=True)
class Theme:
    """The colours of a chart; its ground is that of the page."""

    text: str
    muted: str
    grid: str
    accent: str
    """What stands out: the line and its points."""
    faint: str
    """The points beside it."""
    series: Sequence[str]
    """Groups that are told apart, the last one for what has no name of its own."""


LIGHT = Theme(
    text="#1f2328",
    muted="#59636e",
    grid="#d8dee4",
    accent="#0969da",
    faint="#7294c2",
    series=("#0969da", "#d4811c", "#2da44e", "#bf3989", "#8250df", "#1b8c96", "#8c959f"),
)
DARK = Theme(
    text="#f0f6fc",
    muted="#9198a1",
    grid="#30363d",
    accent="#58a6ff",
    faint="#57799f",
    series=("#4493f8", "#e0984b", "#3fb950", "#db61a2", "#ab7df8", "#39b0ba", "#7d8590"),
)


def document(title: str, alternative: str, details: str, height: int, body: Sequence[str]) -> str:
    """Write a whole picture; who cannot see it gets what it shows, in short and in detail."""
    opening = _tag(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        width=WIDTH,
        height=height,
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_label=alternative,
        font_family=_FONT,
        font_size=SIZE,
    )
    lines = [element("title", title), element("desc", details or alternative), *body]
    return "\n".join([f"<{opening}>", *("  " + line for line in lines), "</svg>", ""])


def group(lines: Sequence[str], **attributes: object) -> list[str]:
    """Wrap elements that share attributes; nothing where there are none."""
    if not lines:
        return []
    return [f"<{_tag('g', **attributes)}>", *("  " + line for line in lines), "</g>"]


def element(name: str, content: str = "", *, title: str = "", **attributes: object) -> str:
    """Write an element with text in it, or with a title that a browser shows over it."""
    inside = _escaped(content) + (element("title", title) if title else "")
    tag = _tag(name, **attributes)
    return f"<{tag}>{inside}</{name}>" if inside else f"<{tag}/>"


def rounded(length: float) -> str:
    """Write a length to a tenth of a pixel."""
    return f"{round(length, 1) + 0:.1f}".removesuffix(".0")


def width(text: str, size: float = SIZE) -> float:
    """Estimate the space that a text takes, rather too much than too little."""
    return size * sum(map(_em, text))


def fitted(text: str, room: float, size: float = SIZE) -> str:
    """Cut a text to the room that there is, with an ellipsis."""
    plain = clean_line(text)
    if width(plain, size) <= room:
        return plain
    ends = accumulate(_em(char) for char in plain)
    fits = sum(1 for end in ends if size * (end + 1) <= room)
    return plain[:fits].rstrip() + "…"


def _em(char: str) -> float:
    if char in _NARROW:
        return 0.36
    if char in _WIDE:
        return 0.9
    if char.isascii():
        return 0.7 if char.isupper() else 0.6
    if unicodedata.combining(char):
        return 0
    return 1 if unicodedata.east_asian_width(char) in "WF" else 0.8


def _tag(name: str, **attributes: object) -> str:
    """Write name and attributes of an element; a name of Python has `_` where SVG has `-`."""
    written = (f'{key.replace("_", "-")}="{_written(value)}"' for key, value in attributes.items())
    return " ".join([name, *written])


def _written(value: object) -> str:
    return rounded(value) if isinstance(value, int | float) else _escaped(str(value))


def _escaped(text: str) -> str:
    """Clean and escape a text; XML has no place for the two last characters of a plane."""
    kept = (char for char in clean_line(text) if ord(char) & 0xFFFE != 0xFFFE)
    return escape("".join(kept))
