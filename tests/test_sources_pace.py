"""The time between requests, within a process and across processes."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from papertrack.identifiers import Identifier
from papertrack.settings import Settings
from papertrack.sources.arxiv import ArxivSource
from papertrack.sources.pace import Pace
from tests.services import Services


class Wall:
    """A wall clock that sleeping moves."""

    def __init__(self) -> None:
        self.time = time.time()
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def pace(stamp: Path, wall: Wall, delay: float = 3.0) -> Pace:
    return Pace(stamp, delay, now=wall.now, sleep=wall.sleep)


def test_the_first_request_need_not_wait(tmp_path: Path) -> None:
    wall = Wall()
    pace(tmp_path / "new" / "stamp", wall)()
    assert wall.slept == [0]


def test_the_next_one_waits_for_the_rest_of_the_delay(tmp_path: Path) -> None:
    wall = Wall()
    turn = pace(tmp_path / "stamp", wall)
    turn()
    wall.time += 1
    turn()
    assert wall.slept[1] == pytest.approx(2, abs=0.1)


def test_another_process_keeps_the_same_delay(tmp_path: Path) -> None:
    wall = Wall()
    pace(tmp_path / "stamp", wall)()
    pace(tmp_path / "stamp", wall)()
    assert wall.slept[1] == pytest.approx(3, abs=0.1)


def test_a_clock_that_was_set_back_waits_no_longer_than_the_delay(tmp_path: Path) -> None:
    wall = Wall()
    turn = pace(tmp_path / "stamp", wall)
    turn()
    wall.time -= 3600
    turn()
    assert wall.slept[1] == 3


def test_without_a_folder_the_process_keeps_its_own_delay(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    wall = Wall()
    turn = pace(tmp_path / "file" / "stamp", wall)
    turn()
    turn()
    assert wall.slept == [0, 3]


def test_without_a_delay_nothing_is_written(tmp_path: Path) -> None:
    pace(tmp_path / "stamp", Wall(), delay=0)()
    assert list(tmp_path.iterdir()) == []


def _take_turns(stamp: Path, log: Path) -> None:
    turn = Pace(stamp, 0.05)
    for _ in range(4):
        turn()
        with log.open("a") as file:
            file.write(f"{time.time()}\n")


def test_processes_take_turns(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    arguments = (tmp_path / "stamp", tmp_path / "log")
    processes = [spawn.Process(target=_take_turns, args=arguments) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    times = sorted(map(float, (tmp_path / "log").read_text().split()))
    assert len(times) == 12
    # A time stamp of the file system may be a few milliseconds old.
    assert times[-1] - times[0] > 11 * 0.04


def test_requests_to_arxiv_are_kept_apart(services: Services, tmp_path: Path) -> None:
    environment = {**os.environ, "PAPERTRACK_ARXIV_DELAY": "0.1"}
    source = ArxivSource(Settings.from_environment(environment))
    started = time.monotonic()
    list(source.fetch([Identifier("arxiv", f"2001.{n:05}") for n in range(201)]))
    assert time.monotonic() - started > 0.15
    assert (Settings.from_environment(environment).cache_dir / "arxiv.stamp").exists()
