"""A Markdown file as a tree of blocks, whatever is written in HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.readme.adopt.document import (
    Block,
    Details,
    Heading,
    List,
    Paragraph,
    Table,
    parse,
    texts,
    walk,
)


def outline(blocks: tuple[Block, ...]) -> list[str]:
    """Write a tree in a few words: kind, first line, text."""
    found = []
    for block in walk(blocks):
        name = type(block).__name__.lower()
        text = block.text.plain if isinstance(block, Heading | Paragraph) else ""
        text = block.summary.plain if isinstance(block, Details) else text
        found.append(f"{name} {block.lines.start} {text}".strip())
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# A\n\ntext\n", ["heading 1 A", "paragraph 3 text"], id="hashes"),
        pytest.param("A\n===\n\ntext\n", ["heading 1 A", "paragraph 4 text"], id="underlined"),
        pytest.param('<h2 align="center">A <b>b</b></h2>\n', ["heading 1 A b"], id="html-heading"),
        pytest.param("\ufeff# A\r\n\r\nb\r\n", ["heading 1 A", "paragraph 3 b"], id="bom-and-crlf"),
        pytest.param(
            "- a\n  - b\n", ["list 1", "paragraph 1 a", "list 2", "paragraph 2 b"], id="nested-list"
        ),
        pytest.param(
            "<ul>\n<li>a\n<li>b</li>\n</ul>\n",
            ["list 1", "paragraph 2 a", "paragraph 3 b"],
            id="items-without-end",
        ),
        pytest.param(
            "<details>\n<summary>More</summary>\n\n- a\n\n</details>\n\nend\n",
            ["details 1 More", "list 4", "paragraph 4 a", "paragraph 8 end"],
            id="details-around-markdown",
        ),
        pytest.param("</ul></div></td>\n\na\n", ["paragraph 3 a"], id="ends-without-beginning"),
        pytest.param("- a <details>\n\n  b\n\nc\n", None, id="never-closed"),
        pytest.param("<!-- [a](http://b.c) -->\n\n```\n# code\n```\n", [], id="nothing-shown"),
    ],
)
def test_blocks_stand_on_the_lines_where_they_are_written(
    text: str, expected: list[str] | None
) -> None:
    found = outline(parse(text))
    if expected is None:
        assert found[-1] == "paragraph 5 c"
    else:
        assert found == expected


PIPES = "| A | B |\n| - | - |\n| [x](http://a.b) | y<br>z |\n"
TAGS = (
    "<table>\n<tr><th>A</th><th>B</th></tr>\n"
    '<tr><td><a href="http://a.b">x</a></td>\n<td>y<br>z</td></tr>\n</table>\n'
)


@pytest.mark.parametrize("text", [PIPES, TAGS], ids=["pipes", "tags"])
def test_a_table_is_the_same_in_markdown_and_in_html(text: str) -> None:
    [table] = parse(text)
    assert isinstance(table, Table)
    assert table.header
    assert [cell.plain for cell in table.header.cells] == ["A", "B"]
    [row] = table.rows
    assert [cell.plain for cell in row.cells] == ["x", "y z"]
    assert [link.url for cell in row.cells for link in cell.links] == ["http://a.b"]
    assert [part.plain for part in row.cells[1].rows] == ["y", "z"]
    assert row.lines.start == 3


def test_cells_beyond_the_header_are_read_although_github_does_not_show_them() -> None:
    [table] = parse("| A | B |\n| - | - |\n| a | b | [c](http://c.d) |\n")
    assert isinstance(table, Table)
    assert [cell.plain for cell in table.rows[0].cells] == ["a", "b", "c"]
    assert table.rows[0].cells[2].links[0].url == "http://c.d"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("[a](https://b.c/d_(e))", "https://b.c/d_(e)"),
        ('<a href="https://b.c">a</a>', "https://b.c"),
        ("see https://b.c/d.pdf.", "https://b.c/d.pdf"),
        ("(https://b.c/d)", "https://b.c/d"),
        ("<https://b.c>", "https://b.c"),
        ("[a][1]\n\n[1]: https://b.c/d", "https://b.c/d"),
        ("[a] (https://b.c)", "https://b.c"),
        ("[a](https://b.c/ü?x=%20|y)", "https://b.c/ü?x=%20|y"),
    ],
)
def test_targets_of_links_are_kept_as_they_are_written(text: str, url: str) -> None:
    [paragraph] = parse(text)
    assert isinstance(paragraph, Paragraph)
    assert [link.url for link in paragraph.text.links] == [url]


def test_a_badge_in_a_link_is_an_image_of_the_link() -> None:
    [paragraph] = parse("[![Paper](http://img.b/x.svg)](http://a.b) [![Code](c.svg)](http://c.d)")
    assert isinstance(paragraph, Paragraph)
    first, second = paragraph.text.links
    assert (first.text, first.url, first.images[0].alt) == ("", "http://a.b", "Paper")
    assert (second.url, second.images[0].src) == ("http://c.d", "c.svg")
    assert paragraph.text.plain == ""


def test_lines_within_a_paragraph_are_counted() -> None:
    [paragraph] = parse("one\n**two\nstill two** [a](http://b.c)\\\n<br>four\n")
    assert isinstance(paragraph, Paragraph)
    assert [row.plain for row in paragraph.text.rows] == ["one", "two still two a", "four"]
    assert paragraph.text.links[0].line == 3
    assert paragraph.lines == range(1, 5)


def test_an_item_knows_its_last_line() -> None:
    [block] = parse("1. a\n   - b\n\n     c\n\n2. d\n")
    assert isinstance(block, List)
    assert block.ordered
    assert [item.lines for item in block.items] == [range(1, 5), range(6, 7)]


MARKUP = st.lists(
    st.sampled_from(
        [
            *(
                "# ",
                "- ",
                "1. ",
                "> ",
                "| a | b |\n|-|-|\n",
                "```",
                "    ",
                "\n",
                "\n\n",
                "\r\n",
                "\t",
            ),
            *(
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<li>",
                "</li>",
                "<ul>",
                "<h1>",
                "</h1>",
                "<br>",
            ),
            *("<details>", "<summary>", "</summary>", "</details>", "<!--", "-->", "<b>", "</a>"),
            *("<a href='x'>", "[a](http://b.c)", "![i](s)", "**", "*", "`", "[", "]", "(", ")"),
            *("text", "\\", "&amp;", ":fire:", "\0", "é", "2020"),
        ]
    ),
    max_size=40,
).map("".join)


@given(text=MARKUP)
def test_any_text_is_a_document_whose_texts_stand_on_its_lines(text: str) -> None:
    last = text.count("\n") + text.count("\r") + 1
    for part in texts(parse(text)):
        assert not part.spans or 1 <= part.lines.start <= part.lines.stop <= last + 1
