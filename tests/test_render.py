"""Whole READMEs, made from a library."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papertrack.errors import RegionError
from papertrack.model import CodeLink, Link, Paper, Result, Venue
from papertrack.readme import regions
from papertrack.readme.render import Shelf, render
from tests.builders import attention_unet, libraries, region, synapse, unet, voxelmorph

FILE = Path("README.md")
BENCHMARKS = {"synapse": synapse()}
PARSER = MarkdownIt("gfm-like", {"linkify": False})


def rendered(text: str, *, sections: tuple[str, ...] = (), **papers: Paper) -> str:
    return render(text, FILE, Shelf(papers, BENCHMARKS, sections)).text


def on_synapse(**values: str) -> tuple[Result, ...]:
    return (Result(benchmark="synapse", values=values),)


def links(text: str) -> dict[str, str]:
    """Read the targets of the links of a file by their text, with markdown-it."""
    found: dict[str, str] = {}
    for block in PARSER.parse(text):
        tokens = block.children or []
        for number, token in enumerate(tokens):
            if token.type == "link_open":
                found[tokens[number + 1].content] = str(token.attrs["href"])
    return found


def github_anchors(text: str) -> list[tuple[str, str]]:
    """Work out GitHub's anchors without papertrack: pairs of a heading's text and its anchor."""
    seen: Counter[str] = Counter()
    found = []
    tokens = PARSER.parse(text)
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        plain = "".join(token.content for token in inline.children or [])
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        found.append((plain, f"{slug}-{seen[slug]}" if seen[slug] else slug))
        seen[slug] += 1
    return found


# --- the whole file ----------------------------------------------------------------------------

LIBRARY = {
    "ronneberger2015unet": unet(
        code=(
            CodeLink(url="https://lmb.informatik.uni-freiburg.de/u-net", label="official"),
            CodeLink(url="https://github.com/a/unet", label="unofficial", framework="pytorch"),
        ),
        results=on_synapse(dice="76.85", hd95="39.70"),
    ),
    "zhou2018unet": unet(
        title="UNet++: A Nested U-Net Architecture",
        name="U-Net++",
        authors=("Zongwei Zhou", "Jianming Liang"),
        year=2018,
        venue=Venue(name="DLMIA", year=2018),
        ids={"arxiv": "1807.10165"},
        results=on_synapse(dice="76.9"),
    ),
    "oktay2018attention": attention_unet(
        venue=Venue(
            name="arXiv",
            year=2018,
            url="https://openreview.net/forum?id=Skft7cijM",
            note="MIDL poster",
        ),
        links=(Link(url="https://example.org/data", label="data"),),
        results=on_synapse(dice="77.77", hd95="36.02"),
    ),
    "balakrishnan2018voxelmorph": voxelmorph(withdrawn=True),
    "nobody": Paper(title="A * title | with [marks] & <tags>"),
}

GOLDEN = f"""\
# Medical Image Analysis

## Contents

{region("toc", "depth=3")}
## U-Net

Written by hand, and called like an entry.

## Papers&Codes

{region("stats")}
{region("papers")}
## Performance

{region("table synapse", "sort=dice")}
{region("chart synapse", "y=hd95")}
## In one line each

{region("papers", "style=bullet")}
## As a table

{region("papers", "style=row", "sort=newest")}
## Segmentation

{region("papers", "section:Segmentation", "sort=title")}
## Contributing

Please do.

## Thanks

