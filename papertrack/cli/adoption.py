"""The command that takes in what others wrote: READMEs of lists, and files of papers."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papertrack.cli.session import session

if TYPE_CHECKING:
    from papertrack.adopting import Adopted, Adoption, Candidate
    from papertrack.cli.console import Console
    from papertrack.cli.session import Session
    from papertrack.library import Library
    from papertrack.readme.adopt import Reading

_SHOWN = 12
"""How many ranges of lines are named that stay as they are."""

_DOUBTFUL = ("doubted", "removed", "not_found", "failed")
"""What a person should look at."""


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
        bool, typer.Option("--into-regions", help="Put regions where a README's entries stand.")
    ] = False,
    benchmark: Annotated[
        str | None, typer.Option(metavar="ID", help="Read rows of results on this benchmark.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Take in papers from READMEs and files; nothing is lost.

    What is not understood stays in the README. What the store knows already is not overwritten,
    and gains what it lacks; a second time changes nothing. Titles alone, one a line, and
    identifiers without a title are asked of the sources, and come in only where they are known.

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
    read = [(path, *_read(path, form, run)) for path in files]
    documents = []
    partly = False
    for path, reading, candidates, problems in read:
        with run.console.progress(0) as progress:
            adoption = run.tracker().adopt(
                candidates,
                reading.tables if reading else (),
                resolve=resolve,
                dry_run=dry_run,
                progress=progress,
            )
        documents.append(_document(path, adoption, reading, problems))
        if not as_json:
            _print(path, adoption, reading, problems, run.console)
        for source, why in adoption.silent.items():
            run.console.warn(f"{source} did not answer ({why}); when it does: the same command")
        held_back = any(a.status in ("not_found", "failed") for a in adoption.papers)
        left_out = any(isinstance(problem, LeftOut) for problem in problems)
        partly = partly or held_back or left_out or bool(adoption.silent)
        if into_regions and reading and not dry_run:
            _put_regions(path, reading, run.library())
            run.console.say(f"{shown(path)}: its entries are regions now; look at it with git diff")
    if as_json:
        run.console.json(documents)
    elif dry_run:
        run.console.say("nothing was written (--dry-run)")
    raise typer.Exit(ExitCode.PARTLY if partly else ExitCode.DONE)


def _read(
    path: Path, form: str | None, run: "Session"
) -> tuple["Reading | None", Sequence["Candidate"], Sequence[tuple[int, str]]]:
    """Read a file: what a README holds beside papers, the papers, and what is wrong with it."""
    from papertrack import formats, publishing
    from papertrack.adopting import from_entry, from_item
    from papertrack.errors import FileProblem, UsageError

    text = publishing.read(path)
    if form is None and path.suffix.lower() in (".md", ".markdown"):
        reading, changes = _read_readme(path, text, run)
        return reading, [from_entry(entry) for entry in reading.entries], changes
    name = form or formats.format_of(path.name, text)
    if name not in formats.LOADERS:
        known = ", ".join(formats.LOADERS)
        raise UsageError(f"there is no format {name!r}", f"one of {known}; a README ends in .md")
    try:
        loaded = formats.LOADERS[name](text)
    except formats.NotThisFormat as error:
        raise FileProblem(path, error.line, error.message, error.hint) from None
    return None, [from_item(item, name) for item in loaded.items], loaded.problems


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
    from papertrack.readme.edited import by_hand, changes
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
    return found, list(changes(found, ours))


def _put_regions(path: Path, reading: "Reading", library: "Library") -> None:
    """Put regions where the entries stand, and fill them; the file is written once."""
    from papertrack.publishing import read, remade
    from papertrack.readme.embed import embed

    old = read(path)
    page = remade(path, old, embed(old, reading, path), library, library.read())
    with library.lock():
        page.write()


def _print(
    path: Path,
    adoption: "Adoption",
    reading: "Reading | None",
    problems: Sequence[tuple[int, str]],
    console: "Console",
) -> None:
    from papertrack.errors import shown

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
    path: Path,
    adoption: "Adoption",
    reading: "Reading | None",
    problems: Sequence[tuple[int, str]],
) -> dict[str, object]:
    return {
        "path": str(path),
        "papers": [_paper(a) for a in adoption.papers],
        "rows": dict(adoption.rows),
        "problems": [{"line": line, "message": message} for line, message in problems],
        "left": [[lines.start, lines.stop - 1] for lines in reading.left] if reading else [],
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
