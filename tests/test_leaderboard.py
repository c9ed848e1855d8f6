"""Result tables: their rows, and which value is best."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given

from papertrack import protocol
from papertrack.editing import add_result
from papertrack.leaderboard import Row, best, groups, primary, ranked, ranks, rows
from papertrack.model import (
    UNCONFIRMED,
    Benchmark,
    Measurement,
    Metric,
    Paper,
    Result,
    Uncertainty,
    replace,
)
from tests.builders import libraries, synapse, unet, voxelmorph

DICE = Metric(id="dice")
HD95 = Metric(id="hd95", direction="lower")
SIZE = Metric(id="size", direction="none")


def row(model: str, **values: str) -> Row:
    return Row("key", unet(), Result(benchmark="synapse", model=model, values=values))


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


def test_a_variant_stands_behind_the_name() -> None:
    results = (
        Result(benchmark="b", variant="1.4x"),
        Result(benchmark="b", model="V2", variant="s"),
    )
    paper = unet(results=results)
    assert [Row("u", paper, result).name for result in results] == ["U-Net (1.4x)", "V2 (s)"]
    assert paper.names == {"U-Net", "U-Net (1.4x)", "V2 (s)"}


def test_ranking_puts_the_best_first_and_missing_values_last() -> None:
    found = [row("a", dice="70", hd95="9"), row("b"), row("c", dice="100", hd95="10")]
    assert [r.name for r in ranked(found, DICE)] == ["c", "a", "b"]
    assert [r.name for r in ranked(found, HD95)] == ["a", "c", "b"]


def test_equal_rows_keep_their_order_when_ranked() -> None:
    found = [row("a", dice="7"), row("b", dice="7.0"), row("c", dice="7")]
    assert [r.name for r in ranked(found, DICE)] == ["a", "b", "c"]


def test_the_primary_metric_is_the_one_that_is_named_else_the_first() -> None:
    both = synapse(metrics=(DICE, HD95), primary="hd95")
    assert [primary(both), primary(replace(both, primary=""))] == [HD95, DICE]
    assert primary(replace(both, primary="gone")) == DICE
    assert primary(synapse(metrics=())) is None


def test_ranks_are_those_of_a_competition() -> None:
    values = ["9", "9.0", "8", "7", "7", ""]
    found = ranked([row(f"r{n}", dice=value) for n, value in enumerate(values)], DICE)
    assert ranks(found, DICE) == [1, 1, 3, 4, 4, None]
    assert ranks([row("a", size="1"), row("b", size="2")], SIZE) == [None, None]


def test_values_that_are_shown_alike_tie() -> None:
    params = Metric(id="params", direction="lower", decimals=2)
    found = ranked([row("a", params="23.539971"), row("b", params="23.536970")], params)
    assert [r.shown(params) for r in found] == ["23.54", "23.54"]
    assert ranks(found, params) == [1, 1]
    assert best(found, params) == {0, 1}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"a": "9.5", "b": "10", "c": ""}, "b"),
        ({"a": "10", "b": "9", "c": "10.0"}, "ac"),
        ({"a": "1"}, ""),
        ({"a": "1", "b": "-"}, ""),
        ({"a": "76.3 ± 0.4", "b": "76.1 ± 0.3", "c": "75.8 ± 0.5"}, "ab"),
        ({"a": "76.3 ± 0.4", "b": "76.2"}, "a"),
        ({"a": "76.3", "b": "76.2 ± 9"}, "a"),
        ({"a": "76.3 ± 0.1", "b": "76.3 ± 0.4", "c": "76.0 ± 0.4"}, "abc"),
    ],
    ids=" ".join,
)
def test_the_best_values(values: dict[str, str], expected: str) -> None:
    found = [row(model, dice=value) for model, value in values.items()]
    assert "".join(found[n].name for n in sorted(best(found, DICE))) == expected


def test_lower_is_better_where_the_metric_says_so_and_nothing_where_it_has_no_direction() -> None:
    assert best([row("a", hd95="9.5"), row("b", hd95="10")], HD95) == {0}
    assert best([row("a", size="1"), row("b", size="2")], SIZE) == set()


def test_an_uncertainty_of_its_own_counts_as_one_behind_the_value() -> None:
    unsure = replace(row("b", dice="76.2").result, uncertainty={"dice": Uncertainty(value="0.5")})
    found = [row("a", dice="76.3 ± 0.4"), Row("key", unet(), unsure)]
    assert found[1].shown(DICE) == "76.2 ± 0.5"
    assert best(found, DICE) == {0, 1}


@pytest.mark.parametrize("status", [UNCONFIRMED, "not-applicable"])
@pytest.mark.parametrize("off", [{}, {"dice": Uncertainty(value="0.5")}], ids=["", "±"])
def test_what_nobody_vouches_for_ranks_nothing(off: dict[str, Uncertainty], status: str) -> None:
    unsure = replace(row("c", dice="80").result, status=status, uncertainty=off)
    found = ranked([Row("key", unet(), unsure), row("a", dice="70"), row("b", dice="75")], DICE)
    assert [r.name for r in found] == ["b", "a", "c"]
    assert (ranks(found, DICE), best(found, DICE)) == ([1, 2, None], {0})


def test_only_rows_of_the_same_extra_data_are_best_among_each_other() -> None:
    found = [
        Row("key", unet(), replace(row(str(n), dice=dice).result, extra_data=data))
        for n, (dice, data) in enumerate(
            [("80", ""), ("81", ""), ("90", "JFT-300M"), ("89", "jft-300m"), ("95", "IG-1B")]
        )
    ]
    assert best(found, DICE) == {1, 2}


# --- groups --------------------------------------------------------------------------------------

PROTOCOL = {"input": [1, 3, 96], "classes": 3}
FAIR = synapse(metrics=(DICE, SIZE), protocol=PROTOCOL)


def grouped(*results: Result, benchmark: Benchmark = FAIR) -> list[tuple[str, list[str]]]:
    found = groups("synapse", {"u": unet(results=results)}, benchmark)
    return [(group.caption, [r.name for r in group.rows]) for group in found]


def counted(model: str, **changes: Any) -> Result:
    return replace(row(model, dice="1").result, **changes)


def test_rows_under_one_protocol_counted_in_one_way_are_one_group_without_a_caption() -> None:
    assert grouped(counted("a"), counted("b", conditions={"classes": 3})) == [("", ["a", "b"])]
    assert grouped() == []


def test_the_main_group_is_under_the_own_protocol_and_counts_as_most_rows_do() -> None:
    other = {"classes": 4}
    found = grouped(
        counted("a", conditions=other),
        counted("b", conditions=other),
        counted("c", convention="ptflops"),
        counted("d", convention="torch"),
        counted("e", convention="torch"),
        counted("f"),
    )
    only = "These rows compare only with each other: "
    assert found == [
        ("", ["d", "e"]),
        (f"{only}operations counted in a way that is not known.", ["f"]),
        (f"{only}operations counted as ptflops counts them.", ["c"]),
        (
            f"{only}4 classes instead of 3 classes; operations counted in a way that is not known.",
            ["a", "b"],
        ),
    ]


def test_a_row_without_values_stands_with_most_rows_of_its_protocol() -> None:
    missing = Result(benchmark="synapse", model="x", status="not-applicable")
    assert grouped(counted("a", convention="torch"), missing) == [("", ["a", "x"])]
    assert grouped(missing) == [("", ["x"])]


def test_a_row_that_was_measured_under_an_older_protocol_stands_apart() -> None:
    now, then = protocol.digest(PROTOCOL), protocol.digest({"classes": 2})
    runs = [Measurement(spec="nets:A", protocol=digest) for digest in (then, now)]
    old, new = (counted(name, measurement=run) for name, run in zip("on", runs, strict=True))
    [main, (caption, apart)] = grouped(old, new)
    assert (main, apart) == (("", ["n"]), ["o"])
    assert f"measured under another protocol ({protocol.short(then)})" in caption


def test_results_that_are_superseded_stand_in_no_table() -> None:
    paper = add_result(unet(results=(counted("a"),)), counted("a", values={"dice": "2"}))
    assert len(paper.results) == 2
    [found] = rows("synapse", {"u": paper})
    assert found.value(DICE) == "2"
    held = synapse(results=paper.results)
    assert [r.value(DICE) for r in rows("synapse", {}, held)] == ["2"]


@given(libraries)
def test_each_row_is_in_one_group(papers: dict[str, Paper]) -> None:
    parted = [r for group in groups("synapse", papers, FAIR) for r in group.rows]
    assert Counter(map(repr, parted)) == Counter(map(repr, rows("synapse", papers, FAIR)))
