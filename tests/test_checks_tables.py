"""The rules about tables and the values in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from papertrack.checks import rules
from papertrack.checks.findings import Finding
from papertrack.checks.pipe_tables import cells
from papertrack.checks.readme import Readme
from papertrack.checks.rules import RULES
from papertrack.readme.adopt.found import Entry, Reading

PATH = Path("README.md")


def check(text: str, *chosen: str, entries: tuple[Entry, ...] = ()) -> list[Finding]:
    return rules.check(Readme(PATH, text, Reading(entries=entries)), chosen or RULES.keys())


def table(*rows: str) -> str:
    header, *others = rows
    rule = "|".join(["---"] * len(header.split("|")))
    return "\n".join(f"| {row} |" for row in (header, rule, *others)) + "\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| a | b |", ["a", "b"]),
        ("a | b", ["a", "b"]),
        (r"| a \| b | c |", [r"a \| b", "c"]),
        (r"| a | b \|", ["a", r"b \|"]),
        ("| a | |", ["a", ""]),
        ("| `a | b` |", ["`a", "b`"]),
    ],
)
def test_a_row_is_split_where_github_splits_it(row: str, expected: list[str]) -> None:
    assert cells(row) == expected


def test_a_row_that_swallowed_another_is_an_error_and_a_short_one_a_warning() -> None:
    found = check(table("Model | Dice", "U-Net | 76.9 | V-Net | 77.1", "TransUNet", r"a\|b | 1"))
    assert [(f.line, f.rule, f.severity) for f in found] == [
        (3, "row-cells", "error"),
        (4, "row-cells", "warning"),
    ]


def test_text_behind_a_table_belongs_to_it_until_a_blank_line() -> None:
    text = table("Model | Dice", "U-Net | 76.9")
    assert [f.line for f in check(f"{text}A sentence.\n")] == [4]
    assert check(f"{text}\nA sentence.\n") == []


def test_a_table_in_code_or_without_its_rule_is_none() -> None:
    assert check("```\n| a | b |\n| --- | --- |\n| c |\n```\n\n| a | b |\n| c |\n") == []


def test_a_doubled_table_names_the_line_of_the_first() -> None:
    one = table("Model | Dice", "U-Net | **76.9**", "V-Net | 77.1")
    same = table("Model | Dice", "U-Net | 76.9", "V-Net |   77.1")
    other = table("Model | Dice", "U-Net | 80.1", "V-Net | 81.2")
    [finding] = check(f"{one}\n{other}\n{same}", "duplicate-table")
    assert finding.line == 11
    assert "line 1" in finding.message


def test_a_percentage_above_100_is_an_error_and_a_distance_is_not() -> None:
    text = table("Model | Dice (%) | HD95 (mm)", "U-Net | 768.5 | 139.7", "V-Net | 76.85 | 9")
    [finding] = check(text)
    assert (finding.line, finding.rule) == (3, "value-out-of-range")


@pytest.mark.parametrize(
    "head", ["Improvement (%)", "Dice improvement (%)", "Params (% of U-Net)", "Δ Dice (%)"]
)
def test_a_change_in_per_cent_may_be_above_100(head: str) -> None:
    assert check(table(f"Model | {head}", "U-Net | 150", "V-Net | 76.85")) == []


@pytest.mark.parametrize(
    ("header", "wrong", "right"),
    [
        ("Model | ImageNet top1 acc | ImageNet top5 acc", "96.4 | 78.6", "78.6 | 96.4"),
        ("Model | Top-1 | Top-5", "96.4 | 78.6", "78.6 | -"),
        ("Model | Top-1 error (%) | Top-5 error (%)", "9.9 | 28.5", "28.5 | 9.9"),
        ("Model | Dice | IoU", "0.8808 | 0.8824", "0.8824 | 0.8808"),
    ],
)
def test_values_that_contradict_each_other_are_reported(
    header: str, wrong: str, right: str
) -> None:
    found = check(
        table(header, f"A | {right}", f"B | {wrong}", "C | 9.1 | 9.1"), "values-out-of-order"
    )
    assert [f.line for f in found] == [4]


@pytest.mark.parametrize(
    ("header", "values", "wrong"),
    [
        ("Dice", ["69.7", "**68.9**", "60.1"], True),
        ("Dice", ["69.7", "**69.7**", "60.1"], False),
        ("HD95", ["9.1", "**20.3**", "30.0"], True),
        ("HD95", ["9.1", "20.3", "**30.0**"], True),
        ("Score ↓", ["**9.1**", "20.3", "30.0"], False),
        ("Aorta", ["69.7", "**68.9**", "60.1"], True),
        ("Aorta", ["69.7", "68.9", "**60.1**"], False),
        ("Dice", ["**69.7**", "**68.9**", "60.1"], False),
        ("Dice", ["69.7", "68.9", "60.1"], False),
        ("Dice", ["69.7 ± 0.2", "**70.1 ± 1.0**", "60.1"], False),
        ("Dice", ["69.7", "**69.7**", "60.1", "80 ± 0.5 (unconfirmed)"], False),
        ("Dice", ["69.7", "**68.9**", "60.1", *["80 (unconfirmed)"] * 3], True),
    ],
)
def test_bold_must_be_the_best_value_of_its_column(
    header: str, values: list[str], wrong: bool
) -> None:
    rows = [f"M{n} | {value}" for n, value in enumerate(values)]
    found = check(table(f"Model | {header}", *rows), "best-value")
    assert bool(found) is wrong


def test_two_models_with_the_same_values_are_reported() -> None:
    text = table("Model | top1 | top5", "Xception | 79 | 94.5", "DPN | 79 | 94.5", "GeNet | 72 | -")
    [finding] = check(text)
    assert (finding.line, finding.rule) == (4, "identical-values")
    assert "Xception" in finding.message


def test_counts_and_single_values_may_coincide() -> None:
    text = table("Data set | Images | Classes", "A | 100 | 3", "B | 100 | 3")
    assert check(text) == []
    assert check(table("Model | Dice | Code", "A | 80.1 | -", "B | 80.1 | x")) == []


ENTRIES = tuple(
    Entry(lines=range(n, n + 1), title=f"{name}: a network", name=name)
    for n, name in enumerate(["U-Net", "V-Net", "ResNet", "DenseNet", "VGG", "SENet"], 20)
)


def test_rows_and_entries_are_compared_where_they_belong_together() -> None:
    rows = ["U-Net | 1.5", "V-Net | 2.5", "resnet | 3", "DenseNet | 4", "VGG + GoogLeNet | 5"]
    rows += ["SE-Net | 6", "X | 7"]
    both = ("row-without-entry", "entry-without-row")
    found = check(table("Model | Dice", *rows), *both, entries=(*ENTRIES, unknown(30)))
    assert [(f.line, f.rule) for f in found] == [
        (9, "row-without-entry"),
        (30, "entry-without-row"),
    ]
    assert found[0].message == "1 of 7 rows have no entry in the list: X (line 9)"
    assert "1 of 7 entries have no row in the table of line 3: Y-Nought" in found[1].message


def unknown(line: int) -> Entry:
    return Entry(lines=range(line, line + 1), title="Y-Nought: a network", name="Y-Nought")


def test_a_table_about_other_models_is_not_compared() -> None:
    rows = ["U-Net | 1.5", *(f"M{n} | {n}" for n in range(9))]
    assert check(table("Model | Dice", *rows), "row-without-entry", entries=ENTRIES) == []
