"""The regions that sum a list up: contents, figures, thanks."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from papertrack.counting import count
from papertrack.model import Paper
from papertrack.readme import escape
from papertrack.readme.anchors import Heading
from papertrack.readme.grid import grid

_UNLISTED = frozenset({"contributing", "footnotes", "related lists"})
"""Headings that the contents of an awesome list leave out (awesome-lint, rule toc)."""

THANKS_TO_ARXIV = "Thank you to arXiv for use of its open access interoperability."
THANKS_TO_OTHERS = "Venues, identifiers and citation counts come from"
SEMANTIC_SCHOLAR = ("Semantic Scholar", "https://www.semanticscholar.org/")
THANKS = f"{THANKS_TO_ARXIV} {THANKS_TO_OTHERS} [{']('.join(SEMANTIC_SCHOLAR)})."
"""What arXiv's and Semantic Scholar's terms of use ask those who show their data to print."""


def contents(headings: Iterable[Heading], depth: int) -> str:
    """Write links to the headings of the second level and `depth - 1` levels below it."""
    lines: list[str] = []
    above: list[int] = []
    for level, text, _, slug in headings:
        if not 2 <= level < 2 + depth or not text or text.casefold() in _UNLISTED:
            continue
        while above and above[-1] >= level:
            above.pop()
        lines.append(f"{'  ' * len(above)}- {escape.link(text, f'#{slug}')}")
        above.append(level)
    return "\n".join(lines)


def stats(papers: Collection[Paper]) -> str:
    """Write how many papers the list has, of which years, how many with code, by section."""
    counts = count(papers)
    with_code = count([paper for paper in papers if paper.code]).sections
    if set(counts.sections) <= {""}:
        return str(counts)
    rows = [
        (escape.cell(name) or "-", str(number), str(with_code.get(name, 0)))
        for name, number in sorted(counts.sections.items())
    ]
    lines = grid(("Section", "Papers", "With code"), rows, ("left", "right", "right"))
    return "\n".join([str(counts), "", *lines])
