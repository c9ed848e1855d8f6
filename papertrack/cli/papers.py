"""Commands about single papers."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from papertrack.cli.explaining import SetCommand
from papertrack.cli.session import complete_key, session

if TYPE_CHECKING:
    from papertrack.adding import Additions
    from papertrack.cli.console import Console

Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY",
        autocompletion=complete_key,
        help="A key or the beginning of one, an identifier, or a short name.",
    ),
]
_DASHED = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""For commands whose only option is --help: what else begins with a dash is an argument."""

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    commands: dict[Callable[..., None], str] = {
        add: "papertrack add 1505.04597 2201.01266 --section Segmentation --tag unet",
        show: "papertrack show ronneberger2015unet",
        open_: "papertrack open U-Net --code",
        edit: "papertrack edit ronneberger2015unet",
        set_: 'papertrack set ronneberger2015unet venue="MICCAI 2015" tags+=classic',
        tag: "papertrack tag ronneberger2015unet +classic -todo",
        note: 'papertrack note ronneberger2015unet "The skip connections are the point."',
        remove: 'papertrack remove ronneberger2015unet --why "not medical"',
        restore: "papertrack restore ronneberger2015unet",
    }
    for command, example in commands.items():
        name = command.__name__.rstrip("_")
        extra = _DASHED if command in (tag, note) else {}
        kind = SetCommand if command is set_ else None
        app.command(name, cls=kind, epilog=f"Example: {example}", context_settings=extra)(command)


