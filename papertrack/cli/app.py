"""The command `papertrack`: its global options, its commands, and the one place that catches."""

from collections.abc import Sequence
from functools import cache
from io import StringIO
from typing import Annotated, Any

import typer
from typer._click.exceptions import ClickException

from papertrack import __version__
from papertrack.cli import (
    adoption,
    benchmarks,
    charts,
    checks,
    demo,
    doctor,
    exporting,
    leaderboard,
    lists,
    measuring,
    papers,
    refreshing,
    results,
    site,
    stats,
)
from papertrack.cli.console import Console, report
from papertrack.cli.session import Session
from papertrack.errors import ExitCode, PapertrackError, UsageError

EPILOG = """\b
Exit codes: 0 done; 1 an error, or --check found a README stale; 2 usage; 3 not found;
4 credentials refused; 5 a source is unavailable; 6 refused, something would be lost;
7 partly done; 130 interrupted; 143 terminated.

Example: papertrack add 1505.04597 2201.01266"""

app = typer.Typer(
    help="Keep a list of papers as data: add by arXiv id, search, regenerate the README.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help starts twice as fast
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
papers.register(app)
refreshing.register(app)
lists.register(app)
exporting.register(app)
stats.register(app)
results.register(app)
benchmarks.register(app)
leaderboard.register(app)
charts.register(app)
site.register(app)
measuring.register(app)
adoption.register(app)
checks.register(app)
doctor.register(app)
demo.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        Console().data(f"papertrack {__version__}")
        raise typer.Exit


@app.callback()
def global_options(
    context: typer.Context,
    library: Annotated[
        str | None, typer.Option(metavar="DIR", help="The folder that holds store/.")
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask no service: cache and snapshot only.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Only results and errors.")] = False,
    verbose: Annotated[
        int, typer.Option("-v", "--verbose", count=True, help="Say what is done; -vv says more.")
    ] = 0,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that hold for every command."""
    if verbose:
        _log(verbose)
    context.obj = Session(library, offline, Console(quiet=quiet))


def _log(verbose: int) -> None:
    """Send the log of papertrack itself, and of nothing else, where its other talk goes."""
    import logging

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            Console().warn(record.getMessage())

    logger = logging.getLogger("papertrack")
    logger.addHandler(Handler())
    logger.setLevel(logging.INFO if verbose == 1 else logging.DEBUG)


@cache
def _command() -> Any:
    """Make the parser of all commands, once for all that a process runs."""
    return typer.main.get_command(app)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; expected trouble is reported, not raised.

    Raises OSError where stdout takes no more.
    """
    as_json = "--json" in arguments
    try:
        code: Any = _command()(list(arguments), prog_name="papertrack", standalone_mode=False)
    except PapertrackError as error:
        report(error, as_json=as_json)
        return int(error.exit_code)
    except ClickException as error:
        if as_json:
            report(UsageError(error.format_message()), as_json=True)
        else:
            told = StringIO()
            error.show(told)
            Console().complain(told.getvalue())
        return error.exit_code
    except OSError as error:
        if not error.filename:
            raise  # from stdout, where nothing more can be said
        report(PapertrackError(f"{error.filename}: {error.strerror}"), as_json=as_json)
        return int(ExitCode.ERROR)
    return int(code or 0)
