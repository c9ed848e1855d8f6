"""The list of this repository: its store is made of the facts in docs/list, and holds them all."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from papertrack.checks import rules
from papertrack.checks.holdings import Holdings
from papertrack.library import Contents, Library
from papertrack.model import UNCHECKED, UNCONFIRMED, Paper
from papertrack.venues import normalise

ROOT = Path(__file__).parent.parent
FACTS = ROOT / "docs" / "list"
README = (ROOT / "README.md").read_text(encoding="utf-8")

CORRECTED = {
    "ResNet": ("CVPR2015", "CVPR 2016"),
    "PreActResNet": ("CVPR2016", "ECCV 2016"),
    "Inception-v4": ("AAAI2016", "AAAI 2017"),
    "SqueezeNet": ("arXiv2017", "arXiv 2016"),
    "DenseNet": ("ECCV2017", "CVPR 2017"),
    "AmoebaNet": ("arXiv2018", "AAAI 2019"),
    "MNasNet": ("CVPR2018", "CVPR 2019"),
    "MobileNetV3": ("arXiv2019", "ICCV 2019"),
    "Res2Net": ("arXiv2019", "IEEE TPAMI 2021"),
}
"""What the list that this one began with prints for the venue, and where the paper appeared."""


@pytest.fixture(scope="module")
def contents() -> Contents:
    return Library(ROOT).read()


@pytest.fixture(scope="module")
def named(contents: Contents) -> Mapping[str, Paper]:
    return {paper.name: paper for paper in contents.papers.values()}


def facts(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ids(contents: Contents) -> set[str]:
    """List the arXiv ids of all papers, those taken off the list included."""
    removed = [entry.paper for entry in contents.removed.values()]
    return {paper.ids.get("arxiv", "") for paper in (*contents.papers.values(), *removed)}


def test_the_script_makes_the_list_from_nothing_as_it_was_when_it_began(tmp_path: Path) -> None:
    command = tmp_path / "bin" / "papertrack"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m papertrack --offline "$@"\n')
    command.chmod(0o755)
    folder = tmp_path / "list"
    folder.mkdir()
    path = os.pathsep.join([str(command.parent), os.environ["PATH"]])
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    subprocess.run(
        ["sh", str(FACTS / "build.sh"), str(folder)],
        env=os.environ | {"PATH": path, "PYTHONPATH": paths},
        check=True,
        capture_output=True,
    )
    made = Library(folder).read()
    facts_ids = {row["arxiv"] for name in ("medical.csv", "networks.csv") for row in facts(name)}
    assert not made.problems
    assert len(made.papers) == len(facts_ids) == 204
    assert ids(made) == facts_ids
    assert ids(made) <= ids(Library(ROOT).read())
    assert sum(len(paper.results) for paper in made.papers.values()) == 45


def test_all_rows_of_the_networks_table_are_there(contents: Contents) -> None:
    assert len(facts("networks.csv")) == 43
    rows = [
        (paper.ids["arxiv"], result.row_name(paper.short_name), dict(result.values))
        for paper in contents.papers.values()
        for result in paper.results
        if result.benchmark == "imagenet-1k"
    ]
    printed = [
        (row["paper"], row["model"], {m: row[m] for m in ("top1", "top5") if row[m]})
        for row in facts("imagenet-1k.csv")
    ]
    assert len(rows) == 45
    assert len({arxiv for arxiv, _, _ in rows}) == 43
    assert sorted(rows, key=str) == sorted(printed, key=str)


def test_all_medical_papers_are_there_with_section_and_tags(contents: Contents) -> None:
    papers = {paper.ids.get("arxiv"): paper for paper in contents.papers.values()}
    medical = facts("medical.csv")
    assert len(medical) >= 161
    for row in medical:
        paper = papers[row["arxiv"]]
        assert (paper.title, paper.name) == (row["title"], row["name"])
        assert paper.section == tuple(row["section"].split(" / "))
        assert paper.tags == tuple(row["tags"].split("; "))


def test_every_section_has_its_place_in_the_settings(contents: Contents) -> None:
    found = {" / ".join(paper.section) for paper in contents.papers.values()}
    assert found == set(Library(ROOT).config.sections)


def test_every_code_link_of_the_networks_is_there_with_its_label(contents: Contents) -> None:
    links = {
        (paper.ids.get("arxiv"), link.url, link.label, link.framework)
        for paper in contents.papers.values()
        for link in paper.code
    }
    code = facts("code.csv")
    assert len(code) == 122
    for row in code:
        assert (row["arxiv"], row["code"], row["code label"], row["framework"]) in links


@pytest.mark.parametrize(("name", "venues"), CORRECTED.items(), ids=CORRECTED)
def test_a_wrong_venue_is_corrected_and_the_paper_says_why(
    name: str, venues: tuple[str, str], named: Mapping[str, Paper]
) -> None:
    printed, venue = venues
    paper = named[name]
    assert paper.appeared == venue
    assert paper.printed["venue"].startswith(printed)
    assert printed in paper.notes


def test_no_other_venue_of_the_networks_differs_from_what_was_printed(
    named: Mapping[str, Paper],
) -> None:
    corrected = {row["name"] for row in facts("networks.csv") if row["printed venue"]}
    assert corrected == set(CORRECTED)


def test_no_venue_that_nobody_has_confirmed_is_printed_without_its_mark(
    contents: Contents,
) -> None:
    entries = {entry.partition("\n")[0]: entry for entry in README.split("\n#### ")[1:]}
    unsure = [p for p in contents.papers.values() if p.venue and p.is_unchecked("venue")]
    expected = [row for row in facts("medical.csv") if row["venue source"] == UNCHECKED]
    assert len(unsure) == len(expected) > 0
    for paper in unsure:
        line = f"_{paper.venue} (unconfirmed)_"
        assert any(paper.title in entry and line in entry for entry in entries.values())


def test_a_value_that_may_be_a_slip_is_kept_and_marked(named: Mapping[str, Paper]) -> None:
    [result] = named["DPN"].results
    assert (result.values, result.status) == ({"top1": "79", "top5": "94.5"}, UNCONFIRMED)
    assert result.note
    assert "79 (unconfirmed)" in README


def test_the_venues_of_the_facts_have_their_usual_names() -> None:
    for row in facts("medical.csv"):
        if row["venue"]:
            assert str(normalise(row["venue"])) == row["venue"]
            assert row["venue source"]


def test_a_check_finds_no_error_and_only_the_warnings_that_are_known(contents: Contents) -> None:
    found = rules.check(Holdings(ROOT / "store", contents))
    assert not [finding for finding in found if finding.severity == "error"]
    warnings = {(f.rule, f.path.stem) for f in found if f.severity == "warning"}
    assert warnings == {
        ("identical-values", "chollet2016xception"),  # DPN's values, which are marked
        ("code-link-malformed", "gao2019res2net"),  # an organisation, as the list had it
    }
