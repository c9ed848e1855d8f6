"""The list that the project began with, and its table as this repository's store prints it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from papertrack.charts.results import scatter
from papertrack.library import Library
from papertrack.model import Paper
from papertrack.venues import normalise

ROOT = Path(__file__).parent.parent
METRICS = {"top1": "imagenet_top1", "top5": "imagenet_top5"}
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows(markdown: str) -> list[list[str]]:
    """Read the plain cells of every table in a file."""
    found: list[list[str]] = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(markdown):
        if token.type == "tr_open":
            found.append([])
        elif token.type == "inline" and found:
            found[-1].append("".join(child.content for child in token.children or []))
    return [row[:4] for row in found if row[0] != "ConvNet"]


@pytest.fixture(scope="module")
def printed(seed: Path) -> dict[str, list[str]]:
    """Return the rows of the seed's README by their name; it prints its table twice."""
    twice = rows((seed / "README.seed.md").read_text(encoding="utf-8"))
    once = {row[0]: row for row in twice}
    assert len(twice) == 2 * len(once) == 90
    assert twice[:45] == twice[45:]
    return once


@pytest.fixture(scope="module")
def facts(seed: Path) -> dict[str, dict[str, Any]]:
    """Return the facts about the rows by their name."""
    text = (seed / "convnets.json").read_text(encoding="utf-8")
    return {fact["name"]: fact for fact in json.loads(text)}


@pytest.fixture(scope="module")
def papers() -> dict[str, Paper]:
    """Return the papers of the table, out of the store."""
    held = Library(ROOT).read().papers
    return {k: p for k, p in held.items() if any(r.benchmark == "imagenet-1k" for r in p.results)}


@pytest.fixture(scope="module")
def rendered() -> str:
    """Return the table and the entries of its papers, as README.md prints them."""
    table = README.partition("<!-- papertrack:begin table imagenet-1k")[2]
    entries = README.partition("\n### Convolutional Networks\n")[2]
    return "".join(part.partition("<!-- papertrack:end")[0] for part in (table, entries))


def test_the_values_of_the_facts_are_those_that_the_seed_prints(
    facts: dict[str, dict[str, Any]], printed: dict[str, list[str]]
) -> None:
    assert facts.keys() == printed.keys()
    for name, fact in facts.items():
        for value, metric in zip(printed[name][1:3], METRICS.values(), strict=True):
            known = None if value == "-" else Decimal(value)
            assert known == (fact[metric] and Decimal(str(fact[metric])))


def test_the_table_has_every_row_once_with_name_and_values_as_printed(
    rendered: str, printed: dict[str, list[str]]
) -> None:
    table = rows(rendered)
    assert len(table) == 45
    plain = {row[0]: [cell.removesuffix(" (unconfirmed)") for cell in row[:3]] for row in table}
    assert plain == {name: row[:3] for name, row in printed.items()}
    assert [row[0] for row in table if "unconfirmed" in row[1]] == ["DPN"]


def test_the_venue_is_that_of_the_facts_and_the_facts_explain_where_the_seed_differs(
    rendered: str, facts: dict[str, dict[str, Any]], printed: dict[str, list[str]]
) -> None:
    for name, _, _, published in rows(rendered):
        fact = facts[name]
        venue = f"{fact['venue']} {fact['year']}"
        assert published.partition(" (")[0] == str(normalise(venue))
        cell = fact["published_in_as_printed"].split("([")[0]
        assert printed[name][3].startswith(cell)
        told = any("venue:" in note for note in fact.get("notes", ()))
        assert told == (
            venue.replace(" ", "") != cell.replace(" ", "")
            or "([" in fact["published_in_as_printed"]
        )


def test_there_is_one_table_and_its_pipes_stand_under_each_other(rendered: str) -> None:
    table = [line for line in rendered.split("\n") if line.startswith("|")]
    assert len(table) == 47
    assert len({tuple(i for i, c in enumerate(line) if c == "|") for line in table}) == 1


def test_the_rows_stand_by_year(rendered: str) -> None:
    years = [int(row[3].partition(" (")[0].split()[-1]) for row in rows(rendered)]
    assert years == sorted(years)


def test_every_value_that_is_sure_is_a_point_of_the_chart(
    papers: dict[str, Paper], facts: dict[str, dict[str, Any]]
) -> None:
    benchmark = Library(ROOT).read().benchmarks["imagenet-1k"]
    chart = scatter("imagenet-1k", benchmark, papers, y="top1")
    assert chart
    drawn = {point.name for point in chart.points}
    valued = {name for name, fact in facts.items() if fact["imagenet_top1"]}
    assert drawn == valued - {"DPN"}
    assert chart.summary == "37 results, 2014 to 2019, best 84.3 %"


def test_the_best_values_are_bold(rendered: str) -> None:
    bold = [line for line in rendered.split("\n") if line.startswith("|") and "**" in line]
    assert [line.split("**")[1] for line in bold] == ["97.749", "84.3"]


def test_every_paper_has_its_entry_and_every_row_leads_to_one(
    rendered: str, papers: dict[str, Paper]
) -> None:
    assert len(papers) == 43
    assert sum(line.startswith("#### ") for line in rendered.split("\n")) == 43
    assert rendered.count("](#") == 45
    links = [line for line in rendered.split("\n") if line.startswith("- code: ")]
    assert len(links) == sum(len(paper.code) for paper in papers.values())


def test_every_code_link_of_the_facts_is_there_once(
    facts: dict[str, dict[str, Any]], papers: dict[str, Paper]
) -> None:
    stated = {(fact["arxiv_id"], c["url"]) for fact in facts.values() for c in fact["code"]}
    held = [(paper.ids["arxiv"], link.url) for paper in papers.values() for link in paper.code]
    assert sorted(held) == sorted(stated)
    assert (sum(len(fact["code"]) for fact in facts.values()), len(held)) == (129, 122)
