"""The whole page: one file, which asks for nothing and runs nothing but its own script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from papertrack.readme.overview import SEMANTIC_SCHOLAR, THANKS_TO_ARXIV, THANKS_TO_OTHERS
from papertrack.site.content import FEED, Site
from papertrack.site.data import ORDERS, document, encoded
from papertrack.site.html import Html, block, element, joined, link
from papertrack.site.listing import listing
from papertrack.site.results import anchor, papers_per_year, results

_FACETS = {
    "section": "Section",
    "venue": "Venue",
    "year": "Year",
    "tag": "Tag",
    "code": "Code",
}


GENERATED = element("meta", name="generator", content="papertrack")
"""By which a page tells that papertrack has made it."""


def page(site: Site) -> str:
    """Write the page.

    The papers are in it twice: as JSON for the script, and as a plain list for who reads without
    scripts. That list stands in `noscript`, of which a browser that runs the script makes nothing.
    The ids of the page begin with a capital, so that none is the key of a paper.
    """
    root = block("html", _head(site), block("body", *_body(site)), lang="en")
    return f"<!DOCTYPE html>\n{root}\n"


@cache
def _asset(name: str) -> Html:
    """Read a file of this package; its line ends are those that a browser makes of them."""
    return Html(files("papertrack.site").joinpath(name).read_text(encoding="utf-8"))


def _policy() -> str:
    """Forbid all but the one style and the one script that the page holds."""
    allowed = {"style-src": _digest("site.css"), "script-src": _digest("site.js")}
    closed = ("default-src", "base-uri", "form-action")
    rules = [*(f"{name} 'none'" for name in closed), *(f"{n} {d}" for n, d in allowed.items())]
    return "; ".join(rules)


def _digest(name: str) -> str:
    digest = hashlib.sha256(_asset(name).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _head(site: Site) -> Html:
    lines = [
        element("meta", charset="utf-8"),
        # The policy comes first: it holds for what is behind it.
        element("meta", http_equiv="Content-Security-Policy", content=_policy()),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        GENERATED,
        element("title", site.title),
        element("meta", name="description", content=site.description) if site.description else "",
        element("link", rel="canonical", href=site.url) if site.url else "",
        element("link", rel="alternate", type="application/atom+xml", title=site.title, href=FEED),
        element("style", _asset("site.css")),
    ]
    return block("head", *lines)


def _body(site: Site) -> Iterator[Html]:
    yield element("a", "Skip to the papers", href="#Papers", class_="skip")
    yield _header(site)
    yield block("main", *_main(site))
    yield _footer()
    yield element("script", encoded(document(site)), type="application/json", id="Data")
    yield element("script", _asset("site.js"))


def _header(site: Site) -> Html:
    places = [("#Papers", "Papers")]
    places += [(f"#{anchor(name)}", b.title) for name, b in site.measured]
    items = [element("li", element("a", label, href=to)) for to, label in [*places, (FEED, "Feed")]]
    return block(
        "header",
        element("h1", site.title),
        element("p", site.description) if site.description else "",
        element("nav", element("ul", *items), aria_label="Parts of the page"),
        element("button", "Dark", type="button", id="Theme", aria_label="Dark theme", hidden=True),
    )


def _main(site: Site) -> Iterator[Html]:
    yield element("h2", "Papers", id="Papers", tabindex="-1")
    yield _search()
    yield element("p", id="Status", role="status")
    yield element("div", id="List")
    if not site.papers:
        yield element("p", "There are no papers in this list yet.")
    yield block("noscript", listing(site))
    if site.benchmarks:
        yield element("h2", "Results", id="Results")
        yield results(site)
    if figure := papers_per_year(site):
        yield element("h2", "By year", id="Years")
        yield figure


def _search() -> Html:
    """Write the controls, which are hidden until the script fills them and answers to them."""
    words = element("input", id="Words", type="search", autocomplete="off", spellcheck="false")
    orders = [element("option", "By section", value="")]
    orders += [element("option", label, value=name) for name, label in ORDERS.items()]
    controls = [
        _field("Words", "Search titles, names, authors, tags and venues", words, "words"),
        *(
            _field(label, label, element("select", id=label, name=name), name)
            for name, label in _FACETS.items()
        ),
        _field("Order", "Order", element("select", *orders, id="Order"), "order"),
        element("button", "Clear", type="button", id="Clear"),
    ]
    return block("div", *controls, id="Search", role="search", hidden=True)


def _field(name: str, label: str, control: Html, kind: str) -> Html:
    return element("p", element("label", label, for_=name), control, class_=f"field {kind}")


def _footer() -> Html:
    name, url = SEMANTIC_SCHOLAR
    others = joined(THANKS_TO_OTHERS, link(name, url), by=" ")
    return element("footer", element("p", THANKS_TO_ARXIV), element("p", others, Html(".")))
