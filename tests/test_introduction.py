"""What a README calls its list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.readme.introduction import introduction
from tests.builders import region


@pytest.mark.parametrize(
    ("text", "title", "description"),
    [
        ("", "", ""),
        ("# A list\n", "A list", ""),
        ("A list\n===\n\nOf *papers*\nand [codes](x).\n", "A list", "Of papers and codes."),
        ("# A list\n\n> About it.\n\nMore.\n", "A list", "About it."),
        ("# A [![Awesome](a.svg)](b)\n\n[![build](c.svg)](d)\n\nSaid.\n", "A", "Said."),
        ("# A `b` &amp; <i>c</i> \\*\n", "A b & c *", ""),
        ("# A list\n\n## Contents\n\nNot this.\n", "A list", ""),
        ("Before.\n\n# A list\n\nBehind.\n", "A list", "Behind."),
        ("## Second level\n\nNot this.\n", "", ""),
        ("# A list\n\n" + region("papers") + "\nNot this.\n", "A list", ""),
        ("# A list\n\n- [an item](#a)\n  1. another\n\nSaid.\n", "A list", "Said."),
        ("# A list\n\n- a\n\n- b\n", "A list", ""),
        ("# A list\n\n```\ncode\n```\n\n<p>html</p>\n\nSaid.\n", "A list", "Said."),
        ("\ufeff# A list\r\n\r\nSaid.\r\n", "A list", "Said."),
        ("# A\x1b[2J\u202e list\n", "A[2J list", ""),
    ],
)
def test_the_first_heading_and_the_first_paragraph_below_it(
    text: str, title: str, description: str
) -> None:
    assert introduction(text) == (title, description)


@given(st.text())
def test_any_text_introduces_something_or_nothing(text: str) -> None:
    title, description = introduction(text)
    assert (title + description).isprintable()


def test_a_long_readme_is_not_read_to_its_end() -> None:
    title, description = introduction("# A list\n\n" + "word " * 1_000_000)
    assert (title, len(description)) == ("A list", 499)
