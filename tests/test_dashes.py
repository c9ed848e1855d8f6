"""Words that begin with a dash: they reach every command that takes words, and options stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from papertrack.cli.app import app
from papertrack.model import Result
from tests.builders import make_library, synapse, unet, voxelmorph
from tests.conftest import Ran

Command = Callable[..., Ran]

UNET, VOXEL = "ronneberger2015unet", "balakrishnan2018voxelmorph"

ONE = {
    "search": ["--format", "keys"],
    "list": ["--format", "keys"],
    "export": ["--format", "jsonl"],
    "stats": ["--json"],
    "chart papers": [],
    "leaderboard synapse": ["--json"],
    "refresh --all": ["--dry-run", "--json"],
}
"""Every command that takes a query, and what makes it tell which papers it has found."""


@pytest.fixture
def library(papertrack: Command) -> Command:
    """Return the command line in a list of two papers, of which one is tagged `hybrid`."""
    results = (Result(benchmark="synapse", values={"dice": "1"}),)
    papers = {
        UNET: unet(results=results),
        VOXEL: voxelmorph(results=results, tags=("hybrid", "h")),
    }
    with make_library(Path(), **papers).change() as contents:
        contents.benchmarks["synapse"] = synapse()
    return papertrack


def takes_query(command: Any) -> bool:
    return any("QUERY" in (param.metavar or "") for param in command.params)


def test_the_table_holds_every_command_that_takes_a_query() -> None:
    commands: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    taking = {name for name, command in commands.items() if takes_query(command)}
    assert taking == {line.split()[0] for line in ONE}


@pytest.mark.parametrize("command", ONE)
@pytest.mark.parametrize(
    "word",
    [
        pytest.param(["-tag:hybrid"], id="filter"),
        pytest.param(["-hybrid"], id="word that begins as -h does"),
        pytest.param(["-network"], id="word that begins as -n does"),
        pytest.param(["segmentation", "-author:zhao"], id="behind a word"),
        pytest.param(["-(tag:hybrid OR vgg)"], id="brackets"),
        pytest.param(["--", "-tag:hybrid"], id="behind two dashes"),
        pytest.param(["-vgg", "--", "-tag:hybrid"], id="before and behind two dashes"),
    ],
)
def test_a_word_that_is_not_wanted_reaches_every_query(
    command: str, word: list[str], library: Command
) -> None:
    before, after = command.split(), ONE[command]
    told = library("--offline", *before, *after, *word).out
    quoted = library("--offline", *before, *after, " ".join(word).replace("-- ", "")).out
    every = library("--offline", *before, *after).out
    assert told == quoted != every


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (["-n1"], 1),
        (["-n", "1", "-tag:none"], 1),
        (["-tag:none", "--number=1"], 1),
        (["--sort", "year", "-tag:none", "-n", "1"], 1),
        (["--sort=year", "-tag:none"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_options_stay_options(typed: list[str], number: int, library: Command) -> None:
    assert len(library("search", "--json", *typed).json) == number


def test_a_value_right_behind_its_option_stays_one(library: Command) -> None:
    library("export", "-tag:hybrid", "-orefs.jsonl")
    [line] = Path("refs.jsonl").read_text().splitlines()
    assert json.loads(line)["key"] == UNET


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["-q"], "No such option: -q"),
        (["-json"], "No such option: -j"),
        (["-sort=year"], "No such option: -s"),
        (["--sot", "year"], "No such option: --sot (Possible options: "),
        (["unet", "--no-such-thing", "-tag:x"], "No such option: --no-such-thing"),
        (["-tag:x", "-n"], "Option '-n' requires an argument."),
        (["-n=2", "-tag:x"], "Invalid value for '-n'"),
        (["-n0"], "0 is not in the range"),
        (["-tag:x", "--sort"], "Option '--sort' requires an argument."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_slip_in_an_option_is_no_word(typed: list[str], told: str, library: Command) -> None:
    ran = library("search", *typed)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


@pytest.mark.parametrize("command", [command.split() for command in ONE], ids=" ".join)
def test_help_is_help_in_either_form(command: list[str], library: Command) -> None:
    for name in ("-h", "--help"):
        ran = library(*command, "-tag:x", name)
        assert ran.code == 0
        assert ran.out.startswith(f"Usage: papertrack {command[0]} ")


@pytest.mark.parametrize("tag", ["hybrid", "h", "help-me"])
def test_a_tag_is_taken_off_whatever_it_begins_with(tag: str, library: Command) -> None:
    library("tag", VOXEL, f"+{tag}", "+kept")
    assert library("tag", VOXEL, f"-{tag}").code == 0
    [paper] = library("search", "tag:kept", "--json").json
    assert tag not in paper["tags"]
    assert library("tag", "--help").out.startswith("Usage: papertrack tag ")


@pytest.mark.parametrize("text", ["- a point of a list", "-hidden", "-h"])
def test_a_note_may_begin_with_a_dash(text: str, library: Command) -> None:
    assert library("note", UNET, text).code == 0
    assert library("show", UNET, "--json").json["notes"] == text
