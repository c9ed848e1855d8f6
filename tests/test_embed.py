"""The entries of an adopted list, replaced by regions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.readme.adopt import read
from papertrack.readme.embed import embed
from papertrack.readme.lines import split
from papertrack.readme.placing import place

PATH = Path("README.md")


def embedded(text: str) -> str:
    return embed(text, place(read(text), text, PATH), PATH)


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
    after = split(embed(text, reading, PATH))
    rest = iter(after)
    assert all(line in rest for line in kept)
    if newline in text:
        assert all(line.endswith(newline) for line in after[:-1])


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_markers_end_as_the_lines_of_the_file_do(newline: str) -> None:
    new = embedded(LIST.replace("\n", newline))
    assert {line[len(line.rstrip("\r\n")) :] for line in split(new)} == {newline}
