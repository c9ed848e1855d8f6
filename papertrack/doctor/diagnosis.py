"""What the doctor says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from papertrack.errors import PapertrackError

State = Literal["ok", "note", "warning", "error"]


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
