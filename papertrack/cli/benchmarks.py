"""Commands about benchmarks, which make results comparable."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from papertrack.cli.session import session

if TYPE_CHECKING:
    from papertrack.cli.console import Console
    from papertrack.leaderboard import Group
    from papertrack.model import Benchmark

_BENCHMARK = typer.Argument(metavar="BENCHMARK", help="Id of a benchmark: imagenet-1k.")
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application, as a group."""
    benchmark = typer.Typer(
        help="What makes results comparable.", no_args_is_help=True, rich_markup_mode=None
    )
    benchmark.command(
        "add",
        epilog='Example: papertrack benchmark add synapse --title "Synapse CT" '
        '--metric "dice,Dice,higher,%" --metric "hd95,HD95,lower,mm"',
    )(benchmark_add)
    benchmark.command(
        "edit", epilog="Example: papertrack benchmark edit synapse --metric 'dice,decimals=2'"
    )(benchmark_edit)
    benchmark.command("list", epilog="Example: papertrack benchmark list")(benchmark_list)
    benchmark.command("show", epilog="Example: papertrack benchmark show synapse")(benchmark_show)
    benchmark.command("remove", epilog="Example: papertrack benchmark remove synapse")(
        benchmark_remove
    )
    app.add_typer(benchmark, name="benchmark")


Title = Annotated[str | None, typer.Option(help="Full name.")]
MetricTexts = Annotated[
    list[str] | None,
    typer.Option(
        "--metric",
        help='"id,Name,higher|lower|none,unit,decimals=2,range=0..100,alias=DSC"; all but the id '
        "may lack.",
    ),
]
Description = Annotated[str | None, typer.Option(help="The text above the table.")]
Task = Annotated[str | None, typer.Option(help="What is done: segmentation.")]
DatasetName = Annotated[str | None, typer.Option("--dataset", help="What it is done on.")]
DatasetVersion = Annotated[str | None, typer.Option(help="Which release of it.")]
Split = Annotated[str | None, typer.Option(help="Which part of it: test.")]
RowLabel = Annotated[str | None, typer.Option(help="Heading of the first column.")]
Primary = Annotated[str | None, typer.Option(help="Metric by which rows rank: the first one.")]
Conditions = Annotated[
    list[str] | None,
    typer.Option(
        "--protocol",
        metavar="NAME=JSON",
        help="A fixed condition: input=[1,3,224,224].",
    ),
]


def benchmark_add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="Short name, of a-z, 0-9 and -.")],
    title: Annotated[str, typer.Option(help="Full name.")],
    metric: MetricTexts = None,
    primary: Primary = None,
    description: Description = None,
    task: Task = None,
    dataset: DatasetName = None,
    dataset_version: DatasetVersion = None,
    split: Split = None,
    row_label: RowLabel = None,
    protocol: Conditions = None,
) -> None:
    """Add a benchmark; its table stands where a README says `papertrack:begin table ID`."""
    from papertrack import benchmarking, defining
    from papertrack.errors import UsageError
    from papertrack.model import Benchmark

    if not metric:
        raise UsageError("a benchmark has a metric", '--metric "dice,Dice,higher,%"')
    run = session(context)
    given = _given(context)
    new = defining.define(name, Benchmark(title=""), given)
    benchmarking.add_benchmark(run.library(), name, new)
    run.console.say(f"{name} saved; next: papertrack result add KEY {name} METRIC=VALUE")


def benchmark_edit(
    context: typer.Context,
    name: Annotated[str, _BENCHMARK],
    title: Title = None,
    metric: MetricTexts = None,
    primary: Primary = None,
    description: Description = None,
    task: Task = None,
    dataset: DatasetName = None,
    dataset_version: DatasetVersion = None,
    split: Split = None,
    row_label: RowLabel = None,
    protocol: Conditions = None,
) -> None:
    """Change a benchmark; what is not said stays, and an empty value takes off what it names.

    --metric adds a metric, or changes the one of that id: "dice,unit=" takes its unit off, "dice="
    the metric itself if no row has a value of it. Results that were measured under a protocol that
    is changed stand apart from then on: papertrack check names them.
    """
    from papertrack import benchmarking, defining

    run = session(context)
    given = _given(context)
    changed = benchmarking.edit_benchmark(
        run.library(), name, lambda before: defining.define(name, before, given)
    )
    told = "saved; next: papertrack render" if changed else "is unchanged"
    run.console.say(f"{name} {told}")


