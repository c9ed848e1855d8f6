"""What is left of a line once its facts are known.

Facts at the edges of a sentence are left off. What remains of it stays word for word, with the
facts in its middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from papertrack.readme.adopt.document import Text
from papertrack.readme.adopt.known import WORD, Known, words_of
from papertrack.text import fold, is_unseen

_SHORTCODE = re.compile(r":[a-z0-9_+-]+:")
_STRONG = re.compile(r"[.!?…]['\"”’)\]]*\s|[|·•;]|\s[-–—]+\s|—")
"""What ends a sentence, or parts facts from each other and from what stands beside them."""
_WEAK = re.compile(r"[,:]\s|[\n()\[\]\"“”]")
"""What parts facts within a sentence."""
_BEFORE_NUMBERS = frozenset("vol vols no nos pp p fig figs sec eq art ch".split())
"""Words behind which a full stop ends no sentence."""
_BEHIND_LINKS = frozenset("with of in on for from to by via has is are at".split())
"""Words with which a sentence goes on behind the text of a link."""
_BEFORE_LINKS = _BEHIND_LINKS | frozenset("the a an this that our their its see".split())
"""Words behind which the text of a link is part of the sentence."""
_BEFORE = " \t,;:|·•*–—>.!?])}，。、：；"
_BEHIND = " \t,;:|·•*–—-"
"""What is cut off at either end of what is kept."""


class _Token(NamedTuple):
    word: str
    start: int
    end: int
    link: int
    """Number of the link that the word is part of; 0 outside of links."""


class _Segment(NamedTuple):
    first: int
    last: int
    is_known: bool


def beyond(row: Text, known: Known) -> list[str]:
    """Return what is left of a line, in its order; a title is taken off where it stands first."""
    line = _Line(row, known)
    if tuple(token.word for token in line.tokens) in known.phrases:
        return []
    kept: list[tuple[int, int]] = []
    for first, last in filter(None, map(line.stripped, line.sentences())):
        if kept and kept[-1][1] + 1 == first:
            kept[-1] = kept[-1][0], last
        else:
            kept.append((first, last))
    return [line.slice(first, last) for first, last in kept]


def _flat(row: Text) -> tuple[str, list[int]]:
    """Return the text of a line, and for each of its characters the link that it is part of."""
    text, links = "", list[int]()
    for span in row.spans:
        if not span.image:
            seen = "".join(c for c in span.text if c == "\n" or not is_unseen(c))
            text += _SHORTCODE.sub(" ", seen)
            links += [span.link if span.url else 0] * (len(text) - len(links))
    return text, links


class _Line:
    """A line as words with their places in its text, and the facts that it may hold."""

    def __init__(self, row: Text, known: Known) -> None:
        self.known = known
        self.text, links = _flat(row)
        self.tokens = [
            _Token(fold(match[0]), match.start(), match.end(), links[match.start()])
            for match in WORD.finditer(self.text)
        ]
        self.cut = self._titles()
        self.labels = self._labels()

    def _titles(self) -> set[int]:
        """Find the words of the title where it stands first; a later sentence may hold it too."""
        title = self.known.title
        words = tuple(token.word for token in self.tokens)
        for place in range(len(words) - len(title) + 1 if title else 0):
            if words[place : place + len(title)] == title:
                self.known.title = ()
                return set(range(place, place + len(title)))
        return set()

    def _labels(self) -> set[int]:
        """Find the links that stand for themselves: neither title nor part of a sentence."""
        found = set[int]()
        for number, group in groupby(range(len(self.tokens)), key=lambda i: self.tokens[i].link):
            own = list(group)
            first, last = own[0], own[-1]
            if not number or self._is_within(first, last):
                continue
            label = self.text[self.tokens[first].start : self.tokens[last].end]
            words = words_of(label.partition("http")[0] if "://" in label else label)
            if self.known.labels(words):
                found.add(number)
        return found

    def _is_within(self, first: int, last: int) -> bool:
        """Tell whether the text of a link is part of the sentence around it."""
        before = first > 0 and not self._gap(first - 1).strip() and first - 1 not in self.cut
        behind = last + 1 < len(self.tokens) and not self._gap(last).strip()
        return bool(
            (before and self.tokens[first - 1].word in _BEFORE_LINKS)
            or (behind and self.tokens[last + 1].word in _BEHIND_LINKS)
        )

    def _gap(self, index: int) -> str:
        """Return what stands between a word and the next one."""
        return self.text[self.tokens[index].end : self.tokens[index + 1].start]

    def sentences(self) -> Iterator[list[int]]:
        """Yield the words of each sentence, those of the title left out."""
        run: list[int] = []
        for index in range(len(self.tokens)):
            if index in self.cut or (run and self._ends_sentence(index - 1)):
                if run:
                    yield run
                run = []
            if index not in self.cut:
                run.append(index)
        if run:
            yield run

    def _ends_sentence(self, index: int) -> bool:
        gap = self._gap(index)
        if any(map(self._label, (index, index + 1))) and re.search(r"[\[\]]", gap):
            return True
        numbered = self.tokens[index].word in _BEFORE_NUMBERS
        return bool(_STRONG.search(gap)) and not (numbered and gap.strip() == ".")

    def stripped(self, sentence: Sequence[int]) -> tuple[int, int] | None:
        """Leave the facts off at both ends of a sentence; None where nothing remains.

        A fact in brackets behind words without a mark between them is one of them.
        """
        segments = list(self._segments(sentence))
        new = [number for number, segment in enumerate(segments) if not segment.is_known]
        if not new:
            return None
        last = new[-1]
        while last + 1 < len(segments) and self._gap(segments[last].last).strip() == "[":
            last += 1
        return segments[new[0]].first, segments[last].last

    def _segments(self, sentence: Sequence[int]) -> Iterator[_Segment]:
        run: list[int] = []
        for index in sentence:
            if run and self._parts(index - 1):
                yield self._segment(run)
                run = []
            run.append(index)
        yield self._segment(run)

    def _parts(self, index: int) -> bool:
        """Tell whether a segment ends behind a word."""
        here, there = (self._label(i) for i in (index, index + 1))
        return here != there or bool(_WEAK.search(self._gap(index)))

    def _label(self, index: int) -> int:
        link = self.tokens[index].link
        return link if link in self.labels else 0

    def _segment(self, run: Sequence[int]) -> _Segment:
        first, last = run[0], run[-1]
        beside = (max(first - 1, 0), min(last + 1, len(self.tokens) - 1))
        words = [self.tokens[i].word for i in run]
        said = self.known.holds(words, beside_link=any(map(self._label, beside)))
        is_share = "%" in self.text[self.tokens[first].start : self.tokens[last].end + 1]
        return _Segment(first, last, bool(self._label(first)) or (said and not is_share))

    def slice(self, first: int, last: int) -> str:
        """Return a part of the text with the signs that belong to it."""
        low = self.tokens[first - 1].end if first else 0
        high = self.tokens[last + 1].start if last + 1 < len(self.tokens) else len(self.text)
        start, end = self.tokens[first].start, self.tokens[last].end
        while start > low and not self.text[start - 1].isspace():
            start -= 1
        while end < high and not self.text[end].isspace():
            end += 1
        text = self.text[start:end].lstrip(_BEFORE).rstrip(_BEHIND)
        for opening, closing in ("()", "[]", "“”", '""'):
            text = _paired(text, opening, closing)
        return text


def _paired(text: str, opening: str, closing: str) -> str:
    """Take off brackets at the ends whose other half is not there, and those around everything."""
    inner = text[1:-1]
    if text[:1] == opening and text[-1:] == closing and not {opening, closing} & {*inner}:
        return inner.strip()
    unpaired = text.count(opening) % 2 if opening == closing else 0
    if text.startswith(opening) and (text.count(opening) > text.count(closing) or unpaired):
        return text[1:].lstrip()
    if text.count(closing) > text.count(opening) or unpaired:
        bare = text.rstrip(".")
        if bare.endswith(closing):
            return bare[:-1].rstrip()
    return text
