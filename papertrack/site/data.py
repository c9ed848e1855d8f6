r"""The papers as JSON inside the page, for its script.

The script reads it as text, so nothing in it may end the element it stands in: `<`, `>`, `&` and
the two characters at which older engines end a line stand as `\uXXXX`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from papertrack.counting import venue_of
from papertrack.formats import FORMATS
from papertrack.model import Paper
from papertrack.query import SORTS
from papertrack.readme.listing import Item, Path, folded
from papertrack.site import pages
from papertrack.site.content import Site
from papertrack.site.html import Html, address, plain
from papertrack.site.search import haystack, letters
from papertrack.text import fold

ORDERS = {
    "newest": "Newest first",
    "year": "Oldest first",
    "added": "Last added first",
    "citations": "Most cited first",
    "title": "By title",
    "author": "By first author",
    "venue": "By venue",
}
"""The orders of the page beside that of the sections, and what they are called."""

_UNSAFE = "<>&\u2028\u2029"


def document(site: Site) -> dict[str, Any]:
    """Collect what the script has to know."""
    places = {key: place for place, (key, _) in enumerate(site.listed)}
    sections = _sections(site)
    numbers = {path: number for number, path in enumerate(sections)}
    return {
        "sections": list(sections.values()),
        "facets": _facets(site.papers.values()),
        "orders": {
            name: [places[key] for key, _ in sorted(site.listed, key=SORTS[name])]
            for name in ORDERS
        },
        "letters": letters(_texts(site.papers.values())),
        "papers": [_record(item, numbers.get(folded(item[1].section))) for item in site.listed],
    }


def encoded(value: Any) -> Html:
    """Write JSON that can stand in an element of HTML."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in _UNSAFE:
        written = written.replace(char, f"\\u{ord(char):04x}")
    return Html(written)


def _sections(site: Site) -> dict[Path, dict[str, Any]]:
    """Describe the sections in order, each behind those around it, with the numbers of these."""
    found: dict[Path, dict[str, Any]] = {}
    for section, _ in site.by_section():
        around: list[int] = []
        for path in accumulate((name,) for name in section):
            label = " / ".join(map(plain, path))
            number = len(found)
            said = found.setdefault(folded(path), {"label": label, "number": number})
            around.append(said["number"])
            said["in"] = [*around]
    return found


def _record(item: Item, section: int | None) -> dict[str, Any]:
    """Say of a paper what the page shows; what is empty is left out."""
    key, paper = item
    said = {
        "key": key,
        "title": plain(paper.title),
        "name": pages.name(paper),
        "authors": pages.authors(paper),
        "appeared": plain(pages.appeared(paper)),
        "year": str(paper.published or ""),
        "venue": plain(venue_of(paper)),
        "tags": [*filter(None, map(plain, paper.tags))],
        "remark": plain(paper.remark),
        "url": address(paper.url),
        "pdf": pages.pdf(paper),
        "code": _linked(pages.code(paper)),
        "links": _linked(pages.others(paper)),
        "cited": paper.citations.count if paper.citations else 0,
        "text": haystack(paper),
        "bibtex": FORMATS["bibtex"]({key: paper}),
    }
    kept = {name: value for name, value in said.items() if value}
    return kept if section is None else kept | {"section": section}


def _linked(found: Iterable[pages.Page]) -> list[list[str]]:
    return [[plain(page.label), page.url] for page in found]


def _facets(papers: Iterable[Paper]) -> dict[str, list[str]]:
    """List what can be chosen, in the order in which people look for it."""
    papers = list(papers)
    years = {str(paper.published) for paper in papers if paper.published}
    venues = {plain(venue_of(paper)) for paper in papers}
    tags = {plain(tag) for paper in papers for tag in paper.tags}
    return {
        "venue": sorted(venues - {""}, key=lambda name: (fold(name), name)),
        "year": sorted(years, key=int, reverse=True),
        "tag": sorted(tags - {""}, key=lambda name: (fold(name), name)),
        "code": ["yes", "no"],
    }


def _texts(papers: Iterable[Paper]) -> Iterable[str]:
    """Yield what people may look for, with the characters in which it is written."""
    for paper in papers:
        texts = (paper.name, paper.title, *paper.authors, *paper.tags, *paper.section)
        yield from map(plain, (*texts, str(paper.venue or ""), paper.remark))
