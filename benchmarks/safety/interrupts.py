"""Ctrl-C and SIGTERM in the middle of a command."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.safety._stores import Obvious, Papertrack, Store, filled
from benchmarks.safety.report import Outcome, Row, scaled
from papertrack.formats import FORMATS
from papertrack.publishing import adopt
from tests.services import ARXIV, S2, Fault, Services

_PAPERS = 200
_MOMENTS = 0.3
"""Seconds in which most commands are done, once they listen to signals."""
_SOON = 1.0
"""Seconds within which a stopped process must be gone."""

_COMMANDS = (
    "add 2001.00001",
    "search paper",
    "list --json",
    "set k1 notes=changed",
    "tag k1 +new",
    "note k1 more",
    "remove k199",
    "render",
    "render --check",
    "site -o public",
    "check",
    "check README.md",
    "import other.jsonl",
    "import README.md --dry-run",
    "refresh --all",
    "stats",
    "doctor",
)

_OBVIOUS = """
from tinydb import TinyDB
for size in range(1000):
    with TinyDB("papers.json") as database:
        database.update({"notes": "x" * (size * 37 % 500)})
"""


class Ended(NamedTuple):
    """How a process took a signal."""

    stopped: bool
    """False where it was done before."""
    wrong: str


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Send both signals, in turn, to every command at random moments."""
    what = (
        "Ctrl-C or SIGTERM in any command: not gone within a second with exit code 130 or 143 "
        "and one line, or the store harmed"
    )
    if not Path("/proc/self/status").exists():
        yield Row(what, "not tried: this system does not tell when a process listens to signals")
        return
    trials = scaled(200, scale, least=len(_COMMANDS))
    with Services() as services, _heeded():
        for name in (ARXIV, S2):
            services.fault(name, Fault(silence=60))
        ended = list(_try_papertrack(work / "ours", trials, services.environment))
        controls = [end for end in _try_obvious(work / "obvious", trials) if end.wrong]
    wrong = [end.wrong for end in ended if end.wrong]
    stopped = sum(end.stopped for end in ended)
    yield Row(
        what,
        Outcome(len(wrong), trials),
        Outcome(len(controls), trials),
        "; ".join([f"{stopped} were stopped in the middle", *wrong[:3]]),
    )


@contextmanager
def _heeded() -> Iterator[None]:
    """Let processes heed Ctrl-C that a shell has us, in the background, ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _try_papertrack(folder: Path, trials: int, environment: Mapping[str, str]) -> Iterator[Ended]:
    dice = random.Random(17)
    store = filled(Papertrack, folder, _PAPERS)
    adopt(folder / "README.md", "List")
    papers = Papertrack(folder).library.read().papers
    (folder / "other.jsonl").write_text(FORMATS["jsonl"](papers).replace('"k', '"other'))
    for trial in range(trials):
        command = ["-m", "papertrack", "-q", *_COMMANDS[trial % len(_COMMANDS)].split()]
        kept = {key: text for key, text in store.texts().items() if key not in ("k1", "k199")}
        number = (signal.SIGINT, signal.SIGTERM)[trial // len(_COMMANDS) % 2]
        end = _stop(command, folder, number, dice.uniform(0, _MOMENTS), environment, signal.SIGTERM)
        yield _judged(end, store, kept)


def _try_obvious(folder: Path, trials: int) -> Iterator[Ended]:
    """Stop a script that changes a plain TinyDB; it has the one command."""
    dice = random.Random(17)
    for trial in range(trials):
        if not trial % 20:
            store = filled(Obvious, folder / str(trial), 20)
        number = (signal.SIGINT, signal.SIGTERM)[trial % 2]
        end = _stop(
            ["-c", _OBVIOUS], store.folder, number, dice.uniform(0.1, _MOMENTS), {}, signal.SIGINT
        )
        yield _judged(end, store, {})


def _judged(end: Ended, store: Store, kept: Mapping[str, str]) -> Ended:
    """Look whether the store is whole, too."""
    try:
        whole = kept.items() <= store.texts().items()
    except Exception:  # whatever reading a broken file raises
        whole = False
    return end if whole else end._replace(wrong=f"{end.wrong} the store is harmed")


def _stop(
    command: Sequence[str],
    folder: Path,
    number: signal.Signals,
    seconds: float,
    environment: Mapping[str, str],
    listening: signal.Signals,
) -> Ended:
    """Start a command, stop it some seconds after it began to listen, and judge how it ended.

    It listens as soon as it handles the signal `listening`: before that, while Python itself
    starts, nothing can be said and nothing be harmed.
    """
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and not _handles(process.pid, listening):
        time.sleep(0.002)
    time.sleep(seconds)
    done = process.poll() is not None
    process.send_signal(number)
    begun = time.perf_counter()
    _, said = process.communicate()
    late = time.perf_counter() - begun > _SOON
    code = process.returncode
    if done or (code >= 0 and code != 128 + number and "Traceback" not in said and not late):
        return Ended(stopped=False, wrong="")
    one_line = len(said.splitlines()) == 1
    if code == 128 + number and one_line and not late:
        return Ended(stopped=True, wrong="")
    last = said.splitlines()[-1:] or ["nothing"]
    told = f"{' '.join(command)}: code {code}, {len(said.splitlines())} lines, at last {last[0]}"
    return Ended(stopped=True, wrong=told + ", late" * late)


def _handles(pid: int, number: signal.Signals) -> bool:
    """Tell whether a process has a handler of its own for a signal."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    mask = int(caught.split()[1], 16)
    return bool(mask >> (number - 1) & 1)
