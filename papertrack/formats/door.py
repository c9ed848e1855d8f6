"""The one door through which the records of files come in.

A loader only tells which field of its format is which. What is printed there is cleaned, brought
into the store's forms, and sorted here: an address may name a paper, a repository or a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain

from papertrack import identifiers, venues
from papertrack.editing import section
from papertrack.errors import InvalidIdentifier
from papertrack.formats.loaded import (
    SOURCE,
    Item,
    LeftOut,
    Loaded,
    Problem,
    best_identifier,
    gather,
)
from papertrack.formats.printed import Printed, is_nothing
from papertrack.identifiers import Identifier
from papertrack.merge import completed, short_name
from papertrack.model import ID_URLS, CodeLink, Link, Paper, Venue, replace
from papertrack.names import tidy
from papertrack.repositories import FORGES, identity, normalise_url
from papertrack.text import LONGEST_TEXT, clean_line, clean_text

_MARKED = ("title", "authors", "year", "venue", "remark", "abstract", "categories")
"""Fields that a source may speak of as well, so that it must be known who said what."""

_DAY = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CATEGORY = re.compile(r"[a-z-]{2,12}(?:\.[A-Za-z-]{2,20})?")
_SERIES = re.compile(r"lecture notes in|lncs\b|ccis\b|springer\b", re.IGNORECASE)
"""Series of books, which files print beside the name of the conference or in its place."""

_REPOSITORY = re.compile(rf"https?://{FORGES}/[^/]+/[^/]+")
_SCHEME = re.compile(rf"https?://|(?:www\.)?{FORGES}/|(?:arxiv|doi)\.org/", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:\barxiv\s?[:.]?\s?|\babs/)(\d{4}\.\d{4,5}|[a-z-]{2,9}(?:\.[a-z-]{2})?/\d{7})(?!\d)",
    re.IGNORECASE,
)
_ONLY_ARXIV = re.compile(rf"{_ARXIV.pattern}(?:v\d+)?(?: ?\[[^]]{{0,80}}\])?", re.IGNORECASE)
"""A note that says no more than the arXiv id and its categories."""

_REMARK = re.compile(r"([^([]{1,200})\(\[([^][]{1,200})\]\((https?://[^\s()]{1,500})\)\)")
"""A venue with a linked remark, as entries print it: `arXiv 2016 ([rejected](https://...))`."""

_OWN_PREFIX = re.compile(r"^\s*[a-z]+\s?:\s?(?!//)", re.IGNORECASE)
"""The kind that many put before the value: `arXiv:1505.04597`, `PMID: 28092573`."""


def load_all(records: Iterable[Printed | Item | Problem]) -> Loaded:
    """Take every record in that is not in yet; one that names no paper is left out and reported."""
    return gather(chain.from_iterable(map(_receive, records)))


def cited_name(short: str, title: str) -> str:
    """Read the short title that reference managers make of what stands before a colon.

    It is a name only where it looks like one; a short title of another kind is what somebody
    calls the paper.
    """
    return short_name(title) if title.startswith(f"{short}:") else short


def _receive(record: Printed | Item | Problem) -> Iterator[Item | Problem]:
    if isinstance(record, Item | Problem):
        yield record
        return
    door = _Door(record)
    item = door.item()
    yield from door.problems
    if item:
        yield item


@dataclass
class _Door:
    """Brings one record into the forms of the store, and notes what cannot come in."""

    printed: Printed
    problems: list[Problem] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    code: dict[str, CodeLink] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)

    def item(self) -> Item | None:
        """Make the paper, or report that the record names none."""
        self._take_ids()
        self._take_addresses()
        said = self.printed
        title = clean_line(said.title)
        identifier = best_identifier(self.ids, title)
        if identifier is None:
            why = "neither a title nor an identifier; left out"
            self.problems.append(LeftOut(said.line, why))
            return None
        paper = self._paper(title)
        return Item(said.line, paper, identifier)

    def _paper(self, title: str) -> Paper:
        said = self.printed
        year = self._year()
        venue = self._venue(year)
        ids = {kind: value for kind, value in self.ids.items() if kind in ID_URLS}
        printed_venue = clean_line(said.printed_venue)
        day = _DAY.match(said.added.strip())
        printed = Paper(
            title=title,
            name=clean_line(said.name),
            authors=tidy(said.authors),
            year=year or (venue.year if venue else None),
            venue=venue,
            ids=ids,
            section=section(said.section),
            tags=_distinct(said.tags),
            code=tuple(self.code.values()),
            links=tuple(self.links.values()),
            remark="" if is_nothing(said.remark) else clean_line(said.remark),
            abstract=clean_line(said.abstract, limit=LONGEST_TEXT),
            categories=_distinct(c for c in said.categories if _CATEGORY.fullmatch(c)),
            notes="\n".join(_notes(said.notes)),
            added=day[0] if day else "",
            printed={"venue": printed_venue} if printed_venue else {},
        )
        paper = completed(printed)
        told = [field for field in _MARKED if getattr(printed, field) and getattr(paper, field)]
        sources = dict.fromkeys(sorted([*told, *(f"ids.{kind}" for kind in ids)]), SOURCE)
        if paper.venue and (venue_source := clean_line(said.venue_source)):
            sources["venue"] = venue_source
        return replace(paper, sources=sources)

    def _year(self) -> int | None:
        found = _YEAR.search(self.printed.year)
        if found is None and not is_nothing(self.printed.year):
            self._report(f"{clean_line(self.printed.year, 40)!r} is no year")
        return int(found[0]) if found else None

    def _venue(self, year: int | None) -> Venue | None:
        """Choose the best name that is no series of books, and no preprint server if possible."""
        named = [name for name in self.printed.venues if not is_nothing(name)]
        telling = [name for name in named if not _SERIES.match(name.strip())] or named
        found = [venue for name in telling if (venue := _venue(name))]
        published = [venue for venue in found if not venues.is_preprint(venue)]
        best = next(iter(published or found), None)
        return replace(best, year=best.year or year) if best else None

    def _take_ids(self) -> None:
        for kind, value in self.printed.ids:
            if is_nothing(value):
                continue
            try:
                self._name(_identifier(kind, value))
            except InvalidIdentifier as error:
                self._report(error.message)
        for text in self.printed.mentions:
            for found in _ARXIV.finditer(text):
                self._take_mention(found[1])

    def _take_mention(self, value: str) -> None:
        """Take an arXiv id out of running text, where it may well be something else."""
        with suppress(InvalidIdentifier):
            found = _identifier("arxiv", value)
            self.ids.setdefault(found.kind, found.value)

    def _take_addresses(self) -> None:
        for text in self.printed.code:
            if not self._each(text, self._add_code) and not is_nothing(text):
                self._report(f"{clean_line(text, 60)!r} is no address of code")
        for text in self.printed.addresses:
            if not self._each(text, self._sort) and not is_nothing(text):
                self._sort_word(text)

    def _each(self, text: str, take: Callable[[str], None]) -> int:
        """Hand every address in a text over: bare, in Markdown, in TeX; tell how many."""
        pieces = re.split(r"\s+|[,;|](?=https?:)", text)
        found = [piece[m.start() :] for piece in pieces if (m := _SCHEME.search(piece))]
        for address in found:
            take(address)
        return len(found)

    def _sort(self, address: str) -> None:
        """Put an address where it belongs: it names the paper, holds its code, or is a page."""
        url = normalise_url(address)
        if _REPOSITORY.match(url):
            self._add_code(url)
            return
        try:
            self._name(identifiers.parse(address))
        except InvalidIdentifier:
            if url:
                self.links.setdefault(identity(url), Link(url=url, label="paper"))
            else:
                self._report(f"{clean_line(address, 60)!r} is no web address")

    def _sort_word(self, text: str) -> None:
        """Read what stands in the place of an address: an identifier will do."""
        try:
            found = identifiers.parse(text)
        except InvalidIdentifier:
            found = Identifier("title", text)
        if found.kind == "title":
            self._report(f"{clean_line(text, 60)!r} is no web address")
        self._name(found)

    def _add_code(self, address: str) -> None:
        if url := normalise_url(address):
            said = CodeLink(
                url=url,
                label=clean_line(self.printed.code_label),
                framework=clean_line(self.printed.framework),
                source=SOURCE,
            )
            self.code.setdefault(identity(url), said)
        else:
            self._report(f"{clean_line(address, 60)!r} is no address of code")

    def _name(self, found: Identifier) -> None:
        if found.kind == "title":
            return
        first = self.ids.setdefault(found.kind, found.value)
        if first != found.value:
            self._report(f"it names {found} beside {found.kind}:{first}, which is taken")

    def _report(self, message: str) -> None:
        self.problems.append(Problem(self.printed.line, message))


def _venue(text: str) -> Venue | None:
    """Read a venue, and the remark behind it."""
    remark = _REMARK.fullmatch(clean_line(text))
    venue = venues.normalise(remark[1] if remark else text)
    return replace(venue, note=remark[2], url=remark[3]) if venue and remark else venue


def _identifier(kind: str, value: str) -> Identifier:
    """Read an identifier of one kind; DOIs may be arXiv's own, which are arXiv ids."""
    found = identifiers.parse(f"{kind}:{_OWN_PREFIX.sub('', value)}")
    if found.kind == "title":
        raise InvalidIdentifier(f"{clean_line(value, 60)!r} is no {kind} id")
    return found


def _notes(texts: Iterable[str]) -> Iterator[str]:
    for text in map(clean_text, texts):
        if text and not _ONLY_ARXIV.fullmatch(text):
            yield text


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(clean_line, texts))))
