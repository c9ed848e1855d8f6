"""One entry out of the parts that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from papertrack import identifiers, repositories
from papertrack.model import ID_URLS, UNCONFIRMED, CodeLink, Link
from papertrack.readme.adopt.appeared import Appeared
from papertrack.readme.adopt.found import Entry
from papertrack.readme.adopt.labels import Label, split_label
from papertrack.readme.adopt.linked import read_links
from papertrack.readme.adopt.links import leads_to
from papertrack.readme.adopt.notes import Notes, PaperLink, Part
from papertrack.readme.adopt.readers import read_part
from papertrack.readme.adopt.remarks import remark_of


class Context(NamedTuple):
    """What the headings above an entry say."""

    section: tuple[str, ...] = ()
    venue: str = ""
    year: int | None = None


class Found(NamedTuple):
    """An entry, and whether it is surely a paper."""

    entry: Entry
    sure: bool


def entry_of(parts: Sequence[Part], lines: range, context: Context) -> Found | None:
    """Read one entry; None where there is neither a title nor a name."""
    notes = Notes()
    own = [*_labelled(parts)]
    for part in own:
        read_part(part, notes)
    for part in own:
        read_links(part, notes)
    if not notes.title and not notes.name:
        return None
    entry = _entry(notes, lines, context)
    return Found(replace(entry, remark=remark_of(own, entry)), _is_sure(notes, context))


def _labelled(parts: Iterable[Part]) -> Iterable[Part]:
    """Part the texts without a role line by line, with the roles that labels give.

    What begins with a link begins with a title, or with what the link leads to.
    """
    for part in parts:
        if part.role:
            yield part
            continue
        for row in part.text.rows:
            linked = next((span.url for span in row.spans if span.text.strip()), "")
            label = Label() if linked else split_label(row.plain)
            yield Part(label.role, row.without(label.length) if label.role else row, label.text)


def _entry(notes: Notes, lines: range, context: Context) -> Entry:
    place = _place(notes, context)
    best = min(notes.papers, key=_rank, default=None)
    url = best.url if best else ""
    further = (Link(url=link.url, label=link.label) for link in notes.papers)
    return Entry(
        lines=lines,
        section=context.section,
        title=notes.title,
        name=notes.name,
        authors=notes.authors,
        venue=place.venue,
        year=place.year,
        unconfirmed=any(said.remark == UNCONFIRMED for said in notes.places),
        ids={kind: notes.ids[kind] for kind in ID_URLS if kind in notes.ids},
        url=url,
        code=_unique_code(notes.code),
        links=_unique((*further, *notes.links), url),
        images=tuple(dict.fromkeys(image.src for image in notes.images if image.src)),
        tags=tuple(dict.fromkeys(notes.tags)),
    )


def _is_sure(notes: Notes, context: Context) -> bool:
    """Tell whether an entry is surely a paper, and not a tool, a data set or a person.

    It has an identifier, or a link that is known or said to lead to a paper, or authors or a venue
    beside the link that its title is, or the authors and the year of a citation.
    """
    if notes.ids or any(_is_sure_link(link, notes) for link in notes.papers):
        return True
    if notes.titled and notes.titled.link and leads_to(notes.titled.link.url) == "code":
        return False
    if notes.papers and (notes.places or notes.authors or context.venue):
        return True
    dated = notes.places or (notes.dates and notes.marked)
    return bool(dated and notes.authors)


def _is_sure_link(link: PaperLink, notes: Notes) -> bool:
    is_title = notes.titled and notes.titled.link and notes.titled.link.url == link.url
    return leads_to(link.url) == "paper" or not is_title


def _place(notes: Notes, context: Context) -> Appeared:
    """Choose venue and year: those that stand together before those that stand alone.

    A year in a heading can be that in which the paper was added: an arXiv id knows its own.
    """
    both = next((place for place in notes.places if place.year), None)
    if both:
        return both
    venue = next((place.venue for place in notes.places), "")
    venue = venue or next(iter(notes.acronyms), "") or context.venue
    dated = identifiers.arxiv_date(notes.ids.get("arxiv", "")) and not venue
    return Appeared(venue, notes.year or (None if dated else context.year))


def _rank(link: PaperLink) -> tuple[bool, bool]:
    """Order the links to a paper: known hosts first, then those that are said to lead to it."""
    return leads_to(link.url) != "paper", not link.stated


def _unique_code(code: Sequence[CodeLink]) -> tuple[CodeLink, ...]:
    first = {repositories.identity(link.url): link for link in reversed(code)}
    return tuple(reversed(first.values()))


def _unique(links: Iterable[Link], url: str) -> tuple[Link, ...]:
    """Keep the first link to each address but the paper's own."""
    return tuple({link.url: link for link in links if link.url != url}.values())
