"""The cache: what is kept, for how long, and what happens without it."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest

from papertrack.identifiers import Identifier
from papertrack.model import Citations, CodeLink, Link, Record, Venue
from papertrack.settings import Settings
from papertrack.sources import Answers, Failed, Found, Missing, Outcome, collect
from papertrack.sources.arxiv import ArxivSource
from papertrack.sources.cache import DAY, HOUR, Cache, Cached
from tests.services import ARXIV, Fault, Services

RECORD = Record(
    source="arxiv",
    title="Ünïcode | title",
    authors=("Ada",),
    year=2020,
    venue=Venue(name="MICCAI", year=2020),
    ids={"arxiv": "2001.00001"},
    code=(CodeLink(url="https://github.com/a/b", source="comment"),),
    links=(Link(url="https://a.io"),),
    citations=Citations(count=3, as_of="2026-11"),
    withdrawn=True,
)
ONE, TWO, THREE = (Identifier("arxiv", f"2001.0000{n}") for n in (1, 2, 3))
FOUND, MISSING, FAILED = Found(RECORD), Missing("why"), Failed("down")


class Script:
    """A source that answers what it is told, one identifier a batch, and counts."""

    name = "arxiv"

    def __init__(self, answers: dict[Identifier, Outcome]) -> None:
        self.answers = answers
        self.asked: list[Identifier] = []

    def accepts(self, identifier: Identifier) -> bool:
        return identifier.kind == "arxiv"

    def fetch(self, identifiers: Iterable[Identifier]) -> Iterator[Answers]:
        for identifier in identifiers:
            self.asked.append(identifier)
            yield {identifier: self.answers[identifier]}


class Hours:
    """A clock in hours."""

    def __init__(self) -> None:
        self.hours = 0.0

    def __call__(self) -> float:
        return self.hours * HOUR


@pytest.fixture
def now() -> Hours:
    return Hours()


@pytest.fixture
def cache(tmp_path: Path, now: Hours) -> Cache:
    return Cache(tmp_path / "cache" / "answers.sqlite", DAY, now)


@pytest.fixture
def script() -> Script:
    return Script({ONE: FOUND, TWO: MISSING, THREE: FAILED})


def ask(source: Cached) -> Answers:
    return collect(source, [ONE, TWO, THREE], lambda *_: None)


def test_an_answer_comes_back_as_it_was(cache: Cache) -> None:
    cache.put("arxiv", {ONE: FOUND, TWO: MISSING})
    assert cache.get("arxiv", [ONE, TWO, THREE]) == {ONE: FOUND, TWO: MISSING}


def test_sources_do_not_answer_for_each_other(cache: Cache) -> None:
    cache.put("arxiv", {ONE: FOUND})
    assert cache.get("hugging-face", [ONE]) == {}


@pytest.mark.parametrize(
    ("hours", "asked"),
    [(0.5, [THREE]), (1.5, [TWO, THREE]), (25, [ONE, TWO, THREE]), (-1, [ONE, TWO, THREE])],
    ids=["half an hour", "more than an hour", "more than a day", "a clock set back"],
)
def test_found_is_kept_a_day_missing_an_hour_and_failed_never(
    cache: Cache, script: Script, now: Hours, hours: float, asked: list[Identifier]
) -> None:
    ask(Cached(script, cache))
    now.hours += hours
    script.asked.clear()
    assert ask(Cached(script, cache)) == script.answers
    assert script.asked == asked


def test_a_source_is_not_asked_for_what_is_held(cache: Cache, script: Script) -> None:
    cache.put("arxiv", {ONE: FOUND})
    cached = Cached(script, cache)
    assert list(cached.fetch([ONE])) == [{ONE: FOUND}]
    assert script.asked == []
    assert [cached.accepts(i) for i in (ONE, Identifier("doi", "10.1000/x"))] == [True, False]


def test_refresh_asks_again_and_keeps_the_newer_answer(cache: Cache, script: Script) -> None:
    ask(Cached(script, cache))
    script.answers[TWO] = FOUND
    assert ask(Cached(script, cache, refresh=True))[TWO] == FOUND
    assert script.asked == [ONE, TWO, THREE] * 2
    assert cache.get("arxiv", [TWO]) == {TWO: FOUND}


def test_offline_nothing_is_asked_and_any_age_will_do(
    cache: Cache, script: Script, now: Hours
) -> None:
    ask(Cached(script, cache))
    now.hours += 1000
    script.asked.clear()
    answers = ask(Cached(script, cache, offline=True, refresh=True))
    assert script.asked == []
    assert answers == {
        ONE: FOUND,
        TWO: MISSING,
        THREE: Failed("not in the cache, and papertrack is offline", offline=True),
    }


def test_an_interrupted_run_goes_on_where_it_stopped(cache: Cache, script: Script) -> None:
    batches = Cached(script, cache).fetch([ONE, TWO, THREE])
    next(batches)
    del batches
    script.asked.clear()
    ask(Cached(script, cache))
    assert script.asked == [TWO, THREE]


def test_what_came_before_an_outage_is_not_asked_again(cache: Cache, services: Services) -> None:
    ids = [Identifier("arxiv", services.add(f"2001.{n:05}").id) for n in range(300)]
    settings = Settings.from_environment(os.environ)
    batches = Cached(ArxivSource(settings), cache).fetch(ids)
    next(batches)
    services.fault(ARXIV, Fault(status=403))
    list(batches)
    services.mend()
    services.requests.clear()
    answers = collect(Cached(ArxivSource(settings), cache), ids, lambda *_: None)
    assert {type(outcome) for outcome in answers.values()} == {Found}
    assert services.count(ARXIV) == 2


def _garbage(path: Path) -> None:
    path.write_bytes(b"this is no database " * 500)


def _other_table(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table answers (one text)")
    connection.close()


def _folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("spoil", [_garbage, _other_table, _folder])
def test_without_a_usable_file_all_goes_on_and_it_is_said_once(
    tmp_path: Path, script: Script, caplog: pytest.LogCaptureFixture, spoil: object
) -> None:
    assert callable(spoil)
    spoil(tmp_path / "answers.sqlite")
    cache = Cache(tmp_path / "answers.sqlite")
    with caplog.at_level(logging.WARNING, "papertrack"):
        assert ask(Cached(script, cache)) == script.answers
    assert len(caplog.records) == 1
    assert "going on without the cache" in caplog.text


def test_a_folder_that_cannot_be_made_is_no_trouble(tmp_path: Path, script: Script) -> None:
    (tmp_path / "file").touch()
    cached = Cached(script, Cache(tmp_path / "file" / "answers.sqlite"))
    assert ask(cached) == script.answers


def test_an_answer_in_another_form_counts_as_not_there(cache: Cache, tmp_path: Path) -> None:
    cache.put("arxiv", {ONE: FOUND, TWO: FOUND})
    connection = sqlite3.connect(tmp_path / "cache" / "answers.sqlite")
    with connection:
        connection.execute(
            "update answers set outcome = ? where identifier = ?", (b'{"type": "X"}', str(ONE))
        )
        connection.execute("update answers set outcome = 7 where identifier = ?", (str(TWO),))
    connection.close()
    assert cache.get("arxiv", [ONE, TWO]) == {}


def _put_many(path: Path, worker: int) -> None:
    cache = Cache(path)
    for n in range(25):
        cache.put("arxiv", {Identifier("arxiv", f"{worker}.{n}"): FOUND})


def _all_of(workers: int) -> list[Identifier]:
    return [Identifier("arxiv", f"{worker}.{n}") for worker in range(workers) for n in range(25)]


def test_processes_share_it(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    spawn = get_context("spawn")
    processes = [spawn.Process(target=_put_many, args=(path, n)) for n in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert len(Cache(path).get("arxiv", _all_of(3))) == 75


def test_threads_share_it(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    threads = [threading.Thread(target=_put_many, args=(path, n)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Cache(path).get("arxiv", _all_of(6))) == 150


_FIRST_READS = """
import os, sys, threading
from pathlib import Path
from papertrack.identifiers import Identifier
from papertrack.sources.cache import Cache

def read():
    ready.wait()
    Cache(Path(sys.argv[1])).get("arxiv", [Identifier("arxiv", f"0.{n}") for n in range(25)])

sys.setswitchinterval(1e-6)
for _ in range(40):
    if child := os.fork():
        code = os.waitpid(child, 0)[1]
        assert code == 0, f"a process ended with {code}"
        continue
    ready = threading.Barrier(2)
    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os._exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_the_first_answers_of_a_process_are_read_by_two_threads(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    _put_many(path, 0)
    script = [sys.executable, "-c", _FIRST_READS, str(path)]
    ran = subprocess.run(script, cwd=Path(__file__).parent.parent, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
