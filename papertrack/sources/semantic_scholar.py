"""Semantic Scholar: venues, DOIs and citation counts, and papers of which only a title is known."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from papertrack import code_links, venues
from papertrack.identifiers import Identifier, title_agrees, title_words
from papertrack.model import Citations, Record, Venue
from papertrack.settings import Settings
from papertrack.sources import Answers, Failed, Found, Missing, Outcome, clean
from papertrack.sources.http import ServiceError, Transport
from papertrack.sources.s2_client import Client
from papertrack.text import clean_line

BATCH = 500
"""Identifiers in one request, the most that the service takes."""

_PREFIXES = {
    "arxiv": "ARXIV:",
    "doi": "DOI:",
    "s2": "",
    "corpus": "CorpusId:",
    "acl": "ACL:",
    "pubmed": "PMID:",
    "pmc": "PMCID:",
}
"""How the service writes the kinds of identifier that it looks up."""

_KINDS = {"ArXiv": "arxiv", "DOI": "doi", "ACL": "acl", "PubMed": "pubmed"}
"""Names of the identifiers in its answers, and what we call them."""

_TITLES = ("title", "cvf", "pwc")
"""Kinds of identifier that hold no more than a title, or its words."""


class SemanticScholarSource:
    """Looks identifiers up, 500 in one request, and titles one by one."""

    name = "semantic-scholar"

    def __init__(self, settings: Settings, transport: Transport | None = None) -> None:
        self._has_key = bool(settings.s2_key)
        self._transport = transport or Transport(timeout=settings.timeout)
        self._client = Client(settings.s2_url, settings.s2_key, self._transport)

    def accepts(self, identifier: Identifier) -> bool:
        """Tell whether it is an identifier that the service knows, or a title."""
        return identifier.kind in _PREFIXES or identifier.kind in _TITLES

    def fetch(self, identifiers: Iterable[Identifier]) -> Iterator[Answers]:
        """Answer for up to 500 identifiers at a time, then for each title."""
        wanted = list(dict.fromkeys(identifiers))
        ids = [identifier for identifier in wanted if identifier.kind in _PREFIXES]
        with self._transport:
            for start in range(0, len(ids), BATCH):
                yield self._look_up(ids[start : start + BATCH])
            for identifier in wanted:
                if identifier.kind in _TITLES:
                    yield {identifier: self._match(identifier)}

    def _look_up(self, batch: Sequence[Identifier]) -> Answers:
        try:
            papers = self._client.papers([_PREFIXES[i.kind] + i.value for i in batch])
        except ServiceError as error:
            outcome = Missing() if _none_is_known(error) else self._failed(error)
            return dict.fromkeys(batch, outcome)
        answers = dict(zip(batch, map(_outcome, papers), strict=True))
        misplaced = Failed("one identifier got the answer of another one")
        return answers | dict.fromkeys(_misplaced(answers), misplaced)

    def _match(self, identifier: Identifier) -> Outcome:
        """Ask for the paper whose title is nearest, and take it only if the titles agree."""
        try:
            outcome = _outcome(self._client.match(title_words(identifier)))
        except ServiceError as error:
            return Missing() if error.status == 404 else self._failed(error)
        if isinstance(outcome, Found) and not title_agrees(identifier, outcome.record.title):
            return Missing(f'the nearest title is "{outcome.record.title}"')
        return outcome

    def _failed(self, error: ServiceError) -> Failed:
        if error.status not in (401, 403):
            return Failed(error.why)
        if self._has_key:
            return Failed(f"refuses the key in S2_API_KEY ({error.why})", credentials=True)
        return Failed(f"asks for a key in S2_API_KEY ({error.why})", credentials=True)


def _none_is_known(error: ServiceError) -> bool:
    """Recognise the refusal that the service sends when it knows no paper of a batch."""
    return error.status == 400 and b"No valid paper ids" in error.body


def _misplaced(answers: Answers) -> Iterator[Identifier]:
    """Find identifiers that stand in the answer for another one, and not in their own; and that.

    That one stands nowhere is usual: papers are merged, and keep one identifier of a kind.
    """
    ids = {i: found.record.ids for i, found in answers.items() if isinstance(found, Found)}
    holders = {pair: i for i, each in ids.items() for pair in each.items()}
    for identifier in answers:
        holder = holders.get((identifier.kind, identifier.value))
        if holder and ids.get(identifier, {}).get(identifier.kind) != identifier.value:
            yield from (identifier, holder)


def _outcome(raw: Any) -> Outcome:
    if raw is None:
        return Missing()
    try:
        record = to_record(raw, as_of=time.strftime("%Y-%m"))
    except msgspec.ValidationError as error:
        return Failed(f"a record that cannot be read: {error}")
    return Found(record) if record.title else Failed("a record without a title")


class _Named(Struct):
    name: str | None = None


class _Paper(Struct, rename="camel"):
    """The fields that we ask for; every one of them may be null."""

    paper_id: str | None = None
    external_ids: dict[str, str | int | None] | None = None
    title: str | None = None
    abstract: str | None = None
    authors: list[_Named] | None = None
    year: int | None = None
    venue: str | None = None
    publication_venue: _Named | None = None
    journal: _Named | None = None
    citation_count: int | None = None
    influential_citation_count: int | None = None


def to_record(raw: Mapping[str, Any], as_of: str) -> Record:
    """Convert one paper as the service gives it; `as_of` is the month of its citation counts.

    Raises `msgspec.ValidationError` where a field has a wrong type.
    """
    paper = msgspec.convert(raw, _Paper)
    abstract = paper.abstract or ""
    return Record(
        source=SemanticScholarSource.name,
        title=clean.title(paper.title or ""),
        authors=clean.names(author.name or "" for author in paper.authors or ()),
        year=clean.year(paper.year),
        venue=_venue(paper),
        dated=_proceedings_year(paper) is not None,
        ids=_ids(paper),
        code=code_links.extract("", abstract),
        links=code_links.other_links("", abstract),
        abstract=clean.abstract(abstract),
        citations=_citations(paper, as_of),
    )


def _citations(paper: _Paper, as_of: str) -> Citations | None:
    """Take both counts or none: a lacking one would stand as 0 in the place of a known one."""
    count, influential = paper.citation_count, paper.influential_citation_count
    if count is None or influential is None:
        return None
    return Citations(count=count, influential=influential, as_of=as_of)


def _ids(paper: _Paper) -> dict[str, str]:
    outside = {kind: str(value) for kind, value in (paper.external_ids or {}).items() if value}
    ids = {ours: outside[theirs] for theirs, ours in _KINDS.items() if theirs in outside}
    dblp = clean_line(outside.get("DBLP", ""))
    return clean.ids(ids | {"s2": paper.paper_id or ""}) | ({"dblp": dblp} if dblp else {})


def _venue(paper: _Paper) -> Venue | None:
    """Take the first name that is more than a preprint server's."""
    names = [
        paper.venue,
        *(named.name for named in (paper.publication_venue, paper.journal) if named),
    ]
    year = _proceedings_year(paper) or clean.year(paper.year)
    found = (venues.normalise(name, year) for name in names if name)
    return next((venue for venue in found if not venues.is_preprint(venue)), None)


def _proceedings_year(paper: _Paper) -> int | None:
    """Read the year in a DBLP key such as `conf/miccai/RonnebergerFB15`.

    The service's own year is often that of the preprint. DBLP numbers authors of one name, so
    that a key may hold more digits than those of the year.
    """
    key = str((paper.external_ids or {}).get("DBLP") or "")
    found = re.fullmatch(r"conf/[^/]+/.+(\d\d)[a-z]?", key)
    if not found:
        return None
    return int(found[1]) + (1900 if int(found[1]) > 50 else 2000)