def benchmark_remove(context: typer.Context, name: Annotated[str, _BENCHMARK]) -> None:
    """Take a benchmark out of the store, once no row of it is left."""
    from papertrack import benchmarking

    run = session(context)
    benchmarking.remove_benchmark(run.library(), name)
    run.console.say(f"{name} removed; next: papertrack render")


def _given(context: typer.Context) -> dict[str, Any]:
    """Collect what the options of a command say of a benchmark."""
    from papertrack import reporting

    conditions = context.params["protocol"] or ()
    read = reporting.assignments(conditions, reporting.condition, "NAME=JSON")
    return {**context.params, "protocol": read}


def benchmark_list(context: typer.Context, as_json: Json = False) -> None:
    """List the benchmarks."""
    from papertrack.documents import to_document
    from papertrack.leaderboard import rows

    run = session(context)
    contents = run.contents()
    counts = {n: len(rows(n, contents.papers, b)) for n, b in contents.benchmarks.items()}
    if as_json:
        documents = {n: to_document(b) for n, b in contents.benchmarks.items()}
        run.console.json([{"id": n, "rows": counts[n]} | d for n, d in documents.items()])
        return
    if not counts:
        run.console.say("no benchmarks yet; next: papertrack benchmark add --help")
        return
    run.console.table(
        ("Id", "Title", "Metrics", "Rows"),
        [
            (n, b.title, ", ".join(metric.id for metric in b.metrics), str(counts[n]))
            for n, b in contents.benchmarks.items()
        ],
    )


def benchmark_show(
    context: typer.Context, name: Annotated[str, _BENCHMARK], as_json: Json = False
) -> None:
    """Show a benchmark, its metrics and protocol, and its rows in groups that compare."""
    from papertrack import leaderboard, metrics, protocol
    from papertrack.cli.results import row_document
    from papertrack.documents import to_document
    from papertrack.lookup import find_benchmark

    run = session(context)
    contents = run.contents()
    benchmark = find_benchmark(name, contents.benchmarks)
    digest = protocol.digest(benchmark.protocol)
    groups = leaderboard.groups(name, contents.papers, benchmark)
    if as_json:
        parted = [
            {
                "protocol": group.protocol,
                "convention": group.convention,
                "differences": list(group.differences),
                "rows": list(map(row_document, group.rows)),
            }
            for group in groups
        ]
        named = {"id": name, "protocol_hash": digest}
        run.console.json(named | to_document(benchmark) | {"groups": parted})
        return
    conditions = protocol.words(benchmark.protocol)
    first = leaderboard.primary(benchmark)
    ranking = first if first and first.direction != "none" else None
    for label, value in (
        ("id", name),
        ("title", benchmark.title),
        ("task", benchmark.task),
        ("dataset", str(benchmark.dataset or "")),
        ("about", benchmark.description),
        *(
            ("metric", metrics.words(metric) + ("; rows rank by it" if metric is ranking else ""))
            for metric in benchmark.metrics
        ),
        ("protocol", f"{conditions} ({protocol.short(digest)})" if conditions else ""),
    ):
        if value:
            run.console.labelled(label, value)
    for group in groups:
        _print(group, benchmark, run.console)


def _print(group: "Group", benchmark: "Benchmark", console: "Console") -> None:
    """Print the rows of a group, under or, in a pipe, before what sets it apart."""
    from papertrack.readme.tables import MISSING, NOT_APPLICABLE, column

    if group.caption and console.is_terminal:
        console.lines(group.caption)
    rows = [
        (
            row.name,
            *(
                (row.shown(metric) or MISSING) if row.is_applicable else NOT_APPLICABLE
                for metric in benchmark.metrics
            ),
            row.paper.appeared or MISSING,
            *([] if console.is_terminal else [group.caption]),
        )
        for row in group.rows
    ]
    console.table((benchmark.row_label, *map(column, benchmark.metrics), "Published In"), rows)
