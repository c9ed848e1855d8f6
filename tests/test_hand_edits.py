"""Hand edits in the regions of READMEs: what becomes of them when the READMEs are rendered."""

from __future__ import annotations

from pathlib import Path

import pytest

from papertrack import editing
from papertrack.hand_edits import unshown
from papertrack.library import Library
from papertrack.model import Paper, Removed
from papertrack.publishing import pages
from tests.builders import make_library, region, unet, voxelmorph

BASICS = f"# A list\n\n{region('papers', 'tag:basics section:Segmentation style=bullet')}"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Return a list of two pages, of which the second shows nothing yet."""
    made = make_library(tmp_path, u=unet(tags=("basics",)), v=voxelmorph())
    (made.store / "config.toml").write_text('schema = 1\nreadme = ["README.md", "other.md"]\n')
    (tmp_path / "README.md").write_text(BASICS)
    (tmp_path / "other.md").write_text(region("papers", "tag:other"))
    fresh = Library(tmp_path)
    for page in pages(fresh, fresh.read()):
        page.write()
    return fresh


def told(library: Library) -> list[tuple[str, int, str]]:
    contents = library.read()
    found = unshown(pages(library, contents), contents)
    return [(notice.path.name, notice.line, notice.message) for notice in found]


def put(library: Library, **papers: Paper) -> None:
    with library.change() as contents:
        contents.papers |= papers


GONE = "is in the store, but no region shows it any more"


@pytest.mark.parametrize(
    ("change", "helps"),
    [
        ("tags=", "papertrack tag u +basics"),
        ("section=Other / Deep", "papertrack set u section=Segmentation"),
        ("section=", "papertrack set u section=Segmentation"),
    ],
)
def test_a_paper_that_leaves_the_page_is_named_with_what_puts_it_back(
    library: Library, change: str, helps: str
) -> None:
    put(library, u=editing.assign(unet(tags=("basics",)), change))
    assert told(library) == [("README.md", 5, f"'U-Net' {GONE}; {helps}")]


def test_a_paper_that_another_page_shows_is_not_named(library: Library) -> None:
    put(library, u=unet(tags=("other",)))
    assert told(library) == []


@pytest.mark.parametrize(
    "change", ["title=Another", "ids.arxiv=2001.00001", "section=Segmentation / A"]
)
def test_a_paper_that_is_shown_in_other_words_is_not_named(library: Library, change: str) -> None:
    before = unet(tags=("basics",))
    put(library, u=editing.dismiss(before, editing.assign(before, change)))
    assert told(library) == []


def test_a_paper_that_was_removed_is_not_named(library: Library) -> None:
    with library.change() as contents:
        removed = Removed(paper=contents.papers.pop("u"), removed="2026-11-23")
        contents.removed["u"] = removed
    assert told(library) == []


def test_a_paper_that_somebody_wrote_where_no_region_shows_it_is_named(library: Library) -> None:
    readme = library.root / "README.md"
    written = (
        "- [VoxelMorph: in other words](https://arxiv.org/abs/1809.05231)\n\n<!-- papertrack:end"
    )
    readme.write_text(readme.read_text().replace("\n<!-- papertrack:end", written))
    helps = "papertrack tag v +basics; papertrack set v section=Segmentation"
    assert told(library) == [("README.md", 6, f"'VoxelMorph' {GONE}; {helps}")]


def test_a_page_that_is_up_to_date_names_nothing(library: Library) -> None:
    assert told(library) == []
