"""What a person may have meant whose query finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from papertrack.conditions import (
    LABELS,
    NAMES,
    Condition,
    Identified,
    Labelled,
    Named,
    Word,
    fits,
    looked_for,
)
from papertrack.matching import Candidate, term
from papertrack.model import Paper
from papertrack.near_words import near_labels, near_words
from papertrack.query import Query


def suggest(query: Query, papers: Mapping[str, Paper], most: int = 5) -> list[str]:
    """Return what comes nearest to those parts of a query that fit no paper at all.

    That are filters, as they stand in a query (`section:"Foundation Models"`), then words.
    """
    candidates = [Candidate(key, paper) for key, paper in papers.items()]
    sought = list(looked_for(query.condition))
    filters = [
        f"{field}:{_quoted(value)}"
        for condition in sought
        if not isinstance(condition, Word) and not any(fits(c, condition) for c in candidates)
        for field, value in _values(condition, candidates, most)
    ]
    words = _words(query, candidates, most)
    return list(dict.fromkeys([*filters, *words]))[:most]


def _words(query: Query, candidates: Sequence[Candidate], most: int) -> list[str]:
    asked = (term(word) for phrase in query.words for word in phrase.text.split())
    missing = [t.text for t in asked if t and not any(c.points(t) for c in candidates)]
    if not missing:
        return []
    texts = (text for c in candidates for _, forms in c.shelves for text in forms.fields)
    return near_words(missing, texts, most)


def _values(
    condition: Condition, candidates: Iterable[Candidate], most: int
) -> Iterator[tuple[str, str]]:
    """Yield the field of a filter with each value of the list that comes near the one sought."""
    near: list[str] = []
    match condition:
        case Labelled(field, sought):
            labels = (label for c in candidates for label in LABELS[field](c.paper))
            near = near_labels(sought, labels, most)
        case Named(field, wanted):
            names = (name for c in candidates for name in NAMES[field](c.paper))
            if " " in wanted.spaced:
                near = near_labels(wanted.text, names, most)
            else:
                near = near_words([wanted.text], names, most)
        case Identified("key" as field, sought):
            near = near_labels(sought, (c.key for c in candidates), most)
    yield from ((field, value) for value in near)


def _quoted(value: str) -> str:
    """Write a value as it stands behind a colon; the language has no way to write a quote."""
    plain = re.sub('["“”]', "", value)
    return f'"{plain}"' if re.search(r"[\s()]", plain) else plain
