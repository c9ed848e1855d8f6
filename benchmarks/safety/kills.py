"""Killed while it writes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from benchmarks.safety._processes import FORK
from benchmarks.safety._stores import (
    LONG,
    Obvious,
    Papertrack,
    PlainReadme,
    Readme,
    Replacing,
    Store,
    filled,
    temporary_files,
)
from benchmarks.safety.report import Outcome, Row, scaled

_PAPERS = 20
_MOMENTS = 0.04
"""Seconds after its first change within which a process is killed."""


class Change(NamedTuple):
    """A change that a process announces before it makes it; without a text it is a removal."""

    key: str
    text: str | None


class Found(NamedTuple):
    """What the trials found."""

    wrong: Outcome
    left: Outcome


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Kill processes of mixed changes at random moments, and look at what they leave."""
    trials = scaled(500, scale, least=20)
    store = kill(Papertrack, work / "store", trials)
    yield Row(
        "kill -9 at random moments, adds, edits and removes mixed: acknowledged papers lost, "
        "or files broken",
        store.wrong,
        kill(Obvious, work / "obvious", trials).wrong,
    )
    readme = kill(Readme, work / "readme", trials)
    yield Row(
        "the same while README.md is rendered: broken or neither the old nor the new one",
        readme.wrong,
        kill(PlainReadme, work / "plain", trials).wrong,
    )
    replacing = kill(Replacing, work / "replacing", trials).left
    note = "the obvious way: TinyDB cured by a temporary file and a rename"
    what = "temporary files left over by the kills after the next write"
    yield Row(f"{what}, in store/", store.left, replacing, note)
    yield Row(f"{what}, beside README.md", readme.left, replacing, note)


def kill(kind: type[Store], folder: Path, trials: int) -> Found:
    """Kill a process of changes again and again; a store that breaks is made anew."""
    dice = random.Random(17)
    wrong = 0
    store = filled(kind, folder / "0", _PAPERS)
    for trial in range(1, trials + 1):
        before = store.texts()
        changes, done = _interrupted(store, dice)
        if not _whole(store, before, changes, done):
            wrong += 1
            store = filled(kind, folder / str(trial), _PAPERS)
    store.put("next", "")
    return Found(Outcome(wrong, trials), Outcome(temporary_files(folder), trials))


def _interrupted(store: Store, dice: random.Random) -> tuple[list[Change], int]:
    """Let a process change a store, kill it, and return what it announced and how much it did."""
    receiving, sending = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_change_for_ever, args=(store, dice.random(), sending))
    process.start()
    sending.close()
    receiving.poll(None)
    process.join(timeout=dice.uniform(0, _MOMENTS))
    process.kill()
    process.join()
    heard = list(_heard(receiving))
    changes = [Change(*said) for said in heard if said]
    return changes, len(heard) - len(changes)


def _heard(receiving: Connection) -> Iterator[tuple[str, str | None] | None]:
    with receiving:
        while True:
            try:
                yield receiving.recv()
            except (EOFError, OSError):
                return


def _change_for_ever(store: Store, seed: float, sending: Connection) -> None:
    """Make changes, each announced, and acknowledged with None."""
    dice = random.Random(seed)
    held = set(store.texts())
    while True:
        key = f"k{dice.randrange(_PAPERS)}"
        text = None if key in held and dice.random() < 0.4 else "x" * dice.randrange(LONG)
        sending.send((key, text))
        if text is None:
            store.drop(key)
            held.discard(key)
        else:
            store.put(key, text)
            held.add(key)
        sending.send(None)


def _whole(store: Store, before: dict[str, str], changes: list[Change], done: int) -> bool:
    """Tell whether a store holds what was acknowledged, and of the last change all or nothing."""
    expected = dict(before)
    allowed = [before]
    for change in changes:
        expected = {k: t for k, t in expected.items() if k != change.key}
        expected |= {} if change.text is None else {change.key: change.text}
        allowed.append(expected)
    try:
        return store.texts() in allowed[done : done + 2]
    except Exception:  # whatever reading a broken file raises
        return False
