"""The command that takes in what others wrote: READMEs of lists, and files of papers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papertrack.cli.session import session

if TYPE_CHECKING:
    from papertrack.adopting import Adopted, Adoption, Candidate
    from papertrack.cli.console import Console
    from papertrack.cli.session import Session
    from papertrack.converting import Converted
    from papertrack.library import Contents
    from papertrack.readme.adopt import Reading

_SHOWN = 12
"""How many ranges of lines are named that stay as they are."""

_DOUBTFUL = ("doubted", "removed", "not_found", "failed")
"""What a person should look at."""


@dataclass(frozen=True)
class _File:
    """A file, and what it holds."""

    path: Path
    text: str
    reading: "Reading | None"
    """What a README holds beside papers."""
    candidates: Sequence["Candidate"]
    problems: Sequence[tuple[int, str]]
    """What is wrong with it, by line."""


def register(app: typer.Typer) -> None:
    """Put the command of this module on the application."""
    example = "Example: papertrack import README.md --dry-run"
    app.command("import", epilog=example)(import_)


def import_(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="README.md, .bib, .csv, .tsv, .json, .ris, .txt"),
    ],
    form: Annotated[
        str | None, typer.Option("--format", help="[default: by extension and content]")
    ] = None,
    resolve: Annotated[
        bool, typer.Option("--resolve", help="Ask the sources, and compare titles.")
    ] = False,
    into_regions: Annotated[
        bool, typer.Option("--into-regions", help="Put regions where papers and tables stand.")
    ] = False,
    benchmark: Annotated[
        str | None, typer.Option(metavar="ID", help="Read rows of results on this benchmark.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Take in papers from READMEs and files; nothing is lost.

    What is not understood stays in the README, and so does a table of results of which anything
    would be lost: that is named. What the store knows already is not overwritten, and gains what
    it lacks; a second time changes nothing. Titles alone, one a line, and identifiers without a
    title are asked of the sources, and come in only where they are known.

    With --benchmark the files are tables of results (.csv, .tsv, .md): columns for model, variant,
    paper, url, locator, extra data, conditions, convention, status, note, and one for each metric
    by id, name or alias. A row whose paper is not in the list stays with the benchmark.
    """
    from papertrack.errors import ExitCode, shown
    from papertrack.formats.loaded import LeftOut

    run = session(context)
    if benchmark:
        from papertrack.cli.result_files import import_results

        import_results(run, files, benchmark, dry_run=dry_run, as_json=as_json)
        return
    read = [_read(path, form, run) for path in files]
    documents = []
    partly = False
    for file in read:
        adoption, converted = _adopt(file, run, resolve, into_regions, dry_run)
        lacking = [pair for table in adoption.tables for pair in table.lacking]
        notes = converted.notes if converted else ()
        problems = sorted([*file.problems, *lacking, *notes], key=lambda problem: problem[0])
        documents.append(_document(file, adoption, problems))
        if not as_json:
            _print(file, adoption, problems, run.console)
        for source, why in adoption.silent.items():
            run.console.warn(f"{source} did not answer ({why}); when it does: the same command")
        held_back = any(a.status in ("not_found", "failed") for a in adoption.papers)
        left_out = any(isinstance(problem, LeftOut) for problem in problems)
        without = converted is not None and converted.page is None
        partly = partly or held_back or left_out or bool(adoption.silent) or without
        if converted:
            run.console.say(f"{shown(file.path)}: {_state(converted, dry_run)}")
    if as_json:
        run.console.json(documents)
    elif dry_run:
        run.console.say("nothing was written (--dry-run)")
    raise typer.Exit(ExitCode.PARTLY if partly else ExitCode.DONE)


def _adopt(
    file: _File, run: "Session", resolve: bool, into_regions: bool, dry_run: bool
) -> "tuple[Adoption, Converted | None]":
    """Take a file in; put regions where a README's entries stand, where that is wished.

    What the README will be is worked out before anything is written.
    """
    from papertrack.converting import convert

    library, reading = run.library(), file.reading
    converted: list[Converted] = []

    def before_saving(contents: "Contents", adoption: "Adoption") -> None:
        if into_regions and reading:
            made = convert(file.path, file.text, reading, adoption, library, contents)
            converted.append(made)

    with run.console.progress(0) as progress:
        adoption = run.tracker().adopt(
            file.candidates,
            reading.tables if reading else (),
            resolve=resolve,
            dry_run=dry_run,
            progress=progress,
            before_saving=before_saving,
        )
    for made in converted:
        if made.page and not dry_run:
            with library.lock():
                made.page.write()
    return adoption, next(iter(converted), None)


