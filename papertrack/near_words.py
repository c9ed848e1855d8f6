"""The words of a list that come nearest to one that it does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from papertrack.matching import squeeze

_LEAST = 0.65
"""Least similarity of two near words: one slip in three letters, two in six."""

_AROUND = "".join(c for c in map(chr, range(128)) if not (c.isalnum() or c == "+"))


def near_words(missing: Iterable[str], texts: Iterable[str], most: int) -> list[str]:
    """Return the words of some texts that are spelt most like the missing ones, best first.

    Letters that changed places count as one slip. Of equally near words the more frequent ones
    come first.
    """
    words = Counter[str]()
    for word, count in Counter(word for text in texts for word in text.split()).items():
        words[word.strip(_AROUND)] += count
    return _nearest(map(squeeze, missing), _spellings(words), most)


def near_labels(missing: str, labels: Iterable[str], most: int) -> list[str]:
    """Return the labels that hold a missing one, then those that are spelt most like it.

    Of those that hold it, the ones that begin with it come first, then the shorter ones.
    """
    spellings = _spellings(Counter(labels))
    wanted = squeeze(missing)
    holding = [form for form in spellings if wanted in form]
    holding.sort(key=lambda form: (not form.startswith(wanted), len(form)))
    near = _nearest([wanted], spellings, most)
    return list(dict.fromkeys([*(spellings[form] for form in holding), *near]))[:most]


def _nearest(wanted: Iterable[str], spellings: Mapping[str, str], most: int) -> list[str]:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    near = [
        found
        for form in wanted
        for found in extract(
            form,
            list(spellings),
            scorer=OSA.normalized_similarity,
            score_cutoff=_LEAST,
            limit=most,
        )
    ]
    near.sort(key=lambda found: (-found[1], found[2]))
    return list(dict.fromkeys(spellings[form] for form, _, _ in near))[:most]


def _spellings(counts: Counter[str]) -> dict[str, str]:
    """Map each text, reduced to letters and digits, to its usual spelling, frequent ones first."""
    spellings: dict[str, str] = {}
    for text, _ in counts.most_common():
        spellings.setdefault(squeeze(text), text)
    return spellings
