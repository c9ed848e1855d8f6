"""A query on the command line: its words, the order of what it finds, what is near if nothing."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from papertrack.model import Paper
    from papertrack.query import Query


class Sort(StrEnum):
    """How papers are ordered; relevance counts where in a paper the words stand."""

    RELEVANCE = "relevance"
    YEAR = "year"
    NEWEST = "newest"
    TITLE = "title"
    AUTHOR = "author"
    VENUE = "venue"
    ADDED = "added"
    CITATIONS = "citations"
    KEY = "key"


Words = Annotated[list[str] | None, typer.Argument(metavar="[QUERY...]", help="Words and fields.")]
SortBy = Annotated[Sort, typer.Option("--sort", help="Order of the papers.")]
Number = Annotated[int | None, typer.Option("-n", "--number", min=1, help="At most so many.")]


def wish(words: list[str] | None) -> "Query":
    """Read the words of a command line as one query."""
    from papertrack import query

    return query.parse(" ".join(words or []))


def choose(wanted: "Query", papers: dict[str, "Paper"], sort: Sort) -> list[tuple[str, "Paper"]]:
    """Find the papers of a query, in the order that a person asks for."""
    from papertrack import query

    found = [(hit.key, hit.paper) for hit in query.search(wanted, papers)]
    return found if sort is Sort.RELEVANCE else sorted(found, key=query.SORTS[sort])


def no_hit(wanted: "Query", papers: dict[str, "Paper"]) -> str:
    """Say that nothing matches a query, and what there is near it."""
    from papertrack.suggestions import suggest

    if not papers:
        return "the list is empty; next: papertrack add 1505.04597"
    near = [_as_typed(words) for words in suggest(wanted, papers)]
    return "nothing matches" + (f"; near: {', '.join(near)}" if near else "")


def _as_typed(words: str) -> str:
    """Write a part of a query as it is typed into a shell; letters of any script stay bare."""
    import re
    import shlex

    return words if re.fullmatch(r"[\w@%+=:,./-]+", words) else shlex.quote(words)
