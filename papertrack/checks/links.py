"""The links of a Markdown text with their offsets, and the attempts at links that failed.

A parser says which links there are; a linter must also see those that are none, and where each
character of them stands. So the brackets are matched here, by the rules of CommonMark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

_TOKEN = re.compile(r"\\[!-/:-@\[-`{-~]|!?\[|\]")
_GAP = re.compile(r"(?:[ \t]|\\[ \t])++(?=\((?:https?:/|www\.)\S++)")
_PLAIN = r"[^\s()<]?+[^\s()]*+(?:\([^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+\)[^\s()]*+)*+"
_TARGET = re.compile(
    rf"""\(\s*+(?:<(?P<angled>[^<>\n]{{0,2000}})>|(?P<plain>{_PLAIN}))
    (?:\s++(?:"[^"]{{0,500}}"|'[^']{{0,500}}'))?+\s*+\)""",
    re.VERBOSE,
)
_UNCLOSED = re.compile(r"\(\s*+https?:[^()\s]*+(?=\s|\Z)")
_REST_OF_TARGET = re.compile(r"[^()\n]{0,300}\)")
_WORDS = re.compile(r"\([^()\[\]\n]{1,300}\)")
_LABEL_LEFT_OPEN = re.compile(r"\[[^\[\]()\n]{1,60}\(https?://[^\s()]++\)")

_ATTRIBUTE = re.compile(
    r"""<[a-z][a-z0-9]*(?=\s)[^<>]{0,2000}?\s(?P<name>href|src)\s*=\s*
    (?:"(?P<double>[^"<>]*)"|'(?P<single>[^'<>]*)'|(?P<bare>[^\s"'<>]+))""",
    re.IGNORECASE | re.VERBOSE,
)


class Link(NamedTuple):
    """A link or an image: its label and target as written, and the offsets of all of it."""

    start: int
    end: int
    label: str
    target: str
    at: int
    """Offset of the target."""
    image: bool = False

    def moved(self, by: int) -> Link:
        """Return the link as it stands in a text that has so much more before it."""
        return self._replace(start=self.start + by, end=self.end + by, at=self.at + by)


Failure = Literal["space", "nested", "unclosed", "unopened", "words", "label"]


class Broken(NamedTuple):
    """Something that was meant to be a link: what failed, from where to where."""

    kind: Failure
    start: int
    end: int

    def moved(self, by: int) -> Broken:
        """Return the failure as it stands in a text that has so much more before it."""
        return self._replace(start=self.start + by, end=self.end + by)


@dataclass
class _Opener:
    start: int
    end: int
    image: bool
    active: bool = True
    """Links hold no links: a bracket around a link opens none."""


def scan(text: str) -> Iterator[Link | Broken]:
    """Find the Markdown links and the failed ones of one paragraph, heading or row."""
    openers: list[_Opener] = []
    for token in _TOKEN.finditer(text):
        if token[0][0] == "\\":
            continue
        if token[0] != "]":
            openers.append(_Opener(token.start(), token.end(), token[0] == "!["))
            continue
        opener = openers.pop() if openers else None
        found = _closed(text, opener, token.end())
        if found is None:
            continue
        yield found
        if isinstance(found, Link) and not found.image:
            for outer in openers:
                outer.active = outer.active and outer.image
    for opener in openers:
        if left := _LABEL_LEFT_OPEN.match(text, opener.start):
            yield Broken("label", opener.start, left.end())


def _closed(text: str, opener: _Opener | None, end: int) -> Link | Broken | None:
    """Read what follows a closing bracket."""
    start = opener.start if opener else end - 1
    if gap := _GAP.match(text, end):
        return Broken("space", gap.start(), gap.end()) if opener else None
    if not text.startswith("(", end):
        return None
    target = _TARGET.match(text, end)
    if target is None:
        return _failed(text, opener, end)
    group = "angled" if target["angled"] is not None else "plain"
    address, at = target[group], target.start(group)
    if opener is None:
        is_address = address.startswith(("http:", "https:"))
        return Broken("unopened", start, target.end()) if is_address else None
    if not opener.active and not opener.image:
        return Broken("nested", start, target.end())
    if "](" in address:
        return Broken("nested", start, target.end())
    return Link(start, target.end(), text[opener.end : end - 1], address, at, opener.image)


def _failed(text: str, opener: _Opener | None, end: int) -> Broken | None:
    """Name what is wrong with a target that is none."""
    if opener is None:
        return None
    if unclosed := _UNCLOSED.match(text, end):
        closing = _REST_OF_TARGET.match(text, unclosed.end())
        kind: Failure = "words" if closing else "unclosed"
        return Broken(kind, opener.start, (closing or unclosed).end())
    words = _WORDS.match(text, end)
    return Broken("words", opener.start, words.end()) if words else None


def html_links(text: str) -> Iterator[Link]:
    """Find the links and images that are written as HTML tags."""
    for match in _ATTRIBUTE.finditer(text):
        group = next(name for name in ("double", "single", "bare") if match[name] is not None)
        image = match["name"].lower() == "src"
        yield Link(match.start(), match.end(), "", match[group], match.start(group), image)
