"""The feed of a site: valid Atom with exactly the texts of the list, and ids that never change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree

import lxml.etree
import pytest
from hypothesis import given, settings

from papertrack.model import CodeLink, Link, Paper, replace
from papertrack.site.content import Site
from papertrack.site.feed import feed
from papertrack.site.html import plain
from tests.builders import attention_unet, libraries, unet, voxelmorph
from tests.test_site_page import ATTACKS, hostile, small

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def site(shelf: Mapping[str, Paper], **changes: Any) -> Site:
    fields: dict[str, Any] = {"title": "A list", "papers": shelf, "benchmarks": {}}
    return Site(**(fields | changes))


def read(text: str) -> ElementTree.Element:
    """Read a feed, and check what RFC 4287 asks of one."""
    root = ElementTree.fromstring(text.encode())
    lxml.etree.fromstring(text.encode())
    assert root.tag == f"{ATOM}feed"
    ids = [element.text or "" for element in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", found) for found in ids)
    for holder in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(holder.findall(ATOM + name)) == 1
        updated = holder.findtext(f"{ATOM}updated", "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", updated)
    assert root.find(f"{ATOM}author") is not None
    for link in root.iter(f"{ATOM}link"):
        assert re.match(r"https?://\w", link.attrib["href"])
    for link in root.iter(f"{XHTML}a"):
        assert re.match(r"https?://\w", link.attrib["href"])
    return root


def entries(text: str) -> list[ElementTree.Element]:
    return read(text).findall(f"{ATOM}entry")


def titles(text: str) -> list[str]:
    return [entry.findtext(f"{ATOM}title", "") for entry in entries(text)]


def ids(text: str) -> list[str]:
    return [entry.findtext(f"{ATOM}id", "") for entry in entries(text)]


def test_a_whole_feed(golden: Callable[[str, str], None]) -> None:
    text = feed(small())
    read(text)
    golden("feed.xml", text)


def test_without_an_address_nothing_in_a_feed_is_relative() -> None:
    root = read(feed(site({"x": Paper(title="Nowhere", added="2026-11-23")})))
    assert not list(root.iter(f"{ATOM}link"))


def test_with_an_address_a_feed_leads_to_the_page() -> None:
    nowhere = Paper(title="Nowhere", added="2026-11-23")
    root = read(feed(site({"x": nowhere}, url="https://example.org/p/")))
    assert [(link.get("rel"), link.get("href")) for link in root.iter(f"{ATOM}link")] == [
        ("alternate", "https://example.org/p/"),
        ("self", "https://example.org/p/feed.xml"),
        ("alternate", "https://example.org/p/#x"),
    ]


def test_the_papers_that_were_added_last_come_first() -> None:
    days = {"a": "2026-11-01", "b": "2026-11-23", "c": "2026-11-23", "d": "2025-12-31"}
    shelf = {key: unet(title=key, added=day) for key, day in days.items()}
    text = feed(site(shelf))
    assert titles(text) == ["b", "c", "a", "d"]
    assert read(text).findtext(f"{ATOM}updated") == "2026-11-23T00:00:00Z"
    assert feed(site(dict(reversed(shelf.items())))) == text


def test_a_feed_has_no_more_than_fifty_entries() -> None:
    shelf = {f"k{n:03}": unet(title=str(n), added=f"20{n:02}-01-01") for n in range(60)}
    assert titles(feed(site(shelf))) == [str(n) for n in range(59, 9, -1)]


@pytest.mark.parametrize("added", ["", "2026", "2026-13-01", "2026-11-23T01:02", "yesterday", "²"])
def test_a_paper_without_a_day_is_no_news(added: str) -> None:
    root = read(feed(site({"x": unet(added=added)})))
    assert root.find(f"{ATOM}entry") is None
    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_the_id_of_an_entry_outlives_what_becomes_known_of_its_paper() -> None:
    bare = Paper(title="A preprint", added="2026-11-23")
    later = unet(ids={"arxiv": "1505.04597", "doi": "10.1000/x"}, added="2026-11-23")
    one = feed(site({"x": bare}))
    other = feed(site({"x": later}, title="Another", url="https://example.org/"))
    assert ids(one) == ids(other)
    assert ids(one) == ["urn:uuid:f3afd2c4-a53d-5251-9a4a-a8e79e98505c"]


def test_an_entry_says_who_where_and_what() -> None:
    paper = replace(voxelmorph(), abstract="We learn.", remark="A classic.", tags=("mri", "mri"))
    [entry] = entries(feed(site({"x": paper})))
    assert [name.text for name in entry.iter(f"{ATOM}name")] == list(paper.authors)
    assert [c.get("term") for c in entry.iter(f"{ATOM}category")] == ["Registration", "mri"]
    assert ["".join(p.itertext()) for p in entry.iter(f"{XHTML}p")] == [
        "Guha Balakrishnan, Amy Zhao, Mert R. Sabuncu",
        "IEEE TMI 2019",
        "Registration",
        "A classic.",
        "PDF · official",
        "We learn.",
    ]
    assert entry.findall(f"{ATOM}link")[0].get("href") == "https://arxiv.org/abs/1809.05231"


@pytest.mark.parametrize("text", ATTACKS)
def test_hostile_text_is_told_as_it_is(text: str) -> None:
    shelf = {key: replace(p, added="2026-11-23") for key, p in hostile(text).papers.items()}
    root = read(feed(site(shelf, title=text, description=text)))
    assert root.findtext(f"{ATOM}title") == plain(text)
    [entry] = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == plain(text)
    names = {element.tag for element in root.iter()}
    known = "feed entry id title subtitle updated author name generator link category content"
    assert names <= {
        *(ATOM + name for name in known.split()),
        *(XHTML + n for n in ("div", "p", "a")),
    }


@pytest.mark.parametrize(
    "char", ["\x00", "\x1b", "\x9b", "\u202e", "\ud800", "\ufffe", "\U0001ffff"]
)
def test_a_character_that_xml_does_not_know_is_left_out(char: str) -> None:
    assert titles(feed(site({"x": unet(title=f"a{char}b")}))) == ["ab"]


@settings(max_examples=50)
@given(libraries)
def test_any_list_makes_a_feed_that_gives_its_texts_back(shelf: dict[str, Paper]) -> None:
    dated = {key: replace(paper, added="2026-11-23") for key, paper in shelf.items()}
    found = entries(feed(site(dated)))
    assert [entry.findtext(f"{ATOM}title") for entry in found] == [
        plain(paper.title) for _, paper in sorted(dated.items())
    ]
    assert [[name.text for name in entry.iter(f"{ATOM}name")] for entry in found] == [
        [*map(plain, paper.authors)] for _, paper in sorted(dated.items())
    ]


def test_only_web_addresses_are_linked() -> None:
    paper = attention_unet(
        ids={},
        code=(CodeLink(url="javascript:alert(1)", label="bad"),),
        links=(Link(url="file:///etc/passwd", label="paper"),),
    )
    text = feed(site({"x": paper}))
    assert "bad" not in text
    assert not list(read(text).iter(f"{ATOM}link"))
