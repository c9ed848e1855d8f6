"""Sections, their order and their headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import example, given

from papertrack import query
from papertrack.model import Paper
from papertrack.readme.listing import Listing, listing
from tests.builders import libraries, unet


def listed(papers: Mapping[str, Paper], order: Sequence[str] = (), sort: str = "year") -> Listing:
    return listing(papers, style="bullet", level=1, order=order, sort=query.SORTS[sort])


def titles(written: Listing) -> list[str]:
    """Read the headings, and the titles of the items."""
    lines = filter(None, written.text.split("\n"))
    return [line if line.startswith("#") else line[3 : line.index("]")] for line in lines]


def paper(title: str, *section: str, year: int | None = 2015) -> Paper:
    return unet(title=title, section=section, year=year, venue=None)


def test_papers_stand_by_section_then_year_then_key() -> None:
    papers = {
        "z": paper("1", "A", year=2014),
        "c": paper("4", "B", year=2016),
        "b": paper("2", "A", year=2015),
        "a": paper("3", "B", year=2015),
        "y": paper("5", "B", year=2016),
        "0": paper("6", "B", year=None),
    }
    assert titles(listed(papers)) == ["## A", "1", "2", "## B", "3", "4", "5", "6"]


def test_papers_without_a_section_stand_first_and_without_a_heading() -> None:
    assert titles(listed({"a": paper("1", "A"), "b": paper("2")})) == ["2", "## A", "1"]


def test_sections_stand_as_configured_and_the_others_behind_by_name() -> None:
    papers = {name: paper(name, name) for name in ("b", "É", "a", "Z", "c")}
    order = ["z", "E", "nothing"]
    assert titles(listed(papers, order))[::2] == ["## Z", "## É", "## a", "## b", "## c"]


def test_sections_nest_and_papers_of_the_outer_one_come_first() -> None:
    papers = {
        "a": paper("1", "Seg"),
        "b": paper("2", "Seg", "Brain", "MRI"),
        "c": paper("3", "Seg", "Heart"),
        "d": paper("4", "Reg", "Brain"),
    }
    headings = ["## Reg", "### Brain", "4", "## Seg", "1", "### Brain", "#### MRI", "2"]
    assert titles(listed(papers)) == [*headings, "### Heart", "3"]


def test_sections_inside_of_others_are_configured_by_their_path() -> None:
    papers = {n: paper(n, *n.split("/")) for n in ("R/a", "S/a", "S/b", "T/x")}
    found = titles(listed(papers, ["T", "S / b", "R"]))
    assert found[:2] == ["## T", "### x"]
    assert found[3:8] == ["## S", "### b", "S/b", "### a", "S/a"]


def test_a_section_in_two_spellings_is_one_section() -> None:
    papers = {
        "a": paper("1", "Brain Tumour"),
        "b": paper("2", "brain tumour"),
        "c": paper("3", "BRAIN TUMOUR", "MRI"),
    }
    assert titles(listed(papers)) == ["## Brain Tumour", "1", "2", "### MRI", "3"]


@pytest.mark.parametrize(
    ("sort", "expected"), [("newest", ["2", "1"]), ("title", ["1", "2"]), ("key", ["2", "1"])]
)
def test_within_a_section_any_sort_holds(sort: str, expected: list[str]) -> None:
    papers = {"b": paper("1", "A"), "a": paper("2", "A", year=2020)}
    assert titles(listed(papers, sort=sort))[1:] == expected


def test_a_listing_of_nothing_is_empty() -> None:
    assert listed({}) == Listing("", ())


def test_the_headings_are_given_with_the_keys_behind_them() -> None:
    papers = {"a": paper("1", "A"), "b": paper("2")}
    written = listing(papers, style="entry", level=2, order=(), sort=query.SORTS["year"])
    assert written.headings == ("b", None, "a")


@given(libraries)
@example({"a": Paper(title="x", authors=("#0",)), "b": Paper(title="x", authors=("# 0",))})
def test_every_paper_stands_in_a_listing_once(papers: Mapping[str, Paper]) -> None:
    for style in ("entry", "bullet", "row"):
        written = listing(papers, style=style, level=2, order=(), sort=query.SORTS["year"])
        keys = sorted(filter(None, written.headings))
        assert keys == (sorted(papers) if style == "entry" else [])
        lines = written.text.split("\n")
        headings = [line for line in lines if re.match(r"#{1,6}(?: |$)", line)]
        assert len(headings) == len(written.headings)
        if style == "bullet":
            assert sum(line.startswith("- ") for line in lines) == len(papers)
