"""Commands about result tables."""

from typing import Annotated

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
    benchmark.command("list", epilog="Example: papertrack benchmark list")(benchmark_list)
    benchmark.command("show", epilog="Example: papertrack benchmark show synapse")(benchmark_show)
    app.add_typer(result, name="result")
    app.add_typer(benchmark, name="benchmark")


def result_add(
    context: typer.Context,
    key: Annotated[str, _KEY],
    benchmark: Annotated[str, _BENCHMARK],
    values: Annotated[
        list[str], typer.Argument(metavar="METRIC=VALUE...", help="As the source prints them.")
    ],
    model: Annotated[str, typer.Option(help="Name of the row, if not the paper's.")] = "",
    url: Annotated[str, typer.Option(help="Where the values are printed.")] = "",
    locator: Annotated[str, typer.Option(help='The place there: "Table 4".')] = "",
    status: Annotated[str, typer.Option(help="Who vouches for the values.")] = "self-reported",
    note: Annotated[str, typer.Option(help="A remark.")] = "",
) -> None:
    """Add a row to a result table; a row of the same model is replaced."""
    from papertrack.editing import read_result

    run = session(context)
    result = read_result(
        benchmark, values, model=model, url=url, locator=locator, status=status, note=note
    )
    found = run.tracker().add_result(key, result)
    run.console.say(f"{found}: result on {benchmark} saved; next: papertrack render")


def result_list(
    context: typer.Context,
    benchmark: Annotated[str | None, _BENCHMARK] = None,
    as_json: Json = False,
) -> None:
    """List results, of one benchmark or of all."""
    from msgspec import to_builtins

    from papertrack.leaderboard import rows
    from papertrack.tracker import find_benchmark

    run = session(context)
    contents = run.contents()
    if benchmark:
        find_benchmark(benchmark, contents.benchmarks)
    found = [
        row
        for name in ([benchmark] if benchmark else contents.benchmarks)
        for row in rows(name, contents.papers)
    ]
    if as_json:
        run.console.json([{"key": r.key, "name": r.name} | to_builtins(r.result) for r in found])
        return
    run.console.table(
        ("Benchmark", "Name", "Values", "Key", "Status"),
        [
            (r.result.benchmark, r.name, _values(r.result.values), r.key, r.result.status)
            for r in found
        ],
    )


def _values(values: dict[str, str]) -> str:
    return " ".join(f"{metric}={value}" for metric, value in values.items())


def result_remove(
    context: typer.Context,
    key: Annotated[str, _KEY],
    benchmark: Annotated[str, _BENCHMARK],
    model: Annotated[str | None, typer.Option(help="The row, if the paper has several.")] = None,
) -> None:
    """Take a paper's results on a benchmark out of the table."""
    run = session(context)
    found, number = run.tracker().remove_results(key, benchmark, model)
    run.console.say(f"{found}: {number} taken out; next: papertrack render")


def benchmark_add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="Short name, of a-z, 0-9 and -.")],
    title: Annotated[str, typer.Option(help="Full name.")],
    metric: Annotated[
        list[str], typer.Option(help='"id,Name,higher|lower|none,unit"; the last three may lack.')
    ],
    description: Annotated[str, typer.Option(help="The text above the table.")] = "",
    task: Annotated[str, typer.Option(help="What is done: segmentation.")] = "",
    dataset: Annotated[str, typer.Option(help="What it is done on.")] = "",
    row_label: Annotated[str, typer.Option(help="Heading of the first column.")] = "Model",
) -> None:
    """Add a benchmark; its table stands where a README says `papertrack:begin table ID`."""
    from papertrack.editing import read_metric
    from papertrack.model import Benchmark, Dataset
    from papertrack.text import clean_line, clean_text

    run = session(context)
    benchmark = Benchmark(
        title=clean_line(title),
        description=clean_text(description),
        task=clean_line(task),
        dataset=Dataset(name=clean_line(dataset)) if dataset else None,
        row_label=clean_line(row_label),
        metrics=tuple(read_metric(text) for text in metric),
    )
    run.tracker().add_benchmark(name, benchmark)
    run.console.say(f"{name} saved; next: papertrack result add KEY {name} METRIC=VALUE")


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
            (n, b.title, ", ".join(m.id for m in b.metrics), str(len(rows(n, contents.papers))))
            for n, b in contents.benchmarks.items()
        ],
    )


def benchmark_show(
    context: typer.Context, name: Annotated[str, _BENCHMARK], as_json: Json = False
) -> None:
    """Show a benchmark and its table."""
    from papertrack import leaderboard
    from papertrack.documents import to_document
    from papertrack.readme.tables import column
    from papertrack.tracker import find_benchmark

    run = session(context)
    contents = run.contents()
    benchmark = find_benchmark(name, contents.benchmarks)
    if as_json:
        run.console.json({"id": name} | to_document(benchmark))
        return
    facts = (("id", name), ("title", benchmark.title), ("task", benchmark.task))
    for label, value in (
        *facts,
        ("dataset", str(benchmark.dataset or "")),
        ("about", benchmark.description),
    ):
        if value:
            run.console.labelled(label, value)
    run.console.table(
        (benchmark.row_label, *map(column, benchmark.metrics), "Published In"),
        [
            (
                row.name,
                *(row.value(m) or "-" for m in benchmark.metrics),
                str(row.paper.venue or "-"),
            )
            for row in leaderboard.rows(name, contents.papers, benchmark)
        ],
    )
