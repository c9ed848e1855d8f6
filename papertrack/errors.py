"""Everything that can go wrong and is expected to: one root, an exit code and a hint each."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """What the process answers; the same list stands in `papertrack --help`."""

    DONE = 0
    ERROR = 1
    USAGE = 2
    NOT_FOUND = 3
    CREDENTIALS = 4
    UNAVAILABLE = 5
    REFUSED = 6
    PARTLY = 7
    INTERRUPTED = 130
    TERMINATED = 143


class PapertrackError(Exception):
    """The root of all expected trouble: a message (what, where) and a hint (what to type next)."""

    exit_code = ExitCode.ERROR

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PapertrackError, ValueError):
    """The command line, or a value on it, says nothing that papertrack understands."""

    exit_code = ExitCode.USAGE


class InvalidIdentifier(UsageError):
    """A text that is no identifier of a paper; `why` says what is wrong without repeating it."""

    def __init__(self, message: str, hint: str = "", why: str = "") -> None:
        super().__init__(message, hint)
        self.why = why or message


class NotFound(PapertrackError, LookupError):
    """A key, a benchmark or a library that is not there."""

    exit_code = ExitCode.NOT_FOUND


class Refused(PapertrackError):
    """Going on would lose something, or another process is writing."""

    exit_code = ExitCode.REFUSED


def shown(path: Path) -> str:
    """Write a path as short as it is from the working directory."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def listed(parts: Iterable[str], most: int = 5) -> str:
    """Join a few things with commas, and count the rest."""
    known = list(parts)
    shown = ", ".join(known[:most])
    return f"{shown} and {len(known) - most} more" if len(known) > most else shown


class FileProblem(PapertrackError):
    """Something wrong at a place in a file; `where` reads `file:line`."""

    def __init__(self, path: Path, line: int | None, message: str, hint: str = "") -> None:
        self.path = path
        self.line = line
        where = f"{shown(path)}:{line}" if line else shown(path)
        super().__init__(f"{where}: {message}", hint)


class StoreError(FileProblem):
    """A file of the store that cannot be read, or could not be written."""


class RegionError(FileProblem):
    """Region markers in a README that do not fit together."""


class ConfigError(FileProblem):
    """A setting in `store/config.toml` that is not understood."""
