"""What the sources say of one paper, made into one paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from papertrack.identifiers import arxiv_date
from papertrack.keys import initial, surname
from papertrack.model import CodeLink, Link, Paper, Record, Venue, replace
from papertrack.repositories import identity
from papertrack.text import title_key
from papertrack.venues import is_preprint

_ARXIV_FIRST = ("arxiv", "snapshot", "semantic-scholar")
_S2_FIRST = ("semantic-scholar", "arxiv", "snapshot")

_PREFERRED = {
    "title": _ARXIV_FIRST,
    "authors": _ARXIV_FIRST,
    "year": _ARXIV_FIRST,
    "abstract": _ARXIV_FIRST,
    "comment": _ARXIV_FIRST,
    "categories": _ARXIV_FIRST,
    "withdrawn": _ARXIV_FIRST,
    "citations": _S2_FIRST,
}
"""Which source is believed for a field; the next one speaks where it is silent."""

PRINTED = ("list", "import")
"""Sources of fields that come from somebody else's list or file."""

_UNRANKED = 99
"""Place of a source that is named in no order, and of a value whose source is unknown."""

_SIMILAR = 80
"""Least similarity (0 to 100) at which two titles pass for versions of one title."""


def new_paper(records: Sequence[Record]) -> Paper:
    """Make a paper of what the sources say of it."""
    return update(Paper(title=""), records)


def update(paper: Paper, records: Sequence[Record]) -> Paper:
    """Take into a paper what the sources say; pinned fields stay, and nothing is blanked.

    Only that a paper is withdrawn is taken back, where arXiv does not say so any more.
    """
    changes: dict[str, Any] = {}
    sources = dict(paper.sources)
    for field, order in _PREFERRED.items():
        record = _first(records, field, order)
        if record and field not in paper.pinned and _is_news(paper, record, field, order):
            changes[field] = getattr(record, field)
            sources[field] = record.source
    if not changes.get("withdrawn", paper.withdrawn):
        sources.pop("withdrawn", None)
    venue = _venue(paper, records)
    if venue is not None:
        changes["venue"], sources["venue"] = venue
    if not paper.name and "name" not in paper.pinned:
        changes["name"] = short_name(changes.get("title", paper.title))
    changes["printed"] = paper.printed | _overwritten(paper, changes)
    changes["ids"] = _ids(paper, records, sources)
    changes["code"] = _code(paper, records)
    merged = replace(paper, **changes, sources=dict(sorted(sources.items())))
    return replace(merged, links=_links(merged, records))


def _overwritten(paper: Paper, changes: Mapping[str, Any]) -> dict[str, str]:
    """Keep what somebody else's list printed where a source says something else."""
    said = {f: getattr(paper, f) for f in ("title", "venue", "year") if f in changes}
    return {
        field: str(value)
        for field, value in said.items()
        if value
        and paper.sources.get(field) in PRINTED
        and title_key(str(value)) != title_key(str(changes[field]))
    }


def agree(one: Record | Paper, other: Record | Paper) -> bool:
    """Tell whether two records can be of the same paper: like titles, or one first author.

    An identifier can be wrong, and services merge papers wrongly; titles change between versions.
    It is for identifiers that a person has asked for; those that a list prints need `index.alike`.
    """
    return same_author(one, other) or like_titles(one.title, other.title)


def like_titles(one: str, other: str) -> bool:
    """Tell whether two titles are spellings or versions of one; an empty one says nothing."""
    first, second = title_key(one), title_key(other)
    if not first or not second or first == second:
        return True
    from rapidfuzz.fuzz import ratio

    return ratio(first, second) >= _SIMILAR


def same_author(one: Record | Paper, other: Record | Paper) -> bool:
    """Tell whether both name their first author, and it is the same one."""
    return bool(one.authors and other.authors) and _signature(one) == _signature(other)


def _signature(record: Record | Paper) -> tuple[str, str]:
    """Reduce the first author to surname and initial, in which services agree."""
    return surname(record.authors[0]), initial(record.authors[0])


def short_name(title: str) -> str:
    """Take the short name that stands before the colon of a title; empty where none does.

    `Swin UNETR: Swin Transformers for ...` has one; `A survey of methods: part two` has not.
    """
    head, colon, rest = title.partition(":")
    parts = head.split()
    is_address = rest.startswith("//")
    if not colon or is_address or not parts or len(parts) > 3 or len(head) > 30:
        return ""
    coined = any(re.search(r"[a-z-][A-Z]|[A-Z]{2}|\d", part) for part in parts)
    return head.strip() if coined or len(parts) == 1 else ""


