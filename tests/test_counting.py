"""The numbers of a list are the same in the `stats` command and in the `stats` region."""

from __future__ import annotations

import pytest
from hypothesis import given

from papertrack.counting import count
from papertrack.editing import add_result
from papertrack.model import Paper, Result, replace
from papertrack.readme import overview
from tests.builders import attention_unet, libraries, unet, voxelmorph

UNSURE = Result(benchmark="isbi", status="unconfirmed")
PAPERS = [
    unet(tags=("unet", "mri"), results=(Result(benchmark="isbi"), UNSURE)),
    attention_unet(tags=("unet",), added="2026-12-01"),
    voxelmorph(sources={"title": "arxiv", "venue": "unchecked"}),
]


def test_two_spellings_of_a_section_count_as_one() -> None:
    papers = [unet(section=("Détection",)), unet(section=("detection",)), unet(section=())]
    assert count(papers).sections == {"Détection": 2, "": 1}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("papers", 3),
        ("with_code", 1),
        ("years", {2015: 1, 2018: 1, 2019: 1}),
        ("sections", {"Segmentation": 2, "Registration": 1}),
        ("venues", {"IEEE TMI": 1, "MICCAI": 1, "arXiv": 1}),
        ("tags", {"unet": 2, "mri": 1}),
        ("results", {"isbi": 2}),
        ("added", {"2026-11": 2, "2026-12": 1}),
        ("unconfirmed", {"results": 1, "venue": 1}),
    ],
)
def test_papers_are_counted_the_largest_or_the_earliest_first(kind: str, expected: object) -> None:
    counted = getattr(count(PAPERS), kind)
    assert counted == expected
    if isinstance(expected, dict):
        assert list(counted) == list(expected)


def test_what_is_corrected_is_not_counted() -> None:
    sure = Result(benchmark="isbi", values={"dice": "1"})
    counts = count([add_result(unet(results=(replace(UNSURE, values={"dice": "2"}),)), sure)])
    assert (counts.results, counts.unconfirmed) == ({"isbi": 1}, {"results": 1})
    corrected = replace(sure, status="reproduced")
    counts = count([add_result(unet(results=(UNSURE,)), corrected)])
    assert (counts.results, counts.unconfirmed) == ({"isbi": 1}, {})


def test_what_a_paper_does_not_say_is_not_counted() -> None:
    counts = count([Paper(title="A")])
    assert (counts.papers, counts.sections) == (1, {"": 1})
    others = [counts.years, counts.venues, counts.tags, counts.results, counts.added]
    assert not any([*others, counts.unconfirmed])


@pytest.mark.parametrize(
    ("papers", "told"),
    [
        ([], "0 papers, 0 with code."),
        ([unet()], "1 paper from 2015, 0 with code."),
        (PAPERS, "3 papers from 2015 to 2019, 1 with code."),
    ],
    ids=["none", "one", "more"],
)
def test_the_numbers_in_one_sentence(papers: list[Paper], told: str) -> None:
    assert str(count(papers)) == told


@given(libraries)
def test_the_region_and_the_command_say_the_same(papers: dict[str, Paper]) -> None:
    counts = count(list(papers.values()))
    region = overview.stats(papers.values())
    assert region.splitlines()[0] == str(counts)
    assert sum(counts.sections.values()) == counts.papers
    assert sum(counts.years.values()) <= counts.papers
