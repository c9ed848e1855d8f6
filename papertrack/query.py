"""The query language of search, list, export and regions: read it, and search with it.

    unet "medical image" author:ronneberger year:2015.. (tag:mri OR tag:ct) -code:no

Words must all match, anywhere in a word; a phrase in quotes matches whole words. `OR` binds less
than standing side by side, `-` turns the one thing behind it round.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from papertrack.conditions import All, AnyOf, Condition, Not, Word, fits, looked_for
from papertrack.errors import UsageError
from papertrack.filters import FIELDS, make_filter
from papertrack.keys import surname
from papertrack.matching import Candidate, Term, spans, term
from papertrack.model import Paper
from papertrack.text import fold, words

__all__ = ["FIELDS", "SORTS", "Hit", "Query", "highlights", "parse", "search"]


class Query(Struct, frozen=True):
    """What somebody looks for; one without conditions matches every paper."""

    text: str
    condition: Condition
    words: tuple[Term, ...]
    """The words and phrases that a match holds, in the order of the query."""
    together: Term | None
    """All of them as one phrase."""

    def __str__(self) -> str:
        return self.text

    def matches(self, paper: Paper, key: str = "") -> bool:
        """Tell whether a paper is looked for."""
        return fits(Candidate(key, paper), self.condition)


# --- Reading a query --------------------------------------------------------------------------

_TOKEN = re.compile(
    r"""(?P<open>-?+\()
      | (?P<close>\))
      | (?P<or>OR(?=[\s()"]|\Z))
      | (?P<minus>-(?=[\w"]))?+
        (?:(?P<field>[^\s:()"]++):(?=[^\s:)]))?+
        (?:"(?P<phrase>[^"]*+)"?+ | (?P<word>[^\s()"]++(?:\([^\s()"]*+\)[^\s()"]*+)*+) | (?=\())
    """,
    re.VERBOSE,
)
"""One bracket, OR, or condition: every character but white space begins one. A colon before a
space is punctuation, as in a title, and brackets within a word belong to it, as in a DOI."""

_CURLY_QUOTES = str.maketrans("“”", '""')

_DEEPEST = 50
"""Most brackets open at once; far more than people write, far less than Python's own limit."""

_OR_HINT = 'write a OR b, or "OR" for the word'


def parse(text: str) -> Query:
    """Read a query; a UsageError says at which character it goes wrong and what to write.

    Quotes and brackets that nobody closes end where the query ends. Words without a letter or
    a digit say nothing, so that a title can be pasted with its dashes and ampersands.
    """
    groups = [_Group()]
    for token in _TOKEN.finditer(text.translate(_CURLY_QUOTES)):
        at = token.start()
        if token["open"]:
            if len(groups) > _DEEPEST:
                raise _slip(at, f"more than {_DEEPEST} brackets are open", "use fewer")
            groups.append(_Group(negated=token["open"] != "("))
        elif token["close"]:
            if len(groups) == 1:
                raise _slip(at, "this bracket closes nothing", 'quote it if it is text: ")"')
            _close(groups)
        elif token["or"]:
            groups[-1].divide(at)
        else:
            groups[-1].add(_condition(token))
    while len(groups) > 1:
        _close(groups)
    condition = groups[0].condition() or All(())
    found = tuple(c.term for c in looked_for(condition) if isinstance(c, Word))
    return Query(text, condition, found, term(" ".join(word.text for word in found)))


class _Group:
    """What stands between two brackets, while it is read."""

    def __init__(self, negated: bool = False) -> None:
        self._negated = negated
        self._alternatives: list[list[Condition]] = [[]]
        self._last_or = 0

    def add(self, condition: Condition | None) -> None:
        if condition is not None:
            self._alternatives[-1].append(condition)

    def divide(self, at: int) -> None:
        if not self._alternatives[-1]:
            raise _slip(at, "OR has nothing on its left", _OR_HINT)
        self._alternatives.append([])
        self._last_or = at

    def condition(self) -> Condition | None:
        """Return the condition that the group says; None if it says nothing."""
        if not self._alternatives[-1]:
            if len(self._alternatives) == 1:
                return None
            raise _slip(self._last_or, "OR has nothing on its right", _OR_HINT)
        every = [part[0] if len(part) == 1 else All(tuple(part)) for part in self._alternatives]
        condition = every[0] if len(every) == 1 else AnyOf(tuple(every))
        return Not(condition) if self._negated else condition


def _close(groups: list[_Group]) -> None:
    condition = groups.pop().condition()
    groups[-1].add(condition)


def _condition(token: re.Match[str]) -> Condition | None:
    quoted = token["phrase"] is not None
    value = token["phrase"] if quoted else token["word"] or ""
    if token["field"]:
        try:
            condition: Condition = make_filter(token["field"], value, quoted=quoted)
        except UsageError as error:
            raise _slip(token.start("field"), error.message, error.hint) from None
    else:
        wanted = term(value, whole=quoted)
        if wanted is None:
            return None
        condition = Word(wanted)
    return Not(condition) if token["minus"] else condition


def _slip(at: int, problem: str, hint: str) -> UsageError:
    return UsageError(f"query, character {at + 1}: {problem}", hint)


# --- Searching --------------------------------------------------------------------------------


class Hit(Struct, frozen=True):
    """A paper that was looked for, and how prominently the words stand in it."""

    key: str
    paper: Paper
    score: int


def search(query: Query, papers: Mapping[str, Paper]) -> list[Hit]:
    """Find papers, the best first, then the newest.

    All words side by side in the title or the name come first. Then a word counts more in these
    than in authors, tags, venue and section, least in remark, abstract and notes, and more where
    it is a whole word than where it begins one or is a part of one. Filters do not count.
    """
    candidates = (Candidate(key, paper) for key, paper in papers.items())
    hits = [Hit(c.key, c.paper, _score(query, c)) for c in candidates if fits(c, query.condition)]
    return sorted(hits, key=lambda hit: (-hit.score, *SORTS["newest"]((hit.key, hit.paper))))


def _score(query: Query, candidate: Candidate) -> int:
    if query.together is None:
        return 0
    adjacent = query.together.grade(candidate.titles)
    return 1000 * adjacent + sum(candidate.points(word) for word in query.words)


def highlights(query: Query, text: str) -> list[tuple[int, int]]:
    """Return the spans of a text that the words and phrases of a query match, in order."""
    return spans(text, query.words)


# --- Sorting ----------------------------------------------------------------------------------

Item = tuple[str, Paper]


def _year(item: Item) -> int:
    """Return the year to order by; papers without one come behind all others."""
    return item[1].published or 9999


def _author(item: Item) -> tuple[bool, str]:
    authors = item[1].authors
    return (not authors, surname(authors[0]) if authors else "")


def _cited(item: Item) -> int:
    citations = item[1].citations
    return citations.count if citations else -1


def _venue(item: Item) -> tuple[bool, str]:
    venue = item[1].venue
    return (venue is None, fold(venue.name) if venue else "")


SORTS: dict[str, Callable[[Item], tuple[Any, ...]]] = {
    "year": lambda item: (_year(item), item[0]),
    "newest": lambda item: (-(item[1].published or 0), item[0]),
    "title": lambda item: (words(item[1].title), item[0]),
    "author": lambda item: (_author(item), _year(item), item[0]),
    "venue": lambda item: (_venue(item), _year(item), item[0]),
    "citations": lambda item: (-_cited(item), item[0]),
    "added": lambda item: (not item[1].added, [-ord(c) for c in item[1].added], item[0]),
    "key": lambda item: (item[0],),
}
"""Orders of papers: years from the oldest, citations from the most, `added` from the latest day."""
