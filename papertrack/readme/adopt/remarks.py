"""What an entry says beyond its facts: a sentence behind them, a column of its own, a quotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from papertrack.readme.adopt.beyond import beyond
from papertrack.readme.adopt.document import Span, Text
from papertrack.readme.adopt.found import Entry
from papertrack.readme.adopt.known import Known, words_of
from papertrack.readme.adopt.notes import Part
from papertrack.text import clean_line, fold

_SAYS_NOTHING = frozenset({"n/a", "na", "none", "tbd", "tba", "null", "nan", "not available"})
_RUNNING_NUMBERS = frozenset({"", "no", "nr", "num", "number", "id", "index", "idx", "sno"})
"""Columns that only count the rows."""
_PLAIN = frozenset({"remark", "remarks"})
"""Labels of what is a remark and no more."""
_LINE_END = Span(" \n", 0)
"""The end of a line of the file, which is none of the text."""
_UNLABELLED = frozenset({"", "title", "paper"})
"""Parts in which a text says itself what it is."""


def remark_of(parts: Iterable[Part], entry: Entry) -> str:
    """Collect what the parts of an entry say that is none of its facts, on one line."""
    known = Known(entry)
    said, above = "", False
    for part in _unwrapped(parts):
        rows = part.text.rows
        found = [_said(row, part, known) for row in rows]
        if _is_whole(rows, found) and (label := _label(part)):
            found[0] = [f"{label}: {found[0][0]}", *found[0][1:]]
        between = ";"
        for row, texts in zip(rows, found, strict=True):
            for text in texts:
                said = _joined(said, text, "" if above and row.goes_on else between)
                between = "," if part.column else ";"
            above = bool(texts)
    return clean_line(said, limit=len(said))


def _unwrapped(parts: Iterable[Part]) -> Iterator[Part]:
    """Put the lines of a paragraph together that only the file parts."""
    above: Part | None = None
    for part in parts:
        free = not part.role and not part.label
        if above and free and part.text.goes_on:
            spans = (*above.text.spans, _LINE_END, *part.text.spans)
            above = above._replace(text=Text(spans, above.text.goes_on))
            continue
        if above:
            yield above
        above = part if free else None
        if not free:
            yield part
    if above:
        yield above


def _said(row: Text, part: Part, known: Known) -> list[str]:
    if part.role == "prose":
        return _prose(row, part.column or part.label)
    is_other_name = part.role == "name" and words_of(part.text.plain) not in known.phrases
    return [row.plain] if is_other_name else beyond(row, known)


def _is_whole(rows: Sequence[Text], found: Sequence[Sequence[str]]) -> bool:
    """Tell whether nothing that rows say was left off."""
    told = [word for texts in found for text in texts for word in words_of(text)]
    is_first = bool(found and found[0])
    return is_first and told == [word for row in rows for word in words_of(row.plain)]


def _label(part: Part) -> str:
    """Return what stands before a text that fills a column, or that has a label."""
    label = (part.column or part.label).strip(" :")
    return "" if part.role in _UNLABELLED or fold(label) in _PLAIN else label


def _prose(row: Text, label: str) -> list[str]:
    """Take a text whole of which no fact is read, unless it says nothing or only has links."""
    text = row.plain
    linked = [word for link in row.links for word in words_of(link.text)]
    empty = not text.strip(" -–—/\\.,?") or fold(text.strip(" .")) in _SAYS_NOTHING
    counted = text.strip(" .").isdigit() and "".join(words_of(label)) in _RUNNING_NUMBERS
    only_linked = bool(linked) and linked == [*words_of(text)]
    return [] if empty or counted or only_linked else [text]


def _joined(said: str, text: str, between: str) -> str:
    ended = said.endswith((".", "!", "?", ":", ";", ",", "…", "+", "&"))
    return f"{said}{'' if ended else between} {text}" if said else text
