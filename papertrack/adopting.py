"""Papers from other people's lists and files, taken into the library.

Nothing is overwritten, nothing comes in twice, and what a list prints is kept where it differs
from what the store says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from papertrack import identifiers, merge, query, venues
from papertrack.accounting import Account
from papertrack.demands import demands
from papertrack.errors import InvalidIdentifier
from papertrack.formats.loaded import Item
from papertrack.gaining import elsewhere, gain
from papertrack.gathering import Gathered
from papertrack.identifiers import Identifier
from papertrack.index import Index, alike
from papertrack.keys import citation_key, is_key
from papertrack.library import Contents
from papertrack.model import UNCHECKED, Link, Paper
from papertrack.model import replace as replace_fields
from papertrack.readme.adopt import Entry, Reading
from papertrack.text import clean_line

Status = Literal["added", "gained", "exists", "doubted", "removed", "not_found", "failed"]

SOURCE = merge.PRINTED[0]
"""Where a field comes from that somebody else has written into a README."""


@dataclass(frozen=True)
class Candidate:
    """A paper as it is printed somewhere."""

    line: int
    paper: Paper
    identifier: Identifier | None = None
    """What to ask the sources for."""
    doubt: str = ""
    """Why an identifier that is printed is not believed."""
    only_asked: bool = False
    """Whether all there is is what to ask for, so that the paper comes in only if it is known."""
    key: str = ""
    """The key that the paper has in another list of papertrack's."""
    in_results: bool = False
    """Whether a table of results names it, which is no section of its own."""
    asked: str = ""
    """What the region asks for in which it stands, as a query; empty outside of all."""


@dataclass(frozen=True)
class Adopted:
    """What became of a candidate."""

    line: int
    status: Status
    key: str
    message: str = ""


@dataclass(frozen=True)
class Adoption:
    """What became of a whole list."""

    papers: Sequence[Adopted]
    tables: Sequence[Account]
    silent: Mapping[str, str]
    """Why, by the name of each source that did not answer."""

    @property
    def rows(self) -> Mapping[str, int]:
        """How many rows each benchmark has gained."""
        gained: Counter[str] = Counter()
        for table in self.tables:
            if table.benchmark:
                gained[table.benchmark] += table.gained
        return gained


def from_reading(reading: Reading) -> list[Candidate]:
    """Make candidates of the entries of a README."""
    results = [table.lines for table in reading.tables if table.kind == "results"]
    return [
        replace(from_entry(entry), in_results=any(entry.lines.start in span for span in results))
        for entry in reading.entries
    ]


def from_entry(entry: Entry) -> Candidate:
    """Make a paper of an entry of a README; without a title it goes by its short name."""
    title, name = clean_line(entry.title), clean_line(entry.name)
    printed = Paper(
        title=title or name or clean_line(entry.url),
        name=name,
        authors=_cleaned(entry.authors),
        year=entry.year,
        venue=venues.normalise(entry.venue, entry.year),
        ids=dict(entry.ids),
        section=_cleaned(entry.section),
        tags=_cleaned(entry.tags),
        code=tuple(
            replace_fields(code, url=clean_line(code.url), label=clean_line(code.label))
            for code in entry.code
        ),
        links=tuple(
            Link(url=clean_line(link.url), label=clean_line(link.label) or "link")
            for link in _links(entry)
        ),
        images=_cleaned(entry.images),
        remark=clean_line(entry.remark),
    )
    paper = merge.completed(printed)
    said = [field for field in ("title", "authors", "venue", "remark") if getattr(paper, field)]
    said += ["year"] if entry.year else []
    sources = dict.fromkeys([*said, *(f"ids.{kind}" for kind in paper.ids)], SOURCE)
    if entry.unconfirmed and paper.venue:
        sources["venue"] = UNCHECKED
    identifier = next((Identifier(kind, value) for kind, value in paper.ids.items()), None)
    paper = replace_fields(paper, sources=sources)
    return Candidate(entry.lines.start, paper, identifier, asked=entry.asked)


def _cleaned(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in map(clean_line, texts) if text)


def from_item(item: Item, form: str) -> Candidate:
    """Make a candidate of a paper of a file; an identifier without a title is only asked for."""
    only_asked = form == "text" or not item.paper.title
    return Candidate(item.line, item.paper, item.identifier, only_asked=only_asked, key=item.key)


def resolve(candidate: Candidate, found: Gathered) -> Candidate | Adopted:
    """Complete a candidate by what the sources say of its identifier, if they speak of it.

    An identifier that belongs to a paper of another title, or to none that arXiv knows, is not
    believed.
    """
    paper, identifier = candidate.paper, candidate.identifier
    if found.records and alike(paper, merge.new_paper(found.records)):
        return replace(candidate, paper=merge.update(paper, found.records))
    if candidate.only_asked:
        status: Status = "failed" if found.failed else "not_found"
        asked = identifier.value if identifier else paper.title
        return Adopted(candidate.line, status, "", f"{asked!r}: {_why(found)}")
    if identifier is None or identifier.kind not in paper.ids:
        return candidate
    if found.records:
        doubt = f"{identifier} is {found.records[0].title!r}, not {paper.title!r}"
    elif identifier.kind == "arxiv" and found.missing and not found.failed:
        doubt = f"{identifier} is unknown"
    else:
        return candidate
    return replace(candidate, paper=_without_ids(paper, [identifier.kind]), doubt=doubt)