def _state(converted: "Converted", dry_run: bool) -> str:
    if converted.page is None:
        return "nothing in it can become a region, so it stays as it is"
    if not converted.page.stale:
        return "its regions are up to date"
    return (
        "its entries would be regions"
        if dry_run
        else "its entries are regions now; look at it with git diff"
    )


def _read(path: Path, form: str | None, run: "Session") -> _File:
    from papertrack import formats, publishing
    from papertrack.adopting import from_item, from_reading
    from papertrack.errors import FileProblem, UsageError

    text = publishing.read(path)
    if form is None and path.suffix.lower() in (".md", ".markdown"):
        reading, changes = _read_readme(path, text, run)
        told = sorted([*reading.notices, *changes])
        return _File(path, text, reading, from_reading(reading), told)
    name = form or formats.format_of(path.name, text)
    if name not in formats.LOADERS:
        known = ", ".join(formats.LOADERS)
        raise UsageError(f"there is no format {name!r}", f"one of {known}; a README ends in .md")
    try:
        loaded = formats.LOADERS[name](text)
    except formats.NotThisFormat as error:
        raise FileProblem(path, error.line, error.message, error.hint) from None
    return _File(path, text, None, [from_item(i, name) for i in loaded.items], loaded.problems)


def _read_readme(
    path: Path, text: str, run: "Session"
) -> tuple["Reading", Sequence[tuple[int, str]]]:
    """Read a README but for what papertrack would write into its regions itself.

    Also name what somebody has changed there.
    """
    from papertrack.errors import FileProblem
    from papertrack.publishing import pages
    from papertrack.readme import regions
    from papertrack.readme.adopt import read
    from papertrack.readme.edited import by_hand, changes, news
    from papertrack.readme.placing import place

    reading = read(text)
    if not reading.entries and all(table.kind != "results" for table in reading.tables):
        hint = "papers stand in bullets, tables or under headings, with a link or a title"
        raise FileProblem(path, None, "holds no paper and no table of results", hint)
    placed = place(reading, text, path)
    if not regions.parse(text, path):
        return placed, ()
    library = run.library()
    [page] = pages(library, library.read(), [path])
    ours = place(read(page.new), page.new, path)
    found = by_hand(placed, text, ours, page.new, path)
    return news(found, text, ours, path), list(changes(found, ours))


def _print(
    file: _File, adoption: "Adoption", problems: Sequence[tuple[int, str]], console: "Console"
) -> None:
    from papertrack.errors import shown

    path, reading = file.path, file.reading
    if reading:
        sections = Counter(" / ".join(entry.section) or "-" for entry in reading.entries)
        console.table(("Section", "Papers"), [(name, str(n)) for name, n in sections.items()])
    for line, message in problems:
        console.warn(f"{shown(path)}:{line}: {message}")
    for a in adoption.papers:
        if a.status in _DOUBTFUL or a.message:
            console.warn(
                f"{shown(path)}:{a.line}: {a.status.replace('_', ' ')} {a.key} {a.message}"
            )
    counts = Counter(a.status for a in adoption.papers)
    rows = sum(adoption.rows.values())
    told = [f"{number} {status.replace('_', ' ')}" for status, number in counts.items()]
    told += [f"{rows} rows of {len(adoption.rows)} result tables"] if adoption.rows else []
    console.say(f"{shown(path)}: {', '.join(told) or 'nothing that the store lacks'}")
    if reading and reading.left:
        ranges = [_range(lines) for lines in reading.left]
        more = f" and {len(ranges) - _SHOWN} more" if len(ranges) > _SHOWN else ""
        number = sum(len(lines) for lines in reading.left)
        console.say(f"{number} lines stay as they are: {', '.join(ranges[:_SHOWN])}{more}")


def _document(
    file: _File, adoption: "Adoption", problems: Sequence[tuple[int, str]]
) -> dict[str, object]:
    left = file.reading.left if file.reading else ()
    return {
        "path": str(file.path),
        "papers": [_paper(a) for a in adoption.papers],
        "rows": dict(adoption.rows),
        "problems": [{"line": line, "message": message} for line, message in problems],
        "left": [[lines.start, lines.stop - 1] for lines in left],
    }


def _paper(adopted: "Adopted") -> dict[str, object]:
    return {
        "line": adopted.line,
        "status": adopted.status,
        "key": adopted.key,
        "message": adopted.message,
    }


def _range(lines: range) -> str:
    return str(lines.start) if len(lines) == 1 else f"{lines.start}-{lines.stop - 1}"
