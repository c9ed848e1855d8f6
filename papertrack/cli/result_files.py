"""The part of `papertrack import` that takes in rows of results."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from papertrack.cli.session import Session
    from papertrack.formats.loaded import Problem
    from papertrack.formats.result_rows import ResultRow
    from papertrack.model import Benchmark
    from papertrack.taking_results import Taken

_SHOWN = 8
"""How many rows without a paper are named."""


def import_results(
    run: "Session", files: Sequence[Path], benchmark: str, *, dry_run: bool, as_json: bool
) -> None:
    """Take the rows of files into a benchmark; all files are read before any row comes in."""
    from papertrack import benchmarking
    from papertrack.errors import ExitCode
    from papertrack.lookup import find_benchmark

    known = find_benchmark(benchmark, run.contents().benchmarks)
    read = [(path, *_read(path, known)) for path in files]
    documents = []
    for path, rows, problems in read:
        taken = benchmarking.take_results(run.library(), rows, benchmark, dry_run=dry_run)
        documents.append(_document(path, taken, problems))
        if not as_json:
            _print(run, path, taken, problems)
    if as_json:
        run.console.json(documents)
    elif dry_run:
        run.console.say("nothing was written (--dry-run)")
    refused = any(row["status"] == "invalid" for d in documents for row in d["rows"])
    raise typer.Exit(ExitCode.PARTLY if refused else ExitCode.DONE)


def _read(path: Path, benchmark: "Benchmark") -> tuple[list["ResultRow"], list["Problem"]]:
    from papertrack import publishing
    from papertrack.errors import FileProblem
    from papertrack.formats.loaded import NotThisFormat
    from papertrack.formats.result_rows import load

    text = publishing.read(path)
    is_markdown = path.suffix.lower() in (".md", ".markdown") or text.lstrip().startswith("|")
    try:
        return load(text, benchmark, is_markdown=is_markdown)
    except NotThisFormat as error:
        raise FileProblem(path, error.line, error.message, error.hint) from None


def _print(
    run: "Session", path: Path, taken: Sequence["Taken"], problems: Sequence["Problem"]
) -> None:
    from papertrack.errors import shown

    for line, message in problems:
        run.console.warn(f"{shown(path)}:{line}: {message}")
    for row in taken:
        if row.message:
            run.console.warn(f"{shown(path)}:{row.line}: {row.name or 'a row'}: {row.message}")
    alone = [row.name for row in taken if row.status == "unlisted"]
    if alone:
        more = f" and {len(alone) - _SHOWN} more" if len(alone) > _SHOWN else ""
        names = ", ".join(alone[:_SHOWN])
        run.console.warn(f"rows without a paper of the list, which stand alone: {names}{more}")
    counts = Counter(row.status for row in taken)
    told = [f"{number} {status}" for status, number in counts.items()]
    run.console.say(f"{shown(path)}: {', '.join(told) or 'no row with a value'}")


def _document(
    path: Path, taken: Sequence["Taken"], problems: Sequence["Problem"]
) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "path": str(path),
        "rows": [asdict(row) for row in taken],
        "problems": [{"line": line, "message": message} for line, message in problems],
    }
