"""What a file of papers holds: the common result of all loaders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from papertrack.errors import PapertrackError
from papertrack.identifiers import Identifier
from papertrack.model import Paper

SOURCE = "import"
"""Name under which a paper's `sources` speak of the file."""

_BEST_FIRST = (
    *("arxiv", "doi", "s2", "corpus", "openreview", "acl", "pmlr", "cvf", "pubmed", "pmc", "pwc"),
)
"""All kinds of identifiers; those that services know best stand first."""


class NotThisFormat(PapertrackError):
    """A file that is not of the format it is taken for; `line` is where that shows."""

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        self.line = line
        super().__init__(message, hint)


class Problem(NamedTuple):
    """Something in a file that was not understood, or not believed."""

    line: int
    message: str


class LeftOut(Problem):
    """A record that could not be read, so that a paper may be missing; the message says why."""

    __slots__ = ()


@dataclass(frozen=True)
class Item:
    """One paper of a file, as far as the file says."""

    line: int
    paper: Paper
    identifier: Identifier | None
    """What to ask the sources for; None where there is neither an id nor a title."""
    key: str = ""
    """The key that the paper has in another list; only papertrack's own form tells."""


@dataclass(frozen=True)
class Loaded:
    """All that was found in a file, in its order."""

    items: Sequence[Item]
    problems: Sequence[Problem]


def gather(found: Iterable[Item | Problem]) -> Loaded:
    """Part the papers from the problems; these stand in the order of their lines."""
    everything = list(found)
    items = [one for one in everything if isinstance(one, Item)]
    problems = [one for one in everything if isinstance(one, Problem)]
    return Loaded(items, sorted(problems))


def best_identifier(ids: Mapping[str, str], title: str) -> Identifier | None:
    """Choose what to resolve a paper by: the identifier that services know best, else its title."""
    for kind in _BEST_FIRST:
        if kind in ids:
            return Identifier(kind, ids[kind])
    return Identifier("title", title) if any(map(str.isalnum, title)) else None


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines with their numbers, counted as editors do."""
    return enumerate(re.split(r"\r\n|[\r\n]", text.removeprefix("\ufeff")), 1)
