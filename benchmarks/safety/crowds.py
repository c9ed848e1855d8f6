"""Many processes at the same time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from filelock import FileLock

from benchmarks.safety._processes import FORK
from benchmarks.safety._stores import LONG, Obvious, Papertrack, Store, filled
from benchmarks.safety.report import Outcome, Row, scaled

_WRITERS = 8
_FREE = 0.1
"""Seconds within which the lock of a killed process must be free."""


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Let processes write at once, die with the lock, and read while others write."""
    papers = scaled(100, scale, least=5)
    yield Row(
        f"{_WRITERS} processes add {papers} papers each at the same time: papers lost",
        add_at_once(Papertrack(work / "ours"), papers),
        add_at_once(Obvious(work / "obvious"), papers),
    )
    kills = scaled(20, scale, least=3)
    yield Row(
        "the lock is not free 0.1 s after its holder's kill -9",
        Outcome(sum(release(work / "lock") > _FREE for _ in range(kills)), kills),
        "no lock",
    )
    reads = scaled(500, scale, least=100)
    yield Row(
        "reads while another process writes: errors, or papers that are not seen",
        read_while_written(filled(Papertrack, work / "ours-read", 20), reads),
        read_while_written(filled(Obvious, work / "obvious-read", 20), reads),
    )


def add_at_once(store: Store, papers: int) -> Outcome:
    """Count the papers that are missing once all processes are done."""
    processes = [FORK.Process(target=_add, args=(store, n, papers)) for n in range(_WRITERS)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    wanted = {f"p{writer}-{n}" for writer in range(_WRITERS) for n in range(papers)}
    try:
        found = store.texts().keys()
    except Exception:  # whatever reading a broken file raises
        found = {}.keys()
    return Outcome(len(wanted - found), len(wanted))


def _add(store: Store, writer: int, papers: int) -> None:
    for number in range(papers):
        try:
            store.put(f"p{writer}-{number}", "")
        except Exception:  # a lost paper is counted in the end
            continue


def release(folder: Path) -> float:
    """Return the seconds that pass until the lock of a killed process is free."""
    store = Papertrack(folder)
    receiving, sending = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_hold, args=(store, sending))
    process.start()
    receiving.recv()
    process.kill()
    begun = time.perf_counter()
    with FileLock(store.library.store / ".lock", poll_interval=0.001):
        seconds = time.perf_counter() - begun
    process.join()
    return seconds


def _hold(store: Papertrack, sending: Connection) -> None:
    with store.library.change():
        sending.send("held")
        time.sleep(60)


def read_while_written(store: Store, reads: int) -> Outcome:
    """Count the reads that fail, or do not see all papers, while a process changes their texts."""
    keys = store.texts().keys()
    receiving, sending = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_change_texts, args=(store, sending))
    process.start()
    receiving.recv()
    wrong = 0
    for _ in range(reads):
        time.sleep(0.001)  # lets the other one write, on one processor too
        try:
            wrong += store.texts().keys() != keys
        except Exception:  # whatever reading a broken file raises
            wrong += 1
    process.kill()
    process.join()
    return Outcome(wrong, reads)


def _change_texts(store: Store, sending: Connection) -> None:
    sizes = (LONG, 1)
    sending.send("begun")
    while True:
        for number in range(20):
            store.put(f"k{number}", "x" * sizes[number % 2])
        sizes = sizes[::-1]
