"""The rules about papers, their identifiers, venues and years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from papertrack.checks import rules
from papertrack.checks.findings import Finding
from papertrack.checks.readme import Readme
from papertrack.checks.rules import RULES
from papertrack.model import CodeLink
from papertrack.readme.adopt.found import Entry, FoundTable, Reading

PATH = Path("README.md")
CODE = (CodeLink(url="https://github.com/o/n"),)


def entry(line: int, **changes: Any) -> Entry:
    fields: dict[str, Any] = {
        "lines": range(line, line + 1),
        "title": "U-Net: Convolutional Networks for Biomedical Image Segmentation",
        "ids": {"arxiv": "1505.04597"},
        "section": ("Segmentation",),
        "code": CODE,
    }
    return Entry(**(fields | changes))


def check(*entries: Entry, chosen: tuple[str, ...] = ()) -> list[Finding]:
    return rules.check(Readme(PATH, "", Reading(entries=entries)), chosen or RULES.keys())


def told(*entries: Entry) -> list[tuple[int, str, str]]:
    return [(f.line, f.rule, f.severity) for f in check(*entries)]


@pytest.mark.parametrize(
    ("changes", "severity", "what"),
    [
        ({}, "warning", "stands on line 3"),
        ({"section": ("Surveys",)}, "info", "the sections differ"),
        ({"code": ()}, "warning", "only line 3 has code"),
        ({"code": (CodeLink(url="https://github.com/o/m"),)}, "warning", "the code links differ"),
        ({"title": "U-Net: Convolutional Networks"}, "warning", "stands on line 3"),
        ({"ids": {"doi": "10.1007/x"}}, "warning", "stands on line 3"),
        ({"code": (CodeLink(url="http://github.com/O/n.git"),)}, "warning", "stands on line 3"),
    ],
)
def test_a_paper_that_stands_twice_is_reported_with_what_differs(
    changes: dict[str, Any], severity: str, what: str
) -> None:
    found = check(entry(3), entry(9, **changes), chosen=("duplicate-paper",))
    assert [(f.line, f.severity) for f in found] == [(9, severity)]
    assert what in found[0].message


def test_two_venues_of_one_paper_are_named() -> None:
    one, other = entry(3, venue="MICCAI", year=2015), entry(9, venue="arXiv", year=2015)
    duplicate, stale = check(one, other)
    assert "the venue is MICCAI 2015 there and arXiv 2015 here" in duplicate.message
    assert (stale.line, stale.rule) == (9, "preprint-of-published")


@pytest.mark.parametrize(
    "title",
    [
        "TransUNet: Transformers Make Strong Encoders for Medical Image Segmentation",
        "A Survey of Deformable Registration",
    ],
)
def test_one_identifier_on_different_titles_is_an_error(title: str) -> None:
    assert told(entry(3), entry(9, title=title)) == [(9, "id-on-two-titles", "error")]


def test_one_author_does_not_excuse_one_identifier_on_two_titles() -> None:
    authors = ("Olaf Ronneberger",)
    other = entry(9, title="A Survey of Deformable Registration", authors=authors)
    assert told(entry(3, authors=authors), other) == [(9, "id-on-two-titles", "error")]


@pytest.mark.parametrize("also", [7, 20])
def test_rows_of_a_result_table_are_no_second_entries(also: int) -> None:
    table = FoundTable(lines=range(5, 9), kind="results")
    reading = Reading(entries=(entry(6, section=("Results",)), entry(also)), tables=(table,))
    assert rules.check(Readme(PATH, "", reading), ("duplicate-paper",)) == []


@pytest.mark.parametrize(
    "title",
    [
        "U-Net",
        "U-Net - Convolutional Networks for Biomedical Image Segmentation",
        "U-Nets: Convolutional Nets for Biomedical Image Segmentation",
        "Convolutional Networks for Biomedical Image Segmentation",
        "",
    ],
)
def test_versions_of_a_title_are_one_title(title: str) -> None:
    assert check(entry(3), entry(9, title=title), chosen=("id-on-two-titles",)) == []


def test_chapters_of_one_book_are_no_duplicates() -> None:
    ids = {"doi": "10.1007/978-3-030-05318-5"}
    assert told(entry(3, ids=ids), entry(9, ids=ids, title="Automated Machine Learning")) == []


def test_a_plus_in_a_title_makes_another_paper() -> None:
    titles = ["SAME: Registration with Embeddings", "SAME++: Registration with Embeddings"]
    one, other = (
        entry(n, title=t, ids={"arxiv": f"2109.0000{n}"}) for n, t in enumerate(titles, 1)
    )
    assert told(one, other) == []


def test_short_titles_alone_make_no_duplicate() -> None:
    assert (
        told(entry(3, title="Introduction", ids={}), entry(9, title="Introduction", ids={})) == []
    )


@pytest.mark.parametrize(
    ("venue", "year", "arxiv", "wrong"),
    [
        ("MICCAI", 2015, "1505.04597", False),
        ("CVPR", 2019, "2106.01234", True),
        ("NeurIPS", 2019, "2001.01234", False),
        ("CVPR", 2019, "2007.01234", True),
        ("arXiv", 2023, "2401.11243", True),
        ("arXiv", 2024, "2312.11243", False),
        ("arXiv", 2020, "2101.00027", False),
        ("CVPR", None, "2106.01234", False),
        ("CVPR", 2003, "cs/0309136", False),
        ("CVPR", 1999, "cs/0309136", True),
    ],
)
def test_a_venue_cannot_be_before_its_paper(
    venue: str, year: int | None, arxiv: str, wrong: bool
) -> None:
    found = check(entry(3, venue=venue, year=year, ids={"arxiv": arxiv}))
    assert [f.rule for f in found] == ["venue-before-arxiv"] * wrong


@pytest.mark.parametrize(
    ("venue", "year", "wrong"),
    [
        ("ECCV", 2017, True),
        ("ECCV", 2018, False),
        ("ECCV Workshops", 2021, True),
        ("ICCV", 2018, True),
        ("ICCV", 2019, False),
        ("ICCV", 1998, False),
        ("ICLR", 2012, True),
        ("ICLR", 2013, False),
        ("IPMI", 2022, True),
        ("CVPR", 2017, False),
        ("ECCV", None, False),
    ],
)
def test_a_conference_that_did_not_take_place_is_reported(
    venue: str, year: int | None, wrong: bool
) -> None:
    found = check(entry(3, venue=venue, year=year), chosen=("venue-not-held",))
    assert bool(found) is wrong


def test_the_venues_of_a_result_table_count_as_well() -> None:
    text = "| Model | top1 | Published In |\n|---|---|---|\n| DenseNet | 79.2 | ECCV2017 |\n"
    text += "| SENet | 82.7 | CVPR2018 |\n"
    [finding] = rules.check(Readme(PATH, text))
    assert (finding.line, finding.rule) == (3, "venue-not-held")


def test_spellings_of_one_venue_are_one_finding() -> None:
    venues = ["arXiv", "arXiv", "Arxiv", "ArXiv", "CVPR"]
    entries = [entry(n, venue=v, title=f"Paper {n}", ids={}) for n, v in enumerate(venues, 1)]
    [finding] = check(*entries)
    assert (finding.line, finding.rule) == (3, "venue-spellings")
    assert "arXiv (2)" in finding.message
    assert "Arxiv (1, first on line 3), ArXiv (1, first on line 4)" in finding.message


def test_nips_was_the_name_until_2017() -> None:
    def papers(*years: int) -> list[Entry]:
        modern = entry(1, venue="NeurIPS", year=2019, title="Modern", ids={})
        old = [entry(y, venue="NIPS", year=y, title=f"Paper {y}", ids={}) for y in years]
        return [modern, *old]

    assert check(*papers(2014, 2017)) == []
    assert [f.line for f in check(*papers(2014, 2018))] == [2018]


def test_papers_without_code_are_counted_in_one_finding() -> None:
    entries = [
        entry(n, title=f"Paper {n}", ids={"arxiv": f"2101.{n:05}"}, code=()) for n in range(1, 9)
    ]
    [finding] = check(*entries, entry(20))
    assert (finding.line, finding.rule, finding.severity) == (1, "no-code", "info")
    assert finding.message.startswith("8 of 9 papers on arXiv have no code link: line 1, line 2")
    assert finding.message.endswith("and 3 more")


def test_one_repository_twice_in_an_entry_is_reported() -> None:
    twice = (*CODE, CodeLink(url="https://github.com/o/n/", label="official"))
    assert told(entry(3, code=twice)) == [(3, "code-twice", "warning")]


def test_a_list_without_faults_has_no_finding() -> None:
    other = entry(9, title="V-Net", ids={"arxiv": "1606.04797"}, venue="3DV", year=2016)
    assert check(entry(3, venue="MICCAI", year=2015), other) == []
