"""What of a result table is in the store, and what is told of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from papertrack.accounting import Account, account
from papertrack.library import Contents
from papertrack.model import CodeLink, Metric, Paper, Removed
from papertrack.readme.adopt import read
from papertrack.readme.placing import place
from papertrack.tabulating import take_tables
from tests.builders import synapse, unet, voxelmorph

ARXIV = "https://arxiv.org/abs/1505.04597"
CODE = "https://github.com/o/unet"
IMAGE = "https://img.shields.io/stars.svg"


def accounts(text: str, contents: Contents) -> list[Account]:
    path = Path("README.md")
    tables = place(read(text), text, path).tables
    return [account(taken, contents) for taken in take_tables(tables, contents)]


def lacking(text: str, **papers: Paper) -> list[tuple[int, str]]:
    """Take the one table of a README in, twice; return what is told that is lacking."""
    contents = Contents(papers=dict(papers))
    [first] = accounts(text, contents)
    [again] = accounts(text, contents)
    assert (again.lacking, again.gained) == (first.lacking, 0)
    return list(first.lacking)


def table(head: str, *rows: str) -> str:
    width = head.count("|") + 1
    return "\n".join(f"| {row} |" for row in (head, " | ".join(["-"] * width), *rows)) + "\n"


KNOWN = unet(
    code=(CodeLink(url=CODE, label="official", framework="caffe"),),
    images=(IMAGE,),
    tags=("2d",),
    printed={"venue": "Medical Imaging 2015"},
)


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("Published In", "MICCAI2015"),
        ("Venue", "MICCAI"),
        ("Venue", "[MICCAI 2015](https://arxiv.org/abs/1505.04597v2)"),
        ("Venue", "Medical Image Computing and Computer-Assisted Intervention 2015"),
        ("Venue", "*Medical Imaging* 2015"),
        ("Year", "2015"),
        ("Paper", f"[arXiv]({ARXIV})"),
        ("Paper", "[paper](https://doi.org/10.1007/978-3-319-24574-4_28)"),
        ("Paper", f"**{KNOWN.title}**"),
        ("Authors", "Ronneberger et al."),
        ("Authors", "Olaf Ronneberger et al."),
        ("Authors", "Olaf Ronneberger, Philipp Fischer, Thomas Brox"),
        ("Code", f"[[GitHub]]({CODE}.git)"),
        ("Code", f"[official]({CODE}), [pdf]({ARXIV})"),
        ("Stars", f"[![stars]({IMAGE})]({CODE})"),
        ("Anything", "2D"),
        ("Anything", "n/a"),
        ("Anything", "[#](#u-net)"),
    ],
)
def test_what_the_paper_of_a_row_holds_is_not_lacking(head: str, cell: str) -> None:
    text = table(f"Method | Dice | {head}", f"U-Net | **76.85** | {cell}")
    assert lacking(text, u=KNOWN) == []


@pytest.mark.parametrize(
    ("head", "cell", "told"),
    [
        ("Published In", "MICCAI 2016", "'MICCAI 2016' under 'Published In' of 'U-Net'"),
        ("Published In", "", None),
        ("Date", "2015.05", "'2015.05' under 'Date' of 'U-Net'"),
        ("Released", "20.15", "'20.15' under 'Released' of 'U-Net'"),
        ("Loss", "Dice + CE", "'Dice + CE' under 'Loss' of 'U-Net'"),
        ("Pretrained", "✓", "'✓' under 'Pretrained' of 'U-Net'"),
        ("Code", "[ours](https://x.example)", "https://x.example under 'Code' of 'U-Net'"),
        ("Code", "[arXiv 2017](https://arxiv.org/abs/1505.04597)", "'arXiv 2017' under 'Code' of"),
        ("Code", "![](https://x.example/a.svg)", "https://x.example/a.svg under 'Code' of 'U-Net'"),
        ("HD95", "39.7*", "'39.7*' under 'HD95' of 'U-Net'"),
        ("HD95", "[39.7](https://x.example)", "https://x.example under 'HD95' of 'U-Net'"),
        ("mIoU", "OOM | rest", "'rest' behind the last column of 'U-Net'"),
    ],
)
def test_what_the_store_does_not_hold_is_told_with_its_line(
    head: str, cell: str, told: str | None
) -> None:
    text = table(f"Method | Dice | {head}", "V | 80 | 70", f"U-Net | 76.85 | {cell}")
    found = [(line, what) for line, what in lacking(text, u=KNOWN) if line == 4]
    assert not told or found[-1][1].startswith(told)
    assert all(what.endswith("is not in the store") for _, what in found)
    assert bool(found) == bool(told)


def test_a_row_of_no_paper_holds_its_values_only() -> None:
    text = table("Method | Dice | Venue | Code", f"Nobody | 70.5 | CVPR 2018 | [code]({CODE})")
    assert lacking(text) == [
        (3, "'CVPR 2018' under 'Venue' of 'Nobody' is not in the store"),
        (3, f"{CODE} under 'Code' of 'Nobody' is not in the store"),
    ]


def test_a_second_row_of_one_name_is_told_and_a_copy_is_not() -> None:
    text = table("Method | Dice", "A | 70.5", "A | 71.5", "A | 70.5")
    told = "'71.5' under 'Dice' of 'A' is not in the store, which has '70.5'"
    assert lacking(text) == [(4, told)]


def test_rows_without_a_name_and_unread_tables_are_told() -> None:
    text = table("Method | Dice", "A | 70.5", " | 71.5", "**CNNs** | ", " | ")
    assert lacking(text) == [
        (4, "the row '71.5' is not in the store"),
        (5, "the row 'CNNs' is not in the store"),
    ]
    [read_] = accounts(table("Method | Params", "A | 39.6M", "B | 2.5M"), Contents())
    told = "this table, in which no column can be read as numbers, is not in the store"
    assert (read_.benchmark, read_.lacking) == ("", [(1, told)])


def test_a_mark_at_a_name_is_told() -> None:
    text = table("Method | Dice", "A † | 70.5")
    assert lacking(text) == [(3, "the mark in 'A †' is not in the store")]


def test_what_a_person_took_out_is_told() -> None:
    text = table("Method | Dice", "U-Net | 76.85", "VoxelMorph | 70.5", "A | 60.5")
    contents = Contents(
        papers={"u": unet(dismissed=("U-Net",))},
        benchmarks={"results": synapse(dismissed=("A",))},
        removed={"v": Removed(paper=voxelmorph(), removed="2026-11-01")},
    )
    [found] = accounts(text, contents)
    assert (found.gained, found.lacking) == (
        0,
        [
            (3, "the row 'U-Net' (it was taken out of u by hand) is not in the store"),
            (4, "the row 'VoxelMorph' (its paper was removed by hand) is not in the store"),
            (5, "the row 'A' (it was taken out of results by hand) is not in the store"),
        ],
    )


def test_of_a_column_of_which_much_is_lacking_it_is_told_once() -> None:
    rows = [f"A{n} | 70.{n} | words {n}" for n in range(7)]
    rows[4] = "A4 | 70.4 | -"
    told = "what stands under 'Remarks' in lines 3-6, 8-9 is not in the store"
    assert lacking(table("Method | Dice | Remarks", *rows)) == [(3, told)]


def test_a_value_is_held_as_the_store_shows_it() -> None:
    metric = Metric(id="dice", name="Dice", decimals=1)
    contents = Contents(benchmarks={"results": synapse(metrics=(metric,))})
    accounts(table("Method | Dice", "A | 76.84"), contents)
    [found] = accounts(table("Method | Dice", "A | 76.8"), contents)
    assert found.lacking == []


def test_it_is_told_whether_a_column_leads_to_code() -> None:
    rows = ("A | 70.5 | -", f"U-Net | 76.85 | [code]({CODE})")
    found = [
        accounts(table("Method | Dice | Code", *some), Contents(papers={"u": KNOWN}))
        for some in (rows, rows[:1])
    ]
    assert [one.shows_code for [one] in found] == [True, False]


def test_of_a_region_only_new_rows_are_told() -> None:
    contents = Contents(benchmarks={"synapse": synapse()})
    rows = table("Model | Dice", "A | 70.5")
    region = (
        "<!-- papertrack:begin table synapse -->\n\n{}\n<!-- papertrack:end table synapse -->\n"
    )
    [first] = accounts(region.format(rows), contents)
    assert (first.benchmark, first.gained, first.lacking) == ("synapse", 1, [])
    [second] = accounts(region.format(rows.replace("70.5", "99.9") + "| B † | 60.5 |\n"), contents)
    assert (second.gained, second.lacking) == (1, [(6, "the mark in 'B †' is not in the store")])
