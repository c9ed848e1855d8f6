"""Every fault of the services that is known, through the whole command line, on real sockets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from papertrack.model import Citations, Paper, Venue
from papertrack.sources.http import Transport
from tests.builders import make_library
from tests.conftest import Ran
from tests.faults import CASES, TITLES, Case
from tests.services import ARXIV, S2, Clock, Services
from tests.test_storage import fingerprint

Command = Callable[..., Ran]

PAPERS = Path("store/papers")
KEYS = ["alpha", "beta", "gamma"]

SMALL = [case for case in CASES if not case.huge]

every_fault = pytest.mark.parametrize("case", SMALL, ids=[case.name for case in SMALL])


@pytest.fixture
def hurried(
    papertrack: Command, clock: Clock, case: Case, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Return the command line, which waits for nothing but, shortly, for what never comes."""
    defaults = Transport.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "clock", clock)
    monkeypatch.setitem(defaults, "sleep", clock.sleep)
    monkeypatch.setenv("PAPERTRACK_TIMEOUT", str(case.fault.patience))
    return papertrack


def stored() -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in sorted(PAPERS.iterdir())]


@every_fault
def test_add_tells_every_fault_for_what_it_is_and_asks_later_for_the_rest_alone(
    case: Case, hurried: Command, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_library(Path())
    case.know(services)
    case.begin(services)
    ran = hurried("add", *case.ids, "--json")
    assert tuple(result["status"] for result in ran.json) == case.outcome.statuses
    assert ran.code == case.outcome.add
    assert {paper["title"] for paper in stored()} <= set(TITLES)
    services.mend()
    monkeypatch.delenv("PAPERTRACK_TIMEOUT")
    asked = services.count(ARXIV) + services.count(S2)
    again = hurried("add", *case.ids, "--json")
    answered = "failed" not in case.outcome.statuses
    assert {result["status"] for result in again.json} <= {"added", "exists", "not_found"}
    assert services.count(ARXIV) + services.count(S2) == asked + (0 if answered else 1)
    assert answered or [paper["title"] for paper in stored()] == TITLES


@every_fault
def test_refresh_tells_every_fault_for_what_it_is_and_blanks_nothing(
    case: Case, hurried: Command, services: Services
) -> None:
    kind = "arxiv" if case.service == ARXIV else "doi"
    said = Citations(count=9, influential=1, as_of="2020-01")
    papers = {
        key: Paper(
            title=title,
            authors=("Ada Lovelace",),
            year=2019,
            venue=Venue(name="MICCAI", year=2019),
            ids={kind: value},
            abstract="We.",
            citations=said,
        )
        for key, title, value in zip(KEYS, TITLES, case.ids, strict=True)
    }
    library = make_library(Path(), **papers)
    case.know(services)
    case.begin(services)
    before = fingerprint(PAPERS)
    ran = hurried("refresh", "--all", "--json")
    assert ran.code == case.outcome.refresh
    news = {"added": "updated", "not_found": "not_found", "failed": "failed"}
    assert tuple(r["status"] for r in ran.json) == tuple(news[s] for s in case.outcome.statuses)
    changed = {r["key"] for r in ran.json if r["changes"]}
    assert changed or fingerprint(PAPERS) == before
    for key, after in library.read().papers.items():
        assert after.title == papers[key].title
        assert after.venue == papers[key].venue
        assert after.ids.items() >= papers[key].ids.items()
        assert all([after.authors, after.year, after.abstract, after.citations])
        assert (key in changed) == (after != papers[key])
