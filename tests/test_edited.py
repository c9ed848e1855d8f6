"""Hand edits in the regions of a README, as people make them who have never heard of papertrack."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from papertrack.errors import RegionError
from papertrack.model import Paper, Result
from papertrack.readme.adopt import Entry, FoundTable, Reading, read
from papertrack.readme.edited import by_hand, changes
from tests.builders import make_library, region, synapse, table_row, unet, voxelmorph
from tests.conftest import Ran

Command = Callable[..., Ran]
README = Path("README.md")
REMARK = "A classic: see CVPR 2017 and [2D], Must Read."
TABLE = f"## Results\n\n{region('table synapse')}\n"
NEW = (
    "- [A new paper of a third kind](https://arxiv.org/abs/2001.00001), [code](https://x.example/c)"
)


@pytest.fixture
def library(papertrack: Command) -> Command:
    """Return the command line in a list whose README is rendered."""
    result = Result(benchmark="synapse", values={"dice": "76.85", "hd95": "39.70"})
    made = make_library(Path(), u=unet(results=(result,), remark=REMARK), v=voxelmorph())
    with made.change() as contents:
        contents.benchmarks["synapse"] = synapse()
    README.write_text(f"# A list\n\n{TABLE}## Papers&Codes\n\n{region('papers')}")
    assert papertrack("render").code == 0
    return papertrack


def rewrite(old: str, new: str) -> None:
    text = README.read_text()
    assert text.count(old) == 1
    README.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("place", "section"),
    [
        ("\n### Registration\n", []),
        ("\n#### VoxelMorph\n", ["Registration"]),
        ("\n### Segmentation\n", ["Registration"]),
        ("\n#### U-Net\n", ["Segmentation"]),
        ("\n<!-- papertrack:end papers -->", ["Segmentation"]),
    ],
    ids=["above all", "first of a section", "last of a section", "first of the last", "below all"],
)
def test_a_bullet_stands_in_the_section_around_it_and_not_in_the_entry_above(
    library: Command, place: str, section: list[str]
) -> None:
    rewrite(place, f"\n{NEW}\n{place}")
    assert library("render").code == 6
    assert library("import", "README.md").code == 0
    [paper] = library("search", "third kind", "--json").json
    assert paper.get("section", []) == section
    assert library("render").code == 0
    assert "[https://x.example/c](https://x.example/c)" in README.read_text()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("for Biomedical Image", "for Medical Image", "papertrack set 1505.04597 'title=U-Net: "),
        ("_IEEE TMI 2019_", "_CVPR 2018_", "papertrack set 1809.05231 'venue=CVPR 2018'"),
        ("#### VoxelMorph", "#### Voxel", "papertrack set 1809.05231 name=Voxel"),
        ("76.85", "77.85", "U-Net has '77.85' under Dice"),
        ("A classic", "The classic", "papertrack set 1505.04597 'remark=The classic: see CVPR"),
    ],
    ids=["title", "venue", "name", "value", "remark"],
)
def test_words_changed_by_hand_are_named_with_what_keeps_them(
    library: Command, old: str, new: str, told: str
) -> None:
    rewrite(old, new)
    [(_, line)] = re.findall(r"^(README\.md:\d+): (.*)$", library("import", "README.md").err, re.M)
    assert told in line


def test_the_command_that_is_named_keeps_the_words(library: Command) -> None:
    rewrite("_IEEE TMI 2019_", "_CVPR 2018_")
    library("import", "README.md")
    library("set", "1809.05231", "venue=CVPR 2018")
    assert library("render").code == 0
    assert "_CVPR 2018_" in README.read_text()
    assert library("import", "README.md", "--json").json[0]["problems"] == []


def stored(key: str) -> bytes:
    return Path(f"store/papers/{key}.json").read_bytes()


@pytest.mark.parametrize("style", ["entry", "bullet", "row"])
def test_a_remark_is_papertracks_own_text_and_what_stands_beside_it_comes_in(
    library: Command, style: str
) -> None:
    README.write_text(f"# A list\n\n## Papers\n\n{region('papers', f'style={style}')}")
    assert library("render").code == 0
    before = stored("u")
    rewrite("Ronneberger", "Ronneburger") if style != "row" else rewrite("| U-Net ", "| UNet ")
    assert library("import", "README.md").code == 0
    assert stored("u") == before
    library("set", "u", "remark=The classic.")
    assert library("render").code == 0
    assert "The classic." in README.read_text()
    assert "Must Read" not in README.read_text()


@pytest.mark.parametrize(
    ("style", "old", "new"),
    [
        ("entry", "_IEEE TMI 2019_\n", "_IEEE TMI 2019_\n\nThe first that learns.\n"),
        ("bullet", "IEEE TMI 2019, [official](https://github.com/voxelmorph/voxelmorph).",
         "IEEE TMI 2019, [official](https://github.com/voxelmorph/voxelmorph). The first that "
         "learns."),
    ],
)  # fmt: skip
def test_a_remark_that_somebody_has_written_into_a_region_is_taken_in(
    library: Command, style: str, old: str, new: str
) -> None:
    README.write_text(f"# A list\n\n## Papers\n\n{region('papers', f'style={style}')}")
    assert library("render").code == 0
    rewrite(old, new)
    text = README.read_text()
    assert library("import", "README.md").code == 0
    assert library("show", "v", "--json").json["remark"] == "The first that learns."
    assert library("show", "v", "--json").json["sources"]["remark"] == "list"
    assert library("render").code == 0
    assert README.read_text() == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# A list", "# A list of mine"),
        ("\n### Segmentation\n", "- code: https://x.example/c\n\n### Segmentation\n"),
        ("### Registration", "### Alignment"),
    ],
    ids=["outside", "a link", "a section"],
)
def test_what_is_no_change_of_a_paper_is_not_named(library: Command, old: str, new: str) -> None:
    assert library("import", "README.md", "--json").json[0]["problems"] == []
    rewrite(old, new)
    assert library("import", "README.md", "--json").json[0]["problems"] == []


@pytest.mark.usefixtures("library")
def test_what_is_rendered_as_it_stands_is_left_out_and_the_words_around_it_stay() -> None:
    rendered = README.read_text()
    ours = read(rendered)
    text = (
        rendered.replace("papers -->\n", "papers -->\n\nWords within.\n", 1)
        + "\n## More\n\nWords below.\n"
    )
    reading = read(text)
    assert (len(reading.entries), len(reading.tables)) == (2, 1)
    found = by_hand(reading, text, ours, rendered, README)
    assert (found.entries, found.tables) == ([], [])
    told = [text.splitlines()[number - 1] for span in found.left for number in span]
    assert "Words below." in told
    assert "Words within." not in told


@pytest.mark.usefixtures("library")
def test_what_stands_below_a_region_belongs_to_nobody_in_it() -> None:
    text = README.read_text() + "![figure](figure.png)\n"
    reading = read(text)
    assert max(entry.lines.stop for entry in reading.entries) > text.count("\n")
    assert by_hand(reading, text, reading, text, README).entries == []


def test_a_region_that_does_not_fit_is_named_with_its_file() -> None:
    with pytest.raises(RegionError, match=r"README\.md:1: "):
        by_hand(Reading(), "<!-- papertrack:end papers -->", Reading(), "", README)


@pytest.mark.parametrize(
    ("said", "held", "told"),
    [
        ({"venue": "CVPR", "year": 2018}, {"venue": "ECCV"}, ("ECCV", "'venue=CVPR 2018'")),
        ({"venue": "CVPR"}, {"venue": "ECCV", "year": 2018}, ("ECCV 2018", "venue=CVPR")),
        ({"venue": "CVPR"}, {"venue": "arXiv", "year": 2018}, None),
        ({"venue": "arXiv", "year": 2018}, {"venue": "CVPR"}, None),
        ({"venue": "CVPR"}, {"year": 2018}, None),
        ({"year": 2018}, {"venue": "CVPR"}, None),
    ],
)
def test_a_venue_is_changed_where_both_have_one(
    said: Mapping[str, Any], held: Mapping[str, Any], told: tuple[str, str] | None
) -> None:
    one, other = (Entry(lines=range(3, 5), title="Looms", **facts) for facts in (said, held))
    expected = []
    if told:
        kept = f"to keep it: papertrack set Looms {told[1]}"
        expected = [(3, f"the venue is not that of the store, {told[0]!r}; {kept}")]
    assert list(changes(Reading(entries=[one]), Reading(entries=[other]))) == expected


def test_a_paper_that_stands_twice_is_changed_where_it_says_what_neither_says() -> None:
    one, other, third = (
        Entry(lines=range(n, n + 1), title="Looms", remark=said)
        for n, said in enumerate(["Of wood.", "Of steel.", "Of stone."], 1)
    )
    ours = Reading(entries=[one, other])
    assert list(changes(ours, ours)) == []
    [(line, told)] = changes(Reading(entries=[one, third]), ours)
    assert (line, told.partition(";")[0]) == (
        3,
        "the remark is not that of the store, 'Of steel.'",
    )


def test_a_row_that_is_rendered_nowhere_changes_none() -> None:
    table = FoundTable(lines=range(3, 6), header=("Model", "Dice"), body=[table_row("Looms", "80")])
    assert list(changes(Reading(tables=[table]), Reading())) == []


REGIONS = f"""# A list

