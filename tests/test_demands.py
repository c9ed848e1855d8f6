"""What a region demands of its papers, and the commands that give it to them."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from papertrack import query
from papertrack.demands import demands
from papertrack.library import Library
from tests.builders import make_library, unet
from tests.conftest import Ran

Command = Callable[..., Ran]


@pytest.mark.parametrize(
    "asked",
    [
        'in:"Other / Deep"',
        "section:Other",
        "tag:mri",
        'Tag:"old and good"',
        "status:to-read",
        "-has:section",
        'year:2015 (tag:mri section:"Other")',
    ],
)
def test_the_command_that_is_named_gives_a_paper_what_is_demanded(
    papertrack: Command, asked: str
) -> None:
    make_library(Path(), unet=unet())
    for demand in demands(asked):
        assert not demand.is_met(Library(Path()).read().papers["unet"])
        command = demand.command("unet")
        assert papertrack(*shlex.split(command)[1:]).code == 0
    paper = Library(Path()).read().papers["unet"]
    assert all(demand.is_met(paper) for demand in demands(asked))
    assert query.parse(asked).matches(paper, "unet")


@pytest.mark.parametrize(
    "asked", ["", "year:2024", "code:yes", "tag:a OR tag:b", "-tag:a", "year:x"]
)
def test_what_no_paper_can_be_given_is_demanded_of_none(asked: str) -> None:
    assert demands(asked) == []
