"""The command that looks everything over."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from papertrack.cli.session import Session, session

if TYPE_CHECKING:
    from papertrack.cli.console import Console
    from papertrack.doctor import Diagnosis


def register(app: typer.Typer) -> None:
    """Put the command of this module on the application."""
    app.command(epilog="Example: papertrack doctor --fix")(doctor)


def doctor(
    context: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what cannot lose anything.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Look the list and its surroundings over, and say what mends what is wrong.

    Nothing is changed without --fix. Each service is asked for one paper, unless --offline.
    The command exits 1 if something is in error.
    """
    from papertrack.doctor.diagnosis import mended

    run = session(context)
    found = []
    for diagnosis in _diagnoses(run):
        found.append(mended(diagnosis) if fix else diagnosis)
        if not as_json:
            _print(found[-1], run.console)
    if as_json:
        run.console.json([_document(diagnosis) for diagnosis in found])
    if any(diagnosis.state == "error" for diagnosis in found):
        raise typer.Exit(1)


def _diagnoses(run: Session) -> "Iterator[Diagnosis]":
    from papertrack.doctor import lists, surroundings
    from papertrack.doctor.diagnosis import trouble
    from papertrack.errors import NotFound, PapertrackError
    from papertrack.settings import Settings

    yield from surroundings.versions()
    yield from surroundings.environment(os.environ)
    try:
        library = run.library()
    except NotFound as error:
        yield trouble("library", error)
    else:
        for look in (lists.settings, lists.store, lists.readmes, lists.lock):
            yield from look(library)
        yield from surroundings.git(library.root)
    try:
        settings = Settings.from_environment(os.environ)
    except PapertrackError:
        return  # said of the environment
    yield from surroundings.cache(settings.cache_dir)
    if not (run.offline or settings.offline):
        from papertrack.panel import services

        yield from surroundings.services(services(settings))


def _print(diagnosis: "Diagnosis", console: "Console") -> None:
    """Print a line; in a terminal the states stand in a column of their own."""
    hint = f"; type: {diagnosis.hint}" if diagnosis.hint else ""
    told = f"{diagnosis.part}: {diagnosis.message}{hint}"
    if console.is_terminal:
        console.labelled(diagnosis.state, told)
    else:
        console.data(f"{diagnosis.state} {told}")


def _document(diagnosis: "Diagnosis") -> dict[str, str | bool]:
    return {
        "part": diagnosis.part,
        "state": diagnosis.state,
        "message": diagnosis.message,
        "hint": diagnosis.hint,
        "fixable": diagnosis.mend is not None,
    }
