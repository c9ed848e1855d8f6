"""The regions that sum a list up: contents, figures, thanks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from papertrack.model import Paper
from papertrack.readme import escape
from papertrack.readme.anchors import Heading
from papertrack.readme.grid import grid

_UNLISTED = frozenset({"contributing", "footnotes", "related lists"})
"""Headings that the contents of an awesome list leave out (awesome-lint, rule toc)."""

THANKS = (
    "Thank you to arXiv for use of its open access interoperability. Venues, identifiers and "
    "citation counts come from [Semantic Scholar](https://www.semanticscholar.org/)."
)
"""What arXiv's and Semantic Scholar's terms of use ask those who show their data to print."""


def contents(headings: Iterable[Heading], depth: int) -> str:
    """Write links to the headings of the second level and `depth - 1` levels below it."""
    return "\n".join(
        f"{'  ' * (heading.level - 2)}- [{escape.text(heading.text)}](#{heading.slug})"
        for heading in headings
        if 2 <= heading.level < 2 + depth and heading.text.casefold() not in _UNLISTED
    )


def stats(papers: Collection[Paper]) -> str:
    """Write how many papers the list has, of which years, how many with code, by section."""
    years = sorted(paper.published for paper in papers if paper.published)
    span = f" from {years[0]} to {years[-1]}" if years else ""
    coded = [paper for paper in papers if paper.code]
    sentence = f"{len(papers)} papers{span}, {len(coded)} with code."
    listed, with_code = _by_section(papers), _by_section(coded)
    if set(listed) <= {""}:
        return sentence
    rows = [
        (escape.cell(name) or "-", str(number), str(with_code.get(name, 0)))
        for name, number in sorted(listed.items())
    ]
    lines = grid(("Section", "Papers", "With code"), rows, ("left", "right", "right"))
    return "\n".join([sentence, "", *lines])


def _by_section(papers: Iterable[Paper]) -> Mapping[str, int]:
    return Counter(paper.section[0] if paper.section else "" for paper in papers)
