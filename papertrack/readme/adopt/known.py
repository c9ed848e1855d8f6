"""What the facts of an entry account for, so that it need not be said again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from papertrack.readme.adopt.found import Entry
from papertrack.readme.adopt.labels import FRAMEWORKS, is_link_word
from papertrack.text import fold

WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th|v\d+)?")
_GLUED_YEAR = re.compile(r"(?:(?:19|20)\d\d|\d\d)$")
_MONTHS = (
    "jan january feb february mar march apr april may jun june jul july aug august sep sept "
    "september oct october nov november dec december"
)
_FILLING = frozenset(
    "and et al etal others in paper papers pdf code codes github arxiv doi link links url preprint "
    f"presentation withdrawn unconfirmed none na tbd tba {_MONTHS}".split()
)
"""Words that say nothing by themselves: labels without their links, parts of dates."""
_AROUND_FACTS = frozenset("accepted published appeared by at on to the of for".split())
"""Words that say nothing around a fact."""


def words_of(text: str) -> tuple[str, ...]:
    """List the words of a text, folded."""
    return tuple(WORD.findall(fold(text)))


class Known:
    """What the facts of an entry account for."""

    def __init__(self, entry: Entry) -> None:
        labels = [label for code in entry.code for label in (code.label, code.framework)]
        labels += [link.label for link in entry.links]
        facts = [*entry.authors, entry.venue, *entry.ids.values(), *entry.tags, *labels]
        self.words = frozenset(word for fact in facts for word in words_of(fact))
        self.phrases = frozenset(map(words_of, (entry.title, entry.name, *entry.section[-1:])))
        self.title = words_of(entry.title)

    def holds(self, words: Sequence[str], *, beside_link: bool) -> bool:
        """Tell whether words say nothing new; beside a link they may say what it leads to."""
        if tuple(words) in self.phrases:
            return True
        new = [word for word in words if not self._has(word)]
        vague = {w for w in new if beside_link and is_link_word(w) and w not in FRAMEWORKS}
        if all(w in _FILLING | vague for w in new):
            return True
        return len(new) < len(words) and all(w in _FILLING | _AROUND_FACTS for w in new)

    def labels(self, words: Sequence[str]) -> bool:
        """Tell whether the words of a link only say what it leads to, or what is known."""
        return all(self._has(word) or word in _FILLING or is_link_word(word) for word in words)

    def _has(self, word: str) -> bool:
        """Tell whether a word is a number or part of a fact; a year may be glued to a venue."""
        known = word in self.words or _GLUED_YEAR.sub("", word) in self.words
        return known or bool(_NUMBER.fullmatch(word))
