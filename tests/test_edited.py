"""Hand edits in the regions of a README, as people make them who have never heard of papertrack."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from papertrack.errors import RegionError
from papertrack.model import Result
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