def add(
    context: typer.Context,
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...",
            help="arXiv ids, DOIs, URLs or titles in quotes; - reads them from standard input.",
        ),
    ],
    name: Annotated[str, typer.Option(help="Short name, for one paper.")] = "",
    section: Annotated[str, typer.Option(help='Section, "A / B" for B inside A.')] = "",
    tag: Annotated[list[str] | None, typer.Option(help="Tag; can be repeated.")] = None,
    code: Annotated[
        list[str] | None, typer.Option(help='Code, for one paper: URL or "LABEL URL"; repeatable.')
    ] = None,
    venue: Annotated[str, typer.Option(help='Venue, for one paper: "MICCAI 2015".')] = "",
    note: Annotated[str, typer.Option(help="A note of your own.")] = "",
    on_duplicate: Annotated[
        Literal["skip", "update", "fail"],
        typer.Option(help="What to do with papers that are there."),
    ] = "skip",
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask again what is cached.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Add papers by identifier, in any form.

    Titles, authors and code links come from arXiv, venues and citation counts from Semantic
    Scholar. If one of them is silent the other one answers.
    """
    from papertrack import editing, identifiers
    from papertrack.adding import Given
    from papertrack.cli import standard_input
    from papertrack.errors import UsageError
    from papertrack.sources.arxiv import BATCH

    run = session(context)
    inputs = [i for i in ids if i != "-"]
    if "-" in ids:
        inputs += identifiers.split_lines(standard_input.read())
    if len(inputs) > 1 and (name or code or venue):
        raise UsageError("--name, --code and --venue belong to one paper", "add them one by one")
    given = Given(
        name=editing.FIELDS["name"](name),
        section=editing.section(section),
        tags=editing.FIELDS["tags"](",".join(tag or [])),
        code=tuple(editing.code_link(link) for link in code or []),
        venue=editing.venue(venue),
        notes=editing.FIELDS["notes"](note),
    )
    tracker = run.tracker(refresh=refresh)
    with run.console.progress(BATCH) as progress:
        additions = tracker.add(
            inputs, given, on_duplicate=on_duplicate, dry_run=dry_run, progress=progress
        )
    _print_additions(additions, run.console, as_json, dry_run)
    raise typer.Exit(additions.exit_code)


def _print_additions(
    additions: "Additions", console: "Console", as_json: bool, dry_run: bool
) -> None:
    from msgspec import to_builtins

    if as_json:
        console.json([to_builtins(result) for result in additions.results])
    else:
        rows = [
            (r.status.replace("_", " "), r.key or r.input, r.message) for r in additions.results
        ]
        console.table(("", "Paper", ""), rows, lead=1, labels=False)
    came_in = any(result.status in ("added", "updated") for result in additions.results)
    again = "papertrack add --on-duplicate update ..." if came_in else "the same command"
    for source, why in additions.silent.items():
        console.warn(f"{source} did not answer ({why}); when it does: {again}")
    if came_in and not as_json:
        console.say("nothing was written (--dry-run)" if dry_run else "next: papertrack render")


def show(context: typer.Context, key: Key, as_json: Json = False) -> None:
    """Show everything about a paper."""
    from papertrack import lookup
    from papertrack.cli.facts import facts
    from papertrack.formats.jsonl import document

    run = session(context)
    contents = run.contents()
    papers = contents.papers
    found = lookup.find(key, papers, contents.removed)
    if as_json:
        run.console.json(document(found, papers[found]))
        return
    for label, value in facts(found, papers[found]):
        run.console.labelled(label, value)


def open_(
    context: typer.Context,
    key: Key,
    pdf: Annotated[bool, typer.Option("--pdf", help="Open the PDF.")] = False,
    code: Annotated[bool, typer.Option("--code", help="Open the first code link.")] = False,
) -> None:
    """Open a paper in the browser; in a pipe, print its address."""
    import webbrowser

    from papertrack import lookup
    from papertrack.errors import NotFound

    run = session(context)
    contents = run.contents()
    papers = contents.papers
    found = lookup.find(key, papers, contents.removed)
    paper = papers[found]
    url = paper.url
    if code:
        url = paper.code[0].url if paper.code else ""
    elif pdf:
        url = f"https://arxiv.org/pdf/{paper.ids['arxiv']}" if "arxiv" in paper.ids else ""
    if not url.startswith(("https://", "http://")):
        what = "code" if code else "PDF" if pdf else "page"
        raise NotFound(f"{found} has no {what} to open", f"papertrack show {found}")
    run.console.data(url)
    if run.console.is_terminal:
        webbrowser.open(url)


def edit(context: typer.Context, key: Key) -> None:
    """Edit a paper in $EDITOR; what is changed is pinned."""
    from papertrack.cli.editor import edit_document
    from papertrack.documents import is_same
    from papertrack.rewriting import read_back, rewrite
    from papertrack.storage import Document

    run = session(context)
    tracker = run.tracker()
    found = tracker.find(key)
    before = tracker.library.read().papers[found]

    def save(document: Document) -> None:
        after = read_back(before, document, tracker.library.read().benchmarks)
        tracker.edit(found, lambda paper: rewrite(paper, before, after))
        run.console.say(f"{found} is unchanged" if is_same(before, after) else f"{found} saved")

    edit_document(before, found, save)


def set_(
    context: typer.Context,
    key: Key,
    changes: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...")],
) -> None:
    """Set fields by hand; what is set is pinned.

    FIELD=VALUE sets a field, an empty VALUE takes it out; LIST+=VALUE and LIST-=VALUE add to a
    list, and take out of it.
    """
    from functools import reduce

    from papertrack.editing import assign

    run = session(context)
    edited = run.tracker().edit(key, lambda paper: reduce(assign, changes, paper))
    told = "saved; next: papertrack render" if edited.changed else "is unchanged"
    run.console.say(f"{edited.key} {told}")


def tag(
    context: typer.Context,
    key: Key,
    tags: Annotated[list[str], typer.Argument(metavar="+TAG|-TAG...")],
) -> None:
    """Add tags (+) and take tags off (-)."""
    from papertrack.editing import absent, retag

    run = session(context)
    edited = run.tracker().edit(key, lambda paper: retag(paper, tags))
    missing = ", ".join(absent(edited.before, tags))
    told = ", ".join(edited.after.tags) or "no tags"
    run.console.say(f"{edited.key}: {told}" + (f"; had no tag {missing}" if missing else ""))


def note(
    context: typer.Context,
    key: Key,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The note; - reads standard input.")],
) -> None:
    """Add a note to a paper."""
    from papertrack.cli import standard_input
    from papertrack.editing import annotate

    run = session(context)
    words = standard_input.read() if text == "-" else text
    edited = run.tracker().edit(key, lambda paper: annotate(paper, words))
    run.console.say(f"{edited.key}: noted")


def remove(
    context: typer.Context,
    keys: Annotated[list[str], typer.Argument(metavar="KEY...", autocompletion=complete_key)],
    why: Annotated[str, typer.Option(help="The reason, kept in store/removed/.")] = "",
) -> None:
    """Take papers off the list, and remember them.

    They go to store/removed/, so that nothing brings them back by itself.
    """
    run = session(context)
    for key in run.tracker().remove(keys, why):
        run.console.say(f"{key} removed; papertrack restore {key} puts it back")


def restore(
    context: typer.Context, keys: Annotated[list[str], typer.Argument(metavar="KEY...")]
) -> None:
    """Put removed papers back on the list, as they were."""
    run = session(context)
    for key in run.tracker().restore(keys):
        run.console.say(f"{key} is in the list again; next: papertrack render")
