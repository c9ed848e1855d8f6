"""arXiv, asked through the `arxiv` package.

The package has no timeout, takes any page for an empty answer, and loses a whole request to one
bad date. So its session asks through our transport, and hands it only what has been examined.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from papertrack import code_links, venues
from papertrack.identifiers import Identifier
from papertrack.model import Record
from papertrack.settings import Settings
from papertrack.sources import Answers, Failed, Found, Missing, Outcome, clean
from papertrack.sources.atom import base_id, read_feed
from papertrack.sources.http import ServiceError, Transport
from papertrack.sources.pace import Pace
from papertrack.sources.withdrawals import is_withdrawn
from papertrack.text import clean_line

if TYPE_CHECKING:
    import arxiv

BATCH = 100
"""Identifiers in one request: its URL stays under 2 kB."""

_CATEGORY = re.compile(r"[a-z][a-z-]*(?:\.[A-Za-z-]+)?")


class ArxivSource:
    """Looks arXiv identifiers up, a hundred in one request."""

    name = "arxiv"

    def __init__(self, settings: Settings, transport: Transport | None = None) -> None:
        self._url = settings.arxiv_url
        self._transport = transport or Transport(
            timeout=settings.timeout,
            pace=Pace(settings.cache_dir / "arxiv.stamp", settings.arxiv_delay),
        )

    def accepts(self, identifier: Identifier) -> bool:
        """Tell whether it is an arXiv identifier."""
        return identifier.kind == "arxiv"

    def fetch(self, identifiers: Iterable[Identifier]) -> Iterator[Answers]:
        """Answer for up to a hundred identifiers at a time."""
        wanted = list(dict.fromkeys(identifiers))
        with self._transport:
            for start in range(0, len(wanted), BATCH):
                batch = wanted[start : start + BATCH]
                outcomes = self._ask([identifier.value for identifier in batch])
                yield {identifier: outcomes[identifier.value] for identifier in batch}

    def _ask(self, ids: Sequence[str]) -> dict[str, Outcome]:
        """Ask for some identifiers; one that arXiv cannot read must not spoil the others."""
        try:
            results, rejected = self._results(ids)
        except ServiceError as error:
            if error.status != 400:
                return dict.fromkeys(ids, Failed(error.why))
            return self._ask_apart(ids, error.why)
        answers = {base_id(result.entry_id): _outcome(result) for result in results} | rejected
        strangers = sorted(answers.keys() - ids)
        other = (
            Failed(f"answers for {clean_line(strangers[0])!r} instead") if strangers else Missing()
        )
        return dict.fromkeys(ids, other) | answers

    def _ask_apart(self, ids: Sequence[str], why: str) -> dict[str, Outcome]:
        """Ask again without the identifier that arXiv names, or half by half if it names none."""
        named = [i for i in ids if why == f"incorrect id format for {i}"]
        others = [i for i in ids if i not in named]
        if named:
            return {named[0]: Missing(why)} | (self._ask(others) if others else {})
        if len(ids) == 1:
            return {ids[0]: Failed(why)}
        half = len(ids) // 2
        return self._ask(ids[:half]) | self._ask(ids[half:])

    def _results(self, ids: Sequence[str]) -> tuple[list[arxiv.Result], dict[str, Failed]]:
        import arxiv

        logging.getLogger("arxiv").setLevel(logging.WARNING)
        session = _Session(self._transport)
        client = arxiv.Client(page_size=len(ids), delay_seconds=0, num_retries=0)
        client.query_url_format = self._url + "?{}"
        client._session = session
        results = list(client.results(arxiv.Search(id_list=list(ids), max_results=None)))
        return results, session.rejected


class _Response(NamedTuple):
    """What the `arxiv` package reads of an answer."""

    content: bytes
    status_code: int = 200


class _Session:
    """What the `arxiv` package takes for its connection to arXiv."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.rejected: dict[str, Failed] = {}

    def get(self, url: str, **_: object) -> _Response:
        """Ask through our transport, and keep back the entries that cannot be read."""
        try:
            feed = self._transport.request("GET", url, parse=read_feed)
        except ServiceError as error:
            if error.status == 400:
                _quote(error.body)
            raise
        self.rejected = feed.rejected
        return _Response(feed.body)


def _quote(body: bytes) -> None:
    """Raise what the body of a refusal says, if it says something."""
    try:
        read_feed(body)
    except ValueError:
        return


def _outcome(result: arxiv.Result) -> Outcome:
    record = to_record(result)
    return Found(record) if record.title else Failed("an entry without a title")


def to_record(result: arxiv.Result) -> Record:
    """Convert what the `arxiv` package gives."""
    return preprint(
        source=ArxivSource.name,
        arxiv_id=base_id(result.entry_id),
        title=result.title,
        authors=[author.name for author in result.authors],
        year=result.published.year,
        abstract=result.summary,
        comment=result.comment or "",
        journal_ref=result.journal_ref or "",
        doi=result.doi or "",
        categories=[result.primary_category, *result.categories],
    )


def preprint(
    *,
    source: str,
    arxiv_id: str,
    title: str,
    authors: Iterable[str],
    year: int | None,
    abstract: str,
    comment: str,
    journal_ref: str,
    doi: str,
    categories: Iterable[str],
) -> Record:
    """Build the record of a preprint from arXiv's own texts, wherever they were read."""
    remark = clean_line(comment)
    venue = venues.from_comment(journal_ref) or venues.from_comment(comment)
    return Record(
        source=source,
        title=clean.title(title),
        authors=clean.names(authors),
        year=year,
        venue=venue,
        dated=venue is not None,
        ids=clean.ids({"arxiv": arxiv_id, "doi": next(iter(doi.split()), "")}),
        code=code_links.extract(comment, abstract),
        links=code_links.other_links(comment, abstract),
        abstract=clean.abstract(abstract),
        comment=remark,
        categories=_categories(categories),
        withdrawn=is_withdrawn(remark),
    )


def _categories(terms: Iterable[str]) -> tuple[str, ...]:
    """Keep arXiv's categories; authors add classes of ACM (`I.2; J.3`) and MSC to them."""
    words = [word for term in terms for word in re.split(r"[\s,;]+", term)]
    return tuple(dict.fromkeys(word for word in words if _CATEGORY.fullmatch(word)))
