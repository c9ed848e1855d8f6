"""The command that lints: the store, or the README of any list."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from papertrack.cli.session import Session, session

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from papertrack.checks.findings import Finding
    from papertrack.checks.reach_rules import Reached
    from papertrack.checks.rules import Subject
    from papertrack.cli.console import Console
    from papertrack.links import Answer

_ROUNDS = 5
"""How often a file is mended and read again; fixes that touch each other wait for the next."""

_FEW = 10
"""Links that are asked for without a progress bar."""


def register(app: typer.Typer) -> None:
    """Put the command of this module on the application."""
    app.command(epilog="Example: papertrack check README.md --fix")(check)


def check(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE.md...]", help="READMEs of any list.")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend in the files what is safe.")] = False,
    links: Annotated[
        bool, typer.Option("--links", help="Ask for every page as well; answers are kept.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    explain: Annotated[
        str | None, typer.Option(metavar="RULE", help="Say what a rule finds, and why.")
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option(metavar="RULE,...", help="Only these rules.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="RULE,...", help="All rules but these.")
    ] = None,
) -> None:
    """Lint the store, or with files the README of any list.

    Each finding is a line `file:line: severity rule: sentence`. The command exits 1 if one of
    them is an error.
    """
    from papertrack.checks import rules
    from papertrack.errors import UsageError

    run = session(context)
    if explain:
        run.console.document(f"{explain}\n\n{rules.rule(explain).explanation}\n")
        return
    if fix and not files:
        raise UsageError("no README is named to be mended", "papertrack check README.md --fix")
    chosen = _chosen(_names(select), _names(ignore), run)
    subjects = [_readme(path, chosen, fix, run.console) for path in files or ()] or [_holdings(run)]
    found = [finding for subject in subjects for finding in rules.check(subject, chosen)]
    if links:
        found += rules.check_reached(_reach(subjects, run), chosen)
    _print(found, run.console, as_json)
    if any(finding.severity == "error" for finding in found):
        raise typer.Exit(1)


def _chosen(select: list[str], ignore: list[str], run: Session) -> frozenset[str]:
    """Choose rules by the options, else by the settings of the list, if there is one."""
    from papertrack.checks.rules import choose
    from papertrack.config import Config
    from papertrack.errors import NotFound

    try:
        settings = run.library().config
    except NotFound:
        settings = Config()
    if select:
        return choose(select, ignore)
    return choose(settings.check_select, [*settings.check_ignore, *ignore])


def _names(options: "Iterable[str] | None") -> list[str]:
    """Split the values of an option that is repeated, or given with commas."""
    return [name.strip() for value in options or () for name in value.split(",") if name.strip()]


def _readme(path: Path, chosen: "Collection[str]", fix: bool, console: "Console") -> "Subject":
    """Read a README; with `fix` mend it first."""
    from papertrack.checks.findings import mend
    from papertrack.checks.readme import read_readme
    from papertrack.checks.rules import check
    from papertrack.errors import shown
    from papertrack.files import write_whole
    from papertrack.publishing import refuse_link_away

    refuse_link_away(path)
    # Bytes that are no UTF-8 are carried through as they are.
    text = before = path.read_bytes().decode("utf-8", "surrogateescape")
    readme = read_readme(path, text)
    mended = 0
    for _ in range(_ROUNDS if fix else 0):
        text, done = mend(text, check(readme, chosen))
        if not done:
            break
        mended += len(done)
        readme = read_readme(path, text)
    if text != before:
        write_whole(path, text.encode("utf-8", "surrogateescape"))
        console.say(f"{shown(path)}: {_count(mended, 'finding')} mended")
    return readme


def _holdings(run: Session) -> "Subject":
    """Read the store, and find out which READMEs are stale."""
    from papertrack.checks.holdings import Holdings
    from papertrack.errors import PapertrackError
    from papertrack.publishing import pages

    library = run.library()
    contents = library.read()
    try:
        stale = [page.path for page in pages(library, contents) if page.stale]
    except PapertrackError as error:
        run.console.warn(f"whether the README is fresh is not known: {error.message}")
        stale = []
    return Holdings(library.store, contents, stale)


def _reach(subjects: "Sequence[Subject]", run: Session) -> "Reached":
    """Ask for the pages that links lead to, but for those that are known from an earlier run."""
    from papertrack.checks.reach_rules import Reached
    from papertrack.errors import UsageError
    from papertrack.links import Memory, pages, probe
    from papertrack.settings import Settings

    settings = Settings.from_environment(os.environ)
    if run.offline or settings.offline:
        raise UsageError("--links asks the network, and papertrack is offline", "leave one away")
    memory = Memory(settings.cache_dir / "links.json")
    found = [pair for subject in subjects for pair in subject.addresses]
    known = memory.load()
    wanted = [url for url in pages(url for _, url in found) if url not in known]
    asked: dict[str, Answer] = {}
    try:
        with run.console.progress(_FEW) as show:
            for url, answer in probe(wanted, timeout=settings.timeout):
                asked[url] = answer
                show("links", len(asked), len(wanted))
    finally:
        memory.save(asked)
    doubts = [f"{url} ({a.why})" for url, a in asked.items() if a.state == "unknown"]
    if doubts:
        run.console.say(f"{_count(len(doubts), 'link')} could not be judged: {doubts[0]}")
    return Reached(found, known | asked)


def _print(found: list["Finding"], console: "Console", as_json: bool) -> None:
    from papertrack.errors import shown

    if as_json:
        console.json([_document(finding) for finding in found])
        return
    for f in found:
        console.data(f"{shown(f.path)}:{f.line}: {f.severity} {f.rule}: {f.message}")
    if not found:
        console.say("nothing found")
        return
    kinds = {"error": "error", "warning": "warning", "info": "note"}
    counts = {kind: sum(f.severity == kind for f in found) for kind in kinds}
    parts = [_count(number, kinds[kind]) for kind, number in counts.items() if number]
    fixable = sum(bool(f.fix) for f in found)
    tail = f"; --fix mends {fixable}" if fixable else ""
    console.say(f"{', '.join(parts)}{tail}; papertrack check --explain RULE says more")


def _document(finding: "Finding") -> dict[str, Any]:
    from papertrack.errors import shown

    return {
        "path": shown(finding.path),
        "line": finding.line,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "fixable": bool(finding.fix),
    }


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
