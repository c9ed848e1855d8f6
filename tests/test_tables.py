"""Result tables, read back with a Markdown parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papertrack.model import (
    UNCONFIRMED,
    Benchmark,
    CodeLink,
    Measurement,
    Metric,
    Paper,
    Result,
    Uncertainty,
    Venue,
)
from papertrack.readme.marks import without
from papertrack.readme.tables import Layout, table
from papertrack.text import clean_line
from tests.builders import libraries, lines, synapse, unet, voxelmorph

PARSER = MarkdownIt("gfm-like", {"linkify": False})


def cells(markdown: str) -> list[list[str]]:
    """Read the rows of tables with markdown-it, without their heads; bold text keeps its stars."""
    rows: list[list[str]] = []
    in_body = False
    for token in PARSER.parse(markdown):
        if token.type in ("tbody_open", "tbody_close"):
            in_body = token.type == "tbody_open"
        elif token.type == "tr_open" and in_body:
            rows.append([])
        elif token.type == "inline" and in_body:
            bold = "**" if any(c.type == "strong_open" for c in token.children or []) else ""
            text = clean_line("".join(c.content for c in token.children or []))
            rows[-1].append(f"{bold}{text}{bold}")
    return rows


def scored(*values: str, metric: str = "dice") -> dict[str, Paper]:
    """Build a paper for each value; an empty one is missing."""
    return {
        f"p{number}": unet(
            name=f"P{number}",
            results=(Result(benchmark="synapse", values={metric: value} if value else {}),),
        )
        for number, value in enumerate(values)
    }


def rows(papers: Mapping[str, Paper], benchmark: Benchmark, sort: str = "year") -> list[list[str]]:
    return cells(table("synapse", benchmark, papers, "#{}".format, Layout(sort)))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1"], ["1"]),
        (["1", ""], ["1", "-"]),
        (["1", "2", ""], ["1", "**2**", "-"]),
        (["2", "2.0", "1"], ["**2**", "**2.0**", "1"]),
        (["93.30", "93.3 ± 0.2", "93.29"], ["**93.30**", "**93.3 ± 0.2**", "93.29"]),
        (["9", "10"], ["9", "**10**"]),
        (["n/a", "10"], ["n/a", "10"]),
        (["007", "1e1", "50%"], ["007", "1e1", "**50%**"]),
    ],
)
def test_the_best_value_is_bold_where_two_rows_compare(
    values: list[str], expected: list[str]
) -> None:
    assert [row[1] for row in rows(scored(*values), synapse())] == expected


@pytest.mark.parametrize(
    ("direction", "expected"),
    [("higher", ["1", "**2**"]), ("lower", ["**1**", "2"]), ("none", ["1", "2"])],
)
def test_the_direction_of_a_metric_says_what_is_best(direction: str, expected: list[str]) -> None:
    benchmark = synapse(metrics=(Metric(id="dice", direction=direction),))  # type: ignore[arg-type]
    assert [row[1] for row in rows(scored("1", "2"), benchmark)] == expected


@pytest.mark.parametrize(
    ("off", "printed"),
    [({}, "79 (unconfirmed)"), ({"dice": Uncertainty(value="9")}, "79 ± 9 (unconfirmed)")],
    ids=["alone", "with its uncertainty"],
)
def test_a_value_that_nobody_has_confirmed_is_marked_and_never_best(
    off: dict[str, Uncertainty], printed: str
) -> None:
    papers = scored("79", "78", "77")
    values = {"dice": "79"}
    unsure = Result(benchmark="synapse", values=values, uncertainty=off, status=UNCONFIRMED)
    papers["p0"] = unet(name="P0", results=(unsure,))
    found = [row[1] for row in rows(papers, synapse(), sort="dice")]
    assert found == ["**78**", "77", printed]


def test_a_value_of_a_model_that_cannot_be_run_so_is_never_best() -> None:
    papers = scored("79", "78", "77")
    left = Result(benchmark="synapse", values={"dice": "79"}, status="not-applicable")
    papers["p0"] = unet(name="P0", results=(left,))
    found = [row[1] for row in rows(papers, synapse(), sort="dice")]
    assert found == ["**78**", "77", "n/a"]


def test_columns_are_named_with_their_units_and_numbers_stand_on_the_right() -> None:
    benchmark = synapse(row_label="Conv|Net", metrics=(Metric(id="dice"), Metric(id="x", unit="%")))
    assert table("synapse", benchmark, scored("9"), "#{}".format) == (
        "| Conv\\|Net | dice | x (%) | Published In |\n"
        "| :-------- | ---: | ----: | :----------- |\n"
        "| [P0](#p0) |    9 |     - | MICCAI 2015  |"
    )


def test_the_description_stands_above_and_opens_no_block() -> None:
    written = table("synapse", synapse(description="1. The size is [1, 3]"), {}, str)
    assert written == "1\\. The size is \\[1, 3\\]\n\nNo results yet."


def test_a_benchmark_without_results_says_so() -> None:
    assert table("synapse", synapse(), {"u": unet()}, str) == "No results yet."


def test_rows_stand_by_year_or_by_a_metric_with_missing_values_last() -> None:
    papers = {
        "a": unet(name="A", results=(Result(benchmark="synapse", values={"hd95": "30"}),)),
        "b": unet(name="B", results=(Result(benchmark="synapse", values={"dice": "80"}),)),
        "c": unet(
            name="C",
            venue=Venue(name="X", year=2014),
            results=(Result(benchmark="synapse", values={"hd95": "9.5", "dice": "9"}),),
        ),
        "d": unet(name="D", results=(Result(benchmark="other", values={"dice": "99"}),)),
    }
    assert [row[0] for row in rows(papers, synapse())] == ["C", "A", "B"]
    assert [row[0] for row in rows(papers, synapse(), "dice")] == ["B", "C", "A"]
    assert [row[0] for row in rows(papers, synapse(), "hd95")] == ["C", "A", "B"]


def test_a_row_is_named_by_its_model_else_by_its_paper() -> None:
    results = (
        Result(benchmark="synapse", values={"dice": "1"}),
        Result(benchmark="synapse", model="U-Net (large)", values={"dice": "2"}),
    )
    assert rows({"u": unet(results=results)}, synapse()) == [
        ["U-Net", "1", "-", "MICCAI 2015"],
        ["U-Net (large)", "**2**", "-", "MICCAI 2015"],
    ]


def test_a_paper_without_a_venue_or_a_year_has_a_dash() -> None:
    paper = Paper(title="T", results=(Result(benchmark="synapse", values={"dice": "1"}),))
    assert rows({"t": paper}, synapse()) == [["T", "1", "-", "-"]]


# --- groups, marks, columns ----------------------------------------------------------------------

FAIR = Benchmark(
    title="Fair comparison",
    description="Networks under one protocol. MACs are multiply-accumulates.",
    row_label="Network",
    metrics=(
        Metric(id="params", name="Params", direction="none", unit="M", decimals=2),
        Metric(id="macs", name="MACs", direction="none", unit="G", decimals=2),
        Metric(id="dice", name="Dice", unit="%", range=("0", "100")),
    ),
    primary="dice",
    protocol={"input": [1, 3, 128, 128, 128], "classes": 3},
)


def fair(params: str = "", macs: str = "", dice: str = "", **changes: Any) -> Result:
    given = {"params": params, "macs": macs, "dice": dice}
    values = {metric: value for metric, value in given.items() if value}
    return Result(**({"benchmark": "fair", "values": values} | changes))


def run(*deviations: str, protocol: str = "") -> dict[str, Any]:
    """Build the fields of a measured result."""
    measured = Measurement(spec="nets:Net", protocol=protocol, deviations=deviations)
    return {"status": "measured", "convention": "torch", "measurement": measured}


MEASURED = {
    "ronneberger2015unet": unet(
        code=(CodeLink(url="https://github.com/milesial/Pytorch-UNet", label="unofficial"),),
        results=(
            fair("23.539971", "580.021911552", "76.85", **run()),
            fair("23.54", "581.79", status="reported-by-other", convention="ptflops"),
            fair("23.6", "590", conditions={"classes": 4, "tta": True}, **run()),
        ),
    ),
    "zhou2018unetpp": voxelmorph(
        name="U-Net++",
        code=(),
        results=(
            fair("27.468131", "2015.078", "77.02", **run("4 levels|more", "conv bias")),
            fair("27.46", "2017.56", status="reported-by-other", convention="ptflops"),
            fair("9", "9", variant="old", **run(protocol="0" * 64)),
        ),
    ),
    "isensee2018nnunet": unet(
        name="nnU-Net",
        year=2018,
        venue=None,
        ids={},
        results=(
            fair(dice="88.8 ± 0.30", convention="torch", extra_data="a *b*", status="reproduced"),
            fair("22.58", "479.36", "77.00", extra_data="JFT", **run("4 levels|more", "conv bias")),
            Result(benchmark="fair", variant="2D", status="not-applicable", note="It is 2D."),
        ),
    ),
}


def test_the_fair_comparison_reads_as_it_should(golden: Callable[[str, str], None]) -> None:
    layout = Layout(columns=("dice", "params", "macs", "code"), arrows=True)
    written = table("fair", FAIR, MEASURED, "#{}".format, layout)
    golden("fair.md", f"# Fair comparison\n\n{written}\n")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [("", "1 2 3"), ("dice", "3"), ("macs code params", "2 - 1")],
    ids=["all", "one", "in order"],
)
def test_columns_are_those_that_are_asked_for(columns: str, expected: str) -> None:
    papers = {"u": unet(results=(fair("1", "2", "3"),))}
    written = table("fair", FAIR, papers, "#{}".format, Layout(columns=columns.split()))
    assert cells(written) == [["U-Net", *expected.split(), "MICCAI 2015"]]


@pytest.mark.parametrize(
    ("statuses", "marks", "legend"),
    [
        ("self-reported self-reported", ["", ""], ""),
        ("measured measured", ["", ""], "All values are measured with papertrack."),
        ("measured", [""], "All values are measured with papertrack."),
        ("measured self-reported", [" ‡", ""], "‡ measured with papertrack."),
        (
            "reported-by-other reproduced",
            [" †", " §"],
            "† reported by others than the authors. § reproduced by others.",
        ),
        ("boasted boasted", ["", ""], ""),
    ],
)
def test_marks_say_who_vouches_and_the_legend_explains_those_in_use(
    statuses: str, marks: list[str], legend: str
) -> None:
    results = [fair("1", model=f"M{n}", status=s) for n, s in enumerate(statuses.split())]
    written = table("fair", FAIR, {"u": unet(results=tuple(results))}, str)
    assert [row[0] for row in cells(written)] == [f"M{n}{mark}" for n, mark in enumerate(marks)]
    assert written.rpartition("|")[2].strip() == legend


def test_rows_that_differ_alike_share_a_footnote() -> None:
    deviations = ["a", "b", "a", *"cdefghijk", ""]
    results = tuple(
        fair("1", model=f"M{n}", **run(*filter(None, [text]))) for n, text in enumerate(deviations)
    )
    written = table("fair", FAIR, {"u": unet(results=results)}, str)
    marks = [row[0].partition(" ")[2] for row in cells(written)]
    assert marks == [*"¹²¹³⁴⁵⁶⁷⁸⁹", "¹⁰", "¹¹", ""]
    assert written.endswith("\\\n¹⁰ j.\\\n¹¹ k.")


@given(lines, st.sampled_from(["†", "⁺‡¹²", "§¹⁰"]))
def test_marks_come_off_the_name_that_bears_them(name: str, mark: str) -> None:
    assert without(f"{name} {mark}") == name


def _told(result: Result) -> str:
    value = result.values.get("dice", "")
    if result.status == "not-applicable":
        return "n/a"
    return f"{value} (unconfirmed)" if value and result.status == UNCONFIRMED else value or "-"


@given(libraries)
def test_whatever_the_papers_hold_each_result_is_one_row_and_reads_as_it_was(
    papers: Mapping[str, Paper],
) -> None:
    results = [(paper, result) for paper in papers.values() for result in paper.results]
    written = rows(papers, synapse())
    names = [clean_line(result.row_name(paper.short_name)) for paper, result in results]
    assert sorted(without(row[0]) for row in written) == sorted(map(without, names))
    assert {len(row) for row in written} <= {4}
    values = [_told(result) for _, result in results]
    assert sorted(re.sub(r"\*\*", "", row[1]) for row in written) == sorted(values)
