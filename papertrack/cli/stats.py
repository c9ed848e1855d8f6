"""The command that shows what a list is at a glance."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from papertrack.cli.explaining import QueryCommand
from papertrack.cli.session import session

if TYPE_CHECKING:
    from papertrack.cli.console import Console
    from papertrack.counting import Counts

_SHOWN = 12
"""How many bars of one kind a terminal shows; a pipe and JSON get all."""

_IN_TIME = ("years", "added")
"""What is counted along time: of too many bars the last ones are shown."""


def register(app: typer.Typer) -> None:
    """Put the command of this module on the application."""
    example = "Example: papertrack stats section:Segmentation"
    app.command(cls=QueryCommand, epilog=example)(stats)


def stats(
    context: typer.Context,
    query: Annotated[
        list[str] | None, typer.Argument(metavar="[QUERY...]", help="All papers without one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Count the papers: by year, section, venue, tag, benchmark and month of coming in."""
    from dataclasses import asdict

    from papertrack import query as language
    from papertrack.counting import count

    run = session(context)
    wanted = language.parse(" ".join(query or []))
    papers = run.contents().papers
    counts = count([paper for key, paper in papers.items() if wanted.matches(paper, key)])
    if as_json:
        run.console.json(asdict(counts))
    elif run.console.is_terminal:
        _draw(counts, run.console)
    else:
        _print(counts, run.console)


def _kinds(counts: "Counts") -> dict[str, Mapping[str, int]]:
    """Name what is counted in several parts, in the order in which people ask."""
    return {
        "years": {str(year): number for year, number in counts.years.items()},
        "sections": {name or "-": number for name, number in counts.sections.items()},
        "venues": counts.venues,
        "tags": counts.tags,
        "results": counts.results,
        "added": counts.added,
        "unconfirmed": counts.unconfirmed,
    }


def _print(counts: "Counts", console: "Console") -> None:
    rows = [("papers", "", str(counts.papers)), ("with code", "", str(counts.with_code))]
    for kind, numbers in _kinds(counts).items():
        rows += [(kind, name, str(number)) for name, number in numbers.items()]
    console.table(("What", "Which", "How many"), rows)


def _draw(counts: "Counts", console: "Console") -> None:
    console.lines(str(counts))
    for kind, numbers in _kinds(counts).items():
        rows = list(numbers.items())
        shown = rows[-_SHOWN:] if kind in _IN_TIME else rows[:_SHOWN]
        if shown:
            cut = f", {len(shown)} of {len(rows)}" if len(shown) < len(rows) else ""
            console.lines("", kind.capitalize() + cut)
            console.bars(shown)
