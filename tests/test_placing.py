"""The sections of entries, as the store names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from papertrack.readme.adopt import Entry, read
from papertrack.readme.placing import fit, place

ENTRY = "- [A paper about something deep](https://arxiv.org/abs/2001.0000{}) - Ada Lovelace."


def sections(text: str) -> list[tuple[str, ...]]:
    return [entry.section for entry in place(read(text), text, Path("README.md")).entries]


def test_the_title_of_the_list_is_no_section() -> None:
    text = f"# My list\n\n## Brain\n\n{ENTRY.format(1)}\n\n## Heart\n\n{ENTRY.format(2)}\n"
    assert sections(text) == [("Brain",), ("Heart",)]


def test_a_heading_above_some_entries_only_is_a_section() -> None:
    text = f"# Brain\n\n{ENTRY.format(1)}\n\n# Heart\n\n{ENTRY.format(2)}\n"
    assert sections(text) == [("Brain",), ("Heart",)]


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", ()),
        ("section:Brain", ("Brain",)),
        ('year:2019.. in:"Brain / Tumour"', ("Brain", "Tumour")),
        ("-section:Brain", ()),
        ('in:"Brain / MRI" OR tag:brain-mri', ("Brain", "MRI")),
        ("section:Brain OR section:Heart", ()),
        ('section:Brain in:"Brain / Tumour"', ("Brain", "Tumour")),
    ],
)
def test_in_a_region_the_region_says_what_it_holds(query: str, asked: tuple[str, ...]) -> None:
    text = "\n".join(
        [
            "# My list\n\n## Papers&Codes\n",
            f"<!-- papertrack:begin papers {query} style=bullet -->\n".replace("  ", " "),
            f"{ENTRY.format(1)}\n\n### Inner\n\n{ENTRY.format(2)}\n",
            "<!-- papertrack:end papers -->\n",
            f"## Others\n\n{ENTRY.format(3)}\n",
        ]
    )
    assert sections(text) == [asked, (*asked, "Inner"), ("Others",)]


@pytest.mark.parametrize(
    ("query", "section"),
    [
        *(("", ()), ("-has:section", ()), ("sort=title", ())),
        *(("year:2020", ("Papers",)), ("in:Papers", ("Papers",))),
    ],
)
def test_an_entry_beside_a_region_of_all_papers_belongs_into_it(
    query: str, section: tuple[str, ...]
) -> None:
    text = (
        f"# My list\n\n## Papers\n\n{ENTRY.format(1)}\n\n"
        f"<!-- papertrack:begin papers {query} -->\n<!-- papertrack:end papers -->\n\n"
        f"## Others\n\n{ENTRY.format(2)}\n"
    )
    assert sections(text) == [section, ("Others",)]


@pytest.mark.parametrize(
    ("asked", "section", "tags"),
    [
        ("", ("Brain", "Inner"), ("2d",)),
        ("section:Brain", ("Brain", "Inner"), ("2d",)),
        ("in:Brain", ("Brain",), ("2d", "inner")),
        ("-has:section", (), ("2d", "brain", "inner")),
        ('tag:"old and good" tag:mri', ("Brain", "Inner"), ("2d", "old and good", "mri")),
        ("tag:mri OR tag:ct", ("Brain", "Inner"), ("2d",)),
        ("-tag:mri", ("Brain", "Inner"), ("2d",)),
        ("(tag:mri)", ("Brain", "Inner"), ("2d", "mri")),
        ("tag:2d", ("Brain", "Inner"), ("2d",)),
        ("tag:", ("Brain", "Inner"), ("2d",)),
    ],
)
def test_an_entry_gets_what_its_region_demands(
    asked: str, section: tuple[str, ...], tags: tuple[str, ...]
) -> None:
    entry = Entry(lines=range(1, 2), section=("Brain", "Inner"), tags=("2d",), asked=asked)
    fitted = fit(entry)
    assert (fitted.section, fitted.tags) == (section, tags)
