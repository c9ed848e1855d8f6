"""The sections of entries, as the store names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from papertrack.readme.adopt import read
from papertrack.readme.placing import place

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