{region("thanks")}"""


def test_every_kind_of_region_and_every_style(golden: Callable[[str, str], None]) -> None:
    golden("readme.md", rendered(GOLDEN, sections=("Segmentation", "Registration"), **LIBRARY))


def test_rendering_twice_changes_nothing() -> None:
    once = rendered(GOLDEN, **LIBRARY)
    assert rendered(once, **LIBRARY) == once


def test_the_order_of_a_library_does_not_matter() -> None:
    backwards = dict(reversed(LIBRARY.items()))
    assert rendered(GOLDEN, **backwards) == rendered(GOLDEN, **LIBRARY)


NAMES = ["papers", "table synapse", "toc", "stats", "thanks", "papers style=bullet"]
NAMES += ["papers style=row", "papers section:Segmentation", "toc depth=5", "chart synapse"]
PROSE = [
    "# Title",
    "## U-Net",
    "text",
    "Underlined\n---",
    "",
    "```\n# code\n```",
    "- item",
    "é\x0cx",
]


@st.composite
def readmes(draw: st.DrawFn) -> str:
    """Build a README with some regions, any line ends, and rubbish inside and outside of them."""
    parts: list[str] = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True)):
        rubbish = draw(st.lists(st.sampled_from([*PROSE, "<pre>", "<!-- x"]), max_size=2))
        kind = " ".join(word for word in name.split() if "=" not in word and ":" not in word)
        parts += draw(st.lists(st.sampled_from(PROSE), max_size=3))
        parts += ["", f"<!-- papertrack:begin {name} -->", *rubbish]
        parts += [f"<!-- papertrack:end {kind} -->", ""]
    parts += draw(st.lists(st.sampled_from(PROSE), max_size=2))
    text = "\n".join(parts) + draw(st.sampled_from(["", "\n"]))
    bom = draw(st.sampled_from(["", "\ufeff"]))
    return bom + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def outside(text: str) -> list[str]:
    """Return what stands around the regions of a README, their markers included."""
    lines = re.findall(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+", text)
    kept, start = [], 0
    for found in regions.parse(text, FILE):
        kept.append("".join(lines[start : found.begin_line]))
        start = found.end_line - 1
    return [*kept, "".join(lines[start:])]


@given(readmes(), libraries)
def test_whatever_the_library_holds_rendering_is_stable_and_keeps_to_the_regions(
    text: str, papers: Mapping[str, Paper]
) -> None:
    once = rendered(text, **papers)
    assert rendered(once, **papers) == once
    assert outside(once) == outside(text)
    if "\r\n" in text:
        assert not re.search(r"(?<!\r)\n", once)


# --- where the regions stand -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("", "## Segmentation\n\n### U-Net\n"),
        ("# List\n\n", "\n## Segmentation\n\n### U-Net\n"),
        ("# List\n\n### Papers\n\n", "\n#### Segmentation\n\n##### U-Net\n"),
        ("Papers\n------\n\n", "\n### Segmentation\n\n#### U-Net\n"),
        ("##### Deep\n\n", "\n###### Segmentation\n\n###### U-Net\n"),
        ("## Papers\n\n```\n# code\n```\n\n", "\n### Segmentation\n\n#### U-Net\n"),
    ],
    ids=["nothing", "title", "third level", "underlined", "six at most", "code is no heading"],
)
def test_headings_stand_one_level_below_the_heading_above_the_region(
    above: str, expected: str
) -> None:
    assert expected in rendered(above + region("papers"), u=unet())


def test_a_heading_inside_an_old_region_does_not_count_for_the_next_one() -> None:
    old = region("papers", "style=bullet").replace("\n\n", "\n\n##### By hand\n\n")
    text = f"# List\n\n{old}\n{region('papers')}"
    assert "\n## Segmentation\n\n### U-Net\n" in rendered(text, u=unet())


@pytest.mark.parametrize(
    ("query", "headings"),
    [
        ("section:segmentation", ["## Abdomen", "### Attention U-Net: Learning", "## U-Net"]),
        ('"U-Net" section:Segmentation', ["## Abdomen", "### Attention", "## U-Net"]),
        ("section:Abdomen", ["## Attention U-Net"]),
        ('section:"Segmentation / Abdomen"', ["## Attention U-Net"]),
        ("section:Segmentation -section:Abdomen", ["## U-Net"]),
        ("-section:Abdomen", ["## Registration", "### VoxelMorph", "## Segmentation", "### U-Net"]),
        ("section:Registration OR section:Other", ["## Registration", "### VoxelMorph"]),
        ("title:voxelmorph", ["## Registration", "### VoxelMorph"]),
    ],
)
def test_a_region_does_not_repeat_the_section_that_it_asks_for(
    query: str, headings: list[str]
) -> None:
    text = rendered(region("papers", query), u=unet(), a=attention_unet(), v=voxelmorph())
    found = re.findall(r"^#+ .*", text, re.MULTILINE)
    assert len(found) == len(headings)
    assert all(any(line.startswith(heading) for line in found) for heading in headings)


@pytest.mark.parametrize(
    ("query", "headings"),
    [
        ("in:Registration OR tag:shared", ["## U-Net", "## VoxelMorph"]),
        ("tag:shared OR in:Registration OR tag:x", ["## U-Net", "## VoxelMorph"]),
        ("(in:Registration OR tag:shared) year:..2015", ["## U-Net"]),
        ("in:Registration OR arxiv:1505.04597", 2 * ["## "] + 2 * ["### "]),
        ("in:Registration OR in:Segmentation OR tag:shared", 2 * ["## "] + 2 * ["### "]),
        ("tag:shared OR tag:x", ["## Segmentation", "### U-Net"]),
    ],
)
def test_papers_with_a_tag_stand_among_those_of_the_one_section_that_is_asked_for(
    query: str, headings: list[str]
) -> None:
    text = rendered(region("papers", query), u=unet(tags=("Shared",)), v=voxelmorph())
    found = sorted(re.findall(r"^#+ .*", text, re.MULTILINE), key=lambda line: line.index(" "))
    assert len(found) == len(headings)
    assert all(line.startswith(heading) for line, heading in zip(found, headings, strict=True))


def test_a_subsection_that_stands_alone_in_a_region_keeps_its_heading() -> None:
    text = rendered(region("papers", "section:Segmentation"), a=attention_unet())
    assert "## Abdomen\n\n### Attention" in text


@pytest.mark.parametrize(
    ("path", "headings"),
    [
        ("Medical / Segmentation", ["## CNN", "### U-Net"]),
        ("Segmentation / CNN", ["## U-Net"]),
        ("Segmentation", ["## CNN", "### U-Net"]),
        ("Medical / Segmentation / CNN", ["## U-Net"]),
    ],
)
def test_a_region_holds_the_sections_inside_of_the_path_that_it_asks_for(
    path: str, headings: list[str]
) -> None:
    deep = unet(section=("Medical", "Segmentation", "CNN"))
    text = rendered(region("papers", f'section:"{path}"'), a=deep)
    assert re.findall(r"^#+ .*", text, re.MULTILINE) == headings


# --- anchors -----------------------------------------------------------------------------------


def test_rows_link_to_the_right_entries_when_names_collide() -> None:
    results = on_synapse(dice="1")
    text = rendered(
        f"# U Net\n\n{region('table synapse')}\n## U-Net\n\n{region('papers')}\n## `U-Net`\n",
        a=unet(name="U-Net", year=2015, results=results),
        b=unet(name="U-Net++", year=2016, results=results),
        c=unet(name="U Net", year=2017, results=results),
        d=unet(name="U-Net (3D) & *more*", year=2018, results=results),
    )
    entries = github_anchors(text)[3:7]
    assert entries == [
        ("U-Net", "u-net-2"),
        ("U-Net++", "u-net-3"),
        ("U Net", "u-net-4"),
        ("U-Net (3D) & *more*", "u-net-3d--more"),
    ]
    assert links(text) == {name: f"#{anchor}" for name, anchor in entries} | {
        "https://arxiv.org/abs/1505.04597": "https://arxiv.org/abs/1505.04597"
    }


def test_a_row_links_to_the_first_of_several_entries_of_its_paper() -> None:
    text = rendered(
        region("papers", "year:2015") + region("papers") + region("table synapse"),
        u=unet(results=on_synapse(dice="1")),
    )
    assert "[U-Net](#u-net)" in text


def test_a_row_links_to_the_paper_itself_where_the_file_has_no_entry_of_it() -> None:
    papers = {"u": unet(results=on_synapse(dice="1"))}
    bullets = region("papers", "style=bullet")
    text = rendered(bullets + region("table synapse"), **papers)
    assert "[U-Net](https://arxiv.org/abs/1505.04597)" in text


# --- contents, figures, thanks -----------------------------------------------------------------


def contents(text: str, **papers: Paper) -> str:
    body = rendered(text, **papers).split("begin toc")[1]
    return body.split("-->\n", 1)[1].split("\n\n<!-- papertrack:end toc")[0].strip("\n")


def test_contents_list_what_stands_below_and_no_entries() -> None:
    text = (
        f"# List\n\n## Above\n\n{region('toc')}\n## Papers&Codes\n\n{region('papers')}\n"
        "#### Deep\n\n## `Code` & *more*\n\n## Papers&Codes\n\n## Contributing\n\n## ![logo](x)\n"
    )
    assert contents(text, u=unet()) == (
        "- [Papers&Codes](#paperscodes)\n"
        "  - [Segmentation](#segmentation)\n"
        "- [Code & more](#code--more)\n"
        "- [Papers&Codes](#paperscodes-1)"
    )


def test_contents_nest_by_the_headings_that_are_there() -> None:
    text = f"{region('toc', 'depth=4')}\n#### A\n\n##### B\n\n### C\n\n## D\n\n#### E\n\n##### F\n"
    assert contents(text) == (
        "- [A](#a)\n  - [B](#b)\n- [C](#c)\n- [D](#d)\n  - [E](#e)\n    - [F](#f)"
    )


def test_contents_below_a_region_that_grows_do_not_list_what_is_above_them() -> None:
    text = f"{region('papers', 'style=row')}\n{region('toc')}\n## Below\n"
    many = {f"p{n}": unet(section=(f"S{n}",)) for n in range(9)}
    assert contents(text, **many) == "- [Below](#below)"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "3 papers from 2015 to 2019, 1 with code."),
        ("code:yes", "1 paper from 2019, 1 with code."),
        ("nothing", "0 papers, 0 with code."),
    ],
)
def test_stats_count_the_papers_of_the_query(query: str, expected: str) -> None:
    text = region("stats", query)
    assert expected in rendered(text, u=unet(), a=attention_unet(), v=voxelmorph())


def test_stats_have_a_table_by_section() -> None:
    text = rendered(
        region("stats"), u=unet(), a=attention_unet(), v=voxelmorph(), n=Paper(title="x")
    )
    assert (
        "| Section      | Papers | With code |\n"
        "| :----------- | -----: | --------: |\n"
        "| -            |      1 |         0 |\n"
        "| Registration |      1 |         1 |\n"
        "| Segmentation |      2 |         0 |\n"
    ) in text


def test_thanks_print_what_arxiv_and_semantic_scholar_ask_for() -> None:
    text = rendered(region("thanks"))
    assert "Thank you to arXiv for use of its open access interoperability." in text
    assert links(text) == {"Semantic Scholar": "https://www.semanticscholar.org/"}


# --- what is wrong is named with its line -------------------------------------------------------


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("table nothing", r"README\.md:3: there is no benchmark 'nothing' in the store"),
        ("table synapse sort=speed", r"README\.md:3: sort=speed is not known"),
        ("papers style=poem", r"README\.md:3: style=poem is not known"),
        ("papers sort=luck", r"README\.md:3: sort=luck is not known"),
        ("toc depth=0", r"README\.md:3: depth=0 is not known"),
        ("papers year:soon", r"README\.md:3: query, character 1: "),
        ("table synapse sectoin:x", r"README\.md:3: query, character 1: "),
        ("stats a OR", r"README\.md:3: query, character 3: "),
    ],
)
def test_a_wrong_marker_is_named_with_file_and_line(marker: str, expected: str) -> None:
    kind = " ".join(word for word in marker.split()[:2] if word != marker and "=" not in word)
    name = kind if marker.startswith("table") else marker.split()[0]
    text = f"# List\n\n<!-- papertrack:begin {marker} -->\n<!-- papertrack:end {name} -->\n"
    with pytest.raises(RegionError, match=expected) as caught:
        rendered(text)
    assert caught.value.hint


def test_a_readme_without_a_region_says_what_to_write() -> None:
    with pytest.raises(RegionError, match=r"README\.md: has no region") as caught:
        rendered("# List\n")
    assert "papertrack init" in caught.value.hint
    assert "<!-- papertrack:begin papers -->" in caught.value.hint


def test_every_kind_of_region_is_written() -> None:
    for kind, asks in regions.KINDS.items():
        name = f"{kind} synapse" if asks.takes_benchmark else kind
        once = rendered(f"{region(name)}\n## Below\n", u=unet(results=on_synapse(dice="1")))
        assert once != f"{region(name)}\n## Below\n"
