"""Charts in a terminal, with and without colours, wide and narrow."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from papertrack.charts.making import make
from papertrack.charts.terminal import draw
from papertrack.model import Paper, Result
from tests.builders import unet
from tests.test_charts import fair, fair_benchmark
from tests.test_charts_svg import PAPERS, hostile_charts, results

BENCHMARKS = {"synapse": fair_benchmark()}


def drawn(what: str, shelf: dict[str, Paper], width: int = 72, **options: str) -> str:
    chart = make(what, shelf, BENCHMARKS, **options)
    assert chart
    return draw(chart, width).plain


def test_whole_drawings(golden: Callable[[str, str], None]) -> None:
    charts = [drawn("synapse", fair()), drawn("synapse", fair(), 40, x="params")]
    golden("charts.txt", "\n\n".join([*charts, drawn("papers", PAPERS)]) + "\n")


@given(results, st.integers(24, 120), st.sampled_from(["", "params"]))
def test_a_drawing_keeps_to_its_columns_and_shows_every_best_point(
    found: list[Paper], width: int, x: str
) -> None:
    shelf = {str(n): paper for n, paper in enumerate(found)}
    plain = drawn("synapse", shelf, width, x=x)
    assert all(cell_len(line) <= width for line in plain.split("\n"))
    plot = [line for line in plain.split("\n") if "│" in line or "┤" in line]
    assert len(plot) >= 16
    assert any("●" in line for line in plot)


@pytest.mark.parametrize("width", [1, 8, 20])
@pytest.mark.parametrize("what", ["synapse", "papers"])
def test_the_narrowest_terminal_gets_a_drawing(what: str, width: int) -> None:
    assert drawn(what, fair() | PAPERS, width)


def test_hostile_text_never_reaches_the_terminal() -> None:
    for chart in hostile_charts():
        assert chart
        plain = draw(chart, 72).plain
        assert "script" in plain
        assert not {unicodedata.category(c) for c in plain if c != "\n"} & {"Cc", "Cf", "Cs"}


def test_a_year_too_small_for_a_bar_has_the_thinnest() -> None:
    years = {2018: 10, 2019: 1, 2020: 1500}
    papers = {
        f"{year}-{n}": unet(venue=None, year=year)
        for year, most in years.items()
        for n in range(most)
    }
    [few] = [line for line in drawn("papers", papers).split("\n") if line.startswith("2018")]
    assert few.split() == ["2018", "▏", "10"]


def test_wide_letters_take_two_columns() -> None:
    best = Result(benchmark="synapse", values={"dice": "90"})
    shelf = fair() | {"wide": unet(name="网络", results=(best,))}
    plain = drawn("synapse", shelf, 60)
    assert "网络" in plain
    assert max(map(cell_len, plain.split("\n"))) <= 60


def test_one_paper_has_a_bar_where_others_have_hundreds() -> None:
    shelf = {str(n): unet() for n in range(300)} | {"one": unet(year=2016, venue=None)}
    last = drawn("papers", shelf, 40).split("\n")[-2]
    assert last == "2016 ▏ 1"
