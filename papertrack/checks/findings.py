"""What a check says: findings, where they stand, and how they are mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from pathlib import Path
from typing import Generic, Literal, NamedTuple, TypeVar

Severity = Literal["error", "warning", "info"]

T = TypeVar("T")


class Place(NamedTuple):
    """A line of a file, from 1; or a field of a JSON document, whose line is looked up later."""

    path: Path
    line: int = 1
    field: str = ""
    """Name of a field, with `#` and a number from 0 for one of its elements: `code#1`."""

    def at(self, field: str) -> Place:
        """Return the place of a field of the document; a line of a README stays."""
        return self._replace(field=field) if self.path.suffix == ".json" else self


class Fix(NamedTuple):
    """What mends a finding and can do no harm: a text for the characters `start` to `end`."""

    start: int
    end: int
    text: str


class Note(NamedTuple):
    """What a rule has to say: one sentence about a place."""

    place: Place
    message: str
    fix: Fix | None = None
    severity: Severity | None = None
    """How bad it is where that is not what the rule usually says."""


class Rule(NamedTuple, Generic[T]):
    """A rule about a subject; its docstring explains it to people."""

    severity: Severity
    check: Callable[[T], Iterator[Note]]

    @property
    def explanation(self) -> str:
        """What the rule finds, why it matters, an example, and how to mend it."""
        return cleandoc(self.check.__doc__ or "")


@dataclass(frozen=True)
class Finding:
    """Something wrong at a line of a file."""

    path: Path
    line: int
    rule: str
    severity: Severity
    message: str
    fix: Fix | None = None


def found(name: str, rule: Rule[T], subject: T) -> Iterator[tuple[Place, Finding]]:
    """Apply a rule; each finding stands beside the place that it came from."""
    for note in rule.check(subject):
        severity = note.severity or rule.severity
        place = note.place
        yield place, Finding(place.path, place.line, name, severity, note.message, note.fix)


def mend(text: str, findings: Iterable[Finding]) -> tuple[str, list[Finding]]:
    """Apply the fixes of findings to the text; return it, and the findings that are mended.

    Of two fixes that touch the same characters the first one counts.
    """
    mended: list[Finding] = []
    pieces: list[str] = []
    behind = 0
    for fix, finding in sorted(((f.fix, f) for f in findings if f.fix), key=lambda pair: pair[0]):
        if fix.start >= behind:
            pieces += [text[behind : fix.start], fix.text]
            mended.append(finding)
            behind = fix.end
    return "".join([*pieces, text[behind:]]), mended
