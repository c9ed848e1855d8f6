"""The command that publishes."""

from pathlib import Path
from typing import Annotated

import typer

from papertrack.cli.session import session


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command(epilog="Example: papertrack site -o public --url https://example.org/papers/")(site)


def site(
    context: typer.Context,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Folder of the page and the feed.")
    ],
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="Of the page. [default: that of the README]")
    ] = "",
    url: Annotated[
        str, typer.Option(metavar="URL", help="Where the page will be, so that the feed says so.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Write the whole list as one page to search in, index.html, and as an Atom feed, feed.xml.

    The page holds its script, its style and the papers: it asks for nothing else, and opens from a
    disk too.
    """
    from papertrack.errors import shown
    from papertrack.website import publish

    run = session(context)
    files = publish(run.library(), output, title=title, url=url)
    for file in files:
        run.console.say(f"{shown(file.path)}: {'written' if file.changed else 'is up to date'}")
    if as_json:
        states = {True: "written", False: "unchanged"}
        run.console.json([{"file": str(f.path), "status": states[f.changed]} for f in files])
