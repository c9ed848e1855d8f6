"""Hugging Face's pages of papers, where authors and readers list code and project pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

import msgspec
from msgspec import Struct

from papertrack.code_links import is_repository
from papertrack.identifiers import Identifier
from papertrack.model import CodeLink, Link, Record
from papertrack.repositories import identity, normalise_url
from papertrack.settings import Settings
from papertrack.sources import Answers, Failed, Found, Missing, Outcome, clean
from papertrack.sources.http import ServiceError, Transport

_BUDGET = 10.0
"""Seconds that failing requests may take in all: what it knows is welcome, but not needed."""


class HuggingFaceSource:
    """Looks arXiv identifiers up, one in a request."""

    name = "hugging-face"

    def __init__(self, settings: Settings, transport: Transport | None = None) -> None:
        self._url = settings.hf_url
        self._transport = transport or Transport(timeout=settings.timeout, budget=_BUDGET)

    def accepts(self, identifier: Identifier) -> bool:
        """Tell whether it is an arXiv identifier."""
        return identifier.kind == "arxiv"

    def fetch(self, identifiers: Iterable[Identifier]) -> Iterator[Answers]:
        """Answer for one identifier at a time."""
        with self._transport:
            for identifier in dict.fromkeys(identifiers):
                yield {identifier: self._ask(identifier)}

    def _ask(self, identifier: Identifier) -> Outcome:
        url = f"{self._url}/api/papers/{quote(identifier.value)}"
        try:
            page = self._transport.request("GET", url, parse=_read)
        except ServiceError as error:
            return Missing() if error.status == 404 else Failed(error.why)
        if page.id != identifier.value:
            return Failed(f"answers for {page.id!r} instead")
        return Found(to_record(page))


class Page(Struct, rename="camel"):
    """What we read of the page of a paper."""

    id: str
    title: str | None = None
    github_repo: str | None = None
    project_page: str | None = None


_PAGE = msgspec.json.Decoder(Page)  # made before any thread starts, as in the cache


def _read(body: bytes) -> Page:
    try:
        return _PAGE.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f"no page of a paper ({error})") from None


def to_record(page: Page) -> Record:
    """Convert the page of a paper; it lists code, and does not say whose it is.

    What is no repository is no code, and one page that is listed as both is no project page.
    """
    code, project = normalise_url(page.github_repo or ""), normalise_url(page.project_page or "")
    listed = is_repository(code)
    apart = project and identity(project) != identity(code)
    return Record(
        source=HuggingFaceSource.name,
        title=clean.title(page.title or ""),
        ids={"arxiv": page.id},
        code=(CodeLink(url=code, source=HuggingFaceSource.name),) if listed else (),
        links=(Link(url=project, label="project"),) if apart else (),
    )
