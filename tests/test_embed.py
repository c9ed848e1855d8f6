"""The entries of an adopted list, replaced by regions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import adopting
from papertrack.library import Contents
from papertrack.model import Removed, replace
from papertrack.readme.adopt import read
from papertrack.readme.embed import Embedded, Held, embed
from papertrack.readme.lines import split
from papertrack.readme.placing import place
from papertrack.readme.render import Shelf, render

PATH = Path("README.md")


def taken(text: str, contents: Contents, tables: Mapping[int, str] | None = None) -> Embedded:
    """Take the papers of a README into a store, and put regions into it."""
    reading = place(read(text), text, PATH)
    candidates = adopting.from_reading(reading)
    keys: dict[int, list[str]] = {}
    for adopted in adopting.take(candidates, contents, date(2026, 11, 23)):
        keys.setdefault(adopted.line, []).append(adopted.key)
    return embed(text, reading, PATH, Held(contents.papers, keys, tables or {}))


def embedded(text: str) -> str:
    return taken(text, Contents()).text


def rendered(text: str) -> str:
    """Adopt a list, and render what it has become."""
    contents = Contents()
    return render(taken(text, contents).text, PATH, Shelf(contents.papers, {})).text


def item(number: int) -> str:
    return f"- [Paper number {number} of them all](https://arxiv.org/abs/2001.0000{number})\n"


def listed(text: str) -> dict[str, list[int]]:
    """Read the numbers of the papers that stand below each heading of a list."""
    below: dict[str, list[int]] = {}
    for heading, body in (part.partition("\n")[::2] for part in text.split("## ")[1:]):
        numbers = (line[16] for line in body.split("\n") if line.startswith("- [Paper number "))
        below.setdefault(heading, []).extend(map(int, numbers))
    return below


def list_of(**sections: Iterable[int]) -> str:
    return "# A list\n\n" + "".join(
        f"## {name}\n\n{''.join(map(item, numbers))}\n" for name, numbers in sections.items()
    )


LIST = """\
# A list

Some words about it.

## Segmentation

