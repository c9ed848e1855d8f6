"""Help that is made from the tables in the code: it names every field, and costs nothing before."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from papertrack import editing
from papertrack.editing import LISTS, SETTABLE, assign
from papertrack.errors import UsageError
from papertrack.filters import FIELDS
from papertrack.model import ID_URLS
from papertrack.query import parse
from tests.builders import unet
from tests.conftest import Ran

Command = Callable[..., Ran]

WITH_A_QUERY = ["search", "list", "export", "stats", "chart", "leaderboard", "refresh"]


def told(papertrack: Command, command: str) -> str:
    """Return the help of a command without its line breaks."""
    return " ".join(papertrack(command, "--help").out.split())


@pytest.mark.parametrize("command", WITH_A_QUERY)
def test_the_help_of_a_command_with_a_query_explains_every_field(
    command: str, papertrack: Command
) -> None:
    help_text = told(papertrack, command)
    for name, meaning in FIELDS.items():
        assert f" {name}: {meaning}" in help_text
    for sign in ('"a phrase"', "a OR b", "-word", "field:value"):
        assert sign in help_text


def test_other_commands_do_not_explain_the_language(papertrack: Command) -> None:
    assert "a OR b" not in told(papertrack, "render")


@pytest.mark.parametrize(
    "query", ['"a phrase"', "a b", "(a OR b) c", "-tag:survey", "-(a OR b)", 'section:"A / B"']
)
def test_what_the_help_shows_is_a_query(query: str, papertrack: Command) -> None:
    assert query in told(papertrack, "search")
    parse(query)


def test_the_help_of_set_names_every_field(papertrack: Command) -> None:
    help_text = told(papertrack, "set")
    assert f"FIELD {', '.join(SETTABLE)} LIST {', '.join(LISTS)}" in help_text
    assert {*editing.FIELDS, "venue.year", *(f"ids.{kind}" for kind in ID_URLS)} <= {*SETTABLE}


@pytest.mark.parametrize("field", SETTABLE)
def test_every_field_that_the_help_names_can_be_set(field: str) -> None:
    if field == "title":
        assert assign(unet(), "title=X").title == "X"
        return
    assert assign(unet(), f"{field}=").pinned


@pytest.mark.parametrize("field", SETTABLE)
def test_lists_and_no_other_fields_can_be_added_to(field: str) -> None:
    change = f"{field}+=https://example.org/x"
    if field in LISTS:
        assert getattr(assign(unet(), change), field) != getattr(unet(), field)
    else:
        with pytest.raises(UsageError, match="is no list"):
            assign(unet(), change)


def test_no_other_command_loads_what_only_help_needs() -> None:
    script = (
        "import sys; from papertrack.cli.app import run; run(['--help']);"
        "sys.exit('papertrack.filters' in sys.modules or 'papertrack.editing' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.DEVNULL)
