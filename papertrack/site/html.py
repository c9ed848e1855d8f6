"""HTML and XML from texts: what is no markup yet is cleaned and escaped.

Nothing else in this package writes an element, but for the charts, which escape alike. What has
been escaped is `Html`; any other text, that of `"".join` included, is escaped when it gets into an
element, so a slip shows and does not run.
"""

from __future__ import annotations

import html
from functools import lru_cache

from papertrack.readme import escape
from papertrack.text import clean_line

_LONGEST = 100_000
"""Most characters of one text; no text of a list comes near it."""

_VOID = frozenset({"br", "input", "link", "meta"})
"""Elements without an end; a slash behind them is read as nothing by HTML and as the end by XML."""


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def text(value: str) -> Html:
    """Escape a text, for the inside of an element and of an attribute."""
    return value if isinstance(value, Html) else Html(html.escape(plain(value)))


@lru_cache(maxsize=65_536)
def plain(value: str) -> str:
    """Clean a text; XML has no place for the two last characters of a plane."""
    line = clean_line(value, limit=_LONGEST)
    return line if line.isascii() else "".join(c for c in line if ord(c) & 0xFFFE != 0xFFFE)


def element(name: str, /, *content: str, **attributes: str | bool) -> Html:
    """Write an element.

    Attributes are named as Python lets them be: `class_`, `aria_label`. One that is true stands
    without a value, one that is false not at all.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{"" if value is True else text(value)}"'
        for key, value in attributes.items()
        if value is not False
    )
    if name in _VOID:
        return Html(f"<{name}{written}/>")
    return Html(f"<{name}{written}>{joined(*content)}</{name}>")


def block(name: str, /, *content: str, **attributes: str | bool) -> Html:
    """Write an element whose content stands on lines of its own; what is empty has none."""
    lines = [Html(""), *filter(None, content), Html("")]
    return element(name, joined(*lines, by="\n"), **attributes)


def joined(*content: str, by: str = "") -> Html:
    """Put texts and markup behind each other; what stands between them is markup."""
    return Html(by.join(map(text, content)))


@lru_cache(maxsize=65_536)
def address(value: str) -> str:
    """Return a web address in the form in which a README links to it; empty for any other."""
    found = escape.url(value)
    return found if found.lower().startswith(("https://", "http://")) else ""


def link(label: str, to: str, **attributes: str | bool) -> Html:
    """Link a label to a web address; where there is none the label stands alone."""
    there = address(to)
    if not there:
        return text(label)
    return element("a", label, href=there, rel="noopener noreferrer", **attributes)
