"""Markers are found as people write them, and nothing outside the regions ever changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papertrack.errors import RegionError
from papertrack.readme.lines import scan, split
from papertrack.readme.regions import Region, parse, replace

README = Path("README.md")

BEGIN = "<!-- papertrack:begin papers -->"
END = "<!-- papertrack:end papers -->"


def parsed(*lines: str) -> list[Region]:
    return parse("\n".join(lines), README)


def body(text: str, region: Region) -> str:
    """Return what stands between the markers of a region."""
    return "".join(split(text)[region.begin_line : region.end_line - 1])


def test_a_marker_names_kind_query_and_options() -> None:
    begin = (
        '<!-- papertrack:begin papers section:"Image Synthesis" sort=year -tag:x style="row" -->'
    )
    assert parsed("# List", "", begin, "body", END) == [
        Region(
            path=README,
            kind="papers",
            argument="",
            options={"sort": "year", "style": "row"},
            query='section:"Image Synthesis" -tag:x',
            begin_line=3,
            end_line=5,
        )
    ]


def test_a_query_may_compare_and_quote() -> None:
    (region,) = parsed('<!-- papertrack:begin papers cites:>100 "a=b" (x OR y) tag:"" =z -->', END)
    assert region.query == 'cites:>100 "a=b" (x OR y) tag:"" =z'
    assert region.options == {}


def test_an_option_may_be_quoted_or_empty() -> None:
    begin = '<!-- papertrack:begin table coco columns="top 1, top 5" sort= -->'
    (region,) = parsed(begin, "<!-- papertrack:end table -->")
    assert region.options == {"columns": "top 1, top 5", "sort": ""}
    assert region.query == ""


def test_regions_are_found_in_their_order() -> None:
    regions = parsed(
        "<!-- papertrack:begin toc depth=3 -->",
        "<!-- papertrack:end toc -->",
        "<!-- papertrack:begin table imagenet-1k sort=top1 -->",
        "<!-- papertrack:end table imagenet-1k -->",
        "<!-- papertrack:begin table coco -->",
        "<!-- papertrack:end table -->",
        "<!-- papertrack:begin stats -->",
        "<!-- papertrack:end stats -->",
        "<!-- papertrack:begin table voc -->",
        "<!-- papertrack:end table voc -->",
        "<!-- papertrack:begin thanks -->",
        "<!-- papertrack:end thanks -->",
    )
    names = ["toc", "table imagenet-1k", "table coco", "stats", "table voc", "thanks"]
    assert [region.name for region in regions] == names
    assert [region.lines for region in regions] == [range(n, n + 2) for n in range(1, 13, 2)]


@pytest.mark.parametrize(
    "marker",
    [
        "<!--papertrack:begin papers-->",
        "   <!-- papertrack:begin papers -->   ",
        "<!--\t papertrack:begin\tpapers\t-->\t",
        "\ufeff<!-- papertrack:begin papers -->",
    ],
    ids=ascii,
)
def test_spaces_around_a_marker_do_not_matter(marker: str) -> None:
    assert len(parsed(marker, END)) == 1


def test_the_same_kind_may_stand_twice_with_another_query() -> None:
    other = "<!-- papertrack:begin papers tag:unet -->"
    assert len(parsed(BEGIN, END, other, END)) == 2


@pytest.mark.parametrize(
    "lines",
    [
        ["```", BEGIN, "```"],
        ["~~~ markdown", BEGIN, END, "~~~"],
        ["````", "```", BEGIN, "```", "````"],
        ["```", BEGIN, "``` no end", "~~~", BEGIN],
        ["- item", "", "  ```", "  " + BEGIN, "  ```"],
        ["1. item", "   ```", "   " + BEGIN, "", "   " + END],
        ["    " + BEGIN],
        ["\t" + BEGIN],
        ["- item", "", "      " + BEGIN],
        ["`" + BEGIN + "`"],
        ["Write " + BEGIN + " there."],
        [BEGIN + " " + END],
        [BEGIN + " begins a region"],
        ["> " + BEGIN],
        ["\\" + BEGIN],
        ["<!-- papertrack: is a fine tool", "-->"],
        ["<!-- papertrack-begin papers -->"],
    ],
    ids=[
        "fence",
        "tildes with info string",
        "longer fence",
        "fence without end",
        "fence in a list item",
        "fence without end in a numbered item",
        "indented code",
        "code indented by a tab",
        "indented code in a list item",
        "inline code",
        "inside a line",
        "two on a line",
        "before words",
        "quotation",
        "escaped",
        "another comment",
        "another word",
    ],
)
def test_a_marker_in_code_or_inside_a_line_is_text(lines: list[str]) -> None:
    assert parsed(*lines) == []


@pytest.mark.parametrize(
    "before",
    [
        ["```", "code", "```"],
        ["```", "code", "  `````  "],
        ["- ```", "", "no longer in the item"],
        ["> ```"],
        ["text", "    not code"],
        ["``` not`a fence"],
        ["<!--", "```", "-->"],
        ["<details>", "```"],
    ],
    ids=[
        "closed fence",
        "closed by a longer fence",
        "list item ended",
        "quotation ended",
        "paragraph with an indented line",
        "backtick in the info string",
        "fence in a comment",
        "fence in an HTML block",
    ],
)
def test_a_marker_after_code_is_a_marker(before: list[str]) -> None:
    assert len(parsed(*before, BEGIN, END)) == 1


@pytest.mark.parametrize(
    ("lines", "line", "message", "hint"),
    [
        (["", BEGIN], 2, "has no end", "<!-- papertrack:end papers -->"),
        ([BEGIN, "```", END], 1, "has no end", "line 1"),
        ([END], 1, "begins nowhere", "<!-- papertrack:begin papers -->"),
        ([BEGIN, END, END], 3, "begins nowhere", "add"),
        ([BEGIN, "<!-- papertrack:end toc -->"], 2, "`papers` is open here, not `toc`", "line 1"),
        (
            ["<!-- papertrack:begin table a -->", "<!-- papertrack:end table b -->"],
            2,
            "`table a` is open here, not `table b`",
            "papertrack:end table a",
        ),
        (
            [BEGIN, "<!-- papertrack:begin toc -->", "<!-- papertrack:end toc -->", END],
            2,
            "`toc` begins inside region `papers`",
            "line 1",
        ),
        ([BEGIN, END, "", BEGIN, END], 4, "already stands in line 1", "take one"),
        (["<!-- papertrack:begin paper -->"], 1, "`paper` is no kind", "did you mean `papers`?"),
        (["<!-- papertrack:begin xyz -->"], 1, "`xyz` is no kind", "there are: papers, table"),
        (["<!-- papertrack:begin -->"], 1, "names no region", "there are: papers"),
        (["<!-- papertrack:begin table -->"], 1, "names no benchmark", "benchmark list"),
        (["<!-- papertrack:begin table sort=x -->"], 1, "names no benchmark", "benchmark list"),
        (["<!-- papertrack:begin papers stile=row -->"], 1, "no option `stile`", "`style`"),
        (["<!-- papertrack:begin papers max-rows=3 -->"], 1, "no option `max-rows`", "sort, style"),
        (["<!-- papertrack:begin toc unet -->"], 1, "takes no query: unet", "take these words"),
        (['<!-- papertrack:begin papers "a -->'], 1, "quotation mark", "closing"),
        (["<!-- papertrack:start papers -->"], 1, "`papertrack:start` is no marker", "begin"),
        (["<!-- papertrack: -->"], 1, "is no marker", "papertrack:begin"),
        (["<!--papertrack:-->"], 1, "is no marker", "papertrack:begin"),
    ],
)
def test_markers_that_do_not_fit_are_named_with_file_and_line(
    lines: list[str], line: int, message: str, hint: str
) -> None:
    with pytest.raises(RegionError, match=re.escape(message)) as caught:
        parsed(*lines)
    assert caught.value.message.startswith(f"README.md:{line}: ")
    assert hint in caught.value.hint


def test_a_region_without_options_has_none_to_name() -> None:
    with pytest.raises(RegionError, match="`thanks` has no option `style`") as caught:
        parsed("<!-- papertrack:begin thanks style=row -->")
    assert caught.value.hint == "it has none"


def test_a_git_conflict_within_a_body_is_no_obstacle() -> None:
    conflict = ["<<<<<<< HEAD", "### U-Net", "=======", "### U-Net++", ">>>>>>> other"]
    text = "\n".join([BEGIN, *conflict, END])
    (region,) = parse(text, README)
    assert body(text, region).splitlines() == conflict
    assert "<<<<<<<" not in replace(text, [region], ["new"])


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["<<<<<<< HEAD", BEGIN, "=======", BEGIN, ">>>>>>> other", END], 4),
        ([BEGIN, "<<<<<<< HEAD", "a", END, "=======", "b", END, ">>>>>>> other"], 7),
        (["<<<<<<< HEAD", BEGIN, END, "=======", BEGIN, END, ">>>>>>> other"], 5),
    ],
    ids=["begin", "end", "both"],
)
def test_a_git_conflict_around_markers_is_an_error_that_says_so(
    lines: list[str], line: int
) -> None:
    with pytest.raises(RegionError, match=rf"README\.md:{line}: ") as caught:
        parsed(*lines)
    assert "git conflict" in caught.value.hint


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_body_stands_between_blank_lines_with_the_line_ends_of_the_file(line_end: str) -> None:
    text = line_end.join(["# List", BEGIN, "old", END, "after"])
    new = replace(text, parse(text, README), ["\n### A\n\nb\r\nc\n\n"])
    lines = ["# List", BEGIN, "", "### A", "", "b", "c", "", END, "after"]
    assert new == line_end.join(lines)


def test_each_region_keeps_its_own_line_ends_in_a_mixed_file() -> None:
    other = "<!-- papertrack:begin toc -->\n<!-- papertrack:end toc -->"
    text = f"{BEGIN}\r\n{END}\n{other}\r"
    new = replace(text, parse(text, README), ["a\nb", "c"])
    assert new == (
        f"{BEGIN}\r\n\r\na\r\nb\r\n\r\n{END}\n"
        "<!-- papertrack:begin toc -->\n\nc\n\n<!-- papertrack:end toc -->\r"
    )


def test_spaces_at_the_ends_of_lines_stay_in_a_body() -> None:
    text = f"{BEGIN}\n{END}\n"
    new = replace(text, parse(text, README), ["  XOR  \nMAX"])
    assert new == f"{BEGIN}\n\n  XOR  \nMAX\n\n{END}\n"


def test_an_empty_body_leaves_one_blank_line() -> None:
    text = f"{BEGIN}\nold\n{END}\n"
    assert replace(text, parse(text, README), [""]) == f"{BEGIN}\n\n{END}\n"


def test_a_body_for_each_region_is_required() -> None:
    text = f"{BEGIN}\n{END}\n"
    with pytest.raises(ValueError, match="zip"):
        replace(text, parse(text, README), [])


@pytest.mark.parametrize(
    "content",
    [END, BEGIN, f"text\n\n  {END}", "```\ncode", "- a\n\n~~~~ b", "<!-- papertrack:x -->"],
    ids=["end", "begin", "below text", "open fence", "open tildes", "unknown marker"],
)
def test_a_body_that_would_hide_or_forge_a_marker_is_refused(content: str) -> None:
    text = f"\n{BEGIN}\n{END}\n"
    regions = parse(text, README)
    with pytest.raises(RegionError, match=r"README\.md:2: the text for region `papers`") as caught:
        replace(text, regions, [content])
    assert caught.value.hint == "close the fence, or take the marker out"


def test_a_body_may_show_markers_in_closed_code() -> None:
    text = f"{BEGIN}\n{END}\n"
    shown = f"```\n{BEGIN}\n{END}\n```"
    new = replace(text, parse(text, README), [shown])
    assert body(new, parse(new, README)[0]).strip() == shown


def test_text_outside_that_a_new_body_turns_into_code_is_refused() -> None:
    # The blank line below the marker ends the HTML block, and then the fence is one.
    toc = "<!-- papertrack:begin toc -->\n<!-- papertrack:end toc -->"
    text = f"<details>\n{BEGIN}\n{END}\n```\n{toc}\n"
    with pytest.raises(RegionError, match=r"README\.md:5: the text for region `toc`, or above it"):
        replace(text, parse(text, README), ["a", "b"])


def test_a_marker_below_that_a_new_body_takes_out_of_code_is_refused() -> None:
    # An open <pre> reaches to the end of the file, and in it a fence is none.
    text = f"{BEGIN}\n{END}\n```\n<!-- papertrack:begin toc -->\n```\n"
    with pytest.raises(RegionError, match=r"README\.md:1: the text for region `papers`"):
        replace(text, parse(text, README), ["<pre>"])


LINE_ENDS = st.sampled_from(["\n", "\r\n"])
INDENTS = st.sampled_from(["", "", " ", "   ", "    ", "      ", "> ", "- ", "1. ", "2) ", "  - "])
# No tables: before `---` or a lone tag, GitHub and markdown-it read them differently.
CONTENTS = st.sampled_from(
    [
        *["", "text", "# heading", "```", "````", "``` py", "~~~", "~~~~ a`b", "``` x`y"],
        *["---", "===", "* * *", "<!--", "-->", "<details>", "</details>", "<pre>", "</pre>"],
    ]
)
DOCUMENTS = st.lists(st.tuples(INDENTS, CONTENTS).map("".join), max_size=8)


def code_by_parser(text: str) -> set[int]:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    blocks = [t.map for t in tokens if t.type in ("fence", "code_block") and t.map]
    return {line for start, end in blocks for line in range(start + 1, end + 1)}


def code_by_scanner(text: str) -> set[int]:
    return {line.number for line in scan(text) if line.kind == "code"}


def without_blanks(numbers: set[int], text: str) -> set[int]:
    lines = split(text)
    return {number for number in numbers if lines[number - 1].strip(" \t>\r\n")}


@given(DOCUMENTS)
def test_code_is_where_a_markdown_parser_sees_it(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    assert without_blanks(code_by_scanner(text), text) == without_blanks(code_by_parser(text), text)


@pytest.mark.parametrize(("depth", "kind"), [(99, "code"), (101, "text")])
def test_quotations_are_followed_a_hundred_deep(depth: int, kind: str) -> None:
    (line,) = scan("> " * depth + "```")
    assert line.kind == kind


def test_code_in_real_lists_is_where_a_markdown_parser_sees_it(lists: list[Path]) -> None:
    assert lists
    for path in lists:
        text = path.read_text(encoding="utf-8")
        ours, theirs = code_by_scanner(text), code_by_parser(text)
        assert without_blanks(ours, text) == without_blanks(theirs, text), path.name


def test_real_lists_with_a_region_at_their_end_keep_every_byte(lists: list[Path]) -> None:
    for path in lists:
        text = path.read_bytes().decode()
        whole = f"{text}\n{BEGIN}\n{END}"
        new = replace(whole, parse(whole, path), ["body"])
        assert new == f"{text}\n{BEGIN}\n\nbody\n\n{END}"


OUTSIDE = st.lists(
    st.one_of(
        st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=12), CONTENTS
    )
    .filter(lambda line: "papertrack:" not in line)
    .flatmap(lambda line: LINE_ENDS.map(lambda end: line + end)),
    max_size=5,
).map("".join)
BODIES = st.lists(
    st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=12)
    | st.sampled_from(["", "### U-Net", "- pdf: x", "```", "| a |", "    code"]),
    max_size=5,
).map("\n".join)


@given(st.lists(OUTSIDE, min_size=3, max_size=3), st.booleans(), LINE_ENDS, BODIES, BODIES)
def test_everything_outside_stays_and_a_second_time_changes_nothing(
    outside: Sequence[str], bom: bool, line_end: str, first: str, second: str
) -> None:
    toc = "<!-- papertrack:begin toc -->", "<!-- papertrack:end toc -->"
    start = "\ufeff" * bom + outside[0]
    one = f"{BEGIN}{line_end}{first}{line_end}{END}{line_end}{outside[1]}"
    two = f"{toc[0]}{line_end}{toc[1]}"
    text = start + one + two + (line_end + outside[2] if outside[2] else "")
    try:
        regions = parse(text, README)
        assume(len(regions) == 2)
        new = replace(text, regions, [second, first])
    except RegionError:
        assume(False)
    again = parse(new, README)
    assert [(r.name, r.options, r.query) for r in again] == [("papers", {}, ""), ("toc", {}, "")]
    assert replace(new, again, [second, first]) == new
    assert new.startswith(start + BEGIN + line_end)
    assert f"{END}{line_end}{outside[1]}{toc[0]}{line_end}" in new
    assert new.endswith(text[text.rindex(toc[1]) :])
    assert body(new, again[0]).replace(line_end, "\n").strip("\n") == second.strip("\n")