- [U-Net: Convolutional Networks](https://arxiv.org/abs/1505.04597), MICCAI 2015
- [A second paper of some kind](https://arxiv.org/abs/1809.05231)

## Registration

| Paper | Venue |
| --- | --- |
| [A third paper of some kind](https://arxiv.org/abs/1804.03999) | CVPR 2018 |

Bye.
"""


def test_a_region_stands_where_the_first_entry_of_a_section_stood() -> None:
    assert embedded(LIST).split("\n") == [
        *["# A list", "", "Some words about it.", "", "## Segmentation", "", ""],
        '<!-- papertrack:begin papers in:"Segmentation" style=bullet -->',
        *["", "<!-- papertrack:end papers -->", "", "", "## Registration", "", ""],
        '<!-- papertrack:begin papers in:"Registration" style=row -->',
        *["", "<!-- papertrack:end papers -->", "", "", "Bye.", ""],
    ]


@pytest.mark.parametrize("number", ["1.", "12)", "[1]"])
def test_papers_under_numbers_become_bullets(number: str) -> None:
    item = f"{number} [U-Net: Convolutional Networks](https://arxiv.org/abs/1505.04597), 2015\n"
    assert " style=bullet -->" in embedded(f"# A list\n\n## Segmentation\n\n{item}")


@pytest.mark.parametrize(
    "text",
    [
        "### U-Net\n**U-Net: Convolutional Networks**\nOlaf Ronneberger, Thomas Brox\n- pdf: {}",
        "[2 U-Nets: Convolutional Networks]({}), MICCAI 2015",
    ],
    ids=["heading", "paragraph"],
)
def test_papers_under_headings_and_in_paragraphs_become_entries(text: str) -> None:
    item = text.format("https://arxiv.org/abs/1505.04597")
    assert " style=entry -->" in embedded(f"# A list\n\n## Segmentation\n\n{item}\n")


def test_what_stands_in_a_region_already_stays_there() -> None:
    once = embedded(LIST)
    entry = "- [A paper by hand in a region](https://arxiv.org/abs/2001.00001)\n"
    edited = once.replace("style=bullet -->\n", f"style=bullet -->\n\n{entry}")
    assert embedded(edited) == edited


def test_a_text_without_entries_stays_as_it_is() -> None:
    text = "# A list\n\nNothing yet.\r\nA line without end"
    assert embedded(text) == text


ENTRIES = """\
- [U-Net: Convolutional Networks](https://arxiv.org/abs/1505.04597), MICCAI 2015
- [Learning Things](https://arxiv.org/abs/1809.05231) [[code]](https://x.example)
| [A third paper](https://arxiv.org/abs/1804.03999) | [code](https://c.example) |
1. Wu et al. A fourth paper of some kind. 2019.
"""
OTHERS = """\
Some prose about papers.
## Segmentation
### Brain
## 分割
* * *
  continued in a line of its own
- [ ] to do
- about [us](https://us.example)
| Paper | Code |
| --- | --- |
| a | b |
<br>
[link]: https://l.example
```
<details>
</details>
<!-- a comment -->
"""
_lines = st.sampled_from(["", *ENTRIES.splitlines(), *OTHERS.splitlines()])


@given(st.lists(_lines, max_size=25), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_every_line_that_no_entry_accounts_for_is_still_there(
    lines: list[str], newline: str, ended: bool
) -> None:
    text = newline.join(lines) + (newline if ended else "")
    reading = place(read(text), text, PATH)
    before = split(text)
    spans = [entry.lines for entry in reading.entries]
    spans += [table.lines for table in reading.tables if table.kind == "papers"]
    left = {number for span in reading.left for number in span}
    taken = {number for span in spans for number in span} - left
    kept = [line for number, line in enumerate(before, 1) if number not in taken]
    after = split(embedded(text))
    rest = iter(after)
    assert all(line in rest for line in kept)
    if newline in text:
        assert all(line.endswith(newline) for line in after[:-1])


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_markers_end_as_the_lines_of_the_file_do(newline: str) -> None:
    new = embedded(LIST.replace("\n", newline))
    assert {line[len(line.rstrip("\r\n")) :] for line in split(new)} == {newline}


@pytest.mark.parametrize(
    "heading",
    [
        *('The "Big" ones', 'Say "hi"', 'Screens of 5" size', "The “Big” ones", "The ”Big„ ones"),
        *("Image --> Text", "A -----> B", "C++", "Detection / Tracking", "a=b OR (c", "分割"),
        *("🔥 2024", "-code:no", "x --!> y", "<!-- papertrack:end papers", "C:\\path"),
    ],
)
def test_a_region_lists_its_section_whatever_the_heading_holds(heading: str) -> None:
    sections = {"Other": [1], heading: [2, 3], "C": [4]}
    assert listed(rendered(list_of(**sections))) == sections


@pytest.mark.parametrize("heading", ["🔥", "++", '"', "—"])
def test_the_papers_of_a_heading_that_no_query_can_name_stay_and_that_is_told(heading: str) -> None:
    text = list_of(**{"Other": [1], heading: [2, 3]})
    made = taken(text, Contents())
    assert made.text.endswith(f"\n## {heading}\n\n{item(2)}{item(3)}\n")
    [(line, told)] = made.notes
    assert (line, split(text)[line - 1]) == (9, item(2))
    assert repr(heading) in told


def test_two_spellings_of_a_section_have_one_region_and_that_is_told() -> None:
    text = list_of(**{"Image Segmentation": [1], "Other": [2], "image-segmentation": [3, 4]})
    made = taken(text, Contents())
    assert listed(rendered(text)) == {
        "Image Segmentation": [1, 3, 4],
        "Other": [2],
        "image-segmentation": [],
    }
    told = "'image-segmentation' is 'Image Segmentation' to a query; its papers stand there"
    assert made.notes == [(13, told)]


def test_a_paper_of_two_sections_is_listed_in_both() -> None:
    sections = {"Must read": [1, 2], "Vision": [2], "NLP": [1, 3], "Speech": [4]}
    text = list_of(**sections)
    made = taken(text, Contents()).text
    queries = [line.split(" style=")[0] for line in split(made) if "begin papers" in line]
    assert queries == [
        '<!-- papertrack:begin papers in:"Must read"',
        '<!-- papertrack:begin papers in:"Vision" OR tag:vision',
        '<!-- papertrack:begin papers in:"NLP" OR tag:nlp',
        '<!-- papertrack:begin papers in:"Speech"',
    ]
    assert listed(rendered(text)) == sections
    assert rendered(text).count("### ") == 0


def test_sections_of_one_name_in_two_places_do_not_share_their_papers() -> None:
    text = (
        f"# A list\n\n## Must read\n\n{item(1)}{item(2)}\n"
        f"## Brain\n\n## 2D\n\n{item(9)}\n### Others\n\n{item(1)}{item(3)}\n"
        f"## Heart\n\n### Others\n\n{item(2)}{item(4)}\n"
    )
    below = rendered(text).split("### Others\n")[1:]
    assert [[n for n in range(1, 10) if f"number {n} " in part] for part in below] == [
        [1, 3],
        [2, 4],
    ]


def test_an_entry_that_its_region_would_not_list_stays_and_that_is_told() -> None:
    text = list_of(Brain=[1, 2], Heart=[1, 3])
    contents = Contents()
    taken(list_of(Brain=[1]), contents)
    [(key, paper)] = contents.papers.items()
    contents.papers[key] = replace(paper, pinned=("tags",))
    made = taken(text, contents)
    new = render(made.text, PATH, Shelf(contents.papers, {})).text
    assert listed(new) == {"Brain": [1, 2], "Heart": [1, 3]}
    assert made.text.count(item(1)) == 1
    told = "no region of its section lists Paper number 1 of them all; its entry stays as it is"
    assert made.notes == [(10, told)]


def test_a_paper_that_only_has_the_tag_of_a_section_is_told() -> None:
    text = list_of(Brain=[1, 2], Heart=[1, 3])
    contents = Contents()
    taken(list_of(Lung=[4], Liver=[5]), contents)
    four, _ = contents.papers
    contents.papers[four] = replace(contents.papers[four], tags=("Heart",))
    made = taken(text, contents)
    told = "the region here lists Paper number 4 of them all too, for its tag:heart"
    assert made.notes == [(10, told)]


def test_an_entry_that_stays_keeps_the_lines_that_it_shares_with_one_that_goes() -> None:
    inner = f"  {item(1)}"
    text = f"# A list\n\n## Brain\n\n{item(2)}{inner}\n## Heart\n\n{item(3)}"
    contents = Contents()
    taken(list_of(Heart=[1], Lung=[4]), contents)
    one, _ = contents.papers
    contents.papers[one] = replace(contents.papers[one], pinned=("tags",))
    assert inner in split(taken(text, contents).text)


def test_a_paper_that_was_taken_out_by_hand_goes_from_the_readme_too() -> None:
    text = list_of(Brain=[1, 2])
    contents = Contents()
    taken(list_of(Brain=[1]), contents)
    [key] = contents.papers
    contents.removed[key] = Removed(paper=contents.papers.pop(key), removed="2026-11-23")
    assert "number 1" not in taken(text, contents).text


@pytest.mark.parametrize("query", ['in:"Brain"', "section:brain", "in:brain sort=title"])
def test_an_entry_above_the_region_of_its_section_goes_into_it(query: str) -> None:
    region = f"<!-- papertrack:begin papers {query} -->\n\n<!-- papertrack:end papers -->\n"
    text = f"# A list\n\n## Brain\n\n{item(1)}\n{region}\n## Heart\n\n{item(2)}"
    made = taken(text, Contents())
    assert made.notes == []
    assert made.text.startswith(f"# A list\n\n## Brain\n\n\n{region}\n## Heart\n")
    assert taken(made.text, Contents()).text == made.text


@pytest.mark.parametrize("query", ["", " -has:section"])
def test_an_entry_above_a_region_of_all_papers_goes_into_it_under_its_own_heading(
    query: str,
) -> None:
    region = f"<!-- papertrack:begin papers{query} -->\n\n<!-- papertrack:end papers -->\n"
    text = f"{item(1)}\n# Papers\n\n{region}"
    assert taken(text, Contents()).text.count("papertrack:begin papers") == 2
    text = f"# Papers\n\n{item(1)}\n{region}"
    assert taken(text, Contents()).text == f"# Papers\n\n\n{region}"
    entry = (
        "### VoxelMorph\n\n**VoxelMorph: A Learning Framework for Registration**\\\n"
        "Guha Balakrishnan, Amy Zhao\n\n- pdf: https://arxiv.org/abs/1809.05231\n"
    )
    others = f"\n## Others\n\n{item(2)}"
    made = taken(f"# A list\n\n## Papers\n\n{entry}\n{region}{others}", Contents()).text
    assert made.startswith(f"# A list\n\n## Papers\n\n\n{region}\n## Others\n")
    assert made.count("papertrack:begin papers") == 2


def test_a_region_that_lists_only_some_of_its_section_takes_only_these() -> None:
    region = "<!-- papertrack:begin papers in:Brain year:..2019 -->\n<!-- papertrack:end papers -->"
    old, new = item(1).replace("\n", ", CVPR 2018\n"), item(2).replace("\n", ", CVPR 2022\n")
    made = taken(
        f"# A list\n\n## Brain\n\n{old}{new}\n{region}\n\n## Heart\n\n{item(3)}", Contents()
    )
    assert made.text.startswith(f"# A list\n\n## Brain\n\n{new}\n{region}\n")
    assert [line for line, _ in made.notes] == [6]


ROWS = """\
| Method | Dice | Paper |
| --- | --- | --- |
| A | 70.5 | [paper](https://arxiv.org/abs/2001.00001) |
| B | 71.5 | [paper](https://arxiv.org/abs/2001.00002) |
"""
BOARD = f"# A list\n\n## Board\n\n{ROWS}\n## Papers\n\n{item(1)}"
REGION = (
    "<!-- papertrack:begin table board columns=dice,code -->\n\n<!-- papertrack:end table board -->"
)


def test_a_result_table_becomes_a_region_of_its_own_where_it_is_held_as_a_whole() -> None:
    made = taken(BOARD, Contents(), {5: "board columns=dice,code"})
    assert made.text.startswith(f"# A list\n\n## Board\n\n\n{REGION}\n\n\n## Papers\n\n\n<!-- ")
    assert made.text.count("papertrack:begin") == 2
    assert made.notes == []


def test_a_result_table_that_is_not_held_as_a_whole_stays_as_it_is() -> None:
    made = taken(BOARD, Contents())
    assert ROWS in made.text
    assert [line for line in split(made.text) if "papertrack:begin" in line] == [
        '<!-- papertrack:begin papers in:"Papers" style=bullet -->\n'
    ]
    told = "this table is not in the store as a whole, so it stays as it is"
    assert made.notes == [(5, told)]


def test_a_result_table_in_html_stays_as_it_is() -> None:
    text = (
        "# A list\n\n<table>\n<tr><th>Model</th><th>Dice</th></tr>\n"
        "<tr><td>A</td><td>70.5</td></tr>\n</table> and words\n"
    )
    made = taken(text, Contents(), {3: "board"})
    told = "this table is no plain one of Markdown, so it stays as it is"
    assert (made.text, made.notes) == (text, [(3, told)])


def test_the_copy_of_a_result_table_has_the_same_region() -> None:
    text = f"# A list\n\n{ROWS}\nWords.\n\n{ROWS}"
    made = taken(text, Contents(), {3: "board", 10: "board"})
    assert made.text.count("papertrack:begin") == 1
    assert "70.5" not in made.text
    assert made.notes == [(10, "the rows of this table stand in the region of line 3")]
    text = f"# A list\n\n{ROWS}\n{REGION}\n"
    made = taken(text, Contents(), {3: "board"})
    assert made.text == f"# A list\n\n\n{REGION}\n"
    assert made.notes == [(3, "the rows of this table stand in the region of line 8")]


def test_a_region_in_a_table_of_papers_stands_above_what_is_left_of_it() -> None:
    head = "| Paper | Venue |\n| --- | --- |\n"
    rows = [f"|{item(n)[1:-1]} | CVPR 2018 |\n" for n in (1, 2)]
    contents = Contents()
    taken(list_of(Brain=[1]), contents)
    [(key, paper)] = contents.papers.items()
    contents.papers[key] = replace(paper, pinned=("tags",))
    made = taken(f"# A list\n\n## Heart\n\n{head}{''.join(rows)}\n", contents)
    assert made.text.endswith(f"<!-- papertrack:end papers -->\n\n{head}{rows[0]}\n")
