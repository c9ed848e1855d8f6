"""Commands and client packages in processes of their own, measured, and ended when they hang."""

from __future__ import annotations

import io
import os
import resource
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.peak import peak
from benchmarks.safety._processes import FORK


class Ran(NamedTuple):
    """What came of a task in a process of its own."""

    result: Any
    """What it returned, and None where it raised an error or did not end."""
    out: str = ""
    err: str = ""
    seconds: float = 0
    megabytes: float = 0
    """The most memory that the process had at a time."""
    ended: bool = True


def ran(
    task: Callable[..., Any], *arguments: Any, folder: Path, environ: Mapping[str, str], cap: float
) -> Ran:
    """Run a task in a process of its own; kill it after `cap` seconds."""
    receiver, sender = FORK.Pipe(duplex=False)
    process = FORK.Process(
        target=_run, args=(sender, folder, dict(environ), task, arguments), daemon=True
    )
    process.start()
    sender.close()
    try:
        return receiver.recv() if receiver.poll(cap) else Ran(None, seconds=cap, ended=False)
    finally:
        process.kill()
        process.join()


def papertrack(arguments: Sequence[str], pauses: Sequence[float] | None) -> int:
    """Run the command line; `pauses` stand in the place of those before it asks again."""
    from papertrack.cli.app import run
    from papertrack.sources import http

    if pauses:
        http._BACK_OFF = tuple(pauses)  # type: ignore[assignment]
    return run(arguments)


def broken(arguments: Sequence[str]) -> int:
    """Run the command line with a fault in it that nobody expects."""
    from papertrack import merge

    def update(*_: object) -> None:
        raise RuntimeError("not expected")

    merge.update = update  # type: ignore[assignment]
    return papertrack(arguments, None)


def _run(
    sender: Connection,
    folder: Path,
    environ: Mapping[str, str],
    task: Callable[..., Any],
    arguments: Sequence[Any],
) -> None:
    os.chdir(folder)
    os.environ.update(environ)
    sys.stdout, sys.stderr = out, err = io.StringIO(), io.StringIO()
    begun = time.monotonic()
    result = None
    try:
        result = task(*arguments)
    except BaseException:  # what a process would print before it ends
        traceback.print_exc()
    seconds = time.monotonic() - begun
    megabytes = peak(resource.getrusage(resource.RUSAGE_SELF)) / 1e6
    sender.send(Ran(result, out.getvalue(), err.getvalue(), seconds, megabytes))
