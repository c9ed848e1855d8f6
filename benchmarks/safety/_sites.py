"""Hostile text in the site of a list: the page, the data of its script, and the feed.

None of them may hold an element, an attribute or an address that comes from a paper, and each must
show every title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.etree import ElementTree

import lxml.html

from benchmarks.safety.report import Outcome, Row
from papertrack.model import Benchmark, Metric, Paper, Result, replace
from papertrack.site.content import Site
from papertrack.site.feed import feed
from papertrack.site.page import page
from papertrack.text import clean_line, is_unseen

Papers = Mapping[str, Paper]


def rows(shelves: Sequence[Papers]) -> Iterator[Row]:
    """Write the page and the feed of each list, whose own title is hostile too."""
    trials = len(shelves)
    for name, (write, obvious, is_whole) in _SITES.items():
        ours = sum(not is_whole(shelf, write(_site_of(shelf))) for shelf in shelves)
        control = sum(not is_whole(shelf, obvious(shelf)) for shelf in shelves)
        yield Row(name, Outcome(ours, trials), Outcome(control, trials))


def _site_of(shelf: Papers) -> Site:
    """Make a site of a list whose title, description and benchmark are hostile as well."""
    [text] = [paper.title for key, paper in shelf.items() if key == "hostile2016"]
    metric = Metric(id="x", name=text, unit=text)
    task = Benchmark(title=text, description=text, row_label=text, metrics=(metric,))
    row = Result(benchmark="task", model=text, values={"x": "1.5"}, extra_data=text)
    papers = {key: replace(p, added="2026-11-23", results=(row,)) for key, p in shelf.items()}
    return Site(title=text, description=text, papers=papers, benchmarks={"task": task})


def _is_page(shelf: Papers, text: str) -> bool:
    """Tell whether a page shows the titles of a list, and holds nothing else that is theirs."""
    try:
        root = lxml.html.document_fromstring(text)
    except ValueError:  # a character that no page may hold
        return False
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    shown = [entry.text_content().partition(" · ")[0] for entry in root.xpath("//noscript//li")]
    return (
        not any(is_unseen(char) and char != "\n" for char in text)
        and {element.tag for element in elements} <= _ELEMENTS
        and {name for e in elements for name in e.attrib if not e.xpath("ancestor-or-self::svg")}
        <= _ATTRIBUTES
        and all(re.match(r"https?://\w|#|feed\.xml$", href) for href in root.xpath("//@href"))
        and shown == _titles(shelf)
    )


def _is_data(shelf: Papers, text: str) -> bool:
    """Tell whether the script of a page gets the titles of a list."""
    root = lxml.html.document_fromstring(text)
    scripts = root.xpath("//script")
    try:
        [said] = [json.loads(e.text) for e in scripts if e.get("type") == "application/json"]
    except (TypeError, ValueError):  # no JSON, not alone, or with a character that it may not hold
        return False
    titles = {paper["key"]: paper["title"] for paper in said["papers"]}
    return len(scripts) == 2 and titles == {key: _title(p) for key, p in shelf.items()}


def _is_feed(shelf: Papers, text: str) -> bool:
    """Tell whether a feed is XML with an entry for each paper, and nothing else that is theirs."""
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError):
        return False
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    said = "".join(root.itertext())
    return (
        not any(is_unseen(char) and char != "\n" for char in said)
        and {element.tag.partition("}")[2] for element in root.iter()} <= _IN_FEEDS
        and all(re.match(r"https?://\w", e.get("href", "https://x")) for e in root.iter())
        and sorted(entry.findtext(f"{atom}title", "") for entry in entries)
        == sorted(map(_title, shelf.values()))
    )


def _titles(shelf: Papers) -> list[str]:
    return [_title(paper).partition(" · ")[0] for paper in _by_section(shelf)]


def _by_section(shelf: Papers) -> list[Paper]:
    """Put papers in the order of a page: those without a section come first."""
    return sorted(shelf.values(), key=lambda paper: bool(paper.section))


def _title(paper: Paper) -> str:
    """Return a title as XML can hold it."""
    line = clean_line(paper.title)
    return "".join(char for char in line if ord(char) & 0xFFFE != 0xFFFE)


def _page_by_f_strings(shelf: Papers) -> str:
    """Write a page as the obvious way does, with JSON as Python writes it: the control."""
    items = "".join(f"<li><a href='#'>{p.title}</a></li>" for p in _by_section(shelf))
    papers = [{"key": key, "title": paper.title} for key, paper in shelf.items()]
    data = json.dumps({"papers": papers})
    return (
        f"<!DOCTYPE html><html><head><title>A list</title></head><body><noscript><ul>{items}</ul>"
        f"</noscript><script type='application/json' id='Data'>{data}</script><script></script>"
    )


def _feed_by_f_strings(shelf: Papers) -> str:
    """Write a feed as the obvious way does: the control."""
    entries = (f"<entry><title>{paper.title}</title></entry>" for paper in shelf.values())
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{''.join(entries)}</feed>"


_ELEMENTS = frozenset(
    "html head meta title link style body a header h1 h2 h3 p nav ul li button main div label "
    "input select option noscript section table thead tbody tr th td strong br figure svg desc "
    "text g path circle rect footer script".split()
)
_ATTRIBUTES = frozenset(
    "lang charset http-equiv content name rel type title href class id role aria-label hidden for "
    "autocomplete spellcheck value tabindex scope".split()
)
_IN_FEEDS = frozenset(
    "feed entry id title subtitle updated author name generator link category content "
    "div p a".split()
)

_SITES: dict[
    str, tuple[Callable[[Site], str], Callable[[Papers], str], Callable[[Papers, str], bool]]
] = {
    "HTML page, read by lxml": (page, _page_by_f_strings, _is_page),
    "HTML page, its data read as the script does": (page, _page_by_f_strings, _is_data),
    "feed, read as XML": (feed, _feed_by_f_strings, _is_feed),
}
"""How the parts of a site are written, by us and the obvious way, and when they are whole."""
