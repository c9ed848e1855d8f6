"""The command that measures networks."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from papertrack.cli.session import complete_key, session

if TYPE_CHECKING:
    from papertrack.cli.console import Console
    from papertrack.model import Measurement


def register(app: typer.Typer) -> None:
    """Put the command of this module on the application."""
    app.command(
        epilog="Example: papertrack measure nets:unet --benchmark fair --paper U-Net --arg width=32"
    )(measure)


def measure(
    context: typer.Context,
    spec: Annotated[
        str, typer.Argument(metavar="SPEC", help="The network: package.module:factory.")
    ],
    benchmark: Annotated[str, typer.Option(help="Id of the benchmark whose protocol holds.")],
    paper: Annotated[
        str,
        typer.Option(
            metavar="KEY", help="The paper that gets the row.", autocompletion=complete_key
        ),
    ],
    model: Annotated[str, typer.Option(help="Name of the row, if not the paper's.")] = "",
    variant: Annotated[str, typer.Option(help="Which form of the model: large.")] = "",
    arg: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="An argument of the factory: img_size=[96,96,96]."),
    ] = None,
    counter: Annotated[
        Literal["torch", "ptflops"],
        typer.Option(
            help="torch: convolutions, products of matrices, attention. ptflops: the rules of "
            "ptflops 0.6.3."
        ),
    ] = "torch",
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="How long it may take.")
    ] = 120.0,
    time: Annotated[
        bool,
        typer.Option(
            "--time", help="Also run it for real, six times, and take the median of five."
        ),
    ] = False,
    memory: Annotated[
        bool, typer.Option("--memory", help="Also estimate how much memory activations take.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Save nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Count parameters and operations of a PyTorch network, and fill its row.

    This runs the code of the network, with your rights, in a process of its own: measure only what
    you would also run. Nothing is computed, so it takes seconds and no memory for activations.

    A network that refuses the input of the protocol gets a row that says so.
    """
    from papertrack import benchmarking
    from papertrack.documents import to_document
    from papertrack.measure import Network, read_arguments

    run = session(context)
    network = Network(
        spec=spec,
        arguments=read_arguments(arg or ()),
        model=model,
        variant=variant,
        counter=counter,
        time=time,
        memory=memory,
    )
    key, result, saved = benchmarking.measure_network(
        run.library(),
        paper,
        benchmark,
        network,
        limit=timeout,
        today=date.today(),
        dry_run=dry_run,
    )
    if as_json:
        run.console.json({"key": key} | to_document(result))
    elif result.status == "measured" and result.measurement:
        _show(result.measurement, run.console)
    if result.status == "not-applicable":
        run.console.warn(f"{spec} does not run under the protocol of {benchmark}: {result.note}")
    unsaved = "nothing saved" if dry_run else "as before"
    told = "saved; next: papertrack render" if saved else unsaved
    run.console.say(f"{key}: {result.status} on {benchmark}, {told}")


def _show(found: "Measurement", console: "Console") -> None:
    """Print what was measured, a line for each fact."""
    from papertrack.measure.telling import lines

    for label, value in lines(found):
        console.labelled(label, value)
