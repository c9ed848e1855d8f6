"""The rules about a store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from papertrack.checks import rules
from papertrack.checks.findings import Finding
from papertrack.checks.holdings import Holdings
from papertrack.editing import add_result
from papertrack.library import Library
from papertrack.model import (
    UNCHECKED,
    CodeLink,
    Link,
    Measurement,
    Paper,
    Result,
    ResultSource,
    Venue,
    replace,
)
from papertrack.protocol import digest
from tests.builders import attention_unet, make_library, synapse, unet, voxelmorph


def check(library: Library, *, stale: tuple[Path, ...] = ()) -> list[Finding]:
    return rules.check(Holdings(library.store, library.read(), stale))


def told(library: Library) -> list[tuple[str, str, str]]:
    """Name rule, file and line of text of each finding but `no-code`."""
    return [
        (f.rule, f.path.stem, f.path.read_text().splitlines()[f.line - 1].strip().split(":")[0])
        for f in check(library)
        if f.rule != "no-code"
    ]


def with_results(library: Library, *results: Result) -> Library:
    with library.change() as contents:
        contents.benchmarks["synapse"] = synapse()
        contents.papers["unet"] = unet(results=results)
    return library


def result(**changes: Any) -> Result:
    fields: dict[str, Any] = {"benchmark": "synapse", "values": {"dice": "76.85"}}
    return Result(**(fields | changes))


def test_a_sound_store_has_no_finding(tmp_path: Path) -> None:
    library = make_library(tmp_path, unet=unet(), voxelmorph=voxelmorph())
    assert told(library) == []
    assert [f.rule for f in check(library)] == ["no-code"]


@pytest.mark.parametrize(
    ("changes", "rule", "line"),
    [
        ({"code": (CodeLink(url="github.com/o/n"),)}, "bad-link", "{"),
        ({"links": (Link(url="ttps://x.example/p"),)}, "bad-link", "{"),
        ({"venue": Venue(name="MICCAI", url="javascript:x")}, "bad-link", '"venue"'),
        ({"code": (CodeLink(url="https://github.com/"),)}, "code-link-malformed", "{"),
        ({"code": (CodeLink(url="https://github.com/owner"),)}, "code-link-malformed", "{"),
        ({"code": (CodeLink(url="https://arxiv.org/abs/1505.04597"),)}, "code-link-malformed", "{"),
        ({"code": (CodeLink(url="https://github.com/o/n"),) * 2}, "code-twice", '"code"'),
        (
            {"code": (CodeLink(url="https://github.com/o/n", label="unoffical"),)},
            "misspelt-label",
            "{",
        ),
        ({"venue": Venue(name="Arvix", year=2015)}, "misspelt-label", '"venue"'),
        ({"venue": Venue(name="MICCAI", year=2013)}, "venue-before-arxiv", '"venue"'),
        ({"venue": Venue(name="ECCV", year=2017)}, "venue-not-held", '"venue"'),
        ({"title": "U-Net\u202e: Networks"}, "control-character", '"title"'),
        ({"authors": ("Olaf\u200bRonneberger",)}, "control-character", '"authors"'),
        ({"authors": ()}, "incomplete-paper", "{"),
        ({"sources": {"venue": UNCHECKED}}, "unconfirmed-venue", '"venue"'),
        (
            {
                "dismissed": ("https://github.com/o/n",),
                "code": (CodeLink(url="http://github.com/O/n"),),
            },
            "dismissed-link",
            "{",
        ),
        ({"results": (result(benchmark="gone"),)}, "dangling-result", "{"),
    ],
)
def test_a_fault_is_reported_at_its_line(
    changes: dict[str, Any], rule: str, line: str, tmp_path: Path
) -> None:
    assert told(make_library(tmp_path, unet=unet(**changes))) == [(rule, "unet", line)]


def test_the_line_is_that_of_the_link_among_several(tmp_path: Path) -> None:
    code = (CodeLink(url="https://github.com/o/n"), CodeLink(url="ttps://github.com/o/m"))
    [finding] = [
        f for f in check(make_library(tmp_path, unet=unet(code=code))) if f.rule == "bad-link"
    ]
    lines = finding.path.read_text().splitlines()
    assert "ttps:" in "".join(lines[finding.line - 1 : finding.line + 1])
    assert "https://github.com/o/m must be meant" in finding.message


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"dice": "768.5"}, "value-out-of-range"),
        ({"dise": "76.85"}, "dangling-result"),
    ],
)
def test_a_wrong_value_is_reported(values: dict[str, str], rule: str, tmp_path: Path) -> None:
    library = with_results(make_library(tmp_path), result(), result(model="b", values=values))
    assert told(library) == [(rule, "unet", "{")]


def test_two_rows_with_the_same_values_are_reported(tmp_path: Path) -> None:
    values = {"dice": "76.85", "hd95": "39.7"}
    library = with_results(make_library(tmp_path), *(result(model=m, values=values) for m in "ab"))
    assert told(library) == [("identical-values", "unet", "{")]


def measured(protocol: str) -> Result:
    return result(status="measured", measurement=Measurement(spec="n:N", protocol=protocol))


TABLE_4 = ResultSource(url="https://arxiv.org/abs/2102.04306", locator="Table 4")


@pytest.mark.parametrize(
    ("results", "rule", "message"),
    [
        (
            [result(), result(benchmark="gone")],
            "dangling-result",
            "there is no benchmark gone",
        ),
        (
            [result(status="believed")],
            "unknown-status",
            "U-Net: 'believed' is no status: one of self-reported, ",
        ),
        (
            [result(), result(supersedes="0123456789ab", model="b")],
            "dangling-correction",
            "b supersedes 0123456789ab, which is not there",
        ),
        (
            [measured(digest({})), measured("f" * 64)],
            "stale-protocol",
            "U-Net is measured under protocol ffffffffffff, and synapse has 44136fa355b3 now",
        ),
        (
            [
                result(source=TABLE_4),
                result(
                    values={"dice": "77.0", "hd95": "9"},
                    source=ResultSource(url="https://x.example/"),
                ),
            ],
            "conflicting-results",
            "U-Net: dice is 77.0 here and 76.85 in https://arxiv.org/abs/2102.04306 Table 4",
        ),
        (
            [result(), result(model="a"), result(model="b", values={"dice": "0.7602"})],
            "mixed-units",
            "b: dice 0.7602 is no percentage",
        ),
        (
            [result(), result(model="b", values={"hd95": "-1"})],
            "value-out-of-range",
            "b: HD95 -1 is below 0",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "-" in value[:12] else "",
)
@pytest.mark.parametrize("owner", ["papers", "benchmarks"])
def test_a_fault_of_a_result_is_named_wherever_it_stands(
    results: list[Result], rule: str, message: str, owner: str, tmp_path: Path
) -> None:
    library = make_library(tmp_path)
    with library.change() as contents:
        benchmark = synapse()
        hd95 = replace(benchmark.metrics[1], range=("0", ""))
        benchmark = replace(benchmark, metrics=(benchmark.metrics[0], hd95))
        if owner == "papers":
            contents.papers["unet"] = unet(results=tuple(results))
        else:
            named = (replace(r, model=r.model or "U-Net") for r in results)
            benchmark = replace(benchmark, results=tuple(named))
        contents.benchmarks["synapse"] = benchmark
    [finding] = [f for f in check(library) if f.rule != "no-code"]
    assert (finding.rule, finding.path.parent.name) == (rule, owner)
    assert finding.message.startswith(message)
    held = json.loads(finding.path.read_text())["results"]
    start = "".join(finding.path.read_text().splitlines()[finding.line - 1 :])
    assert json.JSONDecoder().raw_decode(start.strip())[0] == held[-1]


def test_results_that_only_look_wrong_are_left_alone(tmp_path: Path) -> None:
    paper = unet(results=(result(), result(model="b", values={"dice": "0.7"})))
    paper = add_result(paper, result(model="b", values={"dice": "71"}))
    other = result(values={"dice": "76.850"}, source=TABLE_4)
    third = result(values={"dice": "60"}, source=TABLE_4, conditions={"crop": 9})
    library = make_library(tmp_path, unet=replace(paper, results=(*paper.results, other, third)))
    with library.change() as contents:
        contents.benchmarks["synapse"] = synapse()
    assert told(library) == []


def test_papers_that_stand_twice_are_reported_by_key(tmp_path: Path) -> None:
    library = make_library(tmp_path, one=unet(), other=unet(ids={"doi": "10.1000/x"}))
    [finding] = [f for f in check(library) if f.rule == "duplicate-paper"]
    assert finding.path.stem == "other"
    assert "stands on one" in finding.message


def test_one_name_on_two_papers_is_reported(tmp_path: Path) -> None:
    library = make_library(tmp_path, a=unet(), b=voxelmorph(name="u-net"))
    assert told(library) == [("name-on-two-papers", "b", '"name"')]


def sections(tmp_path: Path, *names: str) -> Library:
    papers = [
        Paper(title=f"A paper {n}", authors=("A B",), year=2020, ids={"doi": f"10.1000/{n}"})
        for n in range(len(names))
    ]
    made = {f"p{n}": p for n, p in enumerate(papers)}
    library = make_library(tmp_path)
    with library.change() as contents:
        for (key, paper), name in zip(made.items(), names, strict=True):
            contents.papers[key] = replace(paper, section=tuple(name.split("/")))
    return library


@pytest.mark.parametrize("name", ["Segmentaton", "segmentation", "Segmentations", "Segment-ation"])
def test_a_section_that_is_almost_another_is_reported(name: str, tmp_path: Path) -> None:
    library = sections(tmp_path, "Segmentation", "Segmentation", name)
    assert told(library) == [("near-section", "p2", '"section"')]


@pytest.mark.parametrize("names", [("MRI", "fMRI"), ("2D nets", "3D nets"), ("A/Brain", "B/Brain")])
def test_sections_of_other_names_are_left_alone(names: tuple[str, ...], tmp_path: Path) -> None:
    assert told(sections(tmp_path, *names)) == []


def test_a_file_that_cannot_be_read_is_a_finding_at_its_line(tmp_path: Path) -> None:
    library = make_library(tmp_path, unet=unet())
    path = library.store / "papers" / "unet.json"
    path.write_text(path.read_text().replace('"year": 2015,', '"year": 2015'))
    (library.store / "papers" / "Not A Key.json").write_text("{}")
    found = check(library)
    assert {f.rule for f in found} == {"unreadable-file"}
    assert {f.path.name for f in found} == {"unet.json", "Not A Key.json"}
    assert all(f.severity == "error" for f in found)


def test_a_stale_readme_is_a_note(tmp_path: Path) -> None:
    library = make_library(tmp_path, attention_unet=attention_unet())
    found = check(library, stale=(tmp_path / "README.md",))
    assert {(f.rule, f.severity) for f in found} == {("stale-readme", "info"), ("no-code", "info")}
