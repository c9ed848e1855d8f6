"""A paper as a JSON document from outside: cleaned, and checked before it is believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from papertrack import identifiers
from papertrack.documents import from_document
from papertrack.errors import InvalidIdentifier
from papertrack.model import ID_URLS, CodeLink, Link, Paper, Result, Venue, replace
from papertrack.repositories import normalise_url
from papertrack.text import LONGEST_TEXT, clean_json, clean_line, clean_text

_ONE_LINE = frozenset(Paper.__struct_fields__) - {"notes", "extra"}
"""Fields whose texts have no line breaks; what a newer version has written may have some."""

_YEARS = range(1900, 2100)

L = TypeVar("L", Link, CodeLink)


def read(document: Mapping[str, Any]) -> tuple[Paper, list[str]]:
    """Make the paper of a document, without what cannot come in, and tell what that was.

    Its texts are cleaned, and its identifiers brought into their normal form. Kinds of identifiers
    that are not known may be those of a newer version. Raises `msgspec.ValidationError` where a
    type is wrong.
    """
    paper = from_document(Paper, {clean_line(k): _cleaned(k, v) for k, v in document.items()})
    problems: list[str] = []
    checked = replace(
        paper,
        year=_year(paper.year, problems),
        venue=paper.venue and _venue(paper.venue, problems),
        ids=_ids(paper.ids, problems),
        code=_links(paper.code, problems),
        links=_links(paper.links, problems),
        results=tuple(_result(result, problems) for result in paper.results),
    )
    return checked, problems


def _cleaned(field: str, value: Any) -> Any:
    if field == "abstract" and isinstance(value, str):
        return clean_line(value, limit=LONGEST_TEXT)
    return clean_json(value, clean_line if field in _ONE_LINE else clean_text)


def _year(year: int | None, problems: list[str]) -> int | None:
    if year is None or year in _YEARS:
        return year
    problems.append(f"{year} is no year")
    return None


def _venue(venue: Venue, problems: list[str]) -> Venue:
    year, url = _year(venue.year, problems), _address(venue.url, problems)
    return replace(venue, year=year, url=url)


def _ids(ids: Mapping[str, str], problems: list[str]) -> dict[str, str]:
    kept = {}
    for kind, value in ids.items():
        try:
            kept[kind] = identifiers.normalise(kind, value) if kind in ID_URLS else value
        except InvalidIdentifier as error:
            problems.append(error.message)
    return kept


def _links(links: Sequence[L], problems: list[str]) -> tuple[L, ...]:
    problems.extend(_no_address(link.url) for link in links if not _is_address(link.url))
    return tuple(link for link in links if _is_address(link.url))


def _result(result: Result, problems: list[str]) -> Result:
    source = result.source
    if source is None:
        return result
    return replace(result, source=replace(source, url=_address(source.url, problems)))


def _address(url: str, problems: list[str]) -> str:
    """Keep an address where it is one; the field may be empty."""
    if not url or _is_address(url):
        return url
    problems.append(_no_address(url))
    return ""


def _no_address(text: str) -> str:
    return f"{text!r} is no web address"


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and normalise_url(text) != ""
