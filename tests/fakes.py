"""Stand-ins written by hand for what reaches beyond this process."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from papertrack.identifiers import Identifier
from papertrack.sources import Answers, Missing, Outcome


class FakeSource:
    """A source that answers from a dict, and records what it is asked.

    What the dict does not hold is missing; `breaks` is raised instead of any answer.
    """

    def __init__(
        self,
        name: str,
        answers: Mapping[str, Outcome] | None = None,
        *,
        kinds: Collection[str] = ("arxiv",),
        breaks: BaseException | None = None,
    ) -> None:
        self.name = name
        self.calls: list[list[str]] = []
        """The values of the identifiers of each call."""
        self._answers = answers or {}
        self._kinds = kinds
        self._breaks = breaks

    def accepts(self, identifier: Identifier) -> bool:
        return identifier.kind in self._kinds

    def fetch(self, identifiers: Iterable[Identifier]) -> Iterator[Answers]:
        wanted = list(identifiers)
        self.calls.append([identifier.value for identifier in wanted])
        if self._breaks:
            raise self._breaks
        yield {i: self._answers.get(i.value, Missing()) for i in wanted}
