"""What each part of an entry says: a cell under its heading, a line behind its label, free text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from papertrack.readme.adopt import appeared
from papertrack.readme.adopt.appeared import Appeared
from papertrack.readme.adopt.labels import Role, badge_message, link_role
from papertrack.readme.adopt.likeness import Titled, clean_title, count_words
from papertrack.readme.adopt.notes import Notes, Part
from papertrack.readme.adopt.people import (
    are_authors,
    is_list_of_names,
    leading_names,
    split_names,
)
from papertrack.readme.adopt.pieces import Piece, pieces, without_emoji
from papertrack.readme.adopt.runs import part_run, part_year
from papertrack.readme.adopt.sentences import last_year, read_sentence
from papertrack.readme.adopt.titles import find_title
from papertrack.text import title_key

_BEHIND_JOURNAL = re.compile(r"[\s,.]*(?:vol|no|pp)\b\.|\s*,?\s*\(?\d{1,4}\b")
_GLUED_DATE = re.compile(r"\b((?:19|20)\d\d)[01]\d(?:[0-3]\d)?\b")
_NO_VENUES = frozenset({"n/a", "none", "tbd", "tba", "na"})
_LONGEST_TAG = 4
"""Most words of a tag, and of a short name."""


def read_part(part: Part, notes: Notes) -> None:
    """Read a part line by line."""
    reader = _READERS.get(part.role)
    for row in part.text.rows if reader else ():
        assert reader
        reader(pieces(row), notes)


def _read_title(row: list[Piece], notes: Notes) -> None:
    found = None if notes.title else find_title(row)
    if found:
        _note_title(found, notes)
    else:
        _read_rest(row, notes)


def _read_paper(row: list[Piece], notes: Notes) -> None:
    """Read a cell that may hold the title, with what is known below it, or only a link."""
    found = None if notes.title else find_title(row)
    if not found:
        _read_rest(row, notes)
    elif found.piece or count_words(found.title) > 2:
        _note_title(found, notes)


def _read_name(row: list[Piece], notes: Notes) -> None:
    own = (p.text for p in row if not p.group and not appeared.states(p.text))
    text = clean_title("".join(own))
    if not notes.name and any(map(str.isalnum, text)):
        notes.name = text


def _read_authors(row: list[Piece], notes: Notes) -> None:
    notes.authors = notes.authors or split_names(without_emoji(_plain(row)))


def _read_venue(row: list[Piece], notes: Notes) -> None:
    own = " ".join(p.text for p in row if not p.link)
    text = own if any(map(str.isalpha, own)) else " ".join(p.label for p in row)
    found = appeared.read(without_emoji(text).strip(" *_.,;:[]()-–—"))
    notes.put([found._replace(venue="") if found.venue.casefold() in _NO_VENUES else found])


def _read_year(row: list[Piece], notes: Notes) -> None:
    found = appeared.read(_GLUED_DATE.sub(r"\1", _plain(row)))
    if found.year:
        venue = found.venue if appeared.is_venue(found.venue) else ""
        notes.dates.append(Appeared(venue, found.year))


def _read_tags(row: list[Piece], notes: Notes) -> None:
    for text in re.split(r"[,;/|]", _plain(row)):
        notes.tag(text)


def _read_free(row: list[Piece], notes: Notes) -> None:
    """Read a line without a label: the title if there is none yet, else what stands below it."""
    found = find_title(row)
    if notes.title:
        if notes.marked or notes.authors or not found or not _read_citation(found, notes):
            _read_rest(row, notes)
    elif found and (found.marked or not is_list_of_names(_plain(row))):
        _note_title(found, notes)
    else:
        _read_rest(row, notes)


_READERS: dict[Role, Callable[[list[Piece], Notes], None]] = {
    "": _read_free,
    "title": _read_title,
    "paper": _read_paper,
    "name": _read_name,
    "authors": _read_authors,
    "venue": _read_venue,
    "year": _read_year,
    "tags": _read_tags,
}
"""Readers by what a part holds; of all others only the links count."""


def _read_citation(found: Titled, notes: Notes) -> bool:
    """Read the full citation below a line that gave only a name; say whether it is one."""
    said = Notes()
    if not appeared.states(found.title):
        _note_title(found, said)
    if not said.authors or count_words(said.title) < _LONGEST_TAG:
        return False
    if not notes.name and count_words(notes.title) <= _LONGEST_TAG:
        notes.name = notes.title
    notes.title, notes.authors = said.title, said.authors
    notes.put([*said.places, *said.dates])
    return True


def _note_title(found: Titled, notes: Notes) -> None:
    """Take a title over, with what stands around it."""
    notes.title, notes.titled, notes.marked = found.title, found.piece, found.marked
    notes.name = notes.name or found.name
    before = found.before.strip(" ,.:-[]")
    if before and not found.name and not notes.authors:
        notes.authors = split_names(before if are_authors(before) else leading_names(before)[0])
    if not found.marked:
        run = part_run(notes.title, notes.authors)
        notes.title, notes.authors = run.title, run.authors
        notes.put(run.places)
    for piece in found.ahead:
        _read_ahead(piece, notes)
    _read_rest(found.after, notes)
    if not found.marked and not notes.year:
        run = part_year(notes.title)
        notes.title = run.title
        notes.put(run.places)


def _read_ahead(piece: Piece, notes: Notes) -> None:
    """Read what stands before the title: a venue, or a short name in brackets."""
    text = piece.text.strip()
    bracketed = piece.group and not piece.link and any(map(str.isalpha, text))
    if not bracketed or appeared.states(text, enclosed=True):
        _read_rest([piece], notes)
    elif not notes.name and (piece.bold or title_key(notes.title).startswith(title_key(text))):
        notes.name = text
    elif appeared.begins_like_venue(text) and count_words(text) <= _LONGEST_TAG:
        notes.acronyms.append(text)
    else:
        notes.tag(text)


def _read_rest(row: Iterable[Piece], notes: Notes) -> None:
    """Read what a line says beside the title."""
    row = _without_journal([*row], notes)
    other = any(p.group or (p.link and link_role(p.label)) for p in row)
    if not notes.authors and not other and are_authors(_plain(row)):
        notes.authors = split_names(without_emoji(_plain(row)))
        return
    text = ""
    for piece in row:
        if piece.link or piece.group:
            notes.hear(read_sentence(text, authors=not notes.authors))
            text = ""
            _read_mark(piece, notes)
        else:
            text += f" {piece.text} " if piece.code else piece.text
    notes.hear(read_sentence(text, authors=not notes.authors))


def _without_journal(row: list[Piece], notes: Notes) -> list[Piece]:
    """Read a journal in italics with volume or year behind it, and return what stands before."""
    for index, (piece, behind) in enumerate(pairwise(row)):
        if not piece.italic or piece.link or not _BEHIND_JOURNAL.match(behind.text):
            continue
        if are_authors(piece.text):
            continue
        year = last_year("".join(p.text for p in row[index + 1 :]))
        said = appeared.read(piece.text)
        glued = not year or (said.year == year and " " not in said.venue)
        venue = said.venue if glued else piece.text.strip(" ,.")
        notes.put([Appeared(venue, year)])
        return row[:index]
    return row


def _read_mark(piece: Piece, notes: Notes) -> None:
    """Read the label of a link or a text in brackets: a venue, a date, a tag."""
    text = badge_message(without_emoji(piece.label))
    found = appeared.states(text, enclosed=True)
    if found:
        notes.put([found])
    elif piece.group and not piece.link and count_words(text) <= _LONGEST_TAG:
        notes.tag(text)


def _plain(row: Iterable[Piece]) -> str:
    return " ".join("".join(p.text for p in row).split())