## Papers

{region("papers", 'in:"Papers" style=entry')}
## Basics

{region("papers", "tag:basics style=bullet")}
## New

{region("papers", "year:2024 style=bullet")}
"""


@pytest.fixture
def regions(papertrack: Command) -> Command:
    """Return the command line in a list whose README has regions that ask for something."""
    make_library(
        Path(),
        u=unet(section=("Papers",), tags=("basics",)),
        v=voxelmorph(section=("Papers",)),
        w=weaver(),
    )
    README.write_text(REGIONS)
    assert papertrack("render").code == 0
    return papertrack


def weaver() -> Paper:
    ids = {"arxiv": "2401.00009"}
    title = "Weaving of the year that is asked for"
    return Paper(title=title, year=2024, ids=ids, section=("Other",))


def below(heading: str) -> str:
    """Return what stands in the README between a heading of the second level and the next."""
    return README.read_text().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(
    ("place", "written", "heading", "section", "tags"),
    [
        ("\n### U-Net\n", f"\n#### Deep Down\n\n{NEW}\n", "Papers", ["Papers"], ["deep-down"]),
        ("\n### VoxelMorph\n", f"\n{NEW}\n", "Papers", ["Papers"], []),
        ("\n- [U-Net", f"\n{NEW}", "Basics", ["Papers"], ["basics"]),
    ],
    ids=["a section alone", "below another entry", "a tag"],
)
def test_a_paper_stands_in_the_region_where_somebody_wrote_it(
    regions: Command, place: str, written: str, heading: str, section: list[str], tags: list[str]
) -> None:
    rewrite(place, f"{written}{place}")
    assert regions("render").code == 6
    ran = regions("import", "README.md")
    assert (ran.code, "README.md:" in ran.err.replace("README.md: 1 added", "")) == (0, False)
    [paper] = regions("search", "third kind", "--json").json
    assert (paper["section"], paper.get("tags", [])) == (section, tags)
    assert regions("render").code == 0
    assert "https://arxiv.org/abs/2001.00001" in below(heading)


def test_a_paper_that_its_region_will_not_show_is_named_with_its_line(regions: Command) -> None:
    rewrite("\n- [Weaving", f"\n{NEW}\n- [Weaving")
    line = README.read_text().split("\n").index(NEW) + 1
    told = "is not what its region shows, year:2024; it needs another one"
    assert f"README.md:{line}: added 2019new {told}" in regions("import", "README.md").err


def test_an_entry_that_is_copied_to_another_region_gets_what_that_one_demands(
    regions: Command,
) -> None:
    copied = "- [Weaving of the year that is asked for](https://arxiv.org/abs/2401.00009)\n"
    rewrite("\n- [U-Net", f"\n{copied}- [U-Net")
    rewrite("\n### U-Net\n", f"\n{copied}\n### U-Net\n")
    told = 'is not what its region shows, in:"Papers"; papertrack set w section=Papers'
    assert told in regions("import", "README.md").err
    assert regions("set", "w", "section=Papers").code == 0
    assert regions("render").code == 0
    assert "2401.00009" in below("Papers")
    assert "2401.00009" in below("Basics")
    assert "2401.00009" in below("New")
