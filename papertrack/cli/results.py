"""Commands about the results that papers report."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from papertrack.cli.session import complete_key, session

if TYPE_CHECKING:
    from papertrack.leaderboard import Row
    from papertrack.model import Result

_KEY = typer.Argument(metavar="KEY", autocompletion=complete_key)
_BENCHMARK = typer.Argument(metavar="BENCHMARK", help="Id of a benchmark: imagenet-1k.")
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application, as a group."""
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
    app.add_typer(result, name="result")


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
    from papertrack import benchmarking, reporting
    from papertrack.errors import UsageError
    from papertrack.lookup import find_benchmark

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
    said = [name for name, text in {"status": status, "kind": kind}.items() if text]
    found, change = benchmarking.add_result(run.library(), key, result, said)
    told = {
        "added": "saved; next: papertrack render",
        "corrected": "corrected; next: papertrack render",
        "exists": "is there already",
    }
    run.console.say(f"{found}: result on {benchmark} {told[change]}")


def result_list(
    context: typer.Context,
    benchmark: Annotated[str | None, _BENCHMARK] = None,
    as_json: Json = False,
) -> None:
    """List results, of one benchmark or of all; corrected ones are left out."""
    from papertrack.corrections import fingerprint
    from papertrack.leaderboard import rows
    from papertrack.lookup import find_benchmark

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
        run.console.json(list(map(row_document, found)))
        return
    if not found:
        run.console.say("no results yet; next: papertrack result add --help")
        return
    run.console.table(
        ("Benchmark", "Name", "Values", "Key", "Status", "Id"),
        [
            (
                row.result.benchmark,
                row.name,
                _values(row.result),
                row.key,
                row.result.status,
                fingerprint(row.result),
            )
            for row in found
        ],
        lead=1,
    )


def row_document(row: "Row") -> dict[str, Any]:
    """Make the JSON document of a row: the result as on disk, and what names it."""
    from papertrack.corrections import fingerprint
    from papertrack.documents import to_document

    named = {"key": row.key, "name": row.name, "id": fingerprint(row.result)}
    return named | to_document(row.result)


def _values(result: "Result") -> str:
    """Write values as `result add` takes them."""
    off = {metric: f"±{by.value}" for metric, by in result.uncertainty.items()}
    return " ".join(f"{m}={value}{off.get(m, '')}" for m, value in result.values.items())


def result_remove(
    context: typer.Context,
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY|ROW|ID",
            autocompletion=complete_key,
            help="A paper, the name of a row that has none, or the id of a row in the list.",
        ),
    ],
    benchmark: Annotated[str, _BENCHMARK],
    model: Annotated[
        str | None,
        typer.Option(help="The row, if the paper has several: its name, or its id in the list."),
    ] = None,
) -> None:
    """Take results on a benchmark out of the table, with those that they corrected.

    They are a paper's, or those of a row whose paper is not in the list. No import brings back
    what was taken out.
    """
    from papertrack import benchmarking

    run = session(context)
    found, number = benchmarking.remove_results(run.library(), key, benchmark, model)
    run.console.say(f"{found}: {number} taken out; next: papertrack render")
