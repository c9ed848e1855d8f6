"""Hugging Face: what its pages of papers, and their absence, become."""

from __future__ import annotations

import os

import pytest

from papertrack.identifiers import Identifier
from papertrack.model import CodeLink, Link
from papertrack.settings import Settings
from papertrack.sources import Failed, Found, Missing, Outcome, collect
from papertrack.sources.http import Transport
from papertrack.sources.hugging_face import HuggingFaceSource, Page, to_record
from tests.services import HF, Clock, Fault, Services

PAPER = "2605.05242"


@pytest.fixture
def source(services: Services, clock: Clock) -> HuggingFaceSource:
    services.add(PAPER, hf={"githubRepo": "https://github.com/owner/name"})
    settings = Settings.from_environment(os.environ)
    transport = Transport(timeout=10, budget=10, clock=clock, sleep=clock.sleep)
    return HuggingFaceSource(settings, transport)


def ask(source: HuggingFaceSource, *ids: str) -> list[Outcome]:
    answers = collect(source, [Identifier("arxiv", i) for i in ids], lambda *_: None)
    return list(answers.values())


def test_what_it_lists_is_listed_and_not_stated(source: HuggingFaceSource) -> None:
    [found] = ask(source, PAPER)
    assert isinstance(found, Found)
    assert found.record.code == (
        CodeLink(url="https://github.com/owner/name", source="hugging-face"),
    )
    assert found.record.code[0].state == "listed"


def test_a_paper_without_a_page_is_missing(source: HuggingFaceSource, services: Services) -> None:
    assert ask(source, "hep-th/9901001", "2001.00001") == [Missing(), Missing()]
    assert services.requests[0].path == "/api/papers/hep-th/9901001"


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=503),
        Fault(body=b"<html>"),
        Fault(body=b"null"),
        Fault(body=b'{"error": "x"}'),
        Fault(body=b'{"id": "2605.05242", "githubRepo": 7}'),
        Fault(body=b'{"id": "9999.99999"}'),
        Fault(body=b"[" * 200_000),
    ],
    ids=["503", "a page", "null", "an error", "a wrong type", "another paper", "nested"],
)
def test_no_proper_answer_is_failed(
    source: HuggingFaceSource, services: Services, fault: Fault
) -> None:
    services.fault(HF, fault)
    assert [type(outcome) for outcome in ask(source, PAPER)] == [Failed]


def test_an_outage_costs_ten_seconds_at_most(services: Services, clock: Clock) -> None:
    source = HuggingFaceSource(Settings.from_environment({**os.environ, "PAPERTRACK_TIMEOUT": "9"}))
    services.fault(HF, Fault(status=429, headers={"Retry-After": "11"}))
    assert {type(o) for o in ask(source, *(f"2001.{n:05}" for n in range(50)))} == {Failed}
    assert services.count(HF) == 1


def test_links_that_are_no_addresses_are_left_out() -> None:
    page = Page(id=PAPER, github_repo="javascript:alert(1)", project_page="https://a.io/x y")
    record = to_record(page)
    assert (record.code, record.links) == ((), ())


def test_a_project_page_is_a_link() -> None:
    record = to_record(Page(id=PAPER, project_page="https://owner.github.io/page"))
    assert record.links == (Link(url="https://owner.github.io/page", label="project"),)


def test_it_accepts_arxiv_identifiers(source: HuggingFaceSource) -> None:
    assert source.accepts(Identifier("arxiv", PAPER))
    assert not source.accepts(Identifier("title", "A title"))


@pytest.mark.parametrize(
    ("repository", "project", "code", "links"),
    [
        ("https://github.com/owner", "https://github.com/owner/name", [], [("project", "name")]),
        ("https://github.com/owner/name/issues", None, [], []),
        ("https://example.org/name", None, [], []),
        ("https://github.com/owner/name", "github.com/Owner/Name/", ["name"], []),
        ("https://github.com/owner", "https://github.com/owner", [], []),
        (
            "https://github.com/owner/name",
            "https://owner.github.io/name",
            ["name"],
            [("project", "name")],
        ),
    ],
)
def test_code_is_a_repository_and_a_project_page_is_not_the_same_page(
    repository: str, project: str | None, code: list[str], links: list[tuple[str, str]]
) -> None:
    said = to_record(Page(id=PAPER, github_repo=repository, project_page=project))
    assert [link.url.rpartition("/")[2] for link in said.code] == code
    assert [(link.label, link.url.rpartition("/")[2]) for link in said.links] == links
