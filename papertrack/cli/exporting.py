"""The command that hands papers to other programs."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papertrack.cli.explaining import QueryCommand
from papertrack.cli.querying import Number, Sort, SortBy, Words, choose, no_hit, wish
from papertrack.cli.session import session

if TYPE_CHECKING:
    from papertrack.library import Library


class FileFormat(StrEnum):
    """What a file of papers is."""

    BIBTEX = "bibtex"
    CSL = "csl"
    CSV = "csv"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    RIS = "ris"
    TSV = "tsv"


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    example = 'Example: papertrack export "section:Segmentation year:2020.." -o refs.bib'
    app.command(cls=QueryCommand, epilog=example)(export)


def export(
    context: typer.Context,
    query: Words = None,
    form: Annotated[
        FileFormat | None,
        typer.Option("--format", help="[default: by the name of the file; bibtex]"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Not to stdout.")
    ] = None,
    sort: SortBy = Sort.KEY,
    number: Number = None,
) -> None:
    """Write the papers, or those that a query finds, for other programs.

    A file that is there is replaced, unless nothing matches. `papertrack import` reads all of
    these back.
    """
    from papertrack.errors import NotFound, shown
    from papertrack.formats import FORMATS
    from papertrack.publishing import put
    from papertrack.query import SORTS
    from papertrack.readme.listing import listing

    run = session(context)
    library = run.library()
    kind = form or _format_of(output)
    wanted, papers = wish(query), library.read().whole().papers
    found = choose(wanted, papers, sort)
    chosen = dict(found[:number])
    if kind is FileFormat.MARKDOWN:
        order = library.config.sections
        text = listing(chosen, style="entry", level=1, order=order, sort=SORTS[sort]).text + "\n"
    else:
        text = FORMATS[kind](chosen)
    if output is None:
        run.console.document(text)
        if not found:
            run.console.say(no_hit(wanted, papers))
        return
    _refuse_own(output, library)
    if not found:
        raise NotFound(f"nothing to write to {shown(output)}", no_hit(wanted, papers))
    put(output, text, again="papertrack export")
    run.console.say(f"{shown(output)}: {len(chosen)} papers written")


def _format_of(output: Path | None) -> FileFormat:
    """Read the format off the name of a file; without one it is BibTeX."""
    from papertrack.errors import UsageError
    from papertrack.formats import EXTENSIONS

    if output is None:
        return FileFormat.BIBTEX
    known = {**EXTENSIONS, ".md": "markdown", ".markdown": "markdown"}
    try:
        return FileFormat(known[output.suffix.lower()])
    except KeyError:
        hint = f"--format {'|'.join(FileFormat)}"
        raise UsageError(f"the name {output.name!r} tells no format", hint) from None


def _refuse_own(output: Path, library: "Library") -> None:
    """Refuse to write over the list itself."""
    from papertrack.errors import UsageError, shown
    from papertrack.files import followed

    target = followed(output)
    if target.is_relative_to(followed(library.store)):
        raise UsageError(f"{shown(output)} lies in the store", "-o takes a file outside of it")
    if target in [followed(readme) for readme in library.readmes]:
        raise UsageError(f"{shown(output)} is the README of the list", "papertrack render makes it")
