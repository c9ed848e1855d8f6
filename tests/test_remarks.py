"""What an entry says beyond its facts, in the forms in which lists say it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertrack.model import CodeLink, Link, Paper, Venue
from papertrack.readme.adopt import Entry, read
from papertrack.readme.entries import STYLES
from papertrack.text import LONGEST_LINE

TITLE = "U-Net: Convolutional Networks for Biomedical Image Segmentation"
ARXIV = "https://arxiv.org/abs/1505.04597"
CODE = "https://github.com/milesial/Pytorch-UNet"
LINK = f"[{TITLE}]({ARXIV})"


def only(text: str) -> Entry:
    [entry] = read(f"# A list\n\n## Networks\n\n{text}\n").entries
    assert entry.title == TITLE
    return entry


BULLETS = {
    f"- {LINK} - The paper that started it all; read section 4 first.": (
        "The paper that started it all; read section 4 first."
    ),
    f"- {LINK} - 3D version. *Highly recommended.*\n  > Proposes the Dice loss.": (
        "3D version. Highly recommended. Proposes the Dice loss."
    ),
    f"- {LINK}, Ronneberger et al., MICCAI 2015. A classic. [[code]]({CODE})": "A classic.",
    f"- {LINK}, MICCAI 2015, won two challenges | [github]({CODE})": "won two challenges",
    f"- [MICCAI 2015] {LINK} (Freiburg)": "Freiburg",
    f"- {LINK} [[code]]({CODE}) :fire: ~30 images are enough, 50% fewer than before!": (
        "~30 images are enough, 50% fewer than before!"
    ),
    f"- {LINK} - Builds on [FCN](https://fcn.example), see the [code]({CODE}).": (
        "Builds on FCN, see the code."
    ),
    f"- {LINK} - One sentence that the file\n  wraps, with [U-Net] in it,\n  twice.": (
        "One sentence that the file wraps, with [U-Net] in it, twice."
    ),
    f"- {LINK}\n  - First point\n  - Second point\n  - [code]({CODE})": "First point; Second point",
    f"- {LINK}\n\n  A paragraph of its own.": "A paragraph of its own.",
    f"- {LINK}\n  - Highlight: It has **skips**.\n  - Venue: MICCAI 2015": (
        "Highlight: It has skips."
    ),
    f"- {LINK}\n  - Highlight: U-Net is short for {TITLE} (see there)": (
        f"Highlight: U-Net is short for {TITLE} (see there)"
    ),
    f"- {LINK}\n  - Code: coming soon": "Code: coming soon",
    f"- {LINK} MICCAI 2015, vol. 9351, pp. 234–241": "vol. 9351, pp. 234–241",
    f"1. {LINK} – a classic": "a classic",
    f"- **{TITLE}** (MICCAI 2015) - a classic [[code]]({CODE}) [[paper]]({ARXIV})": "a classic",
    f"- {LINK} - 95.3% | [code]({CODE}) (Caffe)": "95.3%; Caffe",
    f"- {LINK} | 1.2k stars | see also [Some other paper of the same kind](https://b.example)": (
        "1.2k stars | see also Some other paper of the same kind"
    ),
    f"- {LINK} - *(\u5206\u5272\u7684\u7ecf\u5178)*": "\u5206\u5272\u7684\u7ecf\u5178",
    f"[1] O. Ronneberger, P. Fischer, T. Brox, “{TITLE},” MICCAI, 2015. {ARXIV} A classic.": (
        "A classic."
    ),
    f"**{TITLE}**<br>\n*Olaf Ronneberger, Thomas Brox*<br>\nMICCAI 2015. [[PDF]({ARXIV})]<br>\n"
    "**Highlight:** skips": "Highlight: skips",
    f"### U-Net\n**{TITLE}**\nOlaf Ronneberger, Thomas Brox\n\nA classic.\n\n"
    f"- pdf: [{ARXIV}]({ARXIV})\n- code: [official : {CODE}]({CODE})": "A classic.",
}


@pytest.mark.parametrize(("text", "remark"), BULLETS.items(), ids=range(len(BULLETS)))
def test_what_stands_beside_the_facts_of_an_entry_is_its_remark(text: str, remark: str) -> None:
    assert only(text).remark == remark


@pytest.mark.parametrize(
    "text",
    [
        f"- {LINK}",
        f"- **U-Net** {LINK}, Olaf Ronneberger and Thomas Brox, MICCAI'15 [code]({CODE})",
        f"- [MICCAI2015] [12 Mar 2015] {LINK} [[official code]]({CODE}) [[pdf](https://x.example)]",
        f"- {LINK} (MICCAI 2015 Oral) :star: [Project page](https://u.example), [2D] and [MRI]",
        f"- {LINK} - accepted by MICCAI 2015 - Code: {CODE} / Paper: {ARXIV}",
        f"- {LINK} ![stars](https://img.shields.io/github/stars/o/unet) <!-- ours -->",
        f"- {LINK} [![Paper](https://img.shields.io/badge/Paper-MICCAI%202015-red)]({ARXIV})",
        f"- {LINK} arXiv:1505.04597v1, 18 May 2015. [unofficial-keras : {CODE}]({CODE})",
        f"1. {LINK}\n   - \U0001f4d6 Publication Date: May, 2015\n   - \U0001f4c4 [PDF]({ARXIV})",
    ],
)
def test_facts_links_and_their_labels_are_no_remark(text: str) -> None:
    assert only(text).remark == ""


HEAD = "| No. | Paper | Venue | Core Method | Task | Params | Notes |\n|-|-|-|-|-|-|-|\n"


ROWS = {
    "| 1 | {} | MICCAI 2015 | skips | 2D | 31 | A classic. |": (
        "Core Method: skips; Params: 31; Notes: A classic."
    ),
    "| 2 | {} | MICCAI 2015 | - | | N/A | none |": "",
    "| 3 | {} (first of its kind) | MICCAI 2015 | a<br>b | | ✓ | [blog](https://b.example) |": (
        "first of its kind; Core Method: a, b; Params: ✓"
    ),
}


@pytest.mark.parametrize(("row", "remark"), ROWS.items(), ids=["all", "nothing", "some"])
def test_a_column_that_is_no_fact_has_its_heading_before_its_cell(row: str, remark: str) -> None:
    assert only(HEAD + row.format(LINK)).remark == remark


def test_html_is_read_as_markdown_is() -> None:
    text = (
        "<table><tr><th>Paper</th><th>Backbone</th><th>Data</th></tr>\n<tr><td>"
        f'<a href="{ARXIV}">{TITLE}</a></td><td>plain<br>convolutions</td><td>30 images</td>'
        "</tr></table>"
    )
    assert only(text).remark == "Backbone: plain, convolutions; Data: 30 images"


# --- what papertrack prints, it reads back -------------------------------------------------------

SENTENCES = st.sampled_from(
    [
        "The paper that started it all; read section 4 first.",
        "3D version. Highly recommended, by *all* of us!",
        "Core Method: Entropy/Confidence-Driven; Notes: Canonical (2D) baseline",
        "prostate cancer with [androgen] deprivation | 50% fewer | see https://x.example/a_b",
        "Uses 64 datasets, at 3 scales and 0.5 seconds each",
        "“Quoted” words – and a dash; 100,130,900 patches",
        "vol. 9351, pp. 234–241",
        "Attention: all of it, CVPR 2018 included, in one sentence.",
    ]
)
VENUES = st.builds(
    Venue, name=st.sampled_from(["MICCAI", "medRxiv", "IEEE TMI"]), year=st.integers(1990, 2030)
)
PAPERS = st.lists(
    st.builds(
        Paper,
        title=st.sampled_from([TITLE, "Deep Learning of Things in General", "V-Net and its kin"]),
        authors=st.sampled_from([("Olaf Ronneberger",), ("J. Long", "E. Wu", "T. Darrell")]),
        venue=VENUES,
        ids=st.integers(1, 999).map(lambda n: {"doi": f"10.1000/{n}"}),
        code=st.sampled_from([(), (CodeLink(url=CODE, label="official"),)]),
        links=st.sampled_from([(), (Link(url="https://p.example", label="project"),)]),
        remark=st.just("") | SENTENCES,
    ),
    min_size=2,
    max_size=3,
    unique_by=(lambda paper: paper.title, lambda paper: paper.ids["doi"]),
)


def told(paper: Paper) -> tuple[object, ...]:
    assert paper.venue
    return paper.title, paper.venue.name, paper.venue.year, paper.remark.removesuffix(".")


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=40)
@given(papers=PAPERS)
def test_a_remark_is_read_back_from_every_style(style: str, papers: list[Paper]) -> None:
    entries = read(f"# A list\n\n## Papers\n\n{STYLES[style](papers, 3)}\n").entries
    said = [(e.title, e.venue, e.year, e.remark.removesuffix(".")) for e in entries]
    assert said == [told(paper) for paper in papers]


# --- what no region can print --------------------------------------------------------------------

FENCE = "  ```\n  @article{unet}\n  ```"


@pytest.mark.parametrize(
    "below",
    [f"\n{FENCE}", FENCE, f"\n\n{FENCE}", f"  More words.\n{FENCE}\n  and more."],
    ids=["beside", "below", "apart", "within"],
)
def test_an_entry_with_a_block_of_code_stays_as_it_stands(below: str) -> None:
    other = "- [Another paper of some kind](https://arxiv.org/abs/2001.00001)"
    text = f"# A list\n\n{other}\n- {LINK} - Good.\n{below}\n"
    reading = read(text)
    left = {number for span in reading.left for number in span}
    assert left == {n for n, line in enumerate(text.split("\n"), 1) if line.strip()} - {3}
    told = "a block of code belongs to it: its lines stay beside the region"
    assert reading.notices == [(4, told)]


def test_code_that_is_not_indented_belongs_to_no_entry() -> None:
    reading = read(f"# A list\n\n- {LINK}\n\n```\npip install unet\n```\n")
    assert reading.notices == []
    assert [*reading.left] == [range(1, 2), range(5, 8)]


def test_an_entry_that_says_more_than_a_remark_holds_stays_as_it_stands() -> None:
    text = "It has skips. " * (LONGEST_LINE // 10)
    reading = read(f"# A list\n\n- {LINK}\n\n  {text}\n")
    assert [*reading.left] == [range(1, 2), range(3, 4), range(5, 6)]
    [(line, told)] = reading.notices
    assert (line, told.partition(" ")[0]) == (3, str(len(text.strip())))


def test_a_table_of_which_a_row_stays_keeps_its_head() -> None:
    rows = [f"| [{TITLE} {n}]({ARXIV}{n}) | {'x' * (n * LONGEST_LINE)} |\n" for n in (0, 2)]
    reading = read(f"# A list\n\n| Paper | Notes |\n|-|-|\n{''.join(rows)}")
    assert [number for span in reading.left for number in span] == [1, 3, 4, 6]


def test_a_picture_is_named_and_a_badge_is_not() -> None:
    badge = "![stars](https://img.shields.io/github/stars/o/unet)"
    reading = read(f"# A list\n\n- {LINK} {badge}\n  ![the network](figures/unet.png)\n")
    assert reading.notices == [
        (3, "no region prints the picture figures/unet.png; the store has it")
    ]
    assert [*reading.left] == [range(1, 2)]
