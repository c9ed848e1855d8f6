"""The three styles, read back with a Markdown parser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from papertrack.model import UNCHECKED, CodeLink, Link, Paper, Venue
from papertrack.readme import entries, escape
from papertrack.text import clean_line
from tests.builders import HOSTILE, attention_unet, papers, unet, voxelmorph

PARSER = MarkdownIt("gfm-like", {"linkify": False})


def shape(markdown: str) -> list[str]:
    """List the blocks that Markdown sees, without those that only stand around others."""
    return [token.type for token in PARSER.parse(markdown) if token.nesting == 1]


def texts(markdown: str) -> list[str]:
    """Read the plain text of each block."""
    inline = [token for token in PARSER.parse(markdown) if token.type == "inline"]
    return [clean_line("".join(_text(token.children or []))) for token in inline]


def _text(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        yield "\n" if token.type in ("softbreak", "hardbreak") else token.content


def targets(markdown: str) -> list[str]:
    children = [c for token in PARSER.parse(markdown) for c in token.children or []]
    return [str(token.attrs["href"]) for token in children if token.type == "link_open"]


def test_an_entry_is_a_heading_the_facts_and_the_links() -> None:
    paper = voxelmorph(links=(Link(url="https://example.org/x", label="project"),))
    assert entries.entry([paper], 3) == (
        "### VoxelMorph\n\n"
        "**VoxelMorph: A Learning Framework for Deformable Medical Image Registration**\\\n"
        "Guha Balakrishnan, Amy Zhao, Mert R. Sabuncu\\\n"
        "_IEEE TMI 2019_\n\n"
        "- pdf: [https://arxiv.org/abs/1809.05231](https://arxiv.org/abs/1809.05231)\n"
        "- code: [official : https://github.com/voxelmorph/voxelmorph]"
        "(https://github.com/voxelmorph/voxelmorph)\n"
        "- project: [https://example.org/x](https://example.org/x)"
    )


def test_the_page_of_a_paper_that_is_not_on_arxiv_is_no_pdf() -> None:
    written = entries.entry([unet(ids={"doi": "10.1000/x"})], 3)
    assert "- paper: [https://doi.org/10.1000/x](https://doi.org/10.1000/x)" in written


def test_an_entry_says_only_what_is_known() -> None:
    assert entries.entry([Paper(title="A title")], 3) == "### A title\n\n**A title**"


def test_the_venue_carries_its_remark_and_the_link_of_it() -> None:
    venue = Venue(name="arXiv", year=2017, url="https://x.example/a", note="rejected by ICLR 2017")
    paper = unet(venue=venue, withdrawn=True)
    expected = "arXiv 2017 ([rejected by ICLR 2017](https://x.example/a)) (withdrawn)"
    assert entries.venue(paper) == expected
    for style in entries.STYLES.values():
        assert expected in style([paper], 3)


@pytest.mark.parametrize(
    ("code", "label"),
    [
        (CodeLink(url="u"), ""),
        (CodeLink(url="u", label="official"), "official"),
        (CodeLink(url="u", framework="caffe"), "caffe"),
        (CodeLink(url="u", label="unofficial", framework="keras"), "unofficial-keras"),
    ],
)
def test_a_code_link_is_called_by_its_label_and_framework(code: CodeLink, label: str) -> None:
    assert entries.code_label(code) == label


def test_a_heading_is_never_deeper_than_six_levels() -> None:
    assert entries.heading("Deep", 9) == "###### Deep"


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (
            attention_unet(),
            "- [Attention U-Net: Learning Where to Look for the Pancreas]"
            "(https://arxiv.org/abs/1804.03999) - Ozan Oktay and Jo Schlemper, arXiv 2018.",
        ),
        (
            Paper(title="T", code=(CodeLink(url="https://x.example"),)),
            "- T - [code](https://x.example).",
        ),
        (Paper(title="T", authors=("A", "B", "C")), "- T - A et al."),
        (Paper(title="T", authors=("A", "et al.")), "- T - A et al."),
        (Paper(title="T", year=2015), "- T - 2015."),
        (Paper(title="T"), "- T"),
        (Paper(title="2001"), "- 2001"),
        (Paper(title="- T", authors=("A",)), "- \\- T - A."),
        (Paper(title="1. T", venue=Venue(name="V", url="javascript:x")), "- 1\\. T - V."),
    ],
)
def test_a_bullet_is_one_line(paper: Paper, expected: str) -> None:
    assert entries.bullet([paper], 3) == expected


REMARK = "Read 1. and *then* 2: [a] < b."
ESCAPED = r"Read 1. and \*then\* 2: \[a\] < b."


def test_a_remark_stands_behind_the_facts_and_before_the_links() -> None:
    paper = voxelmorph(remark=f"- {REMARK}")
    written = entries.entry([paper], 3).split("\n\n")
    assert written[1].endswith("_IEEE TMI 2019_")
    assert written[2] == rf"\- {ESCAPED}"
    assert written[3].startswith("- pdf: ")


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (Paper(title="T", authors=("A",), remark="So good"), "- T - A. So good."),
        (Paper(title="T", authors=("A",), remark="So good. Why?"), "- T - A. So good. Why?"),
        (Paper(title="T", authors=("A",), remark='He says "no."'), '- T - A. He says "no."'),
        (Paper(title="T", remark="# 1"), "- T - # 1."),
        (Paper(title="T", year=2015, remark=REMARK), rf"- T - 2015. {ESCAPED}"),
    ],
)
def test_a_remark_is_a_sentence_of_its_own(paper: Paper, expected: str) -> None:
    assert entries.bullet([paper], 3) == expected


def test_a_table_has_a_column_of_remarks_where_a_paper_has_one() -> None:
    head, _, first, second = entries.row([unet(remark="a | b"), voxelmorph()], 3).split("\n")
    assert head.endswith("| Code                                                 | Remark |")
    assert first.endswith(r"| a \| b |")
    assert second.endswith("|        |")
    assert "Remark" not in entries.row([unet(), voxelmorph()], 3)


def test_a_row_has_name_title_venue_and_code() -> None:
    code = (CodeLink(url="https://x.example/1"), CodeLink(url="https://x.example/2", label="o|p"))
    head, rule, row = entries.row([unet(title="T", code=code)], 3).split("\n")
    assert head.split() == ["|", "Name", "|", "Paper", "|", "Published", "In", "|", "Code", "|"]
    assert set(rule) == set("|: -")
    assert row == (
        "| U-Net | [T](https://arxiv.org/abs/1505.04597) | MICCAI 2015  | "
        "[code](https://x.example/1), [o\\|p](https://x.example/2) |"
    )


@pytest.mark.parametrize("label", ["> x", "- x", "1.", "# x", "x:", "[ ]", "|", "---", "```"])
def test_the_label_of_a_link_opens_no_block(label: str) -> None:
    written = entries.entry(
        [Paper(title="T", links=(Link(url="https://x.example", label=label),))], 3
    )
    assert shape(written)[2:] == ["bullet_list_open", "list_item_open", "paragraph_open"]
    assert texts(written)[-1] == f"{label}: https://x.example"


@pytest.mark.parametrize("style", entries.STYLES)
def test_a_venue_that_nobody_has_confirmed_is_marked(style: str) -> None:
    paper = unet(sources={"venue": UNCHECKED})
    assert "MICCAI 2015 (unconfirmed)" in entries.STYLES[style]([paper], 3)
    assert "unconfirmed" not in entries.STYLES[style]([unet()], 3)


def test_a_label_makes_no_emoji_with_the_colon_behind_it() -> None:
    link = Link(url="https://x.example/", label="a:smile")
    assert "- a:&#8288;smile: [https" in entries.entry([unet(links=(link,))], 3)


def test_a_link_with_a_dangerous_address_is_left_out() -> None:
    paper = Paper(title="T", code=(CodeLink(url="javascript:alert(1)", label="official"),))
    for style in entries.STYLES.values():
        assert targets(style([paper], 3)) == []
        assert "javascript" not in style([paper], 3)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_one_item_and_one_row_and_reads_as_it_was(text: str) -> None:
    paper = Paper(title=text, name=text, venue=Venue(name=text))
    linked = unet(title=text, name=text)
    bullets = entries.bullet([paper, linked], 3)
    assert shape(bullets) == ["bullet_list_open", *["list_item_open", "paragraph_open"] * 2]
    assert texts(bullets)[0] == f"{text} - {text}".removesuffix(".") + "."
    assert texts(bullets)[1].startswith(f"{text} - Olaf")
    rows = entries.row([paper, linked], 3)
    assert shape(rows).count("tr_open") == 3
    assert texts(rows)[4:] == [text, text, text, "", text, text, "MICCAI 2015", ""]


@given(papers)
def test_whatever_a_paper_holds_its_entry_has_one_heading_its_paragraphs_and_one_list(
    paper: Paper,
) -> None:
    written = entries.entry([paper], 3)
    links = written.count("\n- ")
    items = ["bullet_list_open", *["list_item_open", "paragraph_open"] * links] if links else []
    said = ["paragraph_open"] if paper.remark else []
    assert shape(written) == ["heading_open", "paragraph_open", *said, *items]
    assert texts(written)[2:3] == [paper.remark] if paper.remark else True
    assert texts(written)[0] == paper.short_name
    assert texts(written)[1].startswith(f"{paper.title} {', '.join(paper.authors)}".strip())
    assert set(targets(written)) <= {_encoded(url) for url in paper.urls}


@given(papers)
def test_whatever_a_paper_holds_it_is_one_item_and_one_row(paper: Paper) -> None:
    assert shape(entries.bullet([paper], 3)) == [
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
    ]
    rows = entries.row([paper], 3)
    assert len(rows.split("\n")) == 3
    columns = 5 if paper.remark else 4
    assert shape(rows).count("td_open") == columns
    assert texts(rows)[columns : columns + 2] == [paper.name, paper.title]
    assert texts(rows)[2 * columns - 1] == paper.remark or not paper.remark


def _encoded(url: str) -> str:
    """Write an address as markdown-it does once it has read it."""
    return "".join(targets(f"[x]({escape.url(url)})"))
