"""Commands about result tables."""

from typing import Annotated, Any

import typer

from papertrack.cli.session import complete_key, session

_KEY = typer.Argument(metavar="KEY", autocompletion=complete_key)
_BENCHMARK = typer.Argument(metavar="BENCHMARK", help="Id of a benchmark: imagenet-1k.")
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application, in two groups."""
    result = typer.Typer(
        help="Results that papers report.", no_args_is_help=True, rich_markup_mode=None
    )
    result.command(
        "add",
        epilog="Example: papertrack result add U-Net synapse dice=76.85 --locator 'Table 1'",
    )(result_add)
    result.command("list", epilog="Example: papertrack result list synapse")(result_list)
    result.command("remove", epilog="Example: papertrack result remove U-Net synapse")(
        result_remove
    )
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
    app.add_typer(result, name="result")
    app.add_typer(benchmark, name="benchmark")


def result_add(
    context: typer.Context,
    key: Annotated[str, _KEY],
    benchmark: Annotated[str, _BENCHMARK],
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="METRIC=VALUE...", help="As the source prints them: dice=76.3±0.4"),
    ] = None,
    model: Annotated[str, typer.Option(help="Name of the row, if not the paper's.")] = "",
    variant: Annotated[str, typer.Option(help="Which form of the model: large.")] = "",
    uncertainty: Annotated[
        list[str] | None,
        typer.Option(metavar="METRIC=VALUE[,KIND[,RUNS]]", help="dice=0.4,sd,5"),
    ] = None,
    extra_data: Annotated[
        str, typer.Option(help="What it is trained on besides the benchmark's data.")
    ] = "",
    condition: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Where it differs from the protocol."),
    ] = None,
    convention: Annotated[str, typer.Option(help="How operations are counted: ptflops.")] = "",
    url: Annotated[str, typer.Option(help="Where the values are printed.")] = "",
    locator: Annotated[str, typer.Option(help='The place there: "Table 4".')] = "",
    kind: Annotated[
        str, typer.Option(help="What that is: paper, leaderboard, code-readme, measured or list.")
    ] = "",
    status: Annotated[
        str,
        typer.Option(
            help="self-reported, reported-by-other, reproduced, measured, unconfirmed or "
            "not-applicable."
        ),
    ] = "",
    note: Annotated[str, typer.Option(help="A remark.")] = "",
) -> None:
    """Add a row to a result table.

    A row that is there with other values is corrected: the store keeps both, and tables print the
    correction. What the command does not say stays as it was.
    """
    from papertrack import reporting
    from papertrack.errors import UsageError
    from papertrack.tracker import find_benchmark

    run = session(context)
    if not values and status != "not-applicable":
        hint = "METRIC=VALUE, as in dice=76.85, or --status not-applicable"
        raise UsageError("a result has values", hint)
    result = reporting.read_result(
        benchmark,
        find_benchmark(benchmark, run.contents().benchmarks),
        reporting.assignments(values or ()),
        fields={
            "model": model,
            "variant": variant,
            "extra_data": extra_data,
            "convention": convention,
            "url": url,
            "locator": locator,
            "kind": kind,
            "status": status,
            "note": note,
        },
        uncertainty=reporting.assignments(uncertainty or ()),
        conditions=reporting.assignments(condition or (), reporting.condition, "NAME=VALUE"),
    )
    found = run.tracker().add_result(key, result)
    run.console.say(f"{found}: result on {benchmark} saved; next: papertrack render")


def result_list(
    context: typer.Context,
    benchmark: Annotated[str | None, _BENCHMARK] = None,
    as_json: Json = False,
) -> None:
    """List results, of one benchmark or of all; corrected ones are left out."""
    from papertrack.corrections import fingerprint
    from papertrack.documents import to_document
    from papertrack.leaderboard import rows
    from papertrack.tracker import find_benchmark

    run = session(context)
    contents = run.contents()
    if benchmark:
        find_benchmark(benchmark, contents.benchmarks)
    found = [
        row
        for name, held in contents.benchmarks.items()
        if benchmark in (None, name)
        for row in rows(name, contents.papers, held)
    ]
    if as_json:
        run.console.json(
            [
                {"key": row.key, "name": row.name, "id": fingerprint(row.result)}
                | to_document(row.result)
                for row in found
            ]
        )
        return
    run.console.table(
        ("Benchmark", "Name", "Values", "Key", "Status", "Id"),
        [
            (
                row.result.benchmark,
                row.name,
                _values(row.result.values),
                row.key,
                row.result.status,
                fingerprint(row.result),
            )
            for row in found
        ],
    )


def _values(values: dict[str, str]) -> str:
    return " ".join(f"{metric}={value}" for metric, value in values.items())


def result_remove(
    context: typer.Context,
    key: Annotated[str, _KEY],
    benchmark: Annotated[str, _BENCHMARK],
    model: Annotated[
        str | None,
        typer.Option(help="The row, if the paper has several: its name, or its id in the list."),
    ] = None,
) -> None:
    """Take a paper's results on a benchmark out of the table, with those that they corrected."""
    run = session(context)
    found, number = run.tracker().remove_results(key, benchmark, model)
    run.console.say(f"{found}: {number} taken out; next: papertrack render")


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
        help="A fixed condition: input=[1,3,224,224]. An empty value takes it out.",
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
    from papertrack import defining
    from papertrack.errors import UsageError
    from papertrack.model import Benchmark

    if not metric:
        raise UsageError("a benchmark has a metric", '--metric "dice,Dice,higher,%"')
    run = session(context)
    given = _given(context)
    run.tracker().add_benchmark(name, defining.define(name, Benchmark(title=""), given))
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
    """Change a benchmark; what is not said stays.

    --metric adds a metric, or changes the one of that id. Results that were measured under a
    protocol that is changed stand apart from then on: papertrack check names them.
    """
    from papertrack import defining

    run = session(context)
    given = _given(context)
    run.tracker().edit_benchmark(name, lambda before: defining.define(name, before, given))
    run.console.say(f"{name} saved; next: papertrack render")


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
    if as_json:
        run.console.json([{"id": n} | to_document(b) for n, b in contents.benchmarks.items()])
        return
    run.console.table(
        ("Id", "Title", "Metrics", "Rows"),
        [
            (n, b.title, ", ".join(m.id for m in b.metrics), str(len(rows(n, contents.papers, b))))
            for n, b in contents.benchmarks.items()
        ],
    )


