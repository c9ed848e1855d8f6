"""The command that draws."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papertrack.cli.explaining import QueryCommand
from papertrack.cli.session import session

if TYPE_CHECKING:
    from papertrack.charts.data import Chart


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    example = "Example: papertrack chart imagenet-1k --x params --y top1 -o chart.svg"
    app.command(cls=QueryCommand, epilog=example)(chart)


def chart(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="[papers|BENCHMARK]", help="Papers per year, or results.")
    ] = "papers",
    query: Annotated[
        list[str] | None, typer.Argument(metavar="[QUERY...]", help="Only these papers.")
    ] = None,
    x: Annotated[
        str, typer.Option(metavar="METRIC|year", help="What is measured along. [default: year]")
    ] = "",
    y: Annotated[
        str, typer.Option(metavar="METRIC", help="And upwards. [default: the one that ranks]")
    ] = "",
    terminal: Annotated[bool, typer.Option("--terminal", help="Draw in the terminal.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Not to stdout.")
    ] = None,
    dark: Annotated[bool, typer.Option("--dark", help="For a dark page.")] = False,
) -> None:
    """Draw papers per year, or results by year or by two metrics, as SVG.

    In a README, `papertrack:begin chart imagenet-1k y=top1` draws the same.
    """
    from papertrack import query as language
    from papertrack.charts.making import make
    from papertrack.errors import NotFound, UsageError
    from papertrack.publishing import put

    if terminal and (output or dark):
        raise UsageError("--terminal draws no file", "leave out -o and --dark, or --terminal")
    run = session(context)
    contents = run.contents()
    wanted = language.parse(" ".join(query or []))
    papers = {key: p for key, p in contents.papers.items() if wanted.matches(p, key)}
    made = make(what, papers, contents.benchmarks, x=x, y=y, asked=wanted.text)
    if made is None:
        raise NotFound("there is nothing to draw yet", _hint(what))
    if terminal:
        from papertrack.charts.terminal import draw

        run.console.drawing(draw(made, run.console.width))
    elif output:
        put(output, _svg(made, dark=dark), again="papertrack chart")
        run.console.say(f"{output}: {made.alternative}")
    else:
        run.console.document(_svg(made, dark=dark))


def _hint(what: str) -> str:
    from papertrack.charts.making import PAPERS

    return "papertrack list" if what == PAPERS else f"papertrack result list {what}"


def _svg(chart: "Chart", *, dark: bool) -> str:
    from papertrack.charts.drawing import draw
    from papertrack.charts.svg import DARK, LIGHT

    return draw(chart, DARK if dark else LIGHT)
