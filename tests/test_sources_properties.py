"""What holds for any answer that a service may send."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from papertrack.identifiers import Identifier
from papertrack.model import CodeLink, Record, Venue
from papertrack.sources import Found, Missing
from papertrack.sources.arxiv import preprint
from papertrack.sources.atom import read_feed
from papertrack.sources.cache import Cache
from papertrack.sources.http import ServiceError
from papertrack.sources.semantic_scholar import to_record
from papertrack.text import clean_line
from tests.services import ARXIV, FakePaper, Request, Services

ENTRY = "{http://www.w3.org/2005/Atom}entry"


def _feed() -> bytes:
    services = Services.__new__(Services)
    services.legacy = False
    services.papers = {i: FakePaper(id=i, title=f"Paper {i}") for i in ("2001.00001", "cs/0503050")}
    query = {"id_list": ",".join(services.papers)}
    return services.answer(Request(ARXIV, "GET", "/api/query", query, {}, b"")).body


FEED = _feed()


@given(start=st.integers(0, len(FEED)), length=st.integers(0, 80), new=st.binary(max_size=40))
def test_a_damaged_feed_is_an_error_or_still_whole(start: int, length: int, new: bytes) -> None:
    damaged = FEED[:start] + new + FEED[start + length :]
    try:
        feed = read_feed(damaged)
    except (ValueError, ServiceError):
        return
    left = etree.fromstring(feed.body).findall(ENTRY)
    assert 1 <= len(left) + len(feed.rejected) <= 2


@given(cut=st.integers(0, len(FEED) - len(b"</feed>\n")))
def test_no_part_of_a_feed_passes_for_the_whole(cut: int) -> None:
    try:
        read_feed(FEED[:cut])
    except ValueError:
        return
    raise AssertionError(f"the first {cut} bytes passed")


scraps = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(),
    st.lists(st.fixed_dictionaries({"name": st.none() | st.text(max_size=20)}), max_size=3),
    st.dictionaries(st.sampled_from(["ArXiv", "DOI", "DBLP", "name"]), st.text(max_size=20)),
)
names = "paperId externalIds title abstract authors year venue publicationVenue journal"
raws = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys([*names.split(), "citationCount", "influentialCitationCount"], scraps),
)


@given(raw=raws)
def test_any_answer_gives_a_clean_record_or_an_error(raw: dict[str, Any]) -> None:
    try:
        record = to_record(raw, "2026-11")
    except msgspec.ValidationError:
        return
    assert all(clean_line(text, limit=100_000) == text for text in texts(record))


@given(*[st.text(max_size=60)] * 6)
def test_any_text_of_arxiv_gives_a_clean_record(
    title: str, author: str, abstract: str, comment: str, reference: str, doi: str
) -> None:
    record = preprint(
        source="arxiv",
        arxiv_id="2001.00001",
        title=title,
        authors=[author],
        year=2020,
        abstract=abstract,
        comment=comment,
        journal_ref=reference,
        doi=doi,
        categories=[reference, "cs.CV"],
    )
    assert all(clean_line(text, limit=100_000) == text for text in texts(record))
    assert record.ids["arxiv"] == "2001.00001"
    assert "cs.CV" in record.categories


def texts(record: Record) -> list[str]:
    urls = [link.url for link in (*record.code, *record.links)]
    venue = [record.venue.name] if record.venue else []
    many = [*record.authors, *record.ids.values(), *record.categories, *urls, *venue]
    return [record.title, record.abstract, record.comment, *many]


lines = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
records = st.builds(
    Record,
    source=st.just("arxiv"),
    title=lines,
    authors=st.lists(lines, max_size=3).map(tuple),
    year=st.none() | st.integers(1900, 2100),
    venue=st.none() | st.builds(Venue, name=lines, year=st.none() | st.integers(1900, 2100)),
    ids=st.dictionaries(lines, lines, max_size=3),
    code=st.lists(st.builds(CodeLink, url=lines), max_size=2).map(tuple),
    withdrawn=st.booleans(),
)


@given(outcome=records.map(Found) | lines.map(Missing), value=lines)
def test_the_cache_gives_back_what_it_was_given(outcome: Found | Missing, value: str) -> None:
    identifier = Identifier("title", value)
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder, "answers.sqlite"))
        cache.put("arxiv", {identifier: outcome})
        assert cache.get("arxiv", [identifier]) == {identifier: outcome}
