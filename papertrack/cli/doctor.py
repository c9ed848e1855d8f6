"""The command that looks everything over."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from papertrack.cli.session import Session, session

if TYPE_CHECKING:
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
    run = session(context)
    found = []
    for diagnosis in _diagnoses(run):
        mended = fix and diagnosis.mend is not None
        if mended and diagnosis.mend:
            diagnosis.mend()
        found.append(diagnosis)
        if not as_json:
            state = "mended" if mended else diagnosis.state
            hint = f"; type: {diagnosis.hint}" if diagnosis.hint and not mended else ""
            run.console.data(f"{state:8}{diagnosis.part}: {diagnosis.message}{hint}")
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


def _document(diagnosis: "Diagnosis") -> dict[str, str | bool]:
    return {
        "part": diagnosis.part,
        "state": diagnosis.state,
        "message": diagnosis.message,
        "hint": diagnosis.hint,
        "fixable": diagnosis.mend is not None,
    }
