"""What becomes of papers that somebody wants in the list, given what the sources say of them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from papertrack import editing, lookup, merge
from papertrack.errors import ExitCode, Refused
from papertrack.gathering import Gathered, without_ids
from papertrack.identifiers import Identifier
from papertrack.index import Index
from papertrack.keys import citation_key
from papertrack.library import Contents
from papertrack.model import CodeLink, Paper, Removed, Venue, replace
from papertrack.repositories import identity
from papertrack.text import title_key

OnDuplicate = Literal["skip", "update", "fail"]
Status = Literal["added", "updated", "exists", "not_found", "invalid", "failed"]


@dataclass(frozen=True)
class Given:
    """What the person who adds a paper says of it; it counts more than what the sources say."""

    name: str = ""
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    code: tuple[CodeLink, ...] = ()
    venue: Venue | None = None
    notes: str = ""

    def put_on(self, paper: Paper) -> Paper:
        """Put what was said on a paper; what a source could say otherwise is pinned.

        Tags, code and notes come to those that are there, the others take their place.
        """
        said = {f: getattr(self, f) for f in ("name", "section", "venue")}
        said = {name: value for name, value in said.items() if value}
        stated = {identity(link.url): link for link in self.code}
        others = (link for link in paper.code if identity(link.url) not in stated)
        notes = [note for note in (paper.notes, self.notes) if note]
        noted = f"\n{self.notes}\n" in f"\n{paper.notes}\n"
        return replace(
            paper,
            **said,
            notes=paper.notes if noted else "\n".join(notes),
            code=(*stated.values(), *others),
            tags=tuple(dict.fromkeys([*paper.tags, *self.tags])),
            pinned=tuple(sorted({*paper.pinned, *said})),
            sources={name: source for name, source in paper.sources.items() if name not in said},
        )


@dataclass(frozen=True)
class Added:
    """What became of one input of `add`."""

    input: str
    status: Status
    key: str = ""
    message: str = ""


@dataclass
class Additions:
    """What became of all inputs, in their order, and which sources were lacking."""

    results: list[Added] = field(default_factory=list)
    silent: dict[str, str] = field(default_factory=dict)
    """Why, by the name of each source that did not answer for some paper."""
    refused_key: bool = False
    """Whether a source refused the credentials."""

    @property
    def exit_code(self) -> ExitCode:
        """Sum up: partly done where something came in and something is lacking."""
        statuses = {result.status for result in self.results}
        lacking = statuses & {"not_found", "invalid", "failed"}
        if statuses - lacking:
            return ExitCode.PARTLY if lacking or self.silent else ExitCode.DONE
        if "failed" in lacking:
            return ExitCode.CREDENTIALS if self.refused_key else ExitCode.UNAVAILABLE
        if "not_found" in lacking:
            return ExitCode.NOT_FOUND
        return ExitCode.USAGE if lacking else ExitCode.DONE


def put(
    text: str,
    identifier: Identifier,
    found: Gathered,
    contents: Contents,
    index: Index,
    *,
    given: Given,
    on_duplicate: OnDuplicate,
    today: date,
) -> Added:
    """Put one paper into the contents, and into the index of its papers, or say why not.

    Raises Refused for a paper that is there when `on_duplicate` is `fail`.
    """
    key = index.same({identifier.kind: identifier.value})
    if not found.records and (found.failed or not key):
        status, why = unanswered(identifier, found)
        return Added(text, status, "", why)
    key = key or _meant(found, contents, index)
    found = without_foreign(found, key, contents, index)
    if key:
        added = _again(text, key, found, contents, given, on_duplicate)
    else:
        paper = merge.new_paper(found.records)
        key, after = _former(paper, found, contents, given) or (
            _new_key(paper, contents),
            given.put_on(paper),
        )
        message = _told(after, found, index.twin(after), contents.removed.pop(key, None))
        contents.papers[key] = replace(after, added=today.isoformat())
        added = Added(text, "added", key, message)
    index.add(key, contents.papers[key])
    return added


def _meant(found: Gathered, contents: Contents, index: Index) -> str | None:
    """Find the paper of the list of which the sources speak, by an identifier and its title."""
    paper = merge.new_paper(found.records)
    owners = (index.same({kind: value}) for kind, value in paper.ids.items())
    return next((o for o in owners if o and _is_same(contents.papers[o], paper)), None)


def _is_same(held: Paper, paper: Paper) -> bool:
    """Tell whether an identifier in common is to be believed: the DOI of a volume is on each paper.

    arXiv gives a paper one id, so that beside another one only the whole title counts.
    """
    if len({p.ids["arxiv"] for p in (held, paper) if "arxiv" in p.ids}) > 1:
        return title_key(held.title) == title_key(paper.title)
    return merge.agree(held, paper)


def without_foreign(found: Gathered, key: str | None, contents: Contents, index: Index) -> Gathered:
    """Leave out identifiers of other papers of the list than the one with this key."""
    said = dict.fromkeys(Identifier(*i) for record in found.records for i in record.ids.items())
    owners = {i: owner for i in said if (owner := index.same({i.kind: i.value})) not in (None, key)}
    if not owners:
        return found
    titles = {i: f"{owner}, {contents.papers[owner].title!r}" for i, owner in owners.items()}
    records = [without_ids(record, owners) for record in found.records]
    return dataclasses.replace(found, records=records, foreign=titles)


def refuse_duplicate(text: str, key: str) -> None:
    """Stop an `add` that must not meet a paper of the list."""
    raise Refused(
        f"{text} is in the list already, as {key}; nothing was added",
        f"papertrack show {key}, or --on-duplicate skip",
    )


def _again(
    text: str,
    key: str,
    found: Gathered,
    contents: Contents,
    given: Given,
    on_duplicate: OnDuplicate,
) -> Added:
    """Meet a paper that is there already."""
    if on_duplicate == "fail":
        refuse_duplicate(text, key)
    before = contents.papers[key]
    if on_duplicate == "skip":
        kept = "; kept as it is; --on-duplicate update puts the options on it"
        dropped = given.put_on(before) != before
        return Added(text, "exists", key, before.title + (kept if dropped else ""))
    after = updated(before, found, given)
    if after is None:
        return Added(text, "failed", key, another(found))
    contents.papers[key] = after
    return Added(text, "exists" if after is before else "updated", key, _told(after, found, None))


def updated(before: Paper, found: Gathered, given: Given | None = None) -> Paper | None:
    """Take what the sources say, and a person, into a paper; None where they mean another one.

    One first author is enough beside another title: the paper has been known by the identifier, and
    titles change between versions. Where the sources say nothing the person alone speaks. It is the
    same object where nothing has changed.
    """
    if found.records and not merge.agree(before, found.records[0]):
        return None
    said = merge.update(before, found.records) if found.records else before
    after = editing.dismiss(before, given.put_on(said) if given else said)
    return before if after == before else after


def _former(
    paper: Paper, found: Gathered, contents: Contents, given: Given
) -> tuple[str, Paper] | None:
    """Find a removed paper by its identifiers; it comes back under its key, with what it had."""
    former = {key: removed.paper for key, removed in contents.removed.items()}
    key = lookup.same_paper(paper.ids, former)
    if not key or key in contents.papers or not _is_same(former[key], paper):
        return None
    after = updated(former[key], found, given)
    return (key, after) if after else None


def _new_key(paper: Paper, contents: Contents) -> str:
    taken = contents.papers.keys() | contents.removed.keys()
    return citation_key(paper.title, paper.authors, paper.year, taken)


def unanswered(
    identifier: Identifier, found: Gathered
) -> tuple[Literal["failed", "not_found"], str]:
    """Tell an outage from a paper that is unknown; for its own ids arXiv has the last word."""
    if found.failed and not (identifier.kind == "arxiv" and "arxiv" in found.missing):
        whys = [f"{source}: {failed.why}" for source, failed in found.failed.items()]
        return "failed", "; ".join(whys)
    if not found.missing:
        return "not_found", (
            f"no source knows {identifier.kind} ids; try the arXiv id, DOI or title in quotes"
        )
    whys = [why for why in found.missing.values() if why]
    return "not_found", "; ".join(whys) or f"unknown to {' and '.join(found.missing)}"


def another(found: Gathered) -> str:
    """Say that an identifier is another paper's now."""
    return f"its sources now call it {found.records[0].title!r}"


def doubts(found: Gathered) -> list[str]:
    """Say which sources know an identifier as another paper's, and which the list does."""
    doubted = [f"not believed: a source calls it {title!r}" for title in found.doubted]
    return doubted + [f"left out: {i} is that of {owner}" for i, owner in found.foreign.items()]


def _told(paper: Paper, found: Gathered, twin: str | None, was: Removed | None = None) -> str:
    """Say what came in: the title, which shows a wrong identifier, and what is odd about it."""
    told = [paper.title]
    told += ["withdrawn by its authors"] if paper.withdrawn else []
    told += [f"looks like {twin}: the same title and first author"] if twin else []
    told += [f"was removed on {was.removed}" + (was.why and f": {was.why}")] if was else []
    return "; ".join(told + doubts(found))
