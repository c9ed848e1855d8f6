"""How a region asks for a section: by its name, and by tag for papers that stand elsewhere too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from papertrack.matching import squeeze, term
from papertrack.model import Paper
from papertrack.query import parse
from papertrack.readme.placing import UNSECTIONED, Section
from papertrack.text import clean_line, tag

_ENDS = str.maketrans(dict.fromkeys('"“”>'))
"""Characters that end a name in a query, curly quotes included, or a comment."""


class Asking(NamedTuple):
    """What the region of a section asks for."""

    section: str
    tagged: str = ""
    """The tag of the papers that stand elsewhere too; empty where there is none."""

    @property
    def query(self) -> str:
        """Both as one query."""
        return " OR ".join(filter(None, self))


def squeezed(section: Section) -> str:
    """Reduce a section to what a query compares; one that it cannot name stays as it is."""
    return repr(section) if is_nameless(section) else squeeze(" / ".join(section))


def is_nameless(section: Section) -> bool:
    """Tell whether the name of a section has no letter and no digit: no query can ask for it."""
    return bool(section) and term(section[-1]) is None


def ask(section: Section, papers: Iterable[Paper]) -> Asking:
    """Ask for the papers of a section, and by their tag for those that stand elsewhere too.

    The name loses the characters that would end it or the marker; no query compares them.
    """
    if not section:
        return Asking(UNSECTIONED)
    own = f'in:"{clean_line(" / ".join(section)).translate(_ENDS)}"'
    tagged = f"tag:{tag(section)}"
    listed, other = parse(own), parse(tagged)
    is_split = any(other.matches(paper) and not listed.matches(paper) for paper in papers)
    return Asking(own, tagged if is_split else "")
