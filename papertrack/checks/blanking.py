"""Blanks out what a README does not show as text, so that every other character keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Span = tuple[int, int]

HIDDEN = "\0"
"""Stands for each character that is blanked out."""


def blank(text: str, spans: Iterable[Span]) -> str:
    """Blank spans out, but for the ends of lines."""
    parts, last = [], 0
    for start, end in sorted(spans):
        begin, stop = max(start, last), max(end, last)
        parts += [text[last:begin], re.sub(r"[^\r\n]", HIDDEN, text[begin:stop])]
        last = stop
    return "".join([*parts, text[last:]])


def comments(text: str) -> Iterator[Span]:
    """Find the HTML comments."""
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start)) >= 0:
        end = close + len("-->")
        yield start, end


def code_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Find the code between equal runs of backticks in a part of a text."""
    runs = [(m.start() + start, m.end() + start) for m in re.finditer(r"`+", text[start:end])]
    unclosed: set[int] = set()
    behind = 0
    for index, (opening, inner) in enumerate(runs):
        length = inner - opening
        if opening < behind or length in unclosed:
            continue
        same = (stop for begin, stop in runs[index + 1 :] if stop - begin == length)
        close = next(same, None)
        if close is None:
            unclosed.add(length)
        else:
            yield opening, close
            behind = close
