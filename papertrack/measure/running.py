"""Running somebody's network in a process of its own, with a limit to its time."""

from __future__ import annotations

import importlib.util
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from papertrack.errors import NotFound, PapertrackError, UsageError
from papertrack.measure.exchange import Answer, Failure, FailureKind, Request
from papertrack.text import clean_line

_INSTALL = (
    "install PyTorch beside papertrack: python -m pip install torch, or, in a clone of "
    "papertrack, python -m pip install '.[measure]'"
)
_SHOW = "papertrack -v measure ... shows all that it prints"

_FAILURES: Mapping[FailureKind, tuple[type[PapertrackError], str, str]] = {
    "torch": (PapertrackError, "PyTorch cannot be imported", _INSTALL),
    "spec": (NotFound, "no such network", "modules come from the working directory and PYTHONPATH"),
    "import": (PapertrackError, "the code of the network cannot be imported", _SHOW),
    "arguments": (UsageError, "the factory takes other arguments", "--arg name=value for each"),
    "result": (UsageError, "that is no factory of a network", "name a class or function"),
    "absent": (
        PapertrackError,
        "the network cannot be counted here",
        "it looks at values, or asks for a device or memory that is not there; "
        "a factory of yours may leave that part out",
    ),
    "time": (PapertrackError, "the network cannot be timed here", "leave --time out"),
}
"""The error of each failure that says nothing about the network itself."""

_STDERR = 2

_log = logging.getLogger("papertrack.measure")


def run(request: Request, limit: float) -> Answer | Failure:
    """Have a network measured within some seconds; return a failure where it refuses its input.

    Raises the errors of `_FAILURES`, and PapertrackError for a process that takes too long or ends
    without an answer. The process runs the user's code: whatever it does, it does.
    """
    if importlib.util.find_spec("torch") is None:
        raise PapertrackError("measuring needs PyTorch, which is not installed", _INSTALL)
    with tempfile.TemporaryDirectory(prefix="papertrack-") as name:
        question, answer = Path(name, "request.json"), Path(name, "answer.json")
        question.write_bytes(msgspec.json.encode(request))
        code = _wait(question, answer, request.spec, limit)
        if not answer.exists():
            raise PapertrackError(
                f"the process of {request.spec} ended without an answer: {_ending(code)}", _SHOW
            )
        told = msgspec.json.decode(answer.read_bytes(), type=Answer | Failure)
    if isinstance(told, Failure) and told.kind in _FAILURES:
        error, what, hint = _FAILURES[told.kind]
        raise error(f"{what}: {clean_line(told.message)}", hint)
    return told


def _wait(question: Path, answer: Path, spec: str, limit: float) -> int:
    """Run the process until it ends, and end all that it has started."""
    # What the network prints is talk, and nobody's data.
    talk = _STDERR if _log.isEnabledFor(logging.INFO) else subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, "-Pu", "-m", "papertrack.measure.child", str(question), str(answer)],
        stdin=subprocess.DEVNULL,
        stdout=talk,
        stderr=talk,
        env={name: value for name, value in os.environ.items() if name != "S2_API_KEY"},
        start_new_session=True,
    )
    try:
        return process.wait(limit)
    except subprocess.TimeoutExpired:
        raise PapertrackError(
            f"{spec} took longer than {limit:g} s", f"--timeout {2 * limit:g}"
        ) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its children."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _ending(code: int) -> str:
    """Say how a process ended."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
