"""A line of text cut into pieces: links, bracketed groups, runs of one style."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import unquote

from papertrack.readme.adopt.document import Image, Link, Span, Text

_BADGE = re.compile(r"https?://img\.shields\.io/(?:static/v1\?|badge/)([^?#]*)(\?[^#]*)?")
_STARS = re.compile(
    r"https?://(?:img\.shields\.io/github/[a-z-]+|badgen\.net/github/[a-z-]+)/([\w.-]+)/([\w.-]+)"
)
_EMOJI = re.compile(r":[a-z0-9_+-]+:|[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]")


@dataclass(frozen=True)
class Piece:
    """A run of text in one style, or a link."""

    text: str
    link: Link | None = None
    bold: bool = False
    italic: bool = False
    code: bool = False
    group: int = 0
    """Number of the square brackets around it; 0 outside of them."""

    @property
    def label(self) -> str:
        """What the link is called: its text, else what its badge says."""
        if not self.link:
            return self.text
        return self.link.text or " ".join(filter(None, map(badge_text, self.link.images)))


def pieces(row: Text) -> list[Piece]:
    """Cut one line into pieces. Images outside of links leave nothing."""
    found: list[Piece] = []
    group = depth = 0
    for span, link in _runs(row.spans):
        if link:
            inside = group if depth else 0
            found.append(Piece(link.text, link, span.bold, span.italic, span.code, inside))
            continue
        for part in _parts(span):
            if part == "[":
                group += depth == 0
                depth += 1
            elif part == "]":
                depth = max(0, depth - 1)
            else:
                inside = group if depth else 0
                found.append(Piece(part, None, span.bold, span.italic, span.code, inside))
    return list(_merged(found)) if not depth else _unclosed(row)


def _parts(span: Span) -> list[str]:
    """Part a text at its brackets; those within a bold text belong to it."""
    if span.bold and not span.text.lstrip().startswith(("[", "]")):
        return [span.text]
    return re.findall(r"\[|\]|[^\[\]]+", span.text)


def _unclosed(row: Text) -> list[Piece]:
    """Cut a line whose brackets do not close, as if it had none but those around links."""
    spans = [s if s.url else s._replace(text=s.text.replace("[", " ")) for s in row.spans]
    return pieces(Text(tuple(spans)))


def _runs(spans: Sequence[Span]) -> Iterator[tuple[Span, Link | None]]:
    """Yield spans of text, and one for each link."""
    for number, run in groupby(spans, key=lambda span: span.link):
        same = list(run)
        if number:
            first = next((s for s in same if not s.image), same[0])
            yield first, Text(tuple(same)).links[0]
        else:
            yield from ((span, None) for span in same if not span.image)


def _merged(found: Sequence[Piece]) -> Iterator[Piece]:
    """Join neighbours of one style."""
    for _, run in groupby(
        found, key=lambda p: (id(p.link) if p.link else 0, p.bold, p.italic, p.code, p.group)
    ):
        same = list(run)
        yield replace(same[0], text="".join(piece.text for piece in same))


def badge_text(image: Image) -> str:
    """Say what a badge says; any other image says what its description says."""
    if match := _BADGE.match(image.src):
        if match[1]:
            parts = re.split(r"(?<!-)-(?!-)", unquote(match[1]).removesuffix(".svg"))
            parts = parts[:-1] if len(parts) > 1 else parts
        else:
            parts = re.findall(r"(?:label|message)=([^&]*)", unquote(match[2] or image.src))
        return ": ".join(filter(None, map(_badge_part, parts)))
    if _STARS.match(image.src):
        return "stars"
    return image.alt.strip()


def _badge_part(part: str) -> str:
    """Undo the escapes of a badge's address."""
    return re.sub(r"(?<!_)_(?!_)", " ", part).replace("--", "-").replace("__", "_").strip()


def starred(image: Image) -> str:
    """Return the repository whose stars a badge counts."""
    match = _STARS.match(image.src)
    return f"https://github.com/{match[1]}/{match[2].removesuffix('.svg')}" if match else ""


def without_emoji(text: str) -> str:
    """Take pictographs off, and `:name:` of them."""
    return " ".join(_EMOJI.sub(" ", text).split())
