"""Rows of results in files: how they are read, and where they go in a store."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest

from papertrack.formats.loaded import NotThisFormat, Problem
from papertrack.formats.result_rows import load
from papertrack.library import Contents
from papertrack.model import Metric, Removed, Result, ResultSource, Uncertainty
from papertrack.readme.tables import table
from papertrack.taking_results import Taken, take
from tests.builders import synapse, unet, voxelmorph

CSV = """\
Network,Paper,DICE (%),HD95,Source,Table,Extra data
U-Net,1505.04597,76.85 ± 0.3,39.70,https://arxiv.org/abs/2102.04306,Table 1,
VM,VoxelMorph,70.5,,,,JFT
"""


def store() -> Contents:
    return Contents(
        papers={"u": unet(), "v": voxelmorph()},
        benchmarks={"synapse": synapse(row_label="Network")},
    )


def taken(text: str, contents: Contents) -> list[Taken]:
    rows, _ = load(text, contents.benchmarks["synapse"], is_markdown=text.startswith("|"))
    return take(rows, "synapse", contents)


def told(text: str, contents: Contents) -> list[tuple[int, str, str]]:
    return [(row.line, row.status, row.key or row.name) for row in taken(text, contents)]


def frozen(contents: Contents) -> bytes:
    return msgspec.json.encode([contents.papers, contents.benchmarks])


def test_rows_go_to_their_papers_with_all_that_the_file_says() -> None:
    contents = store()
    assert told(CSV, contents) == [(2, "added", "u"), (3, "added", "v")]
    assert contents.papers["u"].results == (
        Result(
            benchmark="synapse",
            values={"dice": "76.85", "hd95": "39.70"},
            uncertainty={"dice": Uncertainty(value="0.3")},
            source=ResultSource(url="https://arxiv.org/abs/2102.04306", locator="Table 1"),
        ),
    )
    [second] = contents.papers["v"].results
    assert (second.model, second.values, second.extra_data) == ("VM", {"dice": "70.5"}, "JFT")


@pytest.mark.parametrize(
    "text",
    [
        CSV,
        CSV.replace(",", "\t"),
        CSV.replace(",", ";"),
        "\ufeff" + CSV.replace("\n", "\r\n"),
        "".join(f"| {line.replace(',', ' | ')} |\n" for line in CSV.splitlines()).replace(
            "\n", "\n|---|---|---|---|---|---|---|\n", 1
        ),
    ],
    ids=["commas", "tabs", "semicolons", "Windows", "Markdown"],
)
def test_commas_tabs_and_pipes_say_the_same(text: str) -> None:
    one, other = store(), store()
    taken(CSV, one)
    assert [row.key for row in taken(text, other)] == ["u", "v"]
    assert frozen(one) == frozen(other)


def test_a_second_time_changes_nothing_and_another_value_is_a_correction() -> None:
    contents = store()
    taken(CSV, contents)
    before = frozen(contents)
    assert [row.status for row in taken(CSV, contents)] == ["exists", "exists"]
    assert frozen(contents) == before
    again = taken(CSV.replace("70.5", "71"), contents)
    assert [row.status for row in again] == ["exists", "corrected"]
    assert [r.values["dice"] for r in contents.papers["v"].results] == ["70.5", "71"]


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ("U-Net,", "u"),
        (",U-Net", "u"),
        ("Ours,https://arxiv.org/abs/1505.04597v3", "u"),
        ("Ours,10.1007/978-3-319-24574-4_28", "u"),
        ("Ours,v", "v"),
        ("Ours,VoxelMorph: A Learning Framework for Deformable Medical Image Registration", "v"),
    ],
    ids=["model", "name", "arXiv", "DOI", "key", "title"],
)
def test_a_paper_is_found_by_whatever_names_it(cells: str, key: str) -> None:
    assert [row.key for row in taken(f"model,paper,dice\n{cells},1\n", store())] == [key]


def test_a_row_without_a_paper_of_the_list_stays_with_the_benchmark_until_there_is_one() -> None:
    contents = store()
    text = "model,arxiv,dice\nSwin,2201.01266,80\nNobody,,50\n"
    swin, nobody = taken(text, contents)
    assert (swin.status, nobody.status, nobody.message) == ("unlisted", "unlisted", "")
    assert "no paper '2201.01266'" in swin.message
    assert [r.model for r in contents.benchmarks["synapse"].results] == ["Swin", "Nobody"]
    assert [row.status for row in taken(text, contents)] == ["exists", "exists"]
    contents.papers["s"] = unet(name="", title="Swin UNETR", ids={"arxiv": "2201.01266"})
    assert told(text, contents)[0] == (2, "added", "s")
    assert [r.model for r in contents.benchmarks["synapse"].results] == ["Nobody"]


def test_what_a_person_took_out_stays_out() -> None:
    contents = store()
    contents.papers["u"] = unet(dismissed=("Ours",))
    contents.removed["v"] = Removed(paper=contents.papers.pop("v"), removed="2026-11-01")
    contents.benchmarks["synapse"] = synapse(dismissed=("GhostNet (1.4x)",))
    before = frozen(contents)
    text = "model,paper,dice,variant\nOurs,u,1,\nVoxelMorph,,2,\nGhostNet,,3,1.4x\n"
    rows = [(2, "dismissed", "u"), (3, "removed", "v"), (4, "dismissed", "GhostNet (1.4x)")]
    assert told(text, contents) == rows
    assert "store/benchmarks/synapse.json" in taken(text, contents)[2].message
    assert frozen(contents) == before


@pytest.mark.parametrize(
    ("header", "cells", "message"),
    [
        ("model,dice", "A,high", "is no value of a metric"),
        ("model,dice", "A,768.5", r"lies outside of 0\.\.100"),
        ("model,dice,status", "A,1,believed", "is no status"),
        ("model,dice,source", "A,1,somewhere", "is no web address"),
        ("model,dice,conditions", "A,1,crop", "NAME=VALUE"),
        ("model,dice,conditions", "A,1,crop=", "the condition crop has no value"),
        ("model,dice", ",1", "names neither a model nor a paper"),
        ("model,paper,dice", "A,U-Net,1", "can be any of"),
    ],
)
def test_a_row_that_cannot_be_one_is_named_and_the_others_come_in(
    header: str, cells: str, message: str
) -> None:
    contents = store()
    dice = Metric(id="dice", name="Dice", range=("0", "100"))
    contents.benchmarks["synapse"] = synapse(metrics=(dice,))
    contents.papers["u2"] = unet(ids={})
    other = {"model": "VoxelMorph", "dice": "2"}
    row = ",".join(other.get(column, "") for column in header.split(","))
    bad, good = taken(f"{header}\n{cells}\n{row}\n", contents)
    assert (bad.status, bad.line, good.status) == ("invalid", 2, "added")
    assert re.search(message, bad.message)


def test_conditions_status_and_the_rest_come_in() -> None:
    contents = store()
    text = (
        "model;variant;dice;conditions;convention;status;kind;note\n"
        'U-Net;large;1;"crop=224; views=ten";torch;reproduced;leaderboard;by hand\n'
    )
    taken(text, contents)
    assert contents.papers["u"].results == (
        Result(
            benchmark="synapse",
            variant="large",
            values={"dice": "1"},
            conditions={"crop": 224, "views": "ten"},
            convention="torch",
            status="reproduced",
            source=ResultSource(kind="leaderboard"),
            note="by hand",
        ),
    )


@pytest.mark.parametrize("value", ["true", "1.0"])
@pytest.mark.parametrize("name", ["U-Net", "Nobody"])
def test_a_condition_of_another_type_makes_another_row(name: str, value: str) -> None:
    contents = store()
    text = f"model,dice,conditions\n{name},1,flip=1\n"
    taken(text, contents)
    [row] = taken(text.replace("flip=1", f"flip={value}"), contents)
    assert row.status in ("added", "unlisted")
    rows = (*contents.papers["u"].results, *contents.benchmarks["synapse"].results)
    assert [repr(r.conditions["flip"]) for r in rows] == ["1", repr(json.loads(value))]


def test_a_row_without_values_is_a_row() -> None:
    contents = store()
    assert [row.status for row in taken("model,dice,hd95\nU-Net,-,\n,,\n", contents)] == ["added"]
    assert contents.papers["u"].results == (Result(benchmark="synapse"),)


def test_columns_that_are_not_read_are_named() -> None:
    text = "Model,Dice,Year,Venue,Runtime,,GPU\nA,1,2015,CVPR,3,,x\n"
    _, problems = load(text, synapse(), is_markdown=False)
    assert problems == [Problem(1, "columns that are not read: Runtime, GPU")]


def test_the_first_column_names_the_rows_where_none_is_called_so() -> None:
    contents = store()
    assert told("Who,Dice\nU-Net,1\n", contents) == [(2, "added", "u")]


def test_an_open_quotation_mark_is_reported_with_its_line() -> None:
    rows, problems = load('model,dice\n"A,1\nB,2\n', synapse(), is_markdown=False)
    assert [problem.line for problem in problems] == [2]
    assert [row.values for row in rows] == [{"dice": "1"}, {"dice": "2"}]


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2\n", "just a text\n"])
def test_a_file_without_a_metric_is_refused(text: str) -> None:
    for is_markdown in (True, False):
        with pytest.raises(NotThisFormat, match="no column holds a metric") as error:
            load(text, synapse(), is_markdown=is_markdown)
        assert "dice, hd95" in error.value.hint


def test_a_table_that_papertrack_printed_is_read_back() -> None:
    contents = store()
    taken(CSV, contents)
    before = frozen(contents)
    written = table("synapse", contents.benchmarks["synapse"], contents.papers, "#{}".format)
    assert "VM](#v) ⁺" in written
    assert [row.status for row in taken(written, contents)] == ["exists", "exists"]
    assert frozen(contents) == before


def test_the_table_of_the_seed_comes_in_whole(seed: Path) -> None:
    contents = Contents()
    metrics = (
        Metric(id="top1", aliases=("ImageNet top1 acc",)),
        Metric(id="top5", name="ImageNet top5 acc"),
    )
    contents.benchmarks["synapse"] = synapse(metrics=metrics, row_label="ConvNet")
    text = (seed / "README.seed.md").read_text(encoding="utf-8")
    rows, problems = load(text, contents.benchmarks["synapse"], is_markdown=True)
    found = take(rows, "synapse", contents)
    assert problems == []
    assert [row.status for row in found] == ["unlisted"] * 45 + ["exists"] * 45
    assert len(contents.benchmarks["synapse"].results) == 45
