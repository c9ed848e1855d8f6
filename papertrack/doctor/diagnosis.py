"""What the doctor says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from papertrack.errors import PapertrackError

State = Literal["ok", "note", "warning", "error", "mended"]


@dataclass(frozen=True)
class Diagnosis:
    """The state of one part, and what to do about it."""

    part: str
    """`store`, `readme`, `git`, `cache`, ..."""
    state: State
    message: str
    hint: str = ""
    """What to type, where something is to be done."""
    mend: Callable[[], None] | None = None
    """Does it, where that can lose nothing; what `doctor --fix` calls."""


def trouble(part: str, error: PapertrackError, state: State = "error") -> Diagnosis:
    """Say what an error says."""
    return Diagnosis(part, state, error.message, error.hint)


def mended(diagnosis: Diagnosis) -> Diagnosis:
    """Do what mends a trouble, and say so; where it cannot be done, say why."""
    if diagnosis.mend is None:
        return diagnosis
    try:
        diagnosis.mend()
    except PapertrackError as error:
        return _unmended(diagnosis, error.message, error.hint)
    except OSError as error:
        return _unmended(diagnosis, error.strerror or str(error), "grant write access")
    return replace(diagnosis, state="mended", hint="", mend=None)


def _unmended(diagnosis: Diagnosis, why: str, hint: str) -> Diagnosis:
    message = f"{diagnosis.message}; it is not mended: {why}"
    return replace(diagnosis, state="error", message=message, hint=hint)
