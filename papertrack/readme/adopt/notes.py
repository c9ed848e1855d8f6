"""What has been read so far of one entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from papertrack.model import UNCONFIRMED, CodeLink, Link
from papertrack.readme.adopt.appeared import Appeared
from papertrack.readme.adopt.document import Image, Text
from papertrack.readme.adopt.labels import Role
from papertrack.readme.adopt.pieces import Piece, without_emoji
from papertrack.readme.adopt.sentences import Said

_NO_TAGS = frozenset({"n/a", "none", "na", "tbd", "tba"})


class Part(NamedTuple):
    """Text of an entry, and what its column or label says that it is."""

    role: Role
    text: Text
    label: str = ""
    """The label as it is printed."""
    column: str = ""
    """The heading of its column, in a table."""


class PaperLink(NamedTuple):
    """A link to the paper, and what it is called."""

    url: str
    label: str
    stated: bool
    """Whether its label says that it leads to the paper, or it is the title."""


@dataclass
class Notes:
    """Collects the facts of one entry while its parts are read."""

    title: str = ""
    titled: Piece | None = None
    """The link that the title is."""
    marked: bool = False
    """Whether a link, quotes or bold type show where the title ends."""
    name: str = ""
    authors: tuple[str, ...] = ()
    places: list[Appeared] = field(default_factory=list)
    """Venues, with or without a year."""
    dates: list[Appeared] = field(default_factory=list)
    """Years alone."""
    acronyms: list[str] = field(default_factory=list)
    """Acronyms in brackets before the title: venues, where nothing else is one."""
    papers: list[PaperLink] = field(default_factory=list)
    code: list[CodeLink] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)

    @property
    def year(self) -> int | None:
        """The first year that was read."""
        return next((found.year for found in [*self.places, *self.dates] if found.year), None)

    def put(self, found: Iterable[Appeared]) -> None:
        """Note where and when the paper appeared."""
        for place in found:
            if place.venue:
                self.places.append(place)
            elif place.year:
                self.dates.append(place)
            if place.remark and place.remark != UNCONFIRMED:
                self.tag(place.remark)

    def hear(self, said: Said) -> None:
        """Note what a sentence says; authors that are known stay."""
        self.authors = self.authors or said.authors
        self.put(said.places)

    def tag(self, text: str) -> None:
        """Note a tag, unless the text only says that there is none."""
        tag = without_emoji(text).strip(" *`_.,;:()[]-–—#")
        if any(map(str.isalpha, tag)) and tag.casefold() not in _NO_TAGS:
            self.tags.append(tag)