def completed(paper: Paper) -> Paper:
    """Give a paper that somebody has printed the name and the year that title and id tell.

    That it appeared on arXiv is no venue: its identifier says so, and tables print it.
    """
    submitted = arxiv_date(paper.ids.get("arxiv", ""))
    known = paper.venue and paper.venue.name == "arXiv" and "arxiv" in paper.ids
    return replace(
        paper,
        name=paper.name or short_name(paper.title),
        year=paper.year or (submitted[0] if submitted else None),
        venue=None if known else paper.venue,
    )


def _first(records: Sequence[Record], field: str, order: Sequence[str]) -> Record | None:
    """Find the most trusted record that says something about a field.

    One of arXiv that does not call a paper withdrawn says that it is not, or not any more.
    """
    last_word = ("arxiv", "snapshot") if field == "withdrawn" else ()
    speaking = [r for r in records if getattr(r, field) or r.source in last_word]
    return min(speaking, key=lambda record: _rank(record.source, order), default=None)


def _rank(source: str | None, order: Sequence[str]) -> int:
    return order.index(source) if source in order else _UNRANKED


def _is_news(paper: Paper, record: Record, field: str, order: Sequence[str]) -> bool:
    """Tell whether a source may speak: what a more trusted one said stays while that is silent."""
    said_by = _rank(paper.sources.get(field), order)
    return not getattr(paper, field) or _rank(record.source, order) <= said_by


def _is_hearsay(said_by: str) -> bool:
    """Tell whether a value comes from no source that is asked, so that one may confirm it."""
    return said_by not in ("", *_S2_FIRST)


def _venue(paper: Paper, records: Sequence[Record]) -> tuple[Venue, str] | None:
    """Choose the venue; a published one never gives way to a preprint server."""
    if "venue" in paper.pinned:
        return None
    published = [record for record in records if not is_preprint(record.venue)]
    first = _first(published or records, "venue", _S2_FIRST)
    if first is None or (is_preprint(first.venue) and not is_preprint(paper.venue)):
        return None
    if not is_preprint(paper.venue) and not _is_news(paper, first, "venue", _S2_FIRST):
        return None
    record = _dated(first, published)
    known, said, said_by = paper.venue, record.venue, paper.sources.get("venue", "")
    if said is None:
        return None
    confirms = said.year is not None and _is_hearsay(said_by)
    if known and known.name == said.name:
        is_guess = not record.dated and record.source != said_by
        year = known.year if is_guess and known.year else said.year or known.year
        confirms = confirms and year == said.year
        said = replace(known, year=year)
    elif known and known.year and not said.year and not is_preprint(known):
        return None
    return None if said == known and not confirms else (said, record.source)


def _dated(record: Record, records: Sequence[Record]) -> Record:
    """Find who knows the year of the venue that a record names, if that record only guesses it."""
    if record.dated or record.venue is None:
        return record
    name = record.venue.name
    same = [r for r in records if r.dated and r.venue and r.venue.name == name]
    return _first(same, "venue", _S2_FIRST) or record


def _ids(paper: Paper, records: Iterable[Record], sources: dict[str, str]) -> dict[str, str]:
    """Add identifiers that the paper lacks; one that it has is confirmed, but never replaced."""
    ids = dict(paper.ids)
    for record in records:
        for kind, value in record.ids.items():
            field = f"ids.{kind}"
            new = kind not in ids and field not in paper.pinned
            hearsay = ids.get(kind) == value and _is_hearsay(sources.get(field, ""))
            if new or (hearsay and not _is_hearsay(record.source)):
                ids[kind] = value
                sources[field] = record.source
    return ids


def _code(paper: Paper, records: Iterable[Record]) -> tuple[CodeLink, ...]:
    """Add code links that are new, and not taken out by hand."""
    known = {identity(link.url) for link in paper.code}
    known |= {identity(url) for url in paper.dismissed}
    added = []
    for link in (link for record in records for link in record.code):
        if identity(link.url) not in known and "code" not in paper.pinned:
            known.add(identity(link.url))
            added.append(link)
    return (*paper.code, *added)


def _links(paper: Paper, records: Iterable[Record]) -> tuple[Link, ...]:
    """Add pages that no identifier, code or link of the paper names, and nobody has taken out."""
    known = {identity(url) for url in paper.urls | set(paper.dismissed)}
    added = []
    for link in (link for record in records for link in record.links):
        if identity(link.url) not in known and "links" not in paper.pinned:
            known.add(identity(link.url))
            added.append(link)
    return (*paper.links, *added)
