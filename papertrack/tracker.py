"""The use cases: what a person does with a list, over a library and the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from papertrack import adding, adopting, editing, identifiers, lookup, tabulating
from papertrack.accounting import account
from papertrack.adding import Added, Additions, Given, OnDuplicate
from papertrack.adopting import Adopted, Adoption, Candidate
from papertrack.documents import is_same
from papertrack.errors import InvalidIdentifier, NotFound, Refused
from papertrack.gathering import Gathered, Panel, gather, outages
from papertrack.identifiers import Identifier
from papertrack.index import Index
from papertrack.library import Contents, Library
from papertrack.model import Paper, Removed
from papertrack.readme.adopt import FoundTable
from papertrack.refreshing import Refreshment, best_identifier, renew
from papertrack.sources import Progress
from papertrack.text import clean_line

Edit = Callable[[Paper], Paper]


class Edited(NamedTuple):
    """A paper that was changed by hand: the same object twice where nothing has changed."""

    key: str
    before: Paper
    after: Paper

    @property
    def changed(self) -> bool:
        """Whether there was something to save."""
        return self.after is not self.before


def _quiet(source: str, done: int, total: int) -> None:
    """Tell nobody about progress."""


def _nothing(contents: Contents, adoption: Adoption) -> None:
    """Let what is about to be written be written."""


class Tracker:
    """A list of papers: one library, and the sources that are asked about papers."""

    def __init__(
        self,
        library: Library,
        panel: Callable[[], Panel],
        today: Callable[[], date] = date.today,
    ) -> None:
        self.library = library
        self._panel = panel
        self._today = today

    def add(
        self,
        inputs: Sequence[str],
        given: Given,
        *,
        on_duplicate: OnDuplicate = "skip",
        dry_run: bool = False,
        progress: Progress = _quiet,
    ) -> Additions:
        """Add papers by identifiers in any form; one bad input does not spoil the others.

        The sources are asked before the store is locked, and the store is written once. Raises
        Refused, with nothing written, for a paper that is there when `on_duplicate` is `fail`.
        """
        parsed = [(text, _parsed(text)) for text in inputs]
        wanted = dict.fromkeys(wish for _, wish in parsed if isinstance(wish, Identifier))
        gathered = self._ask(list(wanted), on_duplicate, progress)
        failed = outages(gathered.values())
        additions = Additions(
            silent={source: outage.why for source, outage in failed.items()},
            refused_key=any(outage.credentials for outage in failed.values()),
        )

        with self.library.change(dry_run=dry_run) as contents:
            index = Index(contents.papers)
            for text, wish in parsed:
                if isinstance(wish, Added):
                    additions.results.append(wish)
                    continue
                found = gathered.get(wish, Gathered())
                added = adding.put(
                    text,
                    wish,
                    found,
                    contents,
                    index,
                    given=given,
                    on_duplicate=on_duplicate,
                    today=self._today(),
                )
                additions.results.append(added)
        return additions

    def refresh(
        self, keys: Sequence[str], *, dry_run: bool = False, progress: Progress = _quiet
    ) -> Refreshment:
        """Ask the sources again about papers of the list, and take in what is new.

        They are asked before the store is locked, and the store is written once.
        """
        panel = self._panel()
        papers = self.library.read().papers
        asked = {key: best_identifier(papers[key], panel.metadata) for key in keys}
        gathered = gather(dict.fromkeys(filter(None, asked.values())), panel, progress)
        failed = outages(gathered.values())

        with self.library.change(dry_run=dry_run) as contents:
            index = Index(contents.papers)
            renewed = [
                renew(key, i, gathered[i] if i else Gathered(), contents, index)
                for key, i in asked.items()
            ]
        return Refreshment(
            renewed,
            silent={source: outage.why for source, outage in failed.items()},
            refused_key=any(outage.credentials for outage in failed.values()),
        )

    def find(self, name: str) -> str:
        """Return the key of the paper that a person means."""
        contents = self.library.read()
        return lookup.find(name, contents.papers, contents.removed)

    def adopt(
        self,
        candidates: Sequence[Candidate],
        tables: Sequence[FoundTable] = (),
        *,
        resolve: bool = False,
        dry_run: bool = False,
        progress: Progress = _quiet,
        before_saving: Callable[[Contents, Adoption], None] = _nothing,
    ) -> Adoption:
        """Take in papers and result tables of other people's lists; a second time changes nothing.

        With `resolve` the sources are asked for all that the store does not know yet, else only
        for papers that come in no other way. `before_saving` sees what is about to be written;
        nothing is where it raises.
        """
        wanted = [c for c in candidates if resolve or c.only_asked]
        gathered = self._ask_about(wanted, progress) if wanted else {}
        resolved = [
            adopting.resolve(c, found)
            if c.identifier and (found := gathered.get(c.identifier))
            else c
            for c in candidates
        ]
        held = [r for r in resolved if isinstance(r, Adopted)]
        usable = [r for r in resolved if isinstance(r, Candidate)]
        failures = [pair for found in gathered.values() for pair in found.failed.items()]
        silent = {name: failed.why for name, failed in failures}

        with self.library.change(dry_run=dry_run) as contents:
            taken = adopting.take(usable, contents, self._today())
            accounts = [account(t, contents) for t in tabulating.take_tables(tables, contents)]
            adoption = Adoption(sorted([*held, *taken], key=lambda a: a.line), accounts, silent)
            before_saving(contents, adoption)
        return adoption

    def _ask_about(
        self, candidates: Sequence[Candidate], progress: Progress
    ) -> Mapping[Identifier, Gathered]:
        """Ask the sources for what the store does not know by an identifier, or else by title."""
        index = Index(self.library.read().papers)
        asked = dict.fromkeys(
            c.identifier
            for c in candidates
            if c.identifier
            and not (index.same(c.paper.ids) if c.paper.ids else index.printed(c.paper))
        )
        return gather(asked, self._panel(), progress) if asked else {}

    def edit(self, name: str, edit: Edit) -> Edited:
        """Change one paper by hand; links that the change takes out are not brought back.

        Raises Refused where the change gives it an identifier of another paper.
        """
        with self.library.change() as contents:
            key = lookup.find(name, contents.papers, contents.removed)
            before = contents.papers[key]
            after = editing.dismiss(before, edit(before))
            _refuse_foreign_ids(dict(after.ids.items() - before.ids.items()), key, contents.papers)
            contents.papers[key] = before if is_same(before, after) else after
            return Edited(key, before, contents.papers[key])

    def remove(self, names: Iterable[str], why: str = "") -> list[str]:
        """Take papers off the list and remember that; where one is unknown, take none."""
        with self.library.change() as contents:
            keys = [lookup.find(name, contents.papers, contents.removed) for name in names]
            for key in dict.fromkeys(keys):
                paper = contents.papers.pop(key)
                day = self._today().isoformat()
                contents.removed[key] = Removed(paper=paper, removed=day, why=clean_line(why))
            return list(dict.fromkeys(keys))

    def restore(self, names: Iterable[str]) -> list[str]:
        """Put removed papers back as they were; where one is unknown or in the way, put none.

        Raises NotFound, or Refused for a paper that has come back under another key.
        """
        with self.library.change() as contents:
            former = {key: removed.paper for key, removed in contents.removed.items()}
            keys = list(dict.fromkeys(_removed(name, former) for name in names))
            index = Index(contents.papers)
            for key in keys:
                there = key if key in contents.papers else index.same(former[key].ids)
                if there:
                    message = f"{key} is in the list again, as {there}; nothing was put back"
                    raise Refused(message, f"papertrack show {there}")
                contents.papers[key] = contents.removed.pop(key).paper
            return keys

    def _ask(
        self, wanted: Sequence[Identifier], on_duplicate: OnDuplicate, progress: Progress
    ) -> Mapping[Identifier, Gathered]:
        """Ask the sources for what the store does not hold, or for all that is to be updated."""
        index = Index(self.library.read().papers)
        present = {i: index.same({i.kind: i.value}) for i in wanted}
        for identifier, key in present.items():
            if key and on_duplicate == "fail":
                adding.refuse_duplicate(identifier.value, key)
        asked = [i for i in wanted if on_duplicate == "update" or not present[i]]
        return gather(asked, self._panel(), progress) if asked else {}


def _refuse_foreign_ids(ids: Mapping[str, str], key: str, papers: Mapping[str, Paper]) -> None:
    """Stop a change that would make two papers one for everybody who asks by identifier."""
    others = {other: paper for other, paper in papers.items() if other != key}
    for kind, value in ids.items():
        if owner := lookup.same_paper({kind: value}, others):
            raise Refused(
                f"{kind}:{value} is that of {owner}, {papers[owner].title!r}; nothing was changed",
                f"papertrack set {owner} ids.{kind}= first, if it is wrong there",
            )


def _removed(name: str, former: Mapping[str, Paper]) -> str:
    try:
        return lookup.find(name, former)
    except NotFound:
        known = ", ".join(list(former)[:5]) or "none"
        known += "; all: papertrack list --removed" if len(former) > 5 else ""
        raise NotFound(f"no paper {name!r} has been removed", f"removed ones: {known}") from None


def _parsed(text: str) -> Identifier | Added:
    try:
        return identifiers.parse(text)
    except InvalidIdentifier as error:
        hint = f" ({error.hint})" if error.hint else ""
        return Added(text, "invalid", "", f"{error.why}{hint}")
