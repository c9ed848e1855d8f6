"""How the columns of a table share the width of a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.cli.tables import NARROW, packed, widths

TITLE = "Swin UNETR: Swin Transformers for Semantic Segmentation of Brain Tumors in MRI Images"
KEY = "hatamizadeh2022swin"


@pytest.mark.parametrize(
    ("rows", "width", "shared"),
    [
        pytest.param([["Key", "Title"], ["abc", "de f"]], 40, [3, 5], id="what each takes"),
        pytest.param([["Key", "Title"], [KEY, TITLE]], 80, [19, 59], id="the widest wraps"),
        pytest.param(
            [["A", "B"], ["a b c d e f", TITLE]], 75, [11, 62], id="the narrow ones first"
        ),
        pytest.param([["A", "B"], ["ab " * 30, "ab " * 30]], 72, [35, 35], id="evenly"),
        pytest.param([["Key", "Title"], [KEY, TITLE]], 32, None, id="a word would be broken"),
        pytest.param(
            [["Key", "Title"], [KEY, TITLE]], 71, [19, 50], id="two lines in a narrow one"
        ),
        pytest.param([["Key", "Title"], [KEY, TITLE]], 50, None, id="three lines in a narrow one"),
        pytest.param([["", ""], ["", "x"]], 40, [1, 1], id="an empty column"),
        pytest.param([["A"], ["网络" * 3]], 12, [12], id="wide letters"),
        pytest.param(
            [["A", "B"], ["网络" * 3, "b"]], 9, [6, 1], id="wide letters, broken anywhere"
        ),
        pytest.param([["A"], ["e\u0301" * 5]], 5, [5], id="marks take no room"),
    ],
)
def test_columns_get_what_they_need_and_break_no_word(
    rows: list[list[str]], width: int, shared: list[int] | None
) -> None:
    assert widths(rows[0], rows[1:], width) == shared


ROWS = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(st.text("ab 网", max_size=30), min_size=n, max_size=n), min_size=1)
)


@given(ROWS, st.integers(1, 120))
def test_columns_hold_each_word_and_fit_into_the_terminal(
    rows: list[list[str]], width: int
) -> None:
    shared = widths(rows[0], rows[1:], width)
    words = [[word for row in rows for word in row[n].split()] for n in range(len(rows[0]))]
    lengths = [[2 if "网" in word else len(word) for word in column] for column in words]
    longest = [max(column, default=1) for column in lengths]
    if shared is None:
        assert width < NARROW or sum(longest) + 2 * (len(longest) - 1) > width
    else:
        assert sum(shared) + 2 * (len(shared) - 1) <= width
        assert all(held >= needed for held, needed in zip(shared, longest, strict=True))


def test_parts_stand_on_as_few_lines_as_they_fit_on() -> None:
    parts = ["ab", "", "cd", "efghij", "klmnopqrs", "t"]
    assert packed(parts, 6) == ["ab  cd", "efghij", "klmnopqrs", "t"]
    assert packed(parts, 100) == ["ab  cd  efghij  klmnopqrs  t"]
    assert packed([""], 6) == []
