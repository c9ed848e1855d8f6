"""Anchors are those that GitHub makes."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from papertrack.readme.anchors import Anchors, Heading, headings, slug


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("U-Net", "u-net"),
        ("U-Net++", "u-net"),
        ("Papers&Codes", "paperscodes"),
        ("Papers & Codes", "papers--codes"),
        ("snake_case v1.5", "snake_case-v15"),
        ("R²U-Net (2018)", "ru-net-2018"),
        ("Müller ÉCOLE", "müller-école"),
        ("网络 结构", "网络-结构"),
        ("हिन्दी", "हिन्दी"),
        ("Chapter Ⅷ", "chapter-ⅷ"),
        ("Ⓐ and 🅱", "ⓐ-and-🅱"),
        ("🚀 Start", "-start"),
        (":rocket: Start", "rocket-start"),
        ("a – b", "a--b"),
        ("a‿b", "a‿b"),
        ("a\u00a0b", "ab"),
        ("++", ""),
    ],
)
def test_a_slug_keeps_letters_digits_hyphens_and_spaces_as_hyphens(
    plain: str, expected: str
) -> None:
    assert slug(plain) == expected


@pytest.mark.parametrize(
    ("plain", "anchors"),
    [
        (["U-Net", "U-Net++", "U-Net"], ["u-net", "u-net-1", "u-net-2"]),
        (["a", "a", "a 1", "a-1", "a"], ["a", "a-1", "a-1-1", "a-1-2", "a-2"]),
        (["a-1", "a", "a"], ["a-1", "a", "a-2"]),
        (["++", "--", "**"], ["", "--", "-1"]),
    ],
    ids=["duplicates", "a taken number", "a number taken before", "empty"],
)
def test_a_slug_that_is_taken_gets_the_next_free_number(
    plain: list[str], anchors: list[str]
) -> None:
    used = Anchors()
    assert [used.add(text) for text in plain] == anchors


def test_headings_are_found_in_both_forms_with_their_lines() -> None:
    text = (
        "\ufeff# One #\r\n\r\nTwo\r\nlines\r\n===\r\n\r\n   ## Three ##\r\n#### \r\n"
        "Four\r\n----\r\n> ## Five\r\n\r\n- ### Six\r\n"
    )
    assert headings(text) == [
        Heading(1, "One", 1, "one"),
        Heading(1, "Two lines", 3, "twolines"),
        Heading(2, "Three", 7, "three"),
        Heading(4, "", 8, ""),
        Heading(2, "Four", 9, "four"),
        Heading(2, "Five", 11, "five"),
        Heading(3, "Six", 13, "six"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "```\n# a\n```",
        "~~~ sh\n# a",
        "    # a",
        "<!--\n# a\n-->",
        "<!--\n```\n-->\n\n    # a",
        "<pre>\n# a\n</pre>",
        "<div>\n# a\n</div>",
        "#a",
        "####### a",
        r"\# a",
        "text\n    # a",
        "a\n\n---",
        "| a | b |\n|---|---|\n| c | d |\n---",
        "- a\n---",
        "| a |\n| - |\n<b>\n# a",
    ],
)
def test_what_only_looks_like_a_heading_is_none(text: str) -> None:
    assert headings(text) == []


@pytest.mark.parametrize(
    ("source", "plain", "anchor"),
    [
        ("**U-Net** `code_x` *b*", "U-Net code_x b", "u-net-code_x-b"),
        ("[U-Net](https://a.org/b)", "U-Net", "u-net"),
        (r"U-Net\+\+ \[a\] \*", "U-Net++ [a] *", "u-net-a-"),
        ("a &amp; b", "a & b", "a--b"),
        (r"a \&amp; b", "a &amp; b", "a-amp-b"),
        ("Papers&Codes", "Papers&Codes", "paperscodes"),
        ("_a_b_ c_", "a_b c_", "a_b-c_"),
        (r"a\*_b_\*c", "a*b*c", "abc"),
        ("A <b>bold</b> move", "A bold move", "a-bold-move"),
        ('Title <a id="x"></a>', "Title", "title-"),
        ("Title [![Badge](b.svg)](https://a.org)", "Title", "title-"),
        ("~~old~~ new", "old new", "old-new"),
        ("snake_case", "snake_case", "snake_case"),
        ("C# #", "C#", "c"),
        (r"F \#", "F #", "f-"),
    ],
)
def test_markdown_in_a_heading_is_taken_out(source: str, plain: str, anchor: str) -> None:
    assert headings(f"## {source}") == [Heading(2, plain, 1, anchor)]


def test_duplicates_are_counted_over_the_whole_file() -> None:
    found = headings("# Table\n\ntext\n\n## Table\n\n```\n# Table\n```\n\nTable\n-----\n")
    assert [heading.slug for heading in found] == ["table", "table-1", "table-2"]


def test_headings_of_real_lists_are_those_of_a_markdown_parser(lists: list[Path]) -> None:
    parser = MarkdownIt("gfm-like", {"linkify": False})
    assert lists
    for path in lists:
        text = path.read_text(encoding="utf-8")
        opened = [t for t in parser.parse(text) if t.type == "heading_open" and t.map]
        expected = [(int(token.tag[1]), token.map[0] + 1) for token in opened if token.map]
        assert [(h.level, h.line) for h in headings(text)] == expected, path.name
