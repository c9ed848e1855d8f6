"""Ask the sources about papers, at the same time and in few requests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue

from papertrack import merge
from papertrack.identifiers import Identifier
from papertrack.model import Record, replace
from papertrack.sources import Answers, Failed, Missing, Outcome, Progress, Source, collect
from papertrack.waiting import wait_for

_FEW = 25
"""Papers without code in one call, up to which a service of one request a paper is asked."""


@dataclass
class Gathered:
    """What the sources together say of one paper."""

    records: list[Record] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    """Why, by the name of each source that does not know it."""
    failed: dict[str, Failed] = field(default_factory=dict)
    """By the name of each source that did not answer."""
    doubted: list[str] = field(default_factory=list)
    """Titles under which a source knows the identifier, and that are another paper's."""
    foreign: dict[Identifier, str] = field(default_factory=dict)
    """Whose each identifier is that a source gives to it, and another paper of the list has."""
    known_as: set[Identifier] = field(default_factory=set)
    """The identifiers to which a source has answered with the paper."""

    def take(self, source: str, outcome: Outcome, asked: Identifier) -> None:
        """Add what one source says of an identifier, unless it speaks of another paper.

        One first author is enough beside another title: a person, or a service that knows the
        paper, has named the identifier, and titles change between versions. An identifier that
        only hearsay gives to the paper goes with the doubt.
        """
        if isinstance(outcome, Missing):
            self.missing[source] = outcome.why
        elif isinstance(outcome, Failed):
            self.failed[source] = outcome
        elif self.records and not merge.agree(self.records[0], outcome.record):
            self.doubted.append(outcome.record.title)
            if asked not in self.known_as:
                self.records = [without_ids(record, {asked}) for record in self.records]
        else:
            self.known_as.add(asked)
            self.records.append(outcome.record)

    @property
    def arxiv(self) -> Identifier | None:
        """The arXiv identifier under which some source knows the paper."""
        ids = (record.ids["arxiv"] for record in self.records if "arxiv" in record.ids)
        return next((Identifier("arxiv", value) for value in ids), None)


def without_ids(record: Record, wrong: Collection[Identifier]) -> Record:
    """Take identifiers that are not believed off what a source says."""
    left = {k: v for k, v in record.ids.items() if Identifier(k, v) not in wrong}
    return replace(record, ids=left)


@dataclass(frozen=True)
class Panel:
    """The sources, by what they are asked for."""

    metadata: Sequence[Source]
    """Asked first, all at the same time; the first one is believed where titles differ."""
    fallback: Sequence[Source] = ()
    """Asked for what the others failed to answer."""
    code: Sequence[Source] = ()
    """Asked, by arXiv id, for papers that state no code."""
    code_limit: int | None = _FEW
    """Papers up to which `code` is asked in one call, None for any number."""


def gather(
    identifiers: Iterable[Identifier], panel: Panel, progress: Progress
) -> dict[Identifier, Gathered]:
    """Ask every source that can look an identifier up; outages are kept with the answers."""
    gathered = {identifier: Gathered() for identifier in identifiers}
    _ask(panel.metadata, {i: i for i in gathered}, gathered, progress)
    by_arxiv_id = {
        i: found.arxiv for i, found in gathered.items() if i.kind != "arxiv" and found.arxiv
    }
    _ask(panel.metadata[:1], by_arxiv_id, gathered, progress)
    unanswered = {i: found.arxiv or i for i, found in gathered.items() if found.failed}
    _ask(panel.fallback, unanswered, gathered, progress)
    uncoded = {
        i: found.arxiv
        for i, found in gathered.items()
        if found.arxiv and not found.failed and not any(r.code for r in found.records)
    }
    if panel.code_limit is None or len(uncoded) <= panel.code_limit:
        _ask(panel.code, uncoded, gathered, progress)
    return gathered


def outages(gathered: Iterable[Gathered]) -> dict[str, Failed]:
    """Collect the sources that did not answer for some paper, though they were asked."""
    failures = (pair for found in gathered for pair in found.failed.items())
    return {source: failed for source, failed in failures if not failed.offline}


def _ask(
    sources: Sequence[Source],
    wanted: Mapping[Identifier, Identifier],
    gathered: Mapping[Identifier, Gathered],
    progress: Progress,
) -> None:
    """Ask sources at the same time for `wanted` (by the identifier it stands for)."""
    lists = [(s, [i for i in wanted.values() if s.accepts(i)]) for s in sources]
    asked = [(source, ids) for source, ids in lists if ids]
    answers = _at_once([lambda s=s, ids=ids: collect(s, ids, progress) for s, ids in asked])  # type: ignore[misc]
    for (source, _), outcomes in zip(asked, answers, strict=True):
        for identifier, alias in wanted.items():
            if alias in outcomes:
                gathered[identifier].take(source.name, outcomes[alias], alias)


def _at_once(tasks: Sequence[Callable[[], Answers]]) -> list[Answers]:
    """Run tasks in threads of their own, and raise what one of them raises.

    The threads end with the process, so that Ctrl-C need not wait for a service.
    """
    results: SimpleQueue[tuple[int, Answers | BaseException]] = SimpleQueue()

    def run(number: int, task: Callable[[], Answers]) -> None:
        try:
            results.put((number, task()))
        except BaseException as error:  # raised again in the thread that waits
            results.put((number, error))

    for number, task in enumerate(tasks):
        threading.Thread(target=run, args=(number, task), daemon=True).start()
    answers: dict[int, Answers] = {}
    for _ in tasks:
        number, answer = wait_for(results)
        if isinstance(answer, BaseException):
            raise answer
        answers[number] = answer
    return [answers[number] for number in range(len(tasks))]
