"""The words of a list that come nearest to one that it does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from papertrack.matching import squeeze

_LEAST = 0.65
"""Least similarity of two near words: one slip in three letters, two in six."""

_AROUND = "".join(c for c in map(chr, range(128)) if not (c.isalnum() or c == "+"))


def near_words(missing: Iterable[str], texts: Iterable[str], most: int) -> list[str]:
    """Return the words of some texts that are spelt most like the missing ones, best first.

    Letters that changed places count as one slip. Of equally near words the more frequent ones
    come first.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    spellings = _spellings(texts)
    near = [
        found
        for word in missing
        for found in extract(
            squeeze(word),
            list(spellings),
            scorer=OSA.normalized_similarity,
            score_cutoff=_LEAST,
            limit=most,
        )
    ]
    near.sort(key=lambda found: (-found[1], found[2]))
    return list(dict.fromkeys(spellings[form] for form, _, _ in near))[:most]


def _spellings(texts: Iterable[str]) -> dict[str, str]:
    """Map each word, reduced to letters and digits, to its usual spelling, frequent words first."""
    counts: Counter[str] = Counter()
    for word, count in Counter(word for text in texts for word in text.split()).items():
        counts[word.strip(_AROUND)] += count
    spellings: dict[str, str] = {}
    for word, _ in counts.most_common():
        spellings.setdefault(squeeze(word), word)
    return spellings