def benchmark_show(
    context: typer.Context, name: Annotated[str, _BENCHMARK], as_json: Json = False
) -> None:
    """Show a benchmark, its protocol, and its rows in groups that compare."""
    from papertrack import leaderboard, protocol
    from papertrack.documents import to_document
    from papertrack.readme.tables import column
    from papertrack.tracker import find_benchmark

    run = session(context)
    contents = run.contents()
    benchmark = find_benchmark(name, contents.benchmarks)
    digest = protocol.digest(benchmark.protocol)
    if as_json:
        run.console.json({"id": name, "protocol_hash": digest} | to_document(benchmark))
        return
    conditions = protocol.words(benchmark.protocol)
    for label, value in (
        ("id", name),
        ("title", benchmark.title),
        ("task", benchmark.task),
        ("dataset", str(benchmark.dataset or "")),
        ("about", benchmark.description),
        ("protocol", f"{conditions} ({protocol.short(digest)})" if conditions else ""),
    ):
        if value:
            run.console.labelled(label, value)
    for group in leaderboard.groups(name, contents.papers, benchmark):
        if group.caption:
            run.console.say(group.caption)
        run.console.table(
            (benchmark.row_label, *map(column, benchmark.metrics), "Published In"),
            [
                (
                    row.name,
                    *(row.shown(metric) or "-" for metric in benchmark.metrics),
                    row.paper.appeared or "-",
                )
                for row in group.rows
            ],
        )
