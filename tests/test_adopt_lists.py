"""Lists that other people keep, read and compared with what is known to be in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.adoption import FIGURES, Score, score
from papertrack.readme.adopt import read

LEAST = {
    "entries": 0.995,
    "title": 0.995,
    "arxiv": 0.998,
    "code": 0.995,
    "year": 0.995,
    "venue": 0.985,
    "section": 0.995,
}
"""What is reached, but for a hair."""


@pytest.fixture(scope="module")
def overall(lists: list[Path]) -> Score:
    total = Score()
    for path in lists:
        total.add(score(path))
    return total


@pytest.mark.parametrize("figure", FIGURES)
def test_facts_of_real_lists_are_recovered(overall: Score, figure: str) -> None:
    assert overall.rate(figure) >= LEAST[figure]


def test_no_address_of_a_real_list_is_lost(overall: Score) -> None:
    assert overall.lost == 0


def test_no_two_papers_of_a_real_list_are_merged_and_none_is_split(overall: Score) -> None:
    assert (overall.merged, overall.split) == (0, 0)


def test_few_entries_are_found_beyond_those_that_are_known(overall: Score) -> None:
    assert overall.extra < 0.02 * overall.total["entries"]


def test_the_doubled_table_of_the_seed_is_two_result_tables(seed: Path) -> None:
    first, second = read((seed / "README.seed.md").read_bytes().decode()).tables
    assert (first.kind, second.kind) == ("results", "results")
    assert first.rows == second.rows
