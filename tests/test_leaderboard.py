"""Result tables: their rows, and which value is best."""

from __future__ import annotations

from decimal import Decimal

import pytest

from papertrack.leaderboard import Row, best, number, ranked, rows
from papertrack.model import Metric, Result
from tests.builders import unet, voxelmorph

DICE = Metric(id="dice")
HD95 = Metric(id="hd95", direction="lower")
SIZE = Metric(id="size", direction="none")


def row(model: str, **values: str) -> Row:
    return Row("key", unet(), Result(benchmark="synapse", model=model, values=values))


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("76.3", "76.3"),
        (" 76.30 % ", "76.30"),
        ("76.3 ± 0.4", "76.3"),
        ("76.3±0.4%", "76.3"),
        ("-1.5", "-1.5"),
        ("1e-3", "0.001"),
    ],
)
def test_a_printed_value_is_read_as_a_number(printed: str, value: str) -> None:
    assert number(printed) == Decimal(value)


@pytest.mark.parametrize("printed", ["", "-", "n/a", "nan", "inf", "76,3", "± 0.4", "76.3 (0.4)"])
def test_what_is_no_number_has_none(printed: str) -> None:
    assert number(printed) is None


def test_rows_stand_by_year_then_key_then_as_the_paper_lists_them() -> None:
    first, second = Result(benchmark="synapse", model="B"), Result(benchmark="synapse", model="A")
    other = Result(benchmark="acdc", model="C")
    papers = {
        "z2019": voxelmorph(results=(first,)),
        "b2015": unet(results=(first, other, second)),
        "a2015": unet(results=(second,)),
        "none": unet(year=None, venue=None, results=(first,)),
    }
    listed = [(found.key, found.name) for found in rows("synapse", papers)]
    assert listed == [
        ("none", "B"),
        ("a2015", "A"),
        ("b2015", "B"),
        ("b2015", "A"),
        ("z2019", "B"),
    ]


def test_a_row_is_named_by_its_model_else_by_the_short_name_of_the_paper() -> None:
    assert row("U-Net (R50)").name == "U-Net (R50)"
    assert row("").name == "U-Net"


def test_ranking_puts_the_best_first_and_missing_values_last() -> None:
    found = [row("a", dice="70", hd95="9"), row("b"), row("c", dice="100", hd95="10")]
    assert [r.name for r in ranked(found, DICE)] == ["c", "a", "b"]
    assert [r.name for r in ranked(found, HD95)] == ["a", "c", "b"]


def test_equal_rows_keep_their_order_when_ranked() -> None:
    found = [row("a", dice="7"), row("b", dice="7.0"), row("c", dice="7")]
    assert [r.name for r in ranked(found, DICE)] == ["a", "b", "c"]


def test_the_best_value_is_the_highest_or_the_lowest_as_the_metric_says() -> None:
    found = [row("a", dice="9.5", hd95="9.5"), row("b", dice="10", hd95="10"), row("c")]
    assert best(found, DICE) == Decimal(10)
    assert best(found, HD95) == Decimal("9.5")


def test_there_is_no_best_value_of_one_row_or_without_a_direction() -> None:
    assert best([row("a", dice="1"), row("b", dice="-")], DICE) is None
    assert best([row("a", size="1"), row("b", size="2")], SIZE) is None
