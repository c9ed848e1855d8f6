"""Recorded answers of the services, served again on a real socket to the real client packages."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree

from papertrack.identifiers import Identifier
from papertrack.model import Record
from papertrack.settings import Settings
from papertrack.sources import Failed, Found, Missing, Outcome, collect
from papertrack.sources.arxiv import BATCH, ArxivSource
from papertrack.sources.http import Transport
from papertrack.sources.hugging_face import HuggingFaceSource
from papertrack.sources.semantic_scholar import SemanticScholarSource, to_record
from tests.services import ARXIV, HF, S2, Clock, Fault, Services

ATOM = "{http://www.w3.org/2005/Atom}"
NO_FEEDS_OF_PAPERS = {
    "arxiv/rss-cs_weekend_empty.xml": "it is a news feed",
    "arxiv/legacy-empty-page_s21100.xml": "it promises entries and has none",
}


class Recording(NamedTuple):
    file: str
    status: int
    body: bytes
    entries: int | None
    request: dict[str, Any]


@pytest.fixture(scope="module")
def recordings(recorded: Path) -> list[Recording]:
    manifest = json.loads((recorded / "manifest.json").read_bytes())
    return [
        Recording(
            item["file"],
            item["status"],
            (recorded / item["file"]).read_bytes(),
            item.get("entries"),
            json.loads(item["request_body"] or "{}"),
        )
        for item in manifest
    ]


@pytest.fixture
def transport(clock: Clock) -> Transport:
    return Transport(timeout=10, clock=clock, sleep=clock.sleep)


def outcomes(source: Any, identifiers: list[Identifier]) -> list[Outcome]:
    answers = collect(source, identifiers, lambda *_: None)
    return [answers[identifier] for identifier in identifiers]


def ids_in(feed: bytes) -> list[str]:
    """List the identifiers of a feed, read with other means than the program's."""
    addresses = re.findall(rb"<id>http://arxiv.org/abs/([^<]+)v\d+</id>", feed)
    return [address.decode() for address in addresses]


def as_answer_for_its_entries(feed: bytes, entries: int) -> bytes:
    """Make the page of a search, which counts all it found, the answer to a list of ids."""
    return re.sub(rb"(totalResults[^>]*>)\d+", rb"\g<1>%d" % entries, feed)


def test_every_entry_of_every_recorded_feed_becomes_a_clean_record(
    services: Services, transport: Transport, recordings: list[Recording]
) -> None:
    source = ArxivSource(Settings.from_environment(os.environ), transport)
    papers = 0
    for recording in recordings:
        if not recording.file.startswith("arxiv/") or recording.file in NO_FEEDS_OF_PAPERS:
            continue
        if recording.status == 400:
            continue
        assert recording.entries is not None
        ids = ids_in(recording.body)
        assert len(ids) == recording.entries, recording.file
        body = as_answer_for_its_entries(recording.body, recording.entries)
        services.mend()
        services.fault(ARXIV, Fault(body=body))
        wanted = [Identifier("arxiv", i) for i in [*ids, "2001.99999"]]
        *found, absent = outcomes(source, wanted)
        # in a batch of its own, it gets an answer for papers that were not asked for
        assert isinstance(absent, Missing if len(ids) < BATCH else Failed)
        entries = dict(zip(ids, etree.fromstring(body).iter(f"{ATOM}entry"), strict=True))
        for identifier, outcome in zip(ids, found, strict=True):
            assert isinstance(outcome, Found), (recording.file, outcome)
            check(outcome.record, identifier, entries[identifier])
        papers += len(found)
    assert papers == sum(r.entries or 0 for r in recordings if r.status == 200) > 800


def check(record: Record, identifier: str, entry: Any) -> None:
    """Compare a record with the entry that it was made of."""
    assert record.ids["arxiv"] == identifier
    assert record.year == int(entry.findtext(f"{ATOM}published")[:4])
    authors = [name.text.strip() for name in entry.iter(f"{ATOM}name")]
    assert [plain(name) for name in record.authors] == [plain(name) for name in authors]
    assert record.title
    assert len(record.abstract) > 0.9 * len(" ".join(entry.findtext(f"{ATOM}summary").split()))
    comment = entry.findtext("{http://arxiv.org/schemas/atom}comment") or ""
    assert plain(record.comment) == plain(comment)
    assert record.categories
    for text in (record.title, record.abstract, record.comment, *record.authors):
        assert text.isprintable()
        assert text == " ".join(text.split())


def plain(text: str) -> str:
    """Drop what cleaning may change: white space and characters that do not print."""
    return "".join(c for c in text if c.isprintable() and not c.isspace())


@pytest.mark.parametrize(("file", "why"), NO_FEEDS_OF_PAPERS.items())
def test_recorded_feeds_that_do_not_answer_the_question_are_failures(
    services: Services, transport: Transport, recorded: Path, file: str, why: str
) -> None:
    services.fault(ARXIV, Fault(body=(recorded / file).read_bytes()))
    source = ArxivSource(Settings.from_environment(os.environ), transport)
    [outcome] = outcomes(source, [Identifier("arxiv", "2001.00001")])
    assert isinstance(outcome, Failed), why


