"""Papers found by what tells them apart."""

from __future__ import annotations

import pytest

from papertrack.index import Index, alike
from papertrack.model import Paper, replace
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


FPN = Paper(title="Feature Pyramid Networks for Object Detection", authors=("Tsung-Yi Lin",))


@pytest.mark.parametrize(
    ("title", "authors", "expected"),
    [
        ("Focal Loss for Dense Object Detection", ("Tsung-Yi Lin",), False),
        ("Focal Loss for Dense Object Detection", (), False),
        ("Feature pyramid nets for object detection", ("A. Wu",), True),
        ("Feature Pyramid Networks for", ("A. Wu",), True),
        ("Feature Pyramid Networks for Object Detection in Radiographs of Hands", (), True),
        ("Feature Pyramids", ("T.-Y. Lin",), True),
        ("FPN", (), True),
        ("", (), True),
    ],
    ids=[
        "another title by one author",
        "another title",
        "a like title",
        "cut short",
        "longer",
        "a name by one author",
        "a name",
        "none",
    ],
)
def test_a_printed_title_is_like_the_one_that_is_held_or_another_paper_s(
    title: str, authors: tuple[str, ...], expected: bool
) -> None:
    printed = Paper(title=title, authors=authors)
    assert alike(FPN, printed) is expected
    assert alike(printed, FPN) is expected


def test_names_in_place_of_titles_are_of_one_paper_where_the_author_is_one() -> None:
    assert alike(Paper(title="RetinaNet", authors=FPN.authors), replace(FPN, title="Focal Loss"))
    assert not alike(Paper(title="RetinaNet"), Paper(title="Focal Loss"))
    assert alike(unet(), Paper(title="Letter Net", authors=unet().authors))
    assert not alike(unet(), Paper(title="Letter Net"))


def test_a_title_that_a_paper_had_before_or_that_lists_print_is_its_own() -> None:
    old = "Automated Design of Deep Learning Methods for Biomedical Image Segmentation"
    new = Paper(title="nnU-Net: a self-configuring method for deep learning-based segmentation")
    assert not alike(new, Paper(title=old))
    for known in (replace(new, printed={"title": old.lower()}), replace(new, dismissed=(old,))):
        assert alike(known, Paper(title=old))
        assert alike(Paper(title=old), known)
