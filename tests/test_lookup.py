"""Finding the one paper that a person means, and papers that are the same."""

from __future__ import annotations

import pytest

from papertrack.errors import NotFound, UsageError
from papertrack.lookup import find, same_paper
from papertrack.model import Paper, Removed
from tests.builders import unet, voxelmorph

PAPERS = {
    "ronneberger2015unet": unet(),
    "balakrishnan2018voxelmorph": voxelmorph(),
    "balakrishnan2018unsupervised": Paper(
        title="An Unsupervised Learning Model", authors=("Guha Balakrishnan",)
    ),
    "zhou2018unet": Paper(title="UNet++: A Nested U-Net", name="UNet++", ids={"s2": "f" * 40}),
}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ronneberger2015unet", id="key"),
        pytest.param("ronn", id="the beginning of one key"),
        pytest.param("1505.04597", id="arXiv id"),
        pytest.param("arXiv:1505.04597v2", id="arXiv id with a version"),
        pytest.param("https://arxiv.org/pdf/1505.04597", id="address"),
        pytest.param("10.1007/978-3-319-24574-4_28", id="DOI"),
        pytest.param("U-Net", id="short name"),
        pytest.param("u-net", id="short name in another case"),
        pytest.param(
            "U-Net: convolutional networks for biomedical image segmentation.", id="title"
        ),
    ],
)
def test_a_paper_is_found_by_what_a_person_types(text: str) -> None:
    assert find(text, PAPERS) == "ronneberger2015unet"


def test_a_key_counts_before_a_longer_key_and_before_a_name() -> None:
    papers = {"unet": voxelmorph(), "unet2": unet(), "a2020unet": unet(name="unet")}
    assert find("unet", papers) == "unet"
    assert find("UNet", papers) == "a2020unet"


def test_the_beginning_of_several_keys_is_no_answer() -> None:
    with pytest.raises(UsageError, match=r"voxelmorph, balakrishnan2018unsup") as caught:
        find("balakrishnan", PAPERS)
    assert caught.value.hint == "type more of the key"


def test_many_candidates_are_not_all_named() -> None:
    with pytest.raises(UsageError, match=r"a7 \.\.\."):
        find("a", {f"a{number}": unet() for number in range(9)})


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("ronnebrger2015unet", "did you mean ronneberger2015unet?"),
        ("unet+", "did you mean zhou2018unet or ronneberger2015unet?"),
        ("2201.01266", 'papertrack search "2201.01266"'),
        ("nothing like it", 'papertrack search "nothing like it"'),
        ("", 'papertrack search ""'),
        ("???", 'papertrack search "???"'),
    ],
)
def test_an_unknown_paper_is_answered_with_what_to_type(text: str, hint: str) -> None:
    with pytest.raises(NotFound) as caught:
        find(text, PAPERS | {"odd": Paper(title="...")})
    assert caught.value.hint == hint


VNET = Removed(
    paper=Paper(title="V-Net: Fully", name="V-Net", ids={"arxiv": "1606.04797"}),
    removed="2026-11-24",
    why="not medical",
)
REMOVED = {
    "milletari2016vnet": VNET,
    "zhou2018un": Removed(paper=unet(name="UN"), removed="2026-11-23"),
    "zhao2019a": Removed(paper=Paper(title="A"), removed="2026-11-23"),
    "zhao2019b": Removed(paper=Paper(title="B"), removed="2026-11-23"),
}


@pytest.mark.parametrize(
    ("text", "message", "key"),
    [
        ("milletari2016vnet", "milletari2016vnet was removed on 2026-11-24: not medical", ""),
        ("V-Net", "milletari2016vnet (V-Net) was removed on 2026-11-24: not medical", ""),
        ("mille", "milletari2016vnet (mille) was removed on 2026-11-24: not medical", ""),
        ("1606.04797v2", "milletari2016vnet (1606.04797v2) was removed on 2026-11-24: n", ""),
        ("zhou2018un", "zhou2018un was removed on 2026-11-23", "zhou2018un"),
    ],
)
def test_a_removed_paper_is_answered_with_when_and_why_and_how_it_comes_back(
    text: str, message: str, key: str
) -> None:
    """A whole former key is not taken for the beginning of another one."""
    with pytest.raises(NotFound) as caught:
        find(text, PAPERS, REMOVED)
    assert caught.value.message.startswith(message)
    assert caught.value.hint == f"papertrack restore {key or 'milletari2016vnet'}"


def test_a_paper_of_the_list_comes_before_removed_ones() -> None:
    assert find("zhou", PAPERS, REMOVED) == "zhou2018unet"
    assert find("1505.04597", PAPERS, REMOVED) == "ronneberger2015unet"
    with pytest.raises(NotFound, match="no paper 'zhao' in the list"):
        find("zhao", PAPERS, REMOVED)


def test_papers_are_the_same_when_one_identifier_is() -> None:
    assert same_paper({"doi": "10.1/x", "arxiv": "1809.05231"}, PAPERS) == (
        "balakrishnan2018voxelmorph"
    )
    assert same_paper({"doi": "1809.05231"}, PAPERS) is None
    assert same_paper({}, PAPERS) is None
