"""What charts show: results and papers as plain data, on axes that hold all of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.charts import scales
from papertrack.charts.data import Bars, Point, Scatter, front
from papertrack.charts.making import make
from papertrack.charts.papers import per_year
from papertrack.charts.scales import Scale
from papertrack.corrections import fingerprint
from papertrack.errors import NotFound, PapertrackError, UsageError
from papertrack.model import UNCONFIRMED, Benchmark, Metric, Paper, Result, Uncertainty, replace
from tests.builders import attention_unet, synapse, unet, voxelmorph

numbers = st.decimals(
    allow_nan=False, allow_infinity=False, places=3, min_value=-999, max_value=999
)
extremes = st.builds(
    lambda digits, power: Decimal(digits).scaleb(power),
    st.integers(-(10**14), 10**14),
    st.integers(-20, 10),
)
values = st.lists(numbers | extremes, min_size=1, max_size=20)


def points(*places: tuple[int, int]) -> list[Point]:
    return [Point(Decimal(x), Decimal(y), f"{x} {y}", "", "") for x, y in places]


def places(found: tuple[Point, ...]) -> list[tuple[int, int]]:
    return [(int(point.x), int(point.y)) for point in found]


# --- the line of the best -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (-1, 1, [(1, 5), (3, 7), (4, 9)]),
        (-1, -1, [(1, 5), (2, 4)]),
        (1, 1, [(5, 8), (4, 9)]),
        (1, -1, [(5, 8), (3, 7), (2, 4)]),
    ],
    ids=["less, more", "less, less", "more, more", "more, less"],
)
def test_the_front_is_what_nothing_outdoes_in_both_values(
    x: int, y: int, expected: list[tuple[int, int]]
) -> None:
    found = front(points((2, 4), (1, 5), (4, 9), (3, 7), (5, 8), (1, 5)), x, y)
    assert places(found) == expected


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30),
    st.sampled_from([1, -1]),
    st.sampled_from([1, -1]),
)
def test_every_point_is_on_the_front_or_outdone_by_one_that_is(
    found: list[tuple[int, int]], x: int, y: int
) -> None:
    best = places(front(points(*found), x, y))
    for at in found:
        as_good = [b for b in best if x * b[0] >= x * at[0] and y * b[1] >= y * at[1]]
        assert as_good
        assert at not in best or as_good == [at]


def test_the_line_keeps_a_best_value_until_there_is_a_better_one() -> None:
    chart = make("synapse", fair(), {"synapse": fair_benchmark()}, x="params")
    assert isinstance(chart, Scatter)
    steps = [(str(x), str(y)) for x, y in chart.steps()]
    assert steps == [
        ("6.59", "79.4"),
        ("22.58", "79.4"),
        ("22.58", "80.2"),
        ("62.2", "80.2"),
        ("62.2", "81.3"),
        ("99.32", "81.3"),
    ]


# --- axes ---------------------------------------------------------------------------------------


def check(scale: Scale, found: list[Decimal]) -> None:
    assert all(0 <= scale.place(value) <= 1 for value in found)
    ticks = [scale.place(value) for value, _ in scale.ticks]
    assert ticks == sorted(set(ticks))
    assert 2 <= len(ticks) <= 8


@given(values)
def test_a_linear_axis_holds_every_value_and_has_a_few_ticks(found: list[Decimal]) -> None:
    check(scales.linear(found), found)


@given(values)
def test_a_logarithmic_axis_holds_every_value_and_has_a_few_ticks(found: list[Decimal]) -> None:
    above_zero = [abs(value) or Decimal(1) for value in found]
    scale = scales.logarithmic(above_zero)
    assert all(0 <= scale.place(value) <= 1 for value in above_zero)
    assert 1 <= len(scale.ticks) <= 8


@given(values)
def test_an_axis_of_years_has_whole_years(found: list[Decimal]) -> None:
    scale = scales.years(found)
    assert all(0 <= scale.place(value) <= 1 for value in found)
    assert all(value == int(value) and text == str(int(value)) for value, text in scale.ticks)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("60.4", "84.3", "60 65 70 75 80 85"),
        ("0.71", "0.813", "0.7 0.75 0.8 0.85"),
        ("-3", "4", "-4 -2 0 2 4"),
        ("5", "5", "4.9 5 5.1"),
        ("0", "0", "-0.2 0 0.2"),
        ("0", "90000", "0 20k 40k 60k 80k 100k"),
        ("23539971", "27464500", "23M 24M 25M 26M 27M 28M"),
        ("0", "1e25", "0 2E+24 4E+24 6E+24 8E+24 1E+25"),
    ],
)
def test_the_ticks_of_a_linear_axis_are_round(low: str, high: str, expected: str) -> None:
    scale = scales.linear([Decimal(low), Decimal(high)])
    assert " ".join(text for _, text in scale.ticks) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("6.59", "99.3", "5 10 20 50 100"),
        ("0.81", "99.3", "1 10 100"),
        ("82.1", "2015", "50 100 200 500 1000 2000 5000"),
        ("7", "7", "5 10"),
    ],
)
def test_the_ticks_of_a_logarithmic_axis_are_round(low: str, high: str, expected: str) -> None:
    scale = scales.logarithmic([Decimal(low), Decimal(high)])
    assert " ".join(text for _, text in scale.ticks) == expected


def test_a_value_beyond_the_axis_is_an_error_and_never_left_out() -> None:
    scale = scales.linear([Decimal(60), Decimal(80)])
    with pytest.raises(PapertrackError, match="81 lies outside the axis from 60 to 80"):
        scale.place(Decimal(81))


# --- results ------------------------------------------------------------------------------------


def fair_benchmark() -> Benchmark:
    params = Metric(id="params", name="Parameters", unit="M", direction="none")
    return synapse(metrics=(*synapse().metrics, params))


def fair() -> dict[str, Paper]:
    rows = [
        ("UNETR", "2103.10504", "78.35", "99.32"),
        ("MedNeXt", "2303.09975", "79.4", "6.59"),
        ("DynUNet", "1809.10486", "80.2", "22.58"),
        ("Swin UNETR", "2201.01266", "81.3", "62.2"),
        ("U-Net", "1606.06650", "76.85", "23.54"),
    ]
    return {
        name: Paper(
            title=name,
            ids={"arxiv": arxiv},
            results=(Result(benchmark="synapse", values={"dice": dice, "params": params}),),
        )
        for name, arxiv, dice, params in rows
    }


def chart(papers: dict[str, Paper], x: str = "", y: str = "") -> Scatter:
    made = make("synapse", papers, {"synapse": fair_benchmark()}, x=x, y=y)
    assert isinstance(made, Scatter)
    return made


def on(paper: Paper, **reported: str) -> dict[str, Paper]:
    result = Result(benchmark="synapse", values=reported)
    return {
        "key": Paper(
            title="T", year=paper.year, venue=paper.venue, ids=paper.ids, results=(result,)
        )
    }


def test_results_over_the_years_have_the_best_so_far() -> None:
    made = chart(fair())
    assert made.front_name == "best so far"
    assert [point.name for point in made.front] == ["U-Net", "DynUNet", "Swin UNETR"]
    assert made.alternative == (
        "Synapse multi-organ CT, Dice (%) by year of the first version: "
        "5 results, 2016 to 2023, best 81.3 %"
    )
    assert not made.x.scale.is_log


def test_results_against_a_metric_have_the_pareto_front() -> None:
    made = chart(fair(), x="params")
    assert made.front_name == "Pareto front"
    assert [point.name for point in made.front] == ["MedNeXt", "DynUNet", "Swin UNETR"]
    assert made.summary == "5 results, 6.59 M to 99.32 M, best 81.3 %"
    assert made.x.scale.is_log
    assert (made.x.title, made.y.title) == ("Parameters (M)", "Dice (%) ↑")


@pytest.mark.parametrize(
    ("x", "values", "is_log"),
    [
        ("params", ("5", "50"), True),
        ("params", ("5", "49"), False),
        ("params", ("0", "50"), False),
        ("dice", ("5", "50"), False),
    ],
    ids=["many times", "a few times", "zero has no logarithm", "no cost"],
)
def test_costs_that_are_many_times_others_stand_on_a_logarithmic_axis(
    x: str, values: tuple[str, str], is_log: bool
) -> None:
    one, other = (on(unet(), **{"dice": "80", x: value}) for value in values)
    assert chart({"one": one["key"], "other": other["key"]}, x=x).x.scale.is_log == is_log


def test_only_rows_that_compare_stand_on_one_chart() -> None:
    other = Result(benchmark="synapse", values={"dice": "99"}, conditions={"classes": 9})
    counted = Result(benchmark="synapse", values={"dice": "99"}, convention="ptflops")
    old = fair()["U-Net"].results[0]
    new = Result(benchmark="synapse", values={"dice": "77"}, supersedes=fingerprint(old))
    shelf = fair() | {"other": unet(results=(other, counted)), "new": unet(results=(old, new))}
    told = [point.y_told for point in chart(shelf).points]
    assert "99 %" not in told
    assert told.count("76.85 %") == 1
    assert "77 %" in told


def test_a_result_with_extra_data_is_there_and_is_never_the_best() -> None:
    extra = Result(benchmark="synapse", values={"dice": "99"}, extra_data="BTCV")
    made = chart(fair() | {"extra": unet(results=(extra,))})
    assert [point.title for point in made.apart] == ["U-Net: 99 %, 2015, with BTCV"]
    assert made.summary == "6 results, 2015 to 2023, best 81.3 %"
    assert {*made.points} == {*made.front, *made.others, *made.apart}
    assert chart({"extra": unet(results=(extra,))}).summary == "1 result, 2015, best 99 %"


def test_a_value_that_nobody_has_confirmed_is_on_no_chart() -> None:
    papers = fair()
    off = {"dice": Uncertainty(value="0.5")}
    [result] = papers["UNETR"].results
    unsure = replace(result, status=UNCONFIRMED, uncertainty=off)
    papers["UNETR"] = replace(papers["UNETR"], results=(unsure,))
    assert "UNETR" not in {point.name for point in chart(papers).points}


def test_a_metric_without_a_direction_has_no_line() -> None:
    made = chart(fair(), y="params")
    assert (made.front, made.front_name, made.steps()) == ((), "", [])
    assert made.summary == "5 results, 2016 to 2023"


def test_the_metric_by_which_rows_rank_is_drawn_where_none_is_named() -> None:
    ranked_by = fair_benchmark().metrics[2].id
    benchmark = Benchmark(title="B", metrics=fair_benchmark().metrics, primary=ranked_by)
    made = make("synapse", fair(), {"synapse": benchmark})
    assert isinstance(made, Scatter)
    assert made.y.label == "Parameters (M)"


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (unet(ids={"arxiv": "1505.04597"}), "2015.375"),
        (unet(ids={"arxiv": "math/0309136"}), "2003.708"),
        (unet(ids={}), "2015.5"),
        (unet(ids={}, year=None), "2015.5"),
        (voxelmorph(ids={}), "2018.5"),
    ],
    ids=["month of arXiv", "old id", "middle of the year", "year of the venue", "first version"],
)
def test_a_result_stands_where_the_first_version_of_its_paper_appeared(
    paper: Paper, expected: str
) -> None:
    [point] = chart(on(paper, dice="80")).points
    assert str(round(point.x, 3)).rstrip("0") == expected


def test_results_without_a_value_or_a_year_have_no_point() -> None:
    nowhere = {
        **on(unet(), dice="-"),
        "b": Paper(title="B", results=(Result(benchmark="synapse", values={"dice": "80"}),)),
        "c": unet(results=(Result(benchmark="other", values={"dice": "80"}),)),
    }
    assert make("synapse", nowhere, {"synapse": fair_benchmark()}) is None


@pytest.mark.parametrize("value", ["1e31", "-1e31", "1e-31", "1e999999999"])
def test_a_value_that_fits_on_no_axis_is_named(value: str) -> None:
    with pytest.raises(UsageError, match=f"T: dice={value} fits on no axis"):
        chart(on(unet(), dice=value))


@pytest.mark.parametrize(
    ("what", "x", "y", "error", "told"),
    [
        ("nope", "", "", NotFound, "there is no benchmark 'nope'"),
        ("synapse", "nope", "", NotFound, "synapse has no metric 'nope'"),
        ("synapse", "", "nope", NotFound, "synapse has no metric 'nope'"),
        ("papers", "dice", "", UsageError, "a chart of papers has no metrics"),
    ],
)
def test_what_is_not_there_is_named(
    what: str, x: str, y: str, error: type[PapertrackError], told: str
) -> None:
    with pytest.raises(error, match=told) as caught:
        make(what, fair(), {"synapse": fair_benchmark()}, x=x, y=y)
    assert caught.value.hint


# --- papers -------------------------------------------------------------------------------------


def bars(*papers: Paper) -> Bars:
    made = per_year(papers)
    assert made
    return made


def groups(*papers: Paper) -> dict[str, tuple[int, ...]]:
    return {group.name: group.counts for group in bars(*papers).groups}


def test_papers_are_counted_by_year_and_section_and_no_year_between_is_left_out() -> None:
    papers = [unet(), unet(), voxelmorph(), attention_unet()]
    made = bars(*papers)
    assert made.years == (2015, 2016, 2017, 2018, 2019)
    assert groups(*papers) == {"Segmentation": (2, 0, 0, 1, 0), "Registration": (0, 0, 0, 0, 1)}
    assert made.totals == [2, 0, 0, 1, 1]
    assert made.alternative == "Papers per year: 4 papers, 2015 to 2019, most in Segmentation"


def test_papers_of_one_section_are_counted_by_the_sections_inside_it() -> None:
    inside = unet(section=("Segmentation", "Brain")), unet(section=("Segmentation", "Brain"))
    assert groups(*inside, attention_unet()) == {"Brain": (2, 0, 0, 0), "Abdomen": (0, 0, 0, 1)}


def test_papers_without_sections_are_one_group_without_a_name() -> None:
    made = bars(unet(section=()), unet(section=()))
    assert groups(unet(section=()), unet(section=())) == {"": (2,)}
    assert not made.named
    assert made.summary == "2 papers, 2015"


def test_the_smaller_sections_are_one_group() -> None:
    papers = [unet(section=(f"S{n}",)) for n in range(9) for _ in range(9 - n)]
    found = groups(*papers, unet(section=()))
    assert list(found) == ["S0", "S1", "S2", "S3", "S4", "S5", "other"]
    assert found["other"] == (3 + 2 + 1 + 1,)


def test_two_spellings_of_a_section_are_one_group() -> None:
    papers = [unet(), unet(section=("segmentation",)), voxelmorph(), unet(section=("Other",))]
    assert groups(*papers) == {
        "Segmentation": (2, 0, 0, 0, 0),
        "Registration": (0, 0, 0, 0, 1),
        "other": (1, 0, 0, 0, 0),
    }
    inside = unet(section=("segmentation", "Brain")), unet(section=("Segmentation", "Skin"))
    assert groups(*inside) == {"Brain": (1,), "Skin": (1,)}


def test_a_year_far_away_does_not_draw_all_years_between() -> None:
    assert bars(unet(), unet(year=10**9, venue=None)).years == (2015, 10**9)


def test_papers_without_a_year_are_not_drawn() -> None:
    assert per_year([unet(year=None, venue=None)]) is None
    assert bars(unet(), unet(year=None, venue=None)).totals == [1]


def test_what_was_asked_for_stands_in_the_title() -> None:
    made = per_year([unet()], "section:Segmentation")
    assert made
    assert made.title == "Papers per year (section:Segmentation)"
