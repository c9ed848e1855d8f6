"""The disk is full."""

from __future__ import annotations

import io
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from benchmarks.safety._stores import Obvious, Papertrack, Store, filled, temporary_files
from benchmarks.safety.report import Outcome, Row, scaled
from papertrack.cli.app import run
from papertrack.errors import ExitCode
from papertrack.publishing import adopt

_PAPERS = 5
_LONG = "x" * 50_000
_COMMANDS = (
    f"note k1 {_LONG}",
    f"set k1 title={_LONG}",
    f"remove k1 --why {_LONG}",
    "render",
)


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Write where files may not grow, and on a file system of one megabyte that fills up."""
    trials = scaled(50, scale, least=5)
    yield Row(
        "a save fails because of a limit to the size of files: store unreadable, papers changed",
        _limited(Papertrack, work / "ours", trials),
        _limited(Obvious, work / "obvious", trials),
    )
    yield Row(
        "commands that meet this limit: not exit 1, or no word on what to do",
        _commands(work / "commands"),
    )
    fillings = scaled(10, scale)
    what = "a file system of 1 MB fills up: store unreadable, or acknowledged papers lost"
    try:
        ours = _filled_up(Papertrack, work / "disk", fillings)
        obvious = _filled_up(Obvious, work / "disk", fillings)
    except (OSError, subprocess.CalledProcessError):
        yield Row(what, "not tried: this user may not mount a file system")
    else:
        yield Row(what, ours, obvious)


@contextmanager
def _limit(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _limited(kind: type[Store], folder: Path, trials: int) -> Outcome:
    """Make a text longer than the limit allows, at limits of all sizes."""
    wrong = 0
    for trial in range(trials):
        store = filled(kind, folder / str(trial), _PAPERS)
        before = store.texts()
        try:
            with _limit(1 + len(_LONG) * trial // trials):
                store.put("k1", _LONG)
            wrong += 1  # the control of this control: the text cannot have been saved
        except store.refusals:
            wrong += not _holds(store, before) or temporary_files(store.folder) > 0
    return Outcome(wrong, trials)


def _commands(folder: Path) -> Outcome:
    """Count the commands that do not say, with exit 1, what to do about a full disk."""
    store = filled(Papertrack, folder, _PAPERS)
    adopt(folder / "README.md", "List")
    before = store.texts()
    wrong = 0
    for command in _COMMANDS:
        said = io.StringIO()
        with _limit(100), redirect_stderr(said), redirect_stdout(io.StringIO()):
            code = run(["--library", str(folder), *command.split(" ")])
        told = "make room" in said.getvalue()
        wrong += not (code == ExitCode.ERROR and told and _holds(store, before))
    return Outcome(wrong, len(_COMMANDS))


def _filled_up(kind: type[Store], place: Path, fillings: int) -> Outcome:
    """Add papers on a small disk until one is refused."""
    wrong = 0
    for filling in range(fillings):
        with _small_disk(place):
            store = kind(place)
            acknowledged: dict[str, str] = {}
            text = "x" * (20_000 + 1_000 * filling)
            try:
                while True:
                    store.put(f"k{len(acknowledged)}", text)
                    acknowledged[f"k{len(acknowledged)}"] = text
            except store.refusals:
                wrong += not _holds(store, acknowledged)
    return Outcome(wrong, fillings)


@contextmanager
def _small_disk(place: Path) -> Iterator[None]:
    place.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "papertrack", str(place)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def _holds(store: Store, texts: dict[str, str]) -> bool:
    """Tell whether a store can be read and holds these papers and no others."""
    try:
        return store.texts() == texts
    except Exception:  # whatever reading a broken file raises
        return False
