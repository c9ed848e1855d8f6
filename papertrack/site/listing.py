"""The papers as plain HTML, for whoever reads the page without its script."""

from __future__ import annotations

from collections.abc import Iterator

from papertrack.model import Paper
from papertrack.readme.listing import Item
from papertrack.site import pages
from papertrack.site.content import Site
from papertrack.site.html import Html, block, element, joined, link, text


def listing(site: Site) -> Html:
    """Write every paper under the heading of its section."""
    return joined(*_blocks(site), by="\n")


def _blocks(site: Site) -> Iterator[Html]:
    for section, items in site.by_section():
        if section:
            yield element("h3", " / ".join(section))
        yield block("ul", *map(_entry, items))


def _entry(item: Item) -> Html:
    key, paper = item
    facts = [text(fact) for fact in (pages.authors(paper), pages.appeared(paper)) if fact]
    links = [*_pdf(paper), *pages.code(paper), *pages.others(paper)]
    facts += [link(page.label, page.url) for page in links]
    facts += [text(paper.remark)] if paper.remark else []
    name = [pages.name(paper)] if pages.name(paper) else []
    title = joined(*name, link(paper.title, paper.url), by=": ")
    return element("li", joined(title, *facts, by=" · "), id=key)


def _pdf(paper: Paper) -> list[pages.Page]:
    found = pages.pdf(paper)
    return [pages.Page("PDF", found)] if found else []
