"""The papers that came last into the list, as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from papertrack.model import Paper
from papertrack.query import SORTS
from papertrack.readme.listing import Item
from papertrack.site import pages
from papertrack.site.content import FEED, Site
from papertrack.site.html import Html, address, block, element, joined, link, plain

_MOST = 50
"""Entries of a feed; who looks less often than that reads the page."""

_IDS = uuid.UUID("6c2b2f0e-6a3b-5d0e-9f52-0c2b8a6f6d11")
"""The name space of the ids, drawn once for all lists and versions."""

GENERATED = element("generator", "papertrack")
"""By which a feed tells that papertrack has made it."""

_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_NEVER = "1970-01-01"
"""When a feed without entries changed: the format asks for a time, and no clock is asked."""


def feed(site: Site) -> str:
    """Write the papers as a feed, the one that was added last first.

    A paper of which nobody knows when it was added is no news, and is left out.
    """
    dated = [item for item in site.papers.items() if _DAY.fullmatch(item[1].added)]
    newest = sorted(dated, key=SORTS["added"])[:_MOST]
    blocks = [
        element("id", _id("list", site.url or site.title)),
        element("title", site.title),
        *([element("subtitle", site.description)] if site.description else []),
        element("updated", _moment(newest[0][1].added if newest else _NEVER)),
        element("author", element("name", site.title)),
        GENERATED,
        *_own_links(site),
        *(_entry(item, site.url) for item in newest),
    ]
    whole = block("feed", *blocks, xmlns="http://www.w3.org/2005/Atom")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{whole}\n'


def _own_links(site: Site) -> Iterator[Html]:
    """Lead to the page and to the feed itself; the format knows addresses that are whole."""
    if site.url:
        yield element("link", rel="alternate", type="text/html", href=site.url)
        yield element("link", rel="self", type="application/atom+xml", href=site.url + FEED)


def _entry(item: Item, url: str) -> Html:
    key, paper = item
    there = address(paper.url) or (f"{url}#{key}" if url else "")
    names = [element("author", element("name", name)) for name in paper.authors]
    labels = dict.fromkeys([*paper.section, *paper.tags])
    blocks = [
        element("id", _id("paper", key)),
        element("title", paper.title),
        element("updated", _moment(paper.added)),
        *names,
        *([element("link", rel="alternate", href=there)] if there else []),
        *(element("category", term=label) for label in labels),
        element("content", _content(paper), type="xhtml"),
    ]
    return block("entry", *blocks)


def _content(paper: Paper) -> Html:
    """Write what a reader of feeds shows of a paper."""
    found = pages.pdf(paper)
    links = [*([pages.Page("PDF", found)] if found else []), *pages.code(paper)]
    facts = [pages.authors(paper), pages.appeared(paper), " / ".join(paper.section)]
    linked = joined(*(link(page.label, page.url) for page in links), by=" · ")
    blocks = [*filter(None, facts), paper.remark, linked, paper.abstract]
    paragraphs = [element("p", block) for block in blocks if block]
    return element("div", *paragraphs, xmlns="http://www.w3.org/1999/xhtml")


def _id(kind: str, name: str) -> str:
    """Name a list or a paper for good.

    Of a paper only the key never changes: it may get an arXiv id, a DOI or another page later.
    """
    return uuid.uuid5(_IDS, f"{kind}:{plain(name)}").urn


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
