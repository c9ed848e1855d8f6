"""The forms in which lists are written, one small list each."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.readme.adopt import Entry, Reading, read
from papertrack.repositories import identity

UNET = "U-Net: Convolutional Networks for Biomedical Image Segmentation"
VGG = "Very Deep Convolutional Networks for Large-Scale Image Recognition"
ARXIV = "https://arxiv.org/abs/1505.04597"
CODE = "https://github.com/milesial/Pytorch-UNet"
NAMES = ("Olaf Ronneberger", "Philipp Fischer", "Thomas Brox")


def only(text: str) -> Entry:
    """Return the single entry of a list."""
    entries = read(text).entries
    assert len(entries) == 1, [entry.title for entry in entries]
    return entries[0]


def shown(entry: Entry) -> dict[str, Any]:
    """Collect what an entry says, the empty left out."""
    facts = {
        "title": entry.title,
        "name": entry.name,
        "authors": entry.authors,
        "venue": entry.venue,
        "year": entry.year,
        "arxiv": entry.ids.get("arxiv"),
        "code": [link.url for link in entry.code],
        "tags": entry.tags,
    }
    return {name: value for name, value in facts.items() if value}


WHOLE = {"title": UNET, "venue": "MICCAI", "year": 2015, "arxiv": "1505.04597", "code": [CODE]}

FORMS = {
    "venue-in-front": f"- [MICCAI 2015] {UNET} [[pdf]]({ARXIV}) [[code]]({CODE})",
    "bold-venue-in-front": f"* [**MICCAI 2015**] {UNET}. [[Paper]]({ARXIV}), [[Code]]({CODE})",
    "venue-as-label": f"- {UNET} [[MICCAI2015]]({ARXIV}) [[Pytorch]]({CODE})",
    "short-year": f"- {UNET} | **[MICCAI' 15]** | [`[pdf]`]({ARXIV}) [`[code]`]({CODE})",
    "year-in-front": f"* 2015-MICCAI - {UNET}. [[Paper]]({ARXIV}) [[Code]]({CODE})",
    "quoted": f'- "{UNET}", MICCAI, 2015. [[paper]({ARXIV})] [[code]({CODE})]',
    "title-as-link": f"- [{UNET}]({ARXIV}), MICCAI 2015 | [github]({CODE})",
    "bold-title-as-link": f"- **[{UNET}]({ARXIV})** (MICCAI 2015) [code]({CODE})",
    "wrapped": f"- U-Net: Convolutional Networks for Biomedical\n  Image Segmentation "
    f"[[MICCAI2015]]({ARXIV}) [[code]]({CODE})",
    "bracketed-title": f"- [{UNET}] [[arXiv]]({ARXIV}) [[code]]({CODE}) [[MICCAI 2015]](x.pdf)",
    "badges": f"- **{UNET}**. [![Paper](https://img.shields.io/badge/Paper-MICCAI%202015-red.svg)]"
    f"({ARXIV}) [![Code](https://img.shields.io/badge/Code-GitHub-green.svg)]({CODE})",
    "stars": f"- [{UNET}]({ARXIV}) MICCAI 2015 "
    "![s](https://img.shields.io/github/stars/milesial/Pytorch-UNet?style=social)",
    "bare-addresses": f"**{UNET}**\n\n- Venue: MICCAI 2015\n- Paper: {ARXIV}\n- Code: {CODE}",
    "lines": f"**{UNET}** \\\n[MICCAI, 2015] \\\n[[Paper]({ARXIV})] [[Github]({CODE})]",
    "html-lines": f"**{UNET}.**<br>\nMICCAI 2015. [[PDF]({ARXIV})] [[Code]({CODE})]",
    "nested": f"- **{UNET}**\n  - :newspaper: [MICCAI 2015]\n  - :link: [[Paper]({ARXIV})]"
    f"[[GitHub]({CODE})]",
    "labels": f"1. 📜 **{UNET}**\n   - 📖 Conference: MICCAI, 2015\n   - 📄 [PDF]({ARXIV})\n"
    f"   - 💻 [GitHub]({CODE})",
    "table": "| Title | Venue | Code |\n|-|-|-|\n"
    f"| [{UNET}]({ARXIV}) | MICCAI 2015 | [✔]({CODE}) |",
    "table-with-year": f"|Year|Venue|Paper|Link|Code|\n|-|-|-|-|-|\n"
    f"|2015|MICCAI|{UNET}|[arXiv]({ARXIV})|[PyTorch]({CODE})|",
    "table-with-unknown-heads": f"|Organ|T.|J/C|L|\n|-|-|-|-|\n"
    f"|brain|{UNET} [[pdf]]({ARXIV})|MICCAI 2015|[code]({CODE})|",
    "html-table": f"<table><tr><th>Paper</th><th>Venue</th><th>Code</th></tr>\n<tr><td>"
    f'<a href="{ARXIV}">{UNET}</a></td><td>MICCAI 2015</td><td><a href="{CODE}">GitHub</a></td>'
    "</tr></table>",
    "html-table-without-head": f'<table><tr><td><a href="{ARXIV}">{UNET}</a></td>'
    f'<td>MICCAI 2015</td><td><a href="{CODE}">code</a></td></tr></table>',
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_each_form_gives_the_same_facts(text: str) -> None:
    assert shown(only(f"# List\n\n## Papers\n\n{text}\n")) == WHOLE


CITATIONS = {
    "numbered": f"[1] O. Ronneberger, P. Fischer, and T. Brox, “{UNET},” "
    "*IEEE Trans. Med. Imaging*, vol. 32, no. 7, pp. 1153-1190, 2015.",
    "apa": f"- Ronneberger, O., Fischer, P., & Brox, T. (2015). {UNET}. IEEE Trans. Med. Imaging. "
    f"[[pdf]]({ARXIV})",
    "unmarked": f"- O. Ronneberger, P. Fischer, T. Brox, {UNET}, IEEE Trans. Med. Imaging, 2015. "
    f"[[Paper]]({ARXIV})",
    "quoted": f'* O. Ronneberger, P. Fischer, T. Brox, "{UNET}", IEEE Trans. Med. Imaging 2015. '
    f"[[Paper]({ARXIV})]",
}


@pytest.mark.parametrize("text", CITATIONS.values(), ids=CITATIONS.keys())
def test_citations_are_taken_apart(text: str) -> None:
    entry = only(f"# List\n\n## Papers\n\n{text}\n")
    assert (entry.title, entry.venue, entry.year) == (UNET, "IEEE Trans. Med. Imaging", 2015)
    assert entry.authors == ("O. Ronneberger", "P. Fischer", "T. Brox")


@pytest.mark.parametrize(
    ("printed", "venue", "year", "tags"),
    [
        ("CVPR2021", "CVPR", 2021, ()),
        ("CVPR'21", "CVPR", 2021, ()),
        ("CVPR 2021 Oral", "CVPR", 2021, ("oral",)),
        ("ICLR Workshop2016", "ICLR Workshop", 2016, ()),
        ("Nature Medicine, 2024", "Nature Medicine", 2024, ()),
        ("Arxiv, 2023.2/5", "Arxiv", 2023, ()),
        ("arXiv 16 Apr 2019", "arXiv", 2019, ()),
        ("AAAI 2023, arXiv 2024", "AAAI", 2023, ()),
        ("17 Nov 2022", "", 2022, ()),
        ("2025-08", "", 2025, ()),
        ("NeurIPS", "NeurIPS", None, ()),
        ("Int J Oral Sci, 2023", "Int J Oral Sci", 2023, ()),
    ],
)
def test_venue_year_and_remark_are_parted(
    printed: str, venue: str, year: int | None, tags: tuple[str, ...]
) -> None:
    entry = only(f"- [{printed}] {UNET} [[pdf]]({ARXIV})")
    assert (entry.venue, entry.year, entry.tags) == (venue, year, tags)


@pytest.mark.parametrize(
    "heading",
    [
        "## MICCAI 2015",
        "## MICCAI\n\n### 2015",
        "## 2015\n\n**MICCAI**",
        "## MICCAI 2015\n\n### Brain",
    ],
)
def test_venue_and_year_may_stand_in_the_headings_alone(heading: str) -> None:
    entry = only(f"# List\n\n{heading}\n\n- {UNET} [[pdf]]({ARXIV})")
    assert (entry.venue, entry.year) == ("MICCAI", 2015)


@pytest.mark.parametrize("heading", ["2023/05/01", "2023", "May 2023"])
def test_the_date_of_a_heading_is_no_year_of_a_paper_whose_id_has_one(heading: str) -> None:
    entry = only(f"# List\n\n## {heading}\n\n- {UNET} [[pdf]]({ARXIV})")
    other = only(f"# List\n\n## {heading}\n\n- {UNET} [[pdf]](https://x.example/a.pdf)")
    assert (entry.year, other.year) == (None, 2023)


@pytest.mark.parametrize(
    "heading", ["## MRI", "## Journal", "## Radiology & Reports", "## A Survey"]
)
def test_other_headings_are_no_venues(heading: str) -> None:
    assert only(f"# List\n\n{heading}\n\n- {UNET} [[pdf]]({ARXIV})").venue == ""


@pytest.mark.parametrize(
    ("line", "name", "title"),
    [
        (f"**U-Net**: {VGG}", "U-Net", f"U-Net: {VGG}"),
        (f"**[U-Net]** {VGG}", "U-Net", VGG),
        (f"U-Net: [{VGG}](https://arxiv.org/abs/1409.1556)", "U-Net", VGG),
        (f"**Boundary loss** for {VGG}", "", f"Boundary loss for {VGG}"),
        ('"Do Anything Now": Characterizing Jailbreak Prompts', "", ""),
        (f"{VGG} (VGG).", "", f"{VGG} (VGG)"),
        (f"3D {VGG}", "", f"3D {VGG}"),
    ],
)
def test_a_short_name_is_told_from_the_title(line: str, name: str, title: str) -> None:
    entry = only(f"- {line} [[paper]]({ARXIV})")
    assert (entry.name, entry.title) == (name, title or line)


CLIP = "Learning Transferable Visual Models From Natural Language Supervision"


@pytest.mark.parametrize(
    "line",
    [
        f"**CLIP** - {CLIP} [[paper]]({ARXIV})",
        f"**CLIP** – {CLIP}. ICML 2021. [[paper]]({ARXIV})",
        f"**[CLIP]({ARXIV})** - {CLIP}",
        f"[CLIP]({ARXIV}) | {CLIP}, ICML 2021",
        f"**CLIP**, {CLIP} [[paper]]({ARXIV})",
        f"**CLIP** | {CLIP} | [[paper]]({ARXIV})",
        f"(**CLIP**) {CLIP} [[paper]]({ARXIV})",
        f"**(CLIP)** {CLIP} [[paper]]({ARXIV})",
        f"[CLIP]({CODE}) - [{CLIP}]({ARXIV})",
    ],
)
def test_a_title_may_stand_behind_a_short_name(line: str) -> None:
    entry = only(f"- {line}")
    assert (entry.name, entry.title, entry.ids) == ("CLIP", CLIP, {"arxiv": "1505.04597"})


def test_behind_a_colon_a_linked_name_begins_the_title_unless_the_title_repeats_it() -> None:
    first = only(f"- [U-Net]({ARXIV}): {UNET.partition(': ')[2]}")
    again = only(f"- [Swin]({ARXIV}): Swin Transformer: Hierarchical Vision Transformer")
    assert (first.name, first.title) == ("U-Net", UNET)
    assert again.title == "Swin Transformer: Hierarchical Vision Transformer"


@pytest.mark.parametrize(
    "behind",
    [
        "Olaf Ronneberger, Philipp Fischer, Thomas Brox, MICCAI 2015",
        "O. Ronneberger et al., MICCAI 2015, a Network for Biomedical Images",
        "IEEE Transactions on Medical Imaging, 2015",
        "MICCAI 2015, Code of the Authors Included",
        "ViT for nuclei instance segmentation",
        "a Network for Biomedical Images",
    ],
)
def test_what_follows_a_name_and_is_authors_venue_or_prose_is_no_title(behind: str) -> None:
    for line in (f"**U-Net**, {behind} [[paper]]({ARXIV})", f"[U-Net]({ARXIV}) - {behind}"):
        assert only(f"- {line}").title == "U-Net"


@pytest.mark.parametrize(
    "ahead",
    [
        "Our survey paper on arXiv:",
        "The paper that started it all:",
        "For a good introduction see",
        "2019/06, Facebook AI Research,",
    ],
)
def test_words_that_lead_up_to_a_linked_title_are_none(ahead: str) -> None:
    assert shown(only(f"- {ahead} [{VGG}](https://arxiv.org/abs/1409.1556)")) == {
        "title": VGG,
        "arxiv": "1409.1556",
    }


@pytest.mark.parametrize(
    "link",
    [
        "[Link to the arXiv version](https://arxiv.org/abs/1505.04597v2)",
        "[Results on the full test set](https://example.org/results)",
        "[Olaf Ronneberger, Philipp Fischer, Thomas Brox](https://arxiv.org/a/ronneberger_o_1)",
    ],
)
def test_a_link_behind_a_plain_title_is_not_the_title(link: str) -> None:
    assert only(f"- {UNET} {link} [[paper]]({ARXIV})").title == UNET


def test_a_model_without_a_title_is_an_entry_with_a_name() -> None:
    entry = only(f"|Model|Paper|Code|\n|-|-|-|\n|U-Net|[paper]({ARXIV})|[code]({CODE})|")
    assert shown(entry) == {"name": "U-Net", "arxiv": "1505.04597", "code": [CODE]}


@pytest.mark.parametrize(
    ("printed", "label", "framework"),
    [
        ("code", "", ""),
        ("✔", "", ""),
        ("Pytorch", "", "pytorch"),
        ("official code - caffe", "official", "caffe"),
        (f"unofficial-tensorflow : {CODE}", "unofficial", "tensorflow"),
        ("torchvision", "torchvision", ""),
    ],
)
def test_code_labels_say_whose_code_it_is_and_what_it_needs(
    printed: str, label: str, framework: str
) -> None:
    [link] = only(f"- {UNET} [[pdf]]({ARXIV}) [{printed}]({CODE})").code
    assert (link.url, link.label, link.framework) == (CODE, label, framework)


def test_links_keep_their_roles_and_their_labels() -> None:
    entry = only(
        f"- {UNET} [[paper](https://doi.org/10.1007/978-3-319-24574-4_28)] [[arXiv]({ARXIV})] "
        f"[[project](https://github.com/a/b)] [[data](http://c.d)] [[code]({CODE})]"
    )
    assert entry.url == "https://doi.org/10.1007/978-3-319-24574-4_28"
    assert dict(entry.ids) == {"arxiv": "1505.04597", "doi": "10.1007/978-3-319-24574-4_28"}
    assert [(link.label, link.url) for link in entry.links] == [
        ("arXiv", ARXIV),
        ("project", "https://github.com/a/b"),
        ("data", "http://c.d"),
    ]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        (f"{VGG}. arXiv:1409.1556.", {"arxiv": "1409.1556"}),
        (f"{VGG} (arXiv:1409.1556v6)", {"arxiv": "1409.1556"}),
        (f"{VGG}. arXiv preprint arXiv:1409.1556, 2014.", {"arxiv": "1409.1556", "year": 2014}),
        (f"{VGG}. IEEE TMI 2018. doi:10.1109/TMI.2018.1", {"venue": "IEEE TMI", "year": 2018}),
        (f"{VGG}. IEEE TMI 2018. doi: https://doi.org/10.1109/TMI.2018.1", {"year": 2018}),
    ],
)
def test_an_identifier_behind_an_unmarked_title_is_none_of_it(
    line: str, facts: dict[str, Any]
) -> None:
    entry = shown(only(f"- {line}\n"))
    assert {name: entry.get(name) for name in ("title", *facts)} == {"title": VGG, **facts}


@pytest.mark.parametrize("head", ["Title", "Paper"])
def test_lines_below_the_title_of_a_cell_give_authors_and_venue(head: str) -> None:
    cell = f"[{UNET}]({ARXIV})<br>{', '.join(NAMES)}<br>MICCAI 2015"
    entry = only(f"| {head} | Code |\n|-|-|\n| {cell} | [code]({CODE}) |")
    assert shown(entry) == {**WHOLE, "authors": NAMES}


@pytest.mark.parametrize(
    "line",
    [
        f"{VGG}, Simonyan et al., ICLR 2015. [[pdf]](https://arxiv.org/abs/1409.1556)",
        f"[{VGG}](https://arxiv.org/abs/1409.1556) - Simonyan, et al. ICLR 2015",
        f"Simonyan et al. [{VGG}](https://arxiv.org/abs/1409.1556). ICLR 2015",
        f'Simonyan and others, "{VGG}", ICLR 2015. [[pdf]](https://arxiv.org/abs/1409.1556)',
        f"Simonyan et al., “{VGG},” ICLR 2015",
    ],
)
def test_a_list_of_authors_that_is_not_complete_says_so(line: str) -> None:
    entry = only(f"- {line}")
    assert (entry.title, entry.venue, entry.year) == (VGG, "ICLR", 2015)
    assert entry.authors == ("Simonyan", "et al.")


def test_labels_of_links_are_no_authors() -> None:
    links = f"[Docker](https://hub.docker.com/r/a/b) [GitHub]({CODE}) [PDF]({ARXIV})"
    entry = only(f"| Title | Paper |\n|-|-|\n| {UNET} | {links} |")
    assert shown(entry) == {"title": UNET, "arxiv": "1505.04597", "code": [CODE]}


def test_authors_with_homepages_are_authors() -> None:
    entry = only(
        f"**{UNET}**<br>\n*[Olaf Ronneberger](http://o.r/), Philipp Fischer, Thomas Brox*<br>\n"
        f"MICCAI 2015. [[PDF]({ARXIV})]"
    )
    assert entry.authors == NAMES
    assert [link.url for link in entry.links] == ["http://o.r/"]


def test_the_form_of_the_seed_has_one_heading_a_paper() -> None:
    reading = read(
        f"# List\n\n## Papers\n\n### U-Net\n**{UNET}**\n{', '.join(NAMES)}\n"
        f"- pdf: [{ARXIV}]({ARXIV})\n"
        f"- code: [official : {CODE}]({CODE})\n\n## VGG\n**{VGG}.**\nKaren Simonyan\n"
        "- pdf: [x](https://arxiv.org/abs/1409.1556)\n"
    )
    first, second = reading.entries
    assert shown(first) == {
        "title": UNET,
        "name": "U-Net",
        "authors": NAMES,
        "arxiv": "1505.04597",
        "code": [CODE],
    }
    assert (second.name, second.title, second.section) == ("VGG", VGG, ("List", "Papers"))
    assert list(reading.left) == [range(1, 2), range(3, 4)]


def test_two_rows_merged_into_one_are_two_papers() -> None:
    row = "| [{}]({}) | CVPR | RL | [code]({}) "
    text = "| Title | Venue | Type | Code |\n|-|-|-|-|\n" + row.format(UNET, ARXIV, CODE)
    merged = (
        text + row.format(VGG, "https://arxiv.org/abs/1409.1556", "https://github.com/a/b") + "|"
    )
    assert [(e.title, e.code[0].url) for e in read(merged).entries] == [
        (UNET, CODE),
        (VGG, "https://github.com/a/b"),
    ]


def test_a_code_link_in_a_cell_too_many_is_not_lost() -> None:
    text = f"| Title | Venue |\n|-|-|\n| [{UNET}]({ARXIV}) | MICCAI 2015 | [github]({CODE}) |"
    assert [link.url for link in only(text).code] == [CODE]


def test_one_paper_in_two_sections_is_two_entries() -> None:
    item = f"- {UNET} [[pdf]]({ARXIV})\n"
    entries = read(f"# List\n\n## One\n\n{item}\n## Two\n\n{item}").entries
    assert [entry.section[-1] for entry in entries] == ["One", "Two"]
    assert [entry.lines.start for entry in entries] == [5, 9]


def test_details_and_items_that_name_what_is_below_are_sections() -> None:
    text = (
        f"# List\n\n<details open>\n<summary>Brain</summary>\n\n- {UNET} [[pdf]]({ARXIV})\n\n"
        f"</details>\n\n- Heart\n  - {VGG} [[pdf]](https://arxiv.org/abs/1409.1556)\n"
    )
    assert [entry.section for entry in read(text).entries] == [("List", "Brain"), ("List", "Heart")]


@pytest.mark.parametrize(
    "text",
    [
        "- [Awesome Lists](https://github.com/sindresorhus/awesome)\n- [Us](https://github.com/a/b)",
        "- [Segmentation of the brain and heart](#brain)\n  - [Registration of lungs](#lungs)",
        "- [MONAI](https://monai.io)\n- [ITK-SNAP](http://www.itksnap.org)",
        f"If you use this list, please read our [paper]({ARXIV}).",
        f"## News\n\n- Our paper about this list is on [arXiv]({ARXIV})",
        f"[![Awesome](https://awesome.re/badge.svg)](https://awesome.re) [![x](y.svg)]({ARXIV})",
        "- Prof. Olaf Ronneberger, [homepage](https://example.org)",
        f"```\n- {UNET} [[pdf]]({ARXIV})\n```",
        f"<!--\n- {UNET} [[pdf]]({ARXIV})\n-->",
        "| Data set | Scans |\n|-|-|\n| [Synapse](https://synapse.org) | 30 |",
    ],
    ids="lists contents tools prose news badges people fence comment data".split(),
)
def test_what_is_no_paper_is_left_where_it_is(text: str) -> None:
    reading = read(f"# List\n\n{text}\n")
    assert reading.entries == []
    lines = [number for span in reading.left for number in span]
    assert lines == [n for n, line in enumerate(f"# List\n\n{text}".split("\n"), 1) if line.strip()]


def test_an_item_without_a_paper_link_counts_among_items_that_have_one() -> None:
    others = "".join(f"- [CVPR 202{n}] Paper number {n} [[pdf]]({ARXIV}{n})\n" for n in range(3))
    entries = read(f"{others}- [CVPR 2024] A method with code alone [[code]]({CODE})\n").entries
    assert [entry.title for entry in entries][-1] == "A method with code alone"


def test_a_table_of_values_is_a_result_table() -> None:
    text = (
        "# List\n\n| Method | Dice | HD95 | Published In |\n|-|-|-|-|\n"
        f"| [U-Net]({ARXIV}) | **76.85** | 39.70 | MICCAI 2015 |\n"
        "| TransUNet | 77.48 | - | arXiv 2021 |\n"
    )
    reading = read(text)
    [table] = reading.tables
    assert (table.kind, table.lines, table.section) == ("results", range(3, 7), ("List",))
    assert table.header == ("Method", "Dice", "HD95", "Published In")
    assert table.rows[0] == ("U-Net", "76.85", "39.70", "MICCAI 2015")
    assert table.urls == [(ARXIV,), ()]
    assert list(reading.left) == [range(1, 2)]


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Date", ("2018.10", "2017.11")),
        ("When", ("2018.10", "2017-9")),
        ("Released", ("18.10", "17.11")),
        ("arXiv", ("1505.04597", "1409.1556")),
    ],
)
def test_dates_and_ids_make_no_result_table(head: str, cells: tuple[str, str]) -> None:
    text = (
        f"# List\n\n| Title | {head} | Code |\n|-|-|-|\n"
        f"| [{UNET}]({ARXIV}) | {cells[0]} | [GitHub]({CODE}) |\n"
        f"| [{VGG}](https://arxiv.org/abs/1409.1556) | {cells[1]} | - |\n"
    )
    reading = read(text)
    assert [table.kind for table in reading.tables] == ["papers"]
    assert [entry.title for entry in reading.entries] == [UNET, VGG]


@pytest.mark.parametrize("head", ["Dice", "Time", "Params"])
def test_a_column_of_decimals_makes_one(head: str) -> None:
    [table] = read(f"| Method | {head} |\n|-|-|\n| U-Net | 0.35 |\n| V-Net | 2.5M |\n").tables
    assert table.kind == "results"


def test_the_lines_of_an_address_that_no_entry_holds_are_left() -> None:
    text = f"- {UNET} [[pdf]]({ARXIV}) <!-- [old](https://old.org/x) -->\n"
    reading = read(text)
    assert len(reading.entries) == 1
    assert list(reading.left) == [range(1, 2)]


def test_a_second_paper_in_the_next_lines_is_another_entry() -> None:
    text = (
        f"**{UNET}**\\\n*{', '.join(NAMES)}*\\\n[[pdf]({ARXIV})]\n\n"
        f"**{VGG}**\\\n*Karen Simonyan, Andrew Zisserman*\\\n[[pdf](https://arxiv.org/abs/1409.1556)]\n"
    )
    assert [(e.title, e.lines) for e in read(text).entries] == [
        (UNET, range(1, 4)),
        (VGG, range(5, 8)),
    ]


PIECES = st.lists(
    st.sampled_from(
        [
            *(UNET, VGG, "U-Net", "MICCAI 2015", "[CVPR2021]", "Olaf Ronneberger, Thomas Brox"),
            *(f"[pdf]({ARXIV})", f"[[code]]({CODE})", "[x](https://a.b/c)", "https://d.e/f.pdf"),
            *("![b](https://img.shields.io/badge/CVPR-2020-red)", "Authors: ", "et al.", "2020"),
            *("- ", "  - ", "\n- ", "\n", "\n\n", "# ", "\n## ", "| ", " |\n", "|-|-|\n", ". "),
            *("<details>", "<summary>", "</summary>", "</details>", "<td>", "</td>", "<br>"),
            *("<!--", "-->", "[", "](", ")", "`", "\\", "**", "*", '"'),
        ]
    ),
    max_size=60,
).map(lambda pieces: " ".join(pieces).replace("\n ", "\n"))


def held(reading: Reading) -> set[str]:
    urls = {
        identity(url)
        for e in reading.entries
        for url in [e.url, *(c.url for c in e.code), *(link.url for link in e.links), *e.images]
    }
    return urls | ({identity(ARXIV)} if any(e.ids for e in reading.entries) else set())


@given(text=PIECES)
def test_any_text_is_read_and_no_address_of_it_is_lost(text: str) -> None:
    reading = read(text)
    lines = text.split("\n")
    kept = {n for span in reading.left for n in span}
    kept |= {n for table in reading.tables if table.kind == "results" for n in table.lines}
    known = held(reading)
    for entry in reading.entries:
        assert 1 <= entry.lines.start < entry.lines.stop <= len(lines) + 1
    for url in (ARXIV, CODE, "https://a.b/c", "https://d.e/f.pdf"):
        for number, line in enumerate(lines, 1):
            assert url not in line or number in kept or identity(url) in known


@pytest.mark.parametrize(
    "text",
    [
        "- " + "A. Bc, " * 20_000,
        "- title of a paper\n" + "  more words of it\n" * 5_000,
        "- " + "[" * 20_000,
        "<details><summary>a</summary>\n\n" * 2_000,
        "<table><tr><td>" * 2_000,
        "|a|b|\n|-|-|\n" + "|" * 50_000,
        "- " + "[a](http://b.c/d) " * 5_000,
    ],
    ids="names wrapped brackets details tables pipes links".split(),
)
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    assert read(text).entries == []


@pytest.mark.parametrize(
    ("before", "name"),
    [("**VGG**: ", "VGG"), ("**Swin UNETR**: ", "Swin UNETR"), ("**?**: ", ""), ("", "")],
)
@pytest.mark.parametrize("venue", ["ICLR", "arXiv"])
def test_before_a_quoted_title_stands_the_name_and_behind_the_year_where_the_authors_work(
    before: str, name: str, venue: str
) -> None:
    entry = only(f'* {before}"{VGG}", {venue}, 2015 (*Oxford, UK*). [[Paper]({ARXIV})]')
    assert (entry.title, entry.name, entry.authors) == (VGG, name, ())
    assert (entry.venue, entry.year) == (venue, 2015)


def test_authors_before_a_quoted_title_are_no_name() -> None:
    entry = only(f'- Karen Simonyan and Andrew Zisserman, "{VGG}", ICLR, 2015. [pdf]({ARXIV})')
    assert (entry.name, entry.authors) == ("", ("Karen Simonyan", "Andrew Zisserman"))
