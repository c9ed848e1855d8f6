"""Help that is made from the tables in the code, only when somebody asks for it."""

from typer._click.core import Context
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand

from papertrack.cli.dashes import DashedWords

_LANGUAGE = (
    (
        "word",
        "anywhere in title, name, authors, venue, section, tags, abstract or notes; or the key or "
        "an identifier",
    ),
    ('"a phrase"', "whole words side by side"),
    ("a b", "both"),
    ("a OR b", "one or both; brackets group: (a OR b) c"),
    ("-word", "none with it; so with a field and with brackets: -tag:survey, -(a OR b)"),
    ("field:value", "by a field below; with spaces, as a shell takes it: 'section:\"A / B\"'"),
)


class QueryCommand(DashedWords):
    """A command that takes a query; its help explains the language."""

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write what a query may hold, then what stands behind the options of every command."""
        from papertrack.filters import FIELDS

        with formatter.section("Query"):
            formatter.write_dl(_LANGUAGE)
        with formatter.section("Fields of a query"):
            formatter.write_dl([(f"{name}:", meaning) for name, meaning in FIELDS.items()])
        super().format_epilog(ctx, formatter)


class SetCommand(TyperCommand):
    """The command that sets fields; its help names them."""

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write which fields there are, then what stands behind the options of every command."""
        from papertrack.editing import LISTS, SETTABLE

        with formatter.section("Fields"):
            formatter.write_dl([("FIELD", ", ".join(SETTABLE)), ("LIST", ", ".join(LISTS))])
        super().format_epilog(ctx, formatter)
