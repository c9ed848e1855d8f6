"""Refreshing papers: what is taken in, what stays, and what is told of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from papertrack.editing import assign
from papertrack.errors import ExitCode
from papertrack.gathering import Panel
from papertrack.identifiers import Identifier
from papertrack.model import Citations, CodeLink, Paper, Venue
from papertrack.refreshing import (
    Change,
    Refreshed,
    Refreshment,
    Status,
    best_identifier,
    changes,
)
from papertrack.sources import Failed, Found, Missing, Outcome
from papertrack.tracker import Tracker
from tests.builders import attention_unet, make_library, record, unet, voxelmorph
from tests.conftest import Ran
from tests.fakes import FakeSource
from tests.services import ARXIV, HF, S2, Fault, Services
from tests.test_storage import fingerprint

Command = Callable[..., Ran]

UNET = "1505.04597"
MICCAI = Venue(name="MICCAI", year=2015)
PREPRINT = unet(venue=None, ids={"arxiv": UNET})


def tracker(root: Path, *sources: FakeSource, **papers: Paper) -> Tracker:
    return Tracker(make_library(root, **papers), lambda: Panel(sources))


def arxiv(outcome: Outcome) -> FakeSource:
    return FakeSource(ARXIV, {UNET: outcome})


def s2(outcome: Outcome) -> FakeSource:
    return FakeSource(S2, {UNET: outcome})


def test_a_preprint_that_has_come_out_gets_its_venue(tmp_path: Path) -> None:
    said = s2(Found(record(S2, venue=MICCAI, ids={"arxiv": UNET, "doi": "10.1000/x"})))
    track = tracker(tmp_path, arxiv(Found(record())), said, unet=PREPRINT, other=voxelmorph())
    [result] = track.refresh(["unet"]).results
    assert (result.key, result.status, result.message) == ("unet", "updated", "")
    assert {change.field: (change.old, change.new) for change in result.changes} == {
        "ids.doi": (None, "10.1000/x"),
        "venue": (None, {"name": "MICCAI", "year": 2015}),
        **{f"sources.{field}": (None, "arxiv") for field in ("authors", "title", "year")},
    }
    papers = track.library.read().papers
    assert papers["unet"].venue == MICCAI
    assert papers["other"] == voxelmorph()


def test_a_second_refresh_finds_nothing_and_writes_nothing(tmp_path: Path) -> None:
    track = tracker(tmp_path, arxiv(Found(record(comment="8 pages"))), unet=PREPRINT)
    assert [r.status for r in track.refresh(["unet"]).results] == ["updated"]
    before = fingerprint(tmp_path)
    assert track.refresh(["unet"]) == Refreshment([Refreshed("unet", "unchanged")])
    assert fingerprint(tmp_path) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    track = tracker(tmp_path, arxiv(Found(record(comment="8 pages"))), unet=PREPRINT)
    before = fingerprint(tmp_path)
    told = track.refresh(["unet"], dry_run=True)
    assert fingerprint(tmp_path) == before
    assert told == track.refresh(["unet"])
    assert Change("comment", None, "8 pages") in told.results[0].changes


def test_what_was_set_or_taken_out_by_hand_stays_so(tmp_path: Path) -> None:
    code = CodeLink(url="https://github.com/a/b", source="abstract")
    paper = unet(
        title="My title", venue=MICCAI, pinned=("title", "venue"), dismissed=(code.url,), notes="x"
    )
    said = record(S2, title="My title, really", venue=Venue(name="IEEE TMI", year=2019))
    track = tracker(tmp_path, arxiv(Found(record(code=(code,)))), s2(Found(said)), unet=paper)
    track.refresh(["unet"])
    after = track.library.read().papers["unet"]
    assert (after.title, after.venue, after.code, after.notes) == ("My title", MICCAI, (), "x")
    assert after.dismissed == paper.dismissed


def test_an_arxiv_id_that_arxiv_calls_another_paper_is_not_taken_in(tmp_path: Path) -> None:
    doi = unet().ids["doi"]
    said = Found(record(S2, ids={"doi": doi, "arxiv": UNET}))
    wrong = Found(record(title="Gravity Hill", authors=("A. Wu",)))
    by_doi = FakeSource(S2, {doi: said}, kinds=("doi",))
    track = tracker(tmp_path, arxiv(wrong), by_doi, unet=unet(ids={"doi": doi}))
    [result] = track.refresh(["unet"]).results
    assert result.message == "not believed: a source calls it 'Gravity Hill'"
    assert track.library.read().papers["unet"].ids == {"doi": doi}


def test_a_published_venue_never_becomes_a_preprint_again(tmp_path: Path) -> None:
    said = s2(Found(record(S2, venue=Venue(name="arXiv", year=2016))))
    track = tracker(tmp_path, said, unet=unet(sources={"venue": S2}))
    track.refresh(["unet"])
    assert track.library.read().papers["unet"].venue == unet().venue


def test_a_venue_that_nobody_had_confirmed_is_confirmed(tmp_path: Path) -> None:
    paper = unet(sources={"venue": "unchecked", "title": "arxiv"})
    track = tracker(tmp_path, s2(Found(record(S2, venue=MICCAI, title=""))), unet=paper)
    [result] = track.refresh(["unet"]).results
    assert Change("sources.venue", "unchecked", S2) in result.changes
    assert track.library.read().papers["unet"].venue == paper.venue


def test_an_identifier_that_is_another_papers_changes_nothing(tmp_path: Path) -> None:
    wrong = Found(record(title="Gravity Hill", authors=("A. Wu",)))
    track = tracker(tmp_path, arxiv(wrong), unet=unet())
    refreshment = track.refresh(["unet"])
    assert refreshment.results == [
        Refreshed("unet", "doubted", message="its sources now call it 'Gravity Hill'")
    ]
    assert refreshment.exit_code == ExitCode.PARTLY
    assert track.library.read().papers == {"unet": unet()}


def test_a_source_that_calls_it_something_else_is_passed_over_and_named(tmp_path: Path) -> None:
    wrong = Found(record(S2, title="Gravity Hill", authors=("A. Wu",), venue=Venue(name="PRD")))
    track = tracker(tmp_path, arxiv(Found(record())), s2(wrong), unet=PREPRINT)
    [result] = track.refresh(["unet"]).results
    assert result.message == "not believed: a source calls it 'Gravity Hill'"
    assert track.library.read().papers["unet"].venue is None


@pytest.mark.parametrize(
    ("outcome", "status", "message"),
    [
        (Failed("HTTP 503"), "failed", "arxiv: HTTP 503"),
        (Missing(), "not_found", "unknown to arxiv"),
    ],
)
def test_a_paper_of_which_nothing_is_said_stays(
    tmp_path: Path, outcome: Outcome, status: Status, message: str
) -> None:
    track = tracker(tmp_path, arxiv(outcome), unet=unet())
    assert track.refresh(["unet"]).results == [Refreshed("unet", status, message=message)]
    assert track.library.read().papers == {"unet": unet()}


def test_a_paper_without_an_identifier_is_not_asked_about(tmp_path: Path) -> None:
    source = arxiv(Missing())
    track = tracker(tmp_path, source, bare=attention_unet(ids={"openreview": "x"}))
    [result] = track.refresh(["bare"]).results
    assert (result.status, source.calls) == ("not_found", [])
    assert "papertrack set bare arxiv=" in result.message


def test_a_paper_that_is_removed_while_the_sources_are_asked_is_not_brought_back(
    tmp_path: Path,
) -> None:
    track = tracker(tmp_path, unet=unet())

    class Slow(FakeSource):
        def fetch(self, identifiers: Any) -> Any:
            track.remove(["unet"])
            return super().fetch(identifiers)

    slow = Slow(ARXIV, {UNET: Found(record(comment="8 pages"))})
    track = Tracker(track.library, lambda: Panel([slow]))
    [result] = track.refresh(["unet"]).results
    assert (result.status, result.message) == ("not_found", "somebody has removed it meanwhile")
    assert track.library.read().papers == {}


def test_what_is_edited_while_the_sources_are_asked_is_kept(tmp_path: Path) -> None:
    track = tracker(tmp_path, unet=PREPRINT)

    class Slow(FakeSource):
        def fetch(self, identifiers: Any) -> Any:
            track.edit("unet", lambda paper: assign(paper, "venue=CVPR 2016"))
            return super().fetch(identifiers)

    slow = Slow(S2, {UNET: Found(record(S2, venue=MICCAI, comment="8 pages"))})
    Tracker(track.library, lambda: Panel([slow])).refresh(["unet"])
    after = track.library.read().papers["unet"]
    assert (after.venue, after.comment) == (Venue(name="CVPR", year=2016), "8 pages")


def test_a_paper_is_asked_about_by_what_most_sources_know() -> None:
    both = FakeSource(S2, kinds=("arxiv", "doi"))
    ids = {"doi": "10.1000/x", "arxiv": UNET, "openreview": "x"}
    assert best_identifier(unet(ids=ids), [arxiv(Missing()), both]) == Identifier("arxiv", UNET)
    assert best_identifier(unet(ids=ids), [both]) == Identifier("doi", "10.1000/x")
    assert best_identifier(unet(ids=ids), []) is None


def test_of_a_change_its_bookkeeping_is_not_told() -> None:
    before = unet(sources={"venue": "list", "title": "list"}, citations=Citations(count=1))
    after = unet(
        title="New",
        venue=Venue(name="IEEE TMI"),
        citations=Citations(count=2),
        sources={"venue": S2, "title": ARXIV, "year": ARXIV, "citations": S2},
        dismissed=(before.title,),
        printed={"venue": "MICCAI 2015"},
    )
    assert list(changes(before, after)) == [
        Change("title", before.title, "New"),
        Change("venue", {"name": "MICCAI", "year": 2015}, {"name": "IEEE TMI"}),
        Change("citations.count", 1, 2),
        Change("sources.year", None, ARXIV),
    ]


@pytest.mark.parametrize(
    ("statuses", "more", "expected"),
    [
        ([], {}, ExitCode.DONE),
        (["updated", "unchanged", "not_found"], {}, ExitCode.DONE),
        (["updated", "failed"], {}, ExitCode.PARTLY),
        (["unchanged"], {"silent": {"arxiv": "503"}}, ExitCode.PARTLY),
        (["doubted"], {}, ExitCode.PARTLY),
        (["not_found"], {"silent": {S2: "503"}}, ExitCode.PARTLY),
        (["failed", "not_found", "doubted"], {}, ExitCode.UNAVAILABLE),
        (["failed"], {"refused_key": True}, ExitCode.CREDENTIALS),
    ],
)
def test_the_exit_code_sums_up(
    statuses: list[Status], more: dict[str, Any], expected: ExitCode
) -> None:
    results = [Refreshed(str(n), status) for n, status in enumerate(statuses)]
    assert Refreshment(results, **more).exit_code == expected


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def library(papertrack: Command, services: Services) -> Command:
    """Return the command line in a list of two papers, of which one has come out."""
    make_library(Path(), unet=PREPRINT, attention=attention_unet())
    services.add(UNET, PREPRINT.title, authors=list(PREPRINT.authors), s2={"venue": "MICCAI"})
    services.add("1804.03999", attention_unet().title, authors=["Ozan Oktay"])
    return papertrack


def test_500_papers_cost_5_requests_to_arxiv_and_1_to_semantic_scholar(
    papertrack: Command, services: Services
) -> None:
    ids = [services.add(f"2001.{n:05}").id for n in range(500)]
    make_library(
        Path(),
        **{f"p{n}": Paper(title=f"The paper {i}", ids={"arxiv": i}) for n, i in enumerate(ids)},
    )
    ran = papertrack("refresh", "--all", "--json")
    assert ran.code == 0
    assert {result["status"] for result in ran.json} == {"updated"}
    assert (services.count(ARXIV), services.count(S2), services.count(HF)) == (5, 1, 0)
    assert papertrack("refresh", "--all", "--json").code == 0
    assert len(services.requests) == 6


def test_old_and_new_stand_side_by_side(library: Command) -> None:
    ran = library("refresh", "U-Net", "--dry-run")
    assert ran.code == 0
    assert "unet\tvenue\t-\tMICCAI 2020\n" in ran.out
    assert "unet\tcitations.count\t-\t3\n" in ran.out
    assert ran.err.splitlines() == ["1 updated", "nothing was written (--dry-run)"]
    assert "venue" not in json.loads(Path("store/papers/unet.json").read_text())
    ran = library("refresh", "U-Net")
    assert ran.err.splitlines() == ["1 updated", "next: papertrack render"]
    assert library("refresh", "U-Net").err.splitlines() == ["1 unchanged"]


def test_json_has_every_change_as_on_disk(library: Command) -> None:
    ran = library("refresh", "--all", "year:2015", "--json")
    [result] = ran.json
    assert (result["key"], result["status"], result["message"]) == ("unet", "updated", "")
    assert result["changes"]["venue"] == {"old": None, "new": {"name": "MICCAI", "year": 2020}}


def test_links_and_lists_are_told_by_what_a_person_reads(
    library: Command, services: Services
) -> None:
    services.papers[UNET].comment = "Code: https://github.com/a/b"
    out = library("refresh", "unet").out
    assert "unet\tcode\t-\thttps://github.com/a/b\n" in out
    assert "unet\tcategories\t-\tcs.CV\n" in out


def test_without_a_word_it_says_what_to_type(library: Command, services: Services) -> None:
    ran = library("refresh")
    assert (ran.code, services.requests) == (2, [])
    assert "papertrack refresh --all" in ran.err
    assert library("refresh", "unett").code == 3


def test_that_no_paper_is_meant_is_said(library: Command, services: Services) -> None:
    ran = library("refresh", "--all", "year:1999")
    assert (ran.code, ran.err, services.requests) == (0, "no paper to ask about\n", [])


def test_a_paper_with_which_something_is_wrong_is_named(
    library: Command, services: Services
) -> None:
    services.papers[UNET].title = "Gravity Hill"
    services.papers[UNET].authors = ["A. Wu"]
    ran = library("refresh", "--all")
    assert ran.code == 7
    assert "unet: doubted: its sources now call it 'Gravity Hill'" in ran.err


def test_a_silent_service_is_named_and_the_same_command_goes_on(
    library: Command, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papertrack.sources.http._BACK_OFF", (0.0, 0.0, 0.0))
    services.fault(S2, Fault(status=503))
    ran = library("refresh", "--all")
    assert ran.code == 7
    assert "semantic-scholar did not answer (HTTP 503" in ran.err
    assert "venue" not in json.loads(Path("store/papers/unet.json").read_text())
    services.mend()
    asked = services.count(ARXIV)
    assert library("refresh", "--all").code == 0
    assert services.count(ARXIV) == asked
    assert json.loads(Path("store/papers/unet.json").read_text())["venue"]["name"] == "MICCAI"


def test_offline_it_takes_what_the_cache_holds(library: Command, services: Services) -> None:
    make_library(Path(), unknown=Paper(title="Unknown", ids={"arxiv": "2012.12345"}))
    library("refresh", "unet", "--dry-run")
    asked = len(services.requests)
    assert library("--offline", "refresh", "unet").code == 0
    assert library("--offline", "refresh", "unknown").code == 5
    assert len(services.requests) == asked
