"""The command as a process: its streams, and what it does with Ctrl-C, SIGTERM and a full disk."""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(BaseException):
    """A signal that ends the command; no Exception, so that nobody takes it for his own trouble."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number
        self.word = "terminated" if number == signal.SIGTERM else "interrupted"


def main() -> None:
    """Run the command line of this process."""
    _listen()  # before the imports, which take most of the time of a short command
    _plug()
    _speak()
    try:
        from papertrack.cli.app import run

        code = run(sys.argv[1:])
        sys.stdout.flush()
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # all is done: there is nothing left to stop
    except Stopped as stopped:
        _end(stopped)
    except UnicodeEncodeError as error:
        _lack(error)
    except OSError as error:  # from stdout alone: `run` reports all others
        if not isinstance(error, BrokenPipeError):
            sys.stderr.write(f"papertrack: the output cannot be written: {error.strerror}\n")
        os._exit(1)  # what is left in the buffer would fail again
    sys.exit(code)


def _listen() -> None:
    """Make signals raise Stopped, but those that whoever started us wants to be ignored."""
    for number in _SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)
    sys.unraisablehook = _unraisable


def _plug() -> None:
    """Put nothing in the place of streams that whoever started us has closed.

    Else the next file that is opened would take the number of one, and be written to as it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nothing = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115  # to the end
            setattr(sys, name, nothing)


def _speak() -> None:
    """Write UTF-8 with the same line ends everywhere into files and pipes, as `-o FILE` does.

    A terminal shows a question mark for what it lacks. An encoding in PYTHONIOENCODING holds: a
    person has chosen it.
    """
    chosen = bool(os.environ.get("PYTHONIOENCODING")) and not sys.flags.ignore_environment
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if not stream.isatty():
            stream.reconfigure(newline="\n")
        if not chosen and stream.isatty():
            stream.reconfigure(errors="replace")
        elif not chosen:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _lack(error: UnicodeEncodeError) -> NoReturn:
    """Say which character the chosen encoding lacks, and leave; a part may pass for the whole."""
    if error.encoding == "utf-8":  # not that of stdout
        raise error
    lacking = error.object[error.start]
    sys.stderr.write(
        f"papertrack: the output cannot be written as {sys.stdout.encoding}, which has no "
        f"{lacking!r}\nhint: PYTHONIOENCODING=utf-8\n"
    )
    sys.stderr.flush()
    os._exit(1)


def _stop(number: int, _: Any) -> NoReturn:
    for each in _SIGNALS:
        signal.signal(each, signal.SIG_DFL)  # a second one ends the process at once
    raise Stopped(number)


def _unraisable(raised: sys.UnraisableHookArgs) -> None:
    """End the process where the signal came while Python was cleaning up, and cannot raise."""
    if isinstance(raised.exc_value, Stopped):
        _end(raised.exc_value)
    sys.__unraisablehook__(raised)


def _end(stopped: Stopped) -> NoReturn:
    """Say so, and leave without waiting for threads that a service keeps waiting."""
    sys.stderr.write(f"papertrack: {stopped.word}; the same command goes on where it stopped\n")
    os._exit(stopped.exit_code)