@pytest.mark.parametrize(
    ("file", "identifier"),
    [
        ("arxiv/new-id_abc_s0_m100.xml", "abc"),
        ("arxiv/legacy-manual-error_1234.12345.xml", "1234.12345"),
    ],
)
@pytest.mark.parametrize("status", [400, 200])
def test_recorded_error_messages_are_quoted(
    services: Services,
    transport: Transport,
    recorded: Path,
    file: str,
    identifier: str,
    status: int,
) -> None:
    services.fault(ARXIV, Fault(status=status, body=(recorded / file).read_bytes()))
    source = ArxivSource(Settings.from_environment(os.environ), transport)
    [outcome] = outcomes(source, [Identifier("arxiv", identifier)])
    assert outcome == Missing(f"incorrect id format for {identifier}")


def test_recorded_batches_keep_their_order(
    services: Services, transport: Transport, recorded: Path
) -> None:
    body = (recorded / "s2" / "batch-with-null-first.json").read_bytes()
    services.fault(S2, Fault(status=200, body=body))
    source = SemanticScholarSource(Settings.from_environment(os.environ), transport)
    wanted = [
        Identifier("corpus", "211530585"),
        Identifier("corpus", "470667"),
        Identifier("doi", "10.2139/ssrn.2250500"),
        Identifier("s2", "0f40b1f08821e22e859c6050916cec3667778613"),
    ]
    missing, *found = outcomes(source, wanted)
    assert missing == Missing()
    for outcome, raw in zip(found, json.loads(body)[1:], strict=True):
        assert isinstance(outcome, Found)
        assert outcome.record.ids["s2"] == raw["paperId"]
        assert len(outcome.record.authors) == len(raw["authors"])


def test_every_recorded_paper_of_semantic_scholar_converts(recordings: list[Recording]) -> None:
    papers = [
        paper
        for recording in recordings
        if recording.file.startswith("s2/") and recording.status == 200
        for paper in papers_in(json.loads(recording.body))
    ]
    records = [to_record(paper, "2026-11") for paper in papers]
    assert len(records) > 300
    for paper, record in zip(papers, records, strict=True):
        assert record.ids.get("s2") == paper.get("paperId")
        assert bool(record.title) == bool(paper.get("title"))
        assert record.title.isprintable()
        assert record.abstract.isprintable()
        assert not record.ids.get("doi", "").startswith("10.48550")
        assert record.venue is None or record.venue.name not in ("arXiv", "arXiv.org", "ArXiv")


def papers_in(document: Any) -> list[dict[str, Any]]:
    """List the papers of an answer of any shape."""
    if isinstance(document, list):
        return [paper for paper in document if paper]
    if "paperId" in document:
        return [document]
    rows = document.get("data") or document.get("recommendedPapers") or []
    return [row.get("citedPaper", row) for row in rows if "snippet" not in row]


@pytest.mark.parametrize(
    ("file", "title", "kind"),
    [
        ("match-attention.json", "Attention Is All You Need", Found),
        ("match-title.json", "Mining association rules between sets of items", Missing),
        ("match-wrong-paper_gravity-hill.json", "Gravity hill", Missing),
    ],
)
def test_recorded_matches_are_taken_only_when_they_agree(
    services: Services, transport: Transport, recorded: Path, file: str, title: str, kind: type
) -> None:
    services.fault(S2, Fault(status=200, body=(recorded / "s2" / file).read_bytes()))
    source = SemanticScholarSource(Settings.from_environment(os.environ), transport)
    [outcome] = outcomes(source, [Identifier("title", title)])
    assert isinstance(outcome, kind)


def test_recorded_refusals_of_semantic_scholar_are_failures_but_for_a_title(
    services: Services, recordings: list[Recording], clock: Clock
) -> None:
    refusals = [r for r in recordings if r.file.startswith("s2/") and r.status != 200]
    assert len(refusals) == 7
    for recording in refusals:
        services.mend()
        services.fault(S2, Fault(status=recording.status, body=recording.body))
        transport = Transport(timeout=10, clock=clock, sleep=clock.sleep)
        source = SemanticScholarSource(Settings.from_environment(os.environ), transport)
        [batch] = outcomes(source, [Identifier("arxiv", "2001.00001")])
        [match] = outcomes(source, [Identifier("title", "a title of some length")])
        assert isinstance(batch, Failed), recording.file
        assert isinstance(match, Missing if recording.status == 404 else Failed), recording.file


def test_recorded_pages_of_hugging_face_give_their_links(
    services: Services, transport: Transport, recorded: Path
) -> None:
    source = HuggingFaceSource(Settings.from_environment(os.environ), transport)
    for listed in json.loads((recorded / "hf" / "daily_papers_3.json").read_bytes()):
        page = listed["paper"]
        services.mend()
        services.fault(HF, Fault(status=200, body=json.dumps(page).encode()))
        [outcome] = outcomes(source, [Identifier("arxiv", page["id"])])
        assert isinstance(outcome, Found)
        assert [link.url for link in outcome.record.code] == [
            url for url in [page.get("githubRepo")] if url
        ]
        assert len(outcome.record.links) == ("projectPage" in page)