def _why(found: Gathered) -> str:
    whys = [*(failed.why for failed in found.failed.values()), *found.missing.values()]
    return "; ".join(filter(None, whys)) or "no source knows it"


def _links(entry: Entry) -> tuple[Link, ...]:
    """Keep the paper's own page among the links where no identifier leads there."""
    try:
        named = not entry.url or identifiers.parse(entry.url).kind in entry.ids
    except InvalidIdentifier:
        named = False
    return entry.links if named else (Link(url=entry.url, label="paper"), *entry.links)


_CHANGING_NOTHING = ("exists", "removed")

_ROUNDS = 5
"""How often a list is gone through again at most; nearly always the second time finds nothing."""


def take(candidates: Iterable[Candidate], contents: Contents, today: date) -> list[Adopted]:
    """Take candidates into the contents, in their order; a second time changes nothing.

    Those that tables of results name come last: where they are listed too, that is their section.
    """
    index = Index(contents.papers)
    removed = Index({key: entry.paper for key, entry in contents.removed.items()})
    remarked = {key for key, paper in contents.papers.items() if paper.remark}

    def take_each() -> Iterator[Adopted]:
        for candidate in candidates:
            result = _take(candidate, contents, index, removed, remarked, today)
            if result.status != "removed":
                index.add(result.key, contents.papers[result.key])
            yield result

    candidates = sorted(candidates, key=lambda candidate: candidate.in_results)
    adopted = again = list(take_each())
    for _ in range(_ROUNDS):  # what a later entry brings can tell whom an earlier one means
        if all(result.status in _CHANGING_NOTHING for result in again):
            break
        again = list(take_each())
    return [
        _shown(result, c.asked, contents) for result, c in zip(adopted, candidates, strict=True)
    ]


def _shown(adopted: Adopted, asked: str, contents: Contents) -> Adopted:
    """Say of a paper that it stands in a region which will not show it, and what would help."""
    paper = contents.papers.get(adopted.key)
    if not asked or paper is None or query.parse(asked).matches(paper, adopted.key):
        return adopted
    lacking = [demand for demand in demands(asked) if not demand.is_met(paper)]
    helps = "; ".join(demand.command(adopted.key) for demand in lacking)
    told = f"is not what its region shows, {asked}; {helps or 'it needs another one'}"
    return replace(adopted, message="; ".join(filter(None, [adopted.message, told])))


def _take(
    candidate: Candidate,
    contents: Contents,
    index: Index,
    removed: Index,
    remarked: Collection[str],
    today: date,
) -> Adopted:
    paper, line, doubt = candidate.paper, candidate.line, candidate.doubt
    owners = {k: owner for k, v in paper.ids.items() if (owner := index.same({k: v}))}
    key = next((o for o in owners.values() if alike(contents.papers[o], paper)), None)
    foreign = {kind: owner for kind, owner in owners.items() if owner != key}
    for kind, owner in foreign.items():
        doubt = f"{kind}:{paper.ids[kind]} is that of {owner}, {contents.papers[owner].title!r}"
    paper = _without_ids(paper, foreign)
    keys = [*([key] if key else []), *index.printed(paper)]
    said = replace_fields(paper, section=()) if candidate.in_results else paper
    meant = {k: gain(contents.papers[k], said, remarked=k in remarked) for k in keys}
    if meant:
        untouched = (k for k, after in meant.items() if after == contents.papers[k])
        key = next(untouched, next(iter(meant)))
        told = doubt or _also(contents.papers[key], said)
        if meant[key] == contents.papers[key]:
            return Adopted(line, "exists", key, told)
        contents.papers[key] = meant[key]
        return Adopted(line, "gained", key, told)
    gone = removed.same(paper.ids) or next(iter(removed.printed(paper)), None)
    if gone:
        why = contents.removed[gone].why
        return Adopted(line, "removed", gone, f"removed by hand{why and f': {why}'}")
    taken = contents.papers.keys() | contents.removed.keys()
    key = candidate.key
    told = doubt or (f"the key {key} is taken here" if key in taken else "")
    if key in taken or not is_key(key):
        key = citation_key(paper.title, paper.authors, paper.year, taken)
    contents.papers[key] = replace_fields(paper, added=paper.added or today.isoformat())
    return Adopted(line, "doubted" if doubt else "added", key, told)


def _also(paper: Paper, said: Paper) -> str:
    """Say where a paper stands beside the section in which a list has it."""
    return f"stands under {' / '.join(paper.section)} too" if elsewhere(paper, said) else ""


def _without_ids(paper: Paper, kinds: Collection[str]) -> Paper:
    """Take identifiers off that are not believed, and keep them as printed."""
    wrong = {f"ids.{kind}": paper.ids[kind] for kind in kinds}
    return replace_fields(
        paper,
        ids={kind: value for kind, value in paper.ids.items() if kind not in kinds},
        sources={field: source for field, source in paper.sources.items() if field not in wrong},
        printed=paper.printed | wrong,
    )
