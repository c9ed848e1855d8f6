"""Commands about the whole list."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papertrack.cli.explaining import QueryCommand
from papertrack.cli.querying import Number, Sort, SortBy, Words, choose, no_hit, wish
from papertrack.cli.session import session

if TYPE_CHECKING:
    from papertrack.cli.console import Cell, Console
    from papertrack.library import Contents
    from papertrack.model import Paper, Removed
    from papertrack.publishing import Page
    from papertrack.query import Query


_NAMED = 20
"""How many lines of a README are named at most."""


class Format(StrEnum):
    """How papers are printed."""

    TABLE = "table"
    KEYS = "keys"
    JSON = "json"
    JSONL = "jsonl"
    TSV = "tsv"
    BIBTEX = "bibtex"
    CSL = "csl"
    CSV = "csv"
    RIS = "ris"


As = Annotated[
    Format | None, typer.Option("--format", help="[default: table; keys, years, ... in a pipe]")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    app.command(epilog="Example: papertrack init my-list")(init)
    found = 'Example: papertrack search "unet year:2018.. code:yes"'
    app.command(cls=QueryCommand, epilog=found)(search)
    listed = "Example: papertrack list section:Segmentation --sort year"
    app.command("list", cls=QueryCommand, epilog=listed)(list_)
    app.command(epilog="Example: papertrack render --check --diff")(render)


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where the list lives.")] = Path(),
) -> None:
    """Make a list: store/, and regions in README.md.

    No line that is there is changed. A README that holds papers gets its regions from import.
    """
    from papertrack import library
    from papertrack.config import CONFIG, STORE
    from papertrack.publishing import adopt, holds_papers, title_of

    console = session(context).console
    new = not (folder / STORE / CONFIG).exists()
    made = library.create(folder)
    lists = [path for path in made.readmes if holds_papers(path)]
    with made.lock():
        others = [path for path in made.readmes if path not in lists]
        changed = [path for path in others if adopt(path, title_of(folder))]
    console.say(f"{made.store} {'made' if new else 'is there already'}")
    for path in changed:
        console.say(f"{path} has regions now")
    at = f"cd {folder} && " if folder != Path() else ""
    first = f"import {lists[0].relative_to(folder)} --into-regions" if lists else "add 1505.04597"
    console.say(f"next: {at}papertrack {first}")


def search(
    context: typer.Context,
    query: Words = None,
    sort: SortBy = Sort.RELEVANCE,
    number: Number = None,
    form: As = None,
    as_json: Json = False,
) -> None:
    """Search the list; the best matches come first."""
    _print_papers(context, query, sort, number, Format.JSON if as_json else form)


def list_(
    context: typer.Context,
    query: Words = None,
    sort: SortBy = Sort.KEY,
    number: Number = None,
    form: As = None,
    as_json: Json = False,
    removed: Annotated[
        bool, typer.Option("--removed", help="Those that were taken off the list, when and why.")
    ] = False,
) -> None:
    """List the papers, or those that a query finds."""
    _print_papers(context, query, sort, number, Format.JSON if as_json else form, removed)


def _print_papers(
    context: typer.Context,
    words: list[str] | None,
    sort: Sort,
    number: int | None,
    form: Format | None,
    removed: bool = False,
) -> None:
    run = session(context)
    contents = run.contents()
    former = {key: removal.paper for key, removal in contents.removed.items()}
    wanted, papers = wish(words), former if removed else contents.papers
    found = choose(wanted, papers, sort)
    chosen = dict(found[:number])
    removals = {key: contents.removed[key] for key in chosen} if removed else {}
    if form is not None and form is not Format.TABLE:
        _print_as(form, chosen, removals or chosen, run.console)
    elif removed:
        _print_removals(removals, wanted, run.console)
    else:
        _print_table(chosen, wanted, run.console)
    if removed and not papers:
        run.console.say("nothing was taken off the list")
    elif not found:
        run.console.say(no_hit(wanted, papers))


def _print_as(
    form: Format,
    papers: dict[str, "Paper"],
    entries: "Mapping[str, Paper | Removed]",
    console: "Console",
) -> None:
    """Print papers in a format; those that show a file of the store show the whole entry."""
    from papertrack.formats import FORMATS, jsonl

    if form is Format.KEYS:
        console.document("".join(f"{key}\n" for key in papers))
    elif form is Format.JSON:
        console.json([jsonl.document(key, entry) for key, entry in entries.items()])
    elif form is Format.JSONL:
        console.document(jsonl.dump(entries))
    else:
        console.document(FORMATS[form](papers))


def _print_removals(removed: "Mapping[str, Removed]", wanted: "Query", console: "Console") -> None:
    rows = [
        (key, removal.removed, removal.why, _titled(removal.paper, wanted))
        for key, removal in removed.items()
    ]
    if rows:
        console.table(("Key", "Removed", "Why", "Title"), rows, lead=3, labels=False)


def _print_table(papers: dict[str, "Paper"], wanted: "Query", console: "Console") -> None:
    rows = [(key, p.appeared, _titled(p, wanted), _has(p)) for key, p in papers.items()]
    if rows:
        console.table(("Key", "Published In", "Title", ""), rows, lead=2, labels=False)


def _titled(paper: "Paper", wanted: "Query") -> "Cell":
    from papertrack.query import highlights

    return paper.title, highlights(wanted, paper.title)


def _has(paper: "Paper") -> str:
    return "code" if paper.code else ""


def render(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE...]", help="READMEs; those of the settings."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if stale.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what changes.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write even if hand edits would be lost.")
    ] = False,
) -> None:
    """Regenerate the regions of the README from the store."""
    from papertrack.errors import shown
    from papertrack.publishing import pages

    run = session(context)
    library = run.library()
    contents = library.read()
    rendered = pages(library, contents, files or ())
    if diff:
        for page in rendered:
            run.console.document("".join(f"{line}\n" for line in page.diff().splitlines()))
    if not force:
        _refuse_losses(rendered)
    for page in rendered:
        _warn_of_size(page, run.console)
    if any(page.new != page.old for page in rendered):
        _warn_of_unshown(rendered, contents, run.console)
    if not check:
        with library.lock():
            for page in rendered:
                page.write()
    for page in rendered:
        for path, state in _states(page, written=not check):
            run.console.say(f"{shown(path)}: {state}")
    if check and any(page.stale for page in rendered):
        run.console.say("next: papertrack render")
        raise typer.Exit(1)


def _states(page: "Page", *, written: bool) -> Iterator[tuple[Path, str]]:
    """Tell what has become of a README, and of the pictures in it that were not up to date."""
    changed = "rendered" if written else "is stale"
    yield page.path, changed if page.new != page.old else "is up to date"
    for picture in filter(lambda picture: picture.stale, page.pictures):
        yield picture.path, "is missing" if picture.old is None and not written else changed


def _refuse_losses(pages: list["Page"]) -> None:
    """Stop before hand edits are lost, and name each of them."""
    from shlex import quote

    from papertrack.errors import Refused, shown

    lost = [
        f"{shown(page.path)}:{loss.line}: {loss.what}" for page in pages for loss in page.losses
    ]
    if lost:
        named = "; ".join(lost[:_NAMED])
        named += f"; and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
        files = " ".join(quote(shown(page.path)) for page in pages if page.losses)
        raise Refused(
            f"written by hand, and not in the store: {named}",
            f"papertrack import {files} takes it into the store; "
            "papertrack render --force drops it",
        )


def _warn_of_unshown(pages: list["Page"], contents: "Contents", console: "Console") -> None:
    from papertrack.errors import shown
    from papertrack.hand_edits import unshown

    found = unshown(pages, contents)
    for path, line, message in found[:_NAMED]:
        console.warn(f"{shown(path)}:{line}: {message}")
    if len(found) > _NAMED:
        console.warn(f"and {len(found) - _NAMED} more that no region shows any more")


def _warn_of_size(page: "Page", console: "Console") -> None:
    from papertrack.errors import shown
    from papertrack.publishing import CUT_OFF, WARN_AT

    if page.size > WARN_AT:
        console.warn(
            f"{shown(page.path)} has {page.size:,} bytes; GitHub shows no more than {CUT_OFF:,}: "
            "use style=bullet or style=row, or split the list"
        )
