"""The links, identifiers and badges of an entry."""

from __future__ import annotations

import re

from papertrack import repositories
from papertrack.model import CodeLink, Link
from papertrack.readme.adopt import appeared
from papertrack.readme.adopt.document import Image
from papertrack.readme.adopt.labels import badge_message, link_role
from papertrack.readme.adopt.likeness import count_words
from papertrack.readme.adopt.links import code_link, identifier, role_of
from papertrack.readme.adopt.notes import Notes, PaperLink, Part
from papertrack.readme.adopt.pieces import Piece, badge_text, pieces, starred, without_emoji

_ID = re.compile(
    r"\barxiv(?:\s?:\s?|\s)(\d{4}\.\d{4,5})|\b(10\.\d{4,9}/[^\s,;\])>\"]+)", re.IGNORECASE
)
_LONGEST_LABEL = 5
"""Most words of a label; a longer text of a link is the title of something."""


def read_links(part: Part, notes: Notes) -> None:
    """Note where the links of a part lead, its images, and the identifiers in its text."""
    for row in part.text.rows:
        for piece in pieces(row):
            if piece.link and piece.link.url and not piece.link.url.startswith("#"):
                _read_link(piece, part, notes)
        for match in _ID.finditer(row.plain):
            _note_id(match[1] or match[2].rstrip("."), notes)
        for image in row.images:
            _read_image(image, notes)


def _read_link(piece: Piece, part: Part, notes: Notes) -> None:
    assert piece.link
    url = piece.link.url
    role = role_of(piece, part.role)
    is_title = bool(notes.titled and notes.titled.link == piece.link)
    label = _label(piece, part)
    if role == "paper" or (is_title and role not in ("code", "other")):
        said = "paper" in (part.role, link_role(label, bracketed=bool(piece.group)))
        notes.papers.append(PaperLink(url, "paper" if is_title else label, said or is_title))
        _note_id(url, notes)
    elif role == "code":
        notes.code.append(code_link(piece))
    else:
        notes.links.append(Link(url=url, label=label))


def _label(piece: Piece, part: Part) -> str:
    """Say what a link is called; its line's label where its text is only its address."""
    label = part.label if "://" in piece.label else without_emoji(piece.label)
    bare = label.strip(" []():*.,")
    return bare if bare and count_words(bare) <= _LONGEST_LABEL else "link"


def _note_id(text: str, notes: Notes) -> None:
    found = identifier(text)
    if found:
        notes.ids.setdefault(found.kind, found.value)


def _read_image(image: Image, notes: Notes) -> None:
    """Note a picture; a badge may count the stars of a repository or say the venue."""
    notes.images.append(image)
    repository = starred(image)
    if repository and not _is_known(repository, notes):
        notes.code.append(CodeLink(url=repository, source="list"))
    said = appeared.states(badge_message(without_emoji(badge_text(image))), enclosed=True)
    if said and said.venue and not notes.places:
        notes.put([said])


def _is_known(repository: str, notes: Notes) -> bool:
    identity = repositories.identity(repository)
    return any(repositories.identity(link.url) == identity for link in notes.code)
