"""The command that asks the sources again."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from papertrack.cli.explaining import QueryCommand
from papertrack.cli.session import complete_key, session

if TYPE_CHECKING:
    from papertrack.cli.console import Console
    from papertrack.library import Contents
    from papertrack.refreshing import Change, Refreshment

_LONG = 100
"""Characters of a text from which only the place where it differs is shown to a person."""


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    example = 'Example: papertrack refresh --all "year:2024.." --dry-run'
    app.command(cls=QueryCommand, epilog=example)(refresh)


def refresh(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KEY...|QUERY]",
            autocompletion=complete_key,
            help="Papers by key, identifier or short name; behind --all a query.",
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All papers, or all that the query finds.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it and write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Ask the sources again, and take in what is new.

    A preprint that has come out gets its venue; metadata, identifiers, citations and code links
    come up to date. What was set or taken out by hand stays so, and nothing is blanked. Answers
    of the last day are not asked for again.
    """
    from papertrack.sources.arxiv import BATCH

    run = session(context)
    keys = _chosen(words or [], every, run.contents())
    with run.console.progress(BATCH) as progress:
        refreshment = run.tracker().refresh(keys, dry_run=dry_run, progress=progress)
    if as_json:
        run.console.json([_document(result) for result in refreshment.results])
    else:
        _print_changes(refreshment, run.console)
        _print_rest(refreshment, run.console, dry_run)
    for source, why in refreshment.silent.items():
        run.console.warn(f"{source} did not answer ({why}); when it does: the same command")
    raise typer.Exit(refreshment.exit_code)


def _chosen(words: list[str], every: bool, contents: "Contents") -> list[str]:
    from papertrack import lookup
    from papertrack.errors import UsageError
    from papertrack.query import parse, search

    if every:
        return sorted(hit.key for hit in search(parse(" ".join(words)), contents.papers))
    if not words:
        raise UsageError("which papers?", "papertrack refresh KEY..., or papertrack refresh --all")
    papers, removed = contents.papers, contents.removed
    return list(dict.fromkeys(lookup.find(word, papers, removed) for word in words))


def _document(result: Any) -> dict[str, Any]:
    changes = {change.field: {"old": change.old, "new": change.new} for change in result.changes}
    return {
        "key": result.key,
        "status": result.status,
        "changes": changes,
        "message": result.message,
    }


def _print_changes(refreshment: "Refreshment", console: "Console") -> None:
    rows = [
        (result.key, change.field, *_sides(change, console.is_terminal))
        for result in refreshment.results
        for change in result.changes
    ]
    if rows:
        console.table(("Paper", "Field", "Old", "New"), rows)


def _print_rest(refreshment: "Refreshment", console: "Console", dry_run: bool) -> None:
    """Say what became of the papers, and name those with which something is wrong."""
    for result in refreshment.results:
        if result.message:
            console.warn(f"{result.key}: {result.status.replace('_', ' ')}: {result.message}")
    counts = Counter(result.status for result in refreshment.results)
    told = [f"{number} {status.replace('_', ' ')}" for status, number in counts.items()]
    console.say(", ".join(told) or "no paper to ask about")
    if counts["updated"]:
        console.say("nothing was written (--dry-run)" if dry_run else "next: papertrack render")


def _sides(change: "Change", short: bool) -> tuple[str, str]:
    """Write both sides of a change; where two texts are long, from shortly before they differ."""
    old, new = _text(change.old), _text(change.new)
    if not short or max(len(old), len(new)) <= _LONG:
        return old, new
    pairs = enumerate(zip(old, new, strict=False))
    start = max(0, next((n for n, (a, b) in pairs if a != b), 0) - _LONG // 4)
    return _cut(old, start), _cut(new, start)


def _cut(text: str, start: int) -> str:
    end = start + _LONG
    return ("..." if start else "") + text[start:end] + ("..." if text[end:] else "")


def _text(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, dict):
        return value.get("url") or " ".join(map(str, value.values()))
    return str(value)
