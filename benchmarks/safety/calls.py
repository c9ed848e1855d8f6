"""Every system call of a save fails, or is the last one."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import product
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from benchmarks.safety._processes import FORK
from benchmarks.safety._stores import (
    Obvious,
    Papertrack,
    PlainReadme,
    Readme,
    Store,
    filled,
    temporary_files,
)
from benchmarks.safety.report import Outcome, Row, scaled

FAULTS = {"killed": "signal=KILL", "disk full": "error=ENOSPC", "I/O error": "error=EIO"}
"""How `strace` says what happens to a call."""

SAVES = ("remove", "shorten", "add")

_NAME = re.compile(r"(\w+)\(")
_BEGIN, _END = "/papertrack-begin", "/papertrack-end"
"""Files that nobody has; asking for them marks a trace."""


class Call(NamedTuple):
    """The Nth call of a kind that a process makes from the moment on when it is traced."""

    name: str
    number: int


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Let the 1st, 2nd, ... call go wrong in three ways, until a save gets through."""
    what = "each system call of a save x {kill, disk full, I/O error}"
    if why := _untraceable(work):
        yield Row(what, f"not tried: {why}")
        return
    saves = SAVES[: scaled(len(SAVES), scale)]
    every = 1 if scale == 1 else 4
    yield Row(
        f"{what}: store unreadable, neither old nor new, acknowledged and not saved, "
        "trouble without a word for people, or a file left over",
        _try(Papertrack, work / "store", saves, every),
        _try(Obvious, work / "obvious", saves, every),
        ", ".join(saves),
    )
    yield Row(
        "the same while README.md is rendered",
        _try(Readme, work / "readme", saves, every),
        _try(PlainReadme, work / "plain", saves, every),
    )


def _untraceable(work: Path) -> str:
    """Say why system calls cannot be made to fail here; nothing if they can."""
    if not shutil.which("strace"):
        return "there is no strace"
    try:
        _calls(filled(Obvious, work / "probe", 1), "add", work / "trace")
    except OSError as error:
        return f"strace may not attach to a process ({error})"
    return ""


def _try(kind: type[Store], folder: Path, saves: tuple[str, ...], every: int) -> Outcome:
    """Fail every call, or every Nth, of some saves of a kind of store."""
    results = [well for save in saves for well in _survivals(kind, folder / save, save, every)]
    return Outcome(results.count(False), len(results))


def _survivals(kind: type[Store], folder: Path, save: str, every: int) -> Iterator[bool]:
    """Make each call of a save go wrong in each way, and tell whether all is well afterwards."""
    store = filled(kind, folder / "old", 5)
    old = store.texts()
    filled(kind, folder / "new", 5)
    calls = _calls(kind(folder / "new"), save, folder / "trace")
    new = kind(folder / "new").texts()
    for call, fault in product(calls[::every], FAULTS):
        copy = kind(shutil.copytree(store.folder, folder / "copy"))
        said = _run(copy, save, ["-e", f"inject={call.name}:{FAULTS[fault]}:when={call.number}"])
        yield _is_well(copy, [new] if said == "saved" else [old, new] if said != "trouble" else [])
        shutil.rmtree(copy.folder)


def _is_well(store: Store, allowed: list[dict[str, str]]) -> bool:
    """Tell whether a store holds what it may, can be changed, and nothing is left over."""
    try:
        whole = store.texts() in allowed
        store.put("next", "")
        return whole and "next" in store.texts() and not temporary_files(store.folder)
    except Exception:  # whatever a broken file raises
        return False


def _calls(store: Store, save: str, trace: Path) -> list[Call]:
    """Record what a save asks of the system, in its order."""
    _run(store, save, ["-e", "trace=%file,%desc", "-o", str(trace)])
    counted: Counter[str] = Counter()
    calls: list[Call] = []
    saving = False
    for line in trace.read_text().splitlines():
        if not (match := _NAME.match(line)):
            continue
        counted[match[1]] += 1
        if _BEGIN in line or _END in line:
            saving = _BEGIN in line
        elif saving:
            calls.append(Call(match[1], counted[match[1]]))
    return calls


def _saved(store: Store, save: str) -> None:
    """Make one change."""
    if save == "remove":
        store.drop("k2")
    else:
        store.put(*{"shorten": ("k3", "."), "add": ("n", ".")}[save])


def _run(store: Store, save: str, options: list[str]) -> str | None:
    """Make a change in a process under strace; return what it said, None if it was killed."""
    receiving, sending = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_save, args=(store, save, sending))
    process.start()
    sending.close()
    receiving.recv()
    tracer = subprocess.Popen(
        ["strace", *options, "-p", str(process.pid)], stderr=subprocess.PIPE, text=True
    )
    assert tracer.stderr is not None
    attached = tracer.stderr.readline()
    if "attached" not in attached:
        process.kill()
        raise OSError(attached.strip())
    os.kill(process.pid or 0, signal.SIGUSR1)
    with tracer.stderr, receiving:
        try:
            said: str = receiving.recv()
        except (EOFError, OSError):
            said = ""
        tracer.stderr.read()
    process.join()
    tracer.wait()
    return said or None


def _save(store: Store, save: str, sending: Connection) -> None:
    """Wait for the tracer, make the change, and say what came of it as a command would."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    sending.send("ready")
    signal.sigwait({signal.SIGUSR1})
    Path(_BEGIN).exists()
    try:
        _saved(store, save)
        said = "saved"
    except store.refusals:
        said = "refused"
    except Exception:
        said = "trouble"
    Path(_END).exists()
    sending.send(said)
