"""Where metadata comes from. A source is asked for identifiers and answers for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from msgspec import Struct

from papertrack.identifiers import Identifier
from papertrack.model import Record


class Found(Struct, frozen=True, tag=True):
    """The source knows the paper."""

    record: Record


class Missing(Struct, frozen=True, tag=True):
    """The source answered properly: it does not know the paper."""

    why: str = ""


class Failed(Struct, frozen=True, tag=True):
    """The source did not answer properly; whether it knows the paper is open."""

    why: str
    credentials: bool = False
    """Whether it refused the API key, rather than being unreachable or busy."""
    offline: bool = False
    """Whether it was not asked, because papertrack is offline."""


Outcome = Found | Missing | Failed
Answers = dict[Identifier, Outcome]

Progress = Callable[[str, int, int], None]
"""Called with the source's name, the identifiers answered so far, and their total."""


class Source(Protocol):
    """Fetches metadata for identifiers, in as few requests as its service allows."""

    name: str

    def accepts(self, identifier: Identifier) -> bool:
        """Tell whether this source can look this kind of identifier up."""
        ...

    def fetch(self, identifiers: Iterable[Identifier]) -> Iterator[Answers]:
        """Answer for accepted identifiers, batch by batch as the service answers.

        Each identifier is answered once; outages are outcomes and never raised.
        """
        ...


def collect(source: Source, identifiers: Iterable[Identifier], progress: Progress) -> Answers:
    """Ask for identifiers and report each batch of answers as it comes."""
    wanted = list(dict.fromkeys(identifiers))
    answers: Answers = {}
    for batch in source.fetch(wanted):
        answers |= batch
        progress(source.name, len(answers), len(wanted))
    return answers
