"""The `semanticscholar` package, kept to what it does well: composing requests.

It takes several refusals for empty answers, waits up to four minutes, forgets which answer
belongs to which identifier, and logs the API key. So its requests go through our transport, which
alone is given the key, and the answers are read here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from papertrack.sources.http import Transport
from papertrack.text import clean_line

if TYPE_CHECKING:
    from semanticscholar import AsyncSemanticScholar

_FIELDS = [
    "externalIds",
    "title",
    "abstract",
    "authors",
    "year",
    "venue",
    "publicationVenue",
    "journal",
    "citationCount",
    "influentialCitationCount",
]


class Client:
    """Gets papers as the service gives them, `None` for one that it does not know."""

    def __init__(self, url: str, key: str, transport: Transport) -> None:
        self._url = url
        self._headers = {"x-api-key": key} if key else {}
        self._transport = transport

    def papers(self, ids: Sequence[str]) -> list[Any]:
        """Look up to 500 identifiers up, and keep their order; raise `ServiceError`."""
        package = self._package(lambda body: _read_batch(body, len(ids)), [])
        papers: list[Any] = _answer(package, package.get_papers(list(ids), fields=_FIELDS))
        return papers

    def match(self, title: str) -> Any:
        """Find the paper whose title is nearest; raise `ServiceError`, 404 if there is none."""
        package = self._package(_read_match, {"data": [{}]})
        words = quote(title, safe="")  # the package puts them into the URL as they are
        return _answer(package, package.search_paper(words, fields=_FIELDS, match_title=True))

    def _package(self, parse: Callable[[bytes], Any], instead: object) -> AsyncSemanticScholar:
        from semanticscholar import AsyncSemanticScholar

        class Package(AsyncSemanticScholar):  # type: ignore[misc]  # it comes without types
            """The package's client, kept from setting up logging for the whole process."""

            debug = False

        logging.getLogger("semanticscholar").setLevel(logging.ERROR)
        package = Package(api_url=self._url, retry=False)
        package._requester = _Requester(self._transport, self._headers, parse, instead)
        return package


class _Requester:
    """What the package takes for its connection to the service.

    It keeps the answer, and hands the package `instead` to convert: one odd date, or a paper
    without an id, would make it lose them all.
    """

    def __init__(
        self,
        transport: Transport,
        headers: Mapping[str, str],
        parse: Callable[[bytes], Any],
        instead: object,
    ) -> None:
        self._transport = transport
        self._headers = headers
        self._parse = parse
        self._instead = instead
        self.answer: Any = None

    async def get_data_async(
        self, url: str, parameters: str, headers: object, payload: object = None
    ) -> object:
        """Ask through our transport."""
        self.answer = self._transport.request(
            "POST" if payload else "GET",
            f"{url}?{parameters.lstrip('&')}",
            parse=self._parse,
            json=payload,
            headers=self._headers,
        )
        return self._instead


def _answer(package: AsyncSemanticScholar, call: Coroutine[Any, Any, object]) -> Any:
    """Run a method of the package, which never waits: it needs no event loop.

    An event loop would hold Ctrl-C back until the request is over.
    """
    with suppress(StopIteration):
        call.send(None)
    return package._requester.answer


def _read_batch(body: bytes, expected: int) -> list[Any]:
    """Read a list with one element for each identifier, in their order."""
    answer = _decode(body)
    if not isinstance(answer, list):
        raise ValueError("no list of papers")
    if len(answer) != expected:
        raise ValueError(f"{len(answer)} papers came for {expected} identifiers")
    return answer


def _read_match(body: bytes) -> Any:
    answer = _decode(body)
    found = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(found, list):
        raise ValueError("no list of matches")
    return found[0] if found else None


def _decode(body: bytes) -> Any:
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        text = clean_line(body[:80].decode(errors="replace"))
        raise ValueError(f"no JSON: it begins {text!r}" if text else "it is empty") from None
    if isinstance(answer, dict) and "error" in answer:
        raise ValueError(str(answer["error"]))
    return answer
