"""What becomes of papers of the list when the sources are asked about them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from papertrack import adding
from papertrack.documents import to_document
from papertrack.errors import ExitCode
from papertrack.gathering import Gathered
from papertrack.identifiers import Identifier
from papertrack.index import Index
from papertrack.library import Contents
from papertrack.model import Paper
from papertrack.sources import Source

Status = Literal["updated", "unchanged", "doubted", "not_found", "failed"]

_APART = frozenset({"ids", "sources", "citations"})
"""Fields of which each part is a change of its own."""

_BOOKKEEPING = frozenset({"dismissed", "printed"})
"""Fields that keep what another field was before."""


class Change(NamedTuple):
    """A field, or a part of one, before and after; as on disk, and None where it is not there."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Refreshed:
    """What became of one paper."""

    key: str
    status: Status
    changes: tuple[Change, ...] = ()
    message: str = ""


@dataclass
class Refreshment:
    """What became of all papers, in their order, and which sources were lacking."""

    results: list[Refreshed] = field(default_factory=list)
    silent: dict[str, str] = field(default_factory=dict)
    """Why, by the name of each source that did not answer for some paper."""
    refused_key: bool = False
    """Whether a source refused the credentials."""

    @property
    def exit_code(self) -> ExitCode:
        """Sum up; that a source does not know a paper is an answer too."""
        statuses = {result.status for result in self.results}
        if not self.silent and not statuses & {"failed", "doubted"}:
            return ExitCode.DONE
        if statuses & {"updated", "unchanged"} or "failed" not in statuses:
            return ExitCode.PARTLY
        return ExitCode.CREDENTIALS if self.refused_key else ExitCode.UNAVAILABLE


def best_identifier(paper: Paper, sources: Sequence[Source]) -> Identifier | None:
    """Choose the identifier by which most of the sources can look a paper up."""

    def accepting(identifier: Identifier) -> int:
        return sum(source.accepts(identifier) for source in sources)

    ids = [Identifier(kind, value) for kind, value in paper.ids.items()]
    return max(filter(accepting, ids), key=accepting, default=None)


def renew(
    key: str, identifier: Identifier | None, found: Gathered, contents: Contents, index: Index
) -> Refreshed:
    """Bring one paper of the contents up to date, and the index of its papers, or say why not."""
    before = contents.papers.get(key)
    if before is None:
        return Refreshed(key, "not_found", message="somebody has removed it meanwhile")
    if identifier is None:
        why = f"no identifier that a source knows: papertrack set {key} arxiv=..."
        return Refreshed(key, "not_found", message=why)
    if not found.records:
        status, why = adding.unanswered(identifier, found)
        return Refreshed(key, status, message=why)
    found = adding.without_foreign(found, key, contents, index)
    after = adding.updated(before, found)
    if after is None:
        return Refreshed(key, "doubted", message=adding.another(found))
    contents.papers[key] = after
    index.add(key, after)
    doubts = "; ".join(adding.doubts(found))
    if after is before:
        return Refreshed(key, "unchanged", message=doubts)
    return Refreshed(key, "updated", tuple(changes(before, after)), doubts)


def changes(before: Paper, after: Paper) -> Iterable[Change]:
    """List what differs; that a field has another source now is told where it alone has changed."""
    old, new = _parts(before), _parts(after)
    changed = [part for part in old | new if old.get(part) != new.get(part)]
    told = {f"sources.{name}" for part in changed for name in (part, part.partition(".")[0])}
    for part in changed:
        if part not in told:
            yield Change(part, old.get(part), new.get(part))


def _parts(paper: Paper) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for name, value in to_document(paper).items():
        if name in _APART:
            parts |= {f"{name}.{part}": inner for part, inner in value.items()}
        elif name not in _BOOKKEEPING:
            parts[name] = value
    return parts
