"""Papers found by what tells them apart."""

from __future__ import annotations

import pytest

from papertrack.index import Index
from papertrack.model import Paper
from tests.builders import unet, voxelmorph

UNET = "ronneberger2015unet"
LIBRARY = {UNET: unet(), "balakrishnan2018voxelmorph": voxelmorph()}


@pytest.fixture
def index() -> Index:
    return Index(LIBRARY)


def test_papers_are_the_same_when_one_identifier_is(index: Index) -> None:
    assert index.same({"doi": "10.1/x", "arxiv": "1505.04597"}) == UNET
    assert index.same({"doi": "1505.04597"}) is None
    assert index.same({}) is None


def test_a_twin_has_the_title_and_the_first_author(index: Index) -> None:
    title = "U-net - convolutional networks for biomedical image segmentation"
    assert index.twin(Paper(title=title)) is None
    assert index.twin(Paper(title=title, authors=("Ronneberger, O.",))) == UNET
    assert index.twin(unet(title="U-Net 2")) is None


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (Paper(title=unet().title), UNET),
        (Paper(title=unet().title, authors=("O. Ronneberger",)), UNET),
        (Paper(title=unet().title, authors=("A. Nother",)), None),
        (Paper(title="U-Net", ids={"arxiv": "1505.04597"}), UNET),
        (Paper(title="U-Net"), None),
    ],
    ids=["title alone", "and author", "another author", "its page", "its short name"],
)
def test_a_list_means_the_paper_with_its_page_or_title(
    paper: Paper, key: str | None, index: Index
) -> None:
    assert index.printed(paper) == ([key] if key else [])


def test_what_is_added_is_found_and_what_changed_is_found_anew(index: Index) -> None:
    index.add("new", Paper(title="New", ids={"arxiv": "2401.00001"}))
    assert index.same({"arxiv": "2401.00001"}) == "new"
    index.add("new", Paper(title="Newer", ids={"arxiv": "2401.00001", "doi": "10.1/new"}))
    assert index.same({"doi": "10.1/new"}) == "new"
    assert index.printed(Paper(title="Newer")) == ["new"]
