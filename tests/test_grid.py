"""Tables look like prettier's and read back as the cells they were made of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papertrack.readme import escape
from papertrack.readme.grid import grid

PARSER = MarkdownIt("gfm-like", {"linkify": False})


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    lines = grid(
        ["ConvNet", "Top 1", "Published In"],
        [["VGG", "76.3", "ICLR2015"], ["Inception-ResNet-v2", "-", "[AAAI2016](#a)"]],
        ["left", "right", "center"],
    )
    assert lines == [
        "| ConvNet             | Top 1 |  Published In  |",
        "| :------------------ | ----: | :------------: |",
        "| VGG                 |  76.3 |    ICLR2015    |",
        "| Inception-ResNet-v2 |     - | [AAAI2016](#a) |",
    ]


def test_a_table_without_rows_has_a_header_and_a_rule() -> None:
    assert grid(["a", "b", "c"], [], ["left", "right", "center"]) == [
        "| a   |   b |  c  |",
        "| :-- | --: | :-: |",
    ]


def test_columns_are_as_wide_as_they_are_shown() -> None:
    assert grid(["网络"], [["Müller"], ["✅"]], ["left"]) == [
        "| 网络   |",
        "| :----- |",
        "| Müller |",
        "| ✅     |",
    ]


@pytest.mark.parametrize("row", [["a"], ["a", "b", "c"]], ids=["short", "long"])
def test_a_row_of_another_length_is_refused(row: list[str]) -> None:
    with pytest.raises(ValueError, match="zip"):
        grid(["a", "b"], [row], ["left", "left"])


def test_a_table_is_what_prettier_would_write(golden: Callable[[str, str], None]) -> None:
    # After an update of the golden file: npx prettier --check tests/golden/grid.md
    rows = [
        ["[U-Net](#u-net)", "23.54", "MICCAI2015"],
        ["**U-Net++**", "**27.46**", escape.cell("a|b `c` *d*")],
        ["网络 ✅", "-", "Müller & Søn, é"],
        ["", "", ""],
    ]
    header = ["Network", "Params (M)", "Published In"]
    tables = [grid(header, rows, ["left", "right", "center"]), grid(["a"], [], ["left"])]
    golden("grid.md", "\n\n".join("\n".join(lines) for lines in tables) + "\n")


CELLS = st.text(max_size=12).map(escape.cell)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n))))
def test_any_table_reads_back_cell_by_cell(rows: list[list[str]]) -> None:
    count = len(rows[0]) if rows else 2
    header = [f"h{number}" for number in range(count)]
    lines = grid(header, rows, ["right"] * count)
    tokens = PARSER.parse("\n".join(lines))
    cells = [token.content for token in tokens if token.type == "inline"]
    unescaped = [cell.replace(r"\|", "|") for row in rows for cell in row]
    assert cells == header + unescaped
    assert sum(token.type == "tr_open" for token in tokens) == len(rows) + 1
