"""Result tables, read back with a Markdown parser."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from papertrack.model import Benchmark, Metric, Paper, Result, Venue
from papertrack.readme.tables import table
from papertrack.text import clean_line
from tests.builders import libraries, synapse, unet

PARSER = MarkdownIt("gfm-like", {"linkify": False})


def cells(markdown: str) -> list[list[str]]:
    """Read the rows of a table with markdown-it, without its head; bold text keeps its stars."""
    rows: list[list[str]] = []
    for token in PARSER.parse(markdown):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            bold = "**" if any(c.type == "strong_open" for c in token.children or []) else ""
            text = clean_line("".join(c.content for c in token.children or []))
            rows[-1].append(f"{bold}{text}{bold}")
    return rows[1:]


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
    return cells(table("synapse", benchmark, papers, "#{}".format, sort))


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


def test_columns_are_named_with_their_units_and_numbers_stand_on_the_right() -> None:
    benchmark = synapse(row_label="Conv|Net", metrics=(Metric(id="dice"), Metric(id="x", unit="%")))
    assert table("synapse", benchmark, scored("9"), "#{}".format) == (
        "| Conv\\|Net | dice | x (%) | Published In |\n"
        "| :-------- | ---: | ----: | :----------- |\n"
        "| [P0](#p0) |    9 |     - | MICCAI 2015  |"
    )


def test_the_description_stands_above_and_opens_no_block() -> None:
    written = table("synapse", synapse(description="1. The size is [1, 3]"), {}, str)
    assert written.startswith("1\\. The size is \\[1, 3\\]\n\n| Model | Dice (%) |")


def test_a_benchmark_without_results_is_a_table_without_rows() -> None:
    assert rows({"u": unet()}, synapse()) == []


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


@given(libraries)
def test_whatever_the_papers_hold_each_result_is_one_row_and_reads_as_it_was(
    papers: Mapping[str, Paper],
) -> None:
    results = [(paper, result) for paper in papers.values() for result in paper.results]
    written = rows(papers, synapse())
    names = sorted(clean_line(result.model or paper.short_name) for paper, result in results)
    assert sorted(row[0] for row in written) == names
    assert {len(row) for row in written} <= {4}
    values = sorted(result.values.get("dice", "-") for _, result in results)
    assert sorted(re.sub(r"\*\*", "", row[1]) for row in written) == values
