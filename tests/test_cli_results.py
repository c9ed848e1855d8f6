"""Result tables on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from papertrack.cli.leaderboard import bars
from papertrack.metrics import number
from papertrack.model import SOURCE_KINDS, STATUSES
from tests.builders import make_library, synapse, unet, voxelmorph
from tests.conftest import Ran

Command = Callable[..., Ran]

CSV = "model,paper,Dice,hd95,extra\nU-Net,u,76.3±0.4,39.7,\nVM,v,70.5,,x\nNobody,,80.25,,\n"


@pytest.fixture
def library(papertrack: Command) -> Command:
    """Return the command line in a list of two papers and a benchmark."""
    made = make_library(Path.cwd(), u=unet(), v=voxelmorph())
    with made.change() as contents:
        contents.benchmarks["synapse"] = synapse(protocol={"crop": 224})
    return papertrack


def stored(path: str) -> Any:
    return json.loads(Path("store", path).read_bytes())


def test_a_benchmark_is_added_shown_and_edited(library: Command) -> None:
    metric = ("--metric", "dice,Dice,higher,%,decimals=2,range=0..100,alias=DSC")
    protocol = ("--protocol", "input=[1, 3, 128]", "--protocol", "norm=batch")
    data = ("--dataset", "ACDC", "--dataset-version", "2017", "--split", "test")
    assert (
        library("benchmark", "add", "acdc", "--title", "ACDC", *metric, *protocol, *data).code == 0
    )
    assert stored("benchmarks/acdc.json") == {
        "title": "ACDC",
        "dataset": {"name": "ACDC", "version": "2017", "split": "test"},
        "metrics": [
            {
                "id": "dice",
                "name": "Dice",
                "unit": "%",
                "decimals": 2,
                "range": ["0", "100"],
                "aliases": ["DSC"],
            }
        ],
        "protocol": {"input": [1, 3, 128], "norm": "batch"},
    }
    shown = library("benchmark", "show", "acdc")
    assert "protocol\tinput [1, 3, 128], norm batch (" in shown.out
    assert len(library("benchmark", "show", "acdc", "--json").json["protocol_hash"]) == 64
    edited = library(
        *("benchmark", "edit", "acdc", "--title", "ACDC 2017", "--metric", "hd95,HD95,lower,mm"),
        *("--primary", "HD95", "--protocol", "norm=", "--protocol", "crop=96"),
    )
    assert edited.code == 0
    held = stored("benchmarks/acdc.json")
    assert (held["title"], held["primary"]) == ("ACDC 2017", "hd95")
    assert held["protocol"] == {"input": [1, 3, 128], "crop": 96}


def test_a_condition_of_another_type_is_a_change_of_the_protocol(library: Command) -> None:
    for value in (1, True, 1.0):
        told = ("--protocol", f"crop={json.dumps(value)}")
        assert library("benchmark", "edit", "synapse", *told).code == 0
        assert repr(stored("benchmarks/synapse.json")["protocol"]["crop"]) == repr(value)


def test_a_group_whose_condition_differs_by_its_type_has_a_caption(library: Command) -> None:
    library("benchmark", "edit", "synapse", "--protocol", "crop=1")
    library("result", "add", "u", "synapse", "dice=80", "--condition", "crop=true")
    [group] = library("leaderboard", "synapse", "--json").json
    assert group["differences"] == ["crop instead of crop 1"]


def test_what_a_benchmark_says_is_taken_off_by_an_empty_value(library: Command) -> None:
    edit = ("benchmark", "edit", "synapse")
    library(*edit, "--metric", "dice,decimals=1,range=0..100,alias=DSC", "--primary", "hd95")
    empty = ("--metric", "dice,decimals=,range=,alias=,unit=", "--primary", "", "--protocol")
    assert "saved" in library(*edit, *empty, "crop=").err
    held = stored("benchmarks/synapse.json")
    assert held["metrics"][0] == {"id": "dice", "name": "Dice"}
    assert not {"primary", "protocol"} & held.keys()
    assert library(*edit, "--metric", "hd95=").code == 0
    assert [m["id"] for m in stored("benchmarks/synapse.json")["metrics"]] == ["dice"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("benchmark edit synapse --metric gone=", 3),
        ("benchmark edit synapse --protocol gone=", 3),
        ("benchmark edit gone --title x", 3),
        ("benchmark edit synapse --primary gone", 3),
        ("benchmark edit synapse --metric dice,range=1", 2),
        ("benchmark edit synapse --protocol crop", 2),
        ("benchmark add new --title New", 2),
        ("result add u synapse", 2),
        ("result add u synapse dice=768.5", 2),
        ("result add u synapse dice=1 --status believed", 2),
        ("result add u synapse dice=1 --kind rumour", 2),
        ("result add u synapse dice=1 --condition crop", 2),
        ("result add u synapse dice=1 --condition crop=", 2),
        ("result add u synapse dice=1 --status not-applicable", 2),
        ("result add u synapse dice=1 DICE=2", 2),
        ("result add u synapse dice=1 dice=1", 2),
        ("result add u synapse dice=1 --condition crop=1 --condition crop=2", 2),
        ("result add u synapse dice=1 --uncertainty hd=1", 3),
        ("leaderboard gone", 3),
        ("leaderboard synapse --metric gone", 3),
        ("import rows.csv --benchmark gone", 3),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    arguments: str, code: int, library: Command
) -> None:
    Path("rows.csv").write_text(CSV)
    library("benchmark", "edit", "synapse", "--metric", "dice,range=0..100")
    before = [path.read_bytes() for path in sorted(Path("store").rglob("*.json"))]
    ran = library(*arguments.split())
    assert ran.code == code
    assert "hint: " in ran.err
    assert [path.read_bytes() for path in sorted(Path("store").rglob("*.json"))] == before


def test_a_result_is_kept_with_all_that_is_said(library: Command) -> None:
    ran = library(
        *("result", "add", "u", "synapse", "DICE=76.3±0.4", "hd95=39.70", "--variant", "large"),
        *("--uncertainty", "hd95=1,sd,5", "--extra-data", "JFT", "--condition", "crop=320"),
        *("--convention", "torch", "--status", "reproduced", "--kind", "leaderboard"),
        *("--url", "https://x.example/", "--locator", "row 3", "--note", "10-crop"),
    )
    assert ran.code == 0
    assert stored("papers/u.json")["results"] == [
        {
            "benchmark": "synapse",
            "variant": "large",
            "values": {"dice": "76.3", "hd95": "39.70"},
            "uncertainty": {"dice": {"value": "0.4"}, "hd95": {"value": "1", "kind": "sd", "n": 5}},
            "extra_data": "JFT",
            "conditions": {"crop": 320},
            "convention": "torch",
            "status": "reproduced",
            "source": {"kind": "leaderboard", "url": "https://x.example/", "locator": "row 3"},
            "note": "10-crop",
        }
    ]


def test_a_correction_keeps_the_old_value_in_the_file_until_the_row_is_removed(
    library: Command,
) -> None:
    library("result", "add", "u", "synapse", "dice=70")
    library("result", "add", "u", "synapse", "dice=71")
    before = Path("store/papers/u.json").read_bytes()
    assert library("result", "add", "u", "synapse", "dice=71").code == 0
    assert Path("store/papers/u.json").read_bytes() == before
    old, new = stored("papers/u.json")["results"]
    assert (old["values"], new["values"]) == ({"dice": "70"}, {"dice": "71"})
    [listed] = library("result", "list", "--json").json
    assert (listed["values"], listed["supersedes"]) == ({"dice": "71"}, new["supersedes"])
    assert "u: 1 taken out; " in library("result", "remove", "u", "synapse").err
    assert "results" not in stored("papers/u.json")


def test_what_was_saved_is_said_and_what_was_there_already(library: Command) -> None:
    add = ("result", "add", "u", "synapse")
    assert library(*add, "dice=70").err == "u: result on synapse saved; next: papertrack render\n"
    assert "u: result on synapse corrected; next: " in library(*add, "dice=71").err
    assert library(*add, "dice=71").err == "u: result on synapse is there already\n"
    edit = ("benchmark", "edit", "synapse")
    assert library(*edit, "--title", "CT").err == "synapse saved; next: papertrack render\n"
    assert library(*edit, "--title", "CT").err == "synapse is unchanged\n"
    assert library(*edit).err == "synapse is unchanged\n"


def test_a_row_is_confirmed_by_a_person_or_by_a_file(library: Command) -> None:
    add = ("result", "add", "u", "synapse", "dice=70")
    library(*add, "--status", "unconfirmed")
    assert "corrected" in library(*add, "--status", "self-reported").err
    assert "status" not in library("result", "list", "--json").json[0]
    library(*add, "--status", "unconfirmed")
    Path("rows.csv").write_text("model,dice,status\nU-Net,70,self-reported\n")
    assert "1 corrected" in library("import", "rows.csv", "--benchmark", "synapse").err
    assert "1 exists" in library("import", "rows.csv", "--benchmark", "synapse").err


def test_a_list_of_results_has_values_as_they_are_typed(library: Command) -> None:
    library("result", "add", "u", "synapse", "dice=70±0.5", "hd95=9")
    assert library("result", "list").out.split("\t")[2] == "dice=70±0.5 hd95=9"


def test_one_of_two_sources_is_removed_by_its_id(library: Command) -> None:
    for value, page in (("70", "a"), ("71", "b")):
        url = ("--url", f"https://x.example/{page}")
        library("result", "add", "u", "synapse", f"dice={value}", *url)
    one, other = library("result", "list", "--json").json
    assert library("result", "remove", "u", "synapse", "--model", one["id"]).code == 0
    assert [row["id"] for row in library("result", "list", "--json").json] == [other["id"]]
    assert stored("papers/u.json")["dismissed"] == ["https://x.example/a"]


def test_a_model_that_cannot_run_needs_no_value(library: Command) -> None:
    note = ("--note", "Takes one channel.")
    assert library("result", "add", "u", "synapse", "--status", "not-applicable", *note).code == 0
    Path("README.md").write_text(
        "# L\n\n<!-- papertrack:begin table synapse -->\n<!-- papertrack:end table synapse -->\n"
    )
    assert library("render").code == 0
    readme = Path("README.md").read_text()
    assert "¹ |      n/a |       n/a | MICCAI 2015  |" in readme
    assert "\n¹ Not applicable under this protocol: Takes one channel.\n" in readme
    assert library("render", "--check").code == 0


@pytest.mark.parametrize("known", [STATUSES, SOURCE_KINDS], ids=["statuses", "kinds of source"])
def test_the_help_names_what_can_be_given(known: tuple[str, ...], library: Command) -> None:
    told = "".join(library("result", "add", "--help").out.split())
    assert all(name in told for name in known)


def test_rows_of_a_file_come_in_and_a_second_time_changes_nothing(library: Command) -> None:
    Path("rows.csv").write_text(CSV)
    dry = library("import", "rows.csv", "--benchmark", "synapse", "--dry-run", "--json")
    assert [row["status"] for row in dry.json[0]["rows"]] == ["added", "added", "unlisted"]
    assert "results" not in stored("papers/u.json")
    ran = library("import", "rows.csv", "--benchmark", "synapse")
    assert ran.code == 0
    assert "rows.csv:1: columns that are not read: extra" in ran.err
    assert "Nobody" in ran.err
    before = [path.read_bytes() for path in sorted(Path("store").rglob("*.json"))]
    again = library("import", "rows.csv", "--benchmark", "synapse", "--json")
    assert [row["status"] for row in again.json[0]["rows"]] == ["exists"] * 3
    assert [path.read_bytes() for path in sorted(Path("store").rglob("*.json"))] == before


@pytest.mark.parametrize("by", ["name", "id"])
def test_a_row_without_a_paper_is_taken_out_and_stays_out(by: str, library: Command) -> None:
    marked = "<!-- papertrack:begin table synapse -->\n<!-- papertrack:end table synapse -->\n"
    Path("README.md").write_text(f"# L\n\n{marked}")
    Path("rows.csv").write_text(CSV)
    library("import", "rows.csv", "--benchmark", "synapse")
    library("render")
    assert "Nobody" in Path("README.md").read_text()
    rows = library("result", "list", "--json").json
    name = next(row["id"] for row in rows if row["name"] == "Nobody") if by == "id" else "Nobody"
    ran = library("result", "remove", name, "synapse")
    assert (ran.code, ran.err) == (0, f"{name}: 1 taken out; next: papertrack render\n")
    assert len(library("result", "list", "--json").json) == 2
    again = library("import", "rows.csv", "--benchmark", "synapse", "--json")
    assert [row["status"] for row in again.json[0]["rows"]] == ["exists", "exists", "dismissed"]
    assert library("render").code == 0
    assert "Nobody" not in Path("README.md").read_text()


def test_a_benchmark_is_removed_when_no_row_is_left(library: Command) -> None:
    library("result", "add", "u", "synapse", "dice=1")
    ran = library("benchmark", "remove", "synapse")
    assert (ran.code, Path("store/benchmarks/synapse.json").exists()) == (6, True)
    assert "hint: papertrack result remove u synapse\n" in ran.err
    library("result", "remove", "u", "synapse")
    assert library("benchmark", "remove", "synapse").code == 0
    assert not Path("store/benchmarks/synapse.json").exists()
    Path("README.md").write_text(
        "# L\n\n<!-- papertrack:begin table synapse -->\n<!-- papertrack:end table synapse -->\n"
    )
    ran = library("render")
    assert "README.md:3: there is no benchmark 'synapse'" in ran.err
    assert "or take the region out" in ran.err


def test_the_row_of_a_paper_is_removed_by_its_id_alone(library: Command) -> None:
    for model in ("", "R50"):
        library("result", "add", "u", "synapse", "dice=1", "--model", model)
    one, other = library("result", "list", "--json").json
    ran = library("result", "remove", other["id"], "synapse")
    assert (ran.code, ran.err) == (0, "u: 1 taken out; next: papertrack render\n")
    assert library("result", "list", "--json").json == [one]


@pytest.mark.parametrize(
    ("key", "benchmark", "message", "hint"),
    [
        (
            "Gone",
            "synapse",
            "no paper 'Gone' in the list, and synapse has no row of its own",
            "result list",
        ),
        ("Voxelmorp", "synapse", "no paper 'Voxelmorp'", "did you mean v?"),
        ("R50", "synapse", "no paper 'R50'", "papertrack result remove u synapse --model R50"),
        ("v", "synapse", "v has no such result on synapse", "papertrack result list synapse"),
        ("v", "gone", "there is no benchmark 'gone'", "there are: synapse"),
        ("Gone", "gone", "there is no benchmark 'gone'", "there are: synapse"),
    ],
)
def test_a_row_that_is_not_there_cannot_be_taken_out(
    key: str, benchmark: str, message: str, hint: str, library: Command
) -> None:
    library("result", "add", "u", "synapse", "dice=1", "--model", "R50")
    ran = library("result", "remove", key, benchmark)
    assert ran.code == 3
    assert message in ran.err
    assert hint in ran.err


def test_a_row_that_cannot_come_in_is_named_and_the_exit_code_says_partly(
    library: Command,
) -> None:
    Path("rows.csv").write_text("model,dice\nU-Net,high\nVM,70\n")
    ran = library("import", "rows.csv", "--benchmark", "synapse")
    assert ran.code == 7
    assert "rows.csv:2: U-Net: 'high' is no value of a metric" in ran.err


def test_a_file_without_a_metric_is_refused_with_its_place(library: Command) -> None:
    Path("rows.csv").write_text("a,b\n1,2\n")
    ran = library("import", "rows.csv", "--benchmark", "synapse")
    assert ran.code == 1
    assert "rows.csv:1: no column holds a metric" in ran.err


@pytest.mark.parametrize(
    ("commands", "shown"),
    [
        (["dice=70 hd95=9"], ["synapse: dice 70, hd95 9 (self-reported)"]),
        (["dice=70", "dice=71±0.5"], ["synapse: dice 71 ± 0.5 (self-reported)"]),
        (["dice=70 --model R50"], ["R50 on synapse: dice 70 (self-reported)"]),
        (["dice=70 --variant L"], ["U-Net (L) on synapse: dice 70 (self-reported)"]),
        (
            ["dice=70", "dice=71 --model R50", "dice=9 --condition crop=9 --condition flip=true"],
            [
                "U-Net on synapse: dice 70 (self-reported)",
                "R50 on synapse: dice 71 (self-reported)",
                "U-Net on synapse: dice 9 (self-reported; crop 9, flip)",
            ],
        ),
        (["--status not-applicable"], ["synapse: no values (not-applicable)"]),
    ],
)
def test_show_prints_the_results_that_stand_with_what_tells_them_apart(
    commands: list[str], shown: list[str], library: Command
) -> None:
    for command in commands:
        library("result", "add", "u", "synapse", *command.split())
    lines = library("show", "u").out.split("\n")
    assert [line for line in lines if line.startswith("result\t")] == [
        f"result\t{line}" for line in shown
    ]


# --- benchmark show and list --------------------------------------------------------------------


@pytest.fixture
def told(library: Command) -> Command:
    """Return the command line in a list with rows in two groups, one of them corrected."""
    metric = ("--metric", "dice,decimals=1,range=0..100,alias=DSC", "--primary", "hd95")
    library("benchmark", "edit", "synapse", *metric)
    for dice in ("70", "71.25"):
        library("result", "add", "u", "synapse", f"dice={dice}")
    library("result", "add", "v", "synapse", "dice=90", "--condition", "crop=320")
    library("result", "add", "v", "synapse", "dice=9", "--model", "X")
    library("result", "add", "v", "synapse", "--model", "X", "--status", "not-applicable")
    return library


def test_a_benchmark_shows_its_metrics_without_a_row(library: Command) -> None:
    shown = library("benchmark", "show", "synapse").out.split("\n")
    assert "metric\tdice: Dice (%), higher is better; rows rank by it" in shown
    assert "metric\thd95: HD95 (mm), lower is better" in shown
    library("benchmark", "edit", "synapse", "--metric", "dice,direction=none")
    shown = library("benchmark", "show", "synapse").out.split("\n")
    assert "metric\tdice: Dice (%), no value is better" in shown


def test_text_and_json_show_the_same_groups_of_rows(told: Command) -> None:
    only = "These rows compare only with each other: crop 320 instead of crop 224."
    shown = told("benchmark", "show", "synapse").out.split("\n")
    assert "metric\thd95: HD95 (mm), lower is better; rows rank by it" in shown
    assert shown[-4:] == [
        "U-Net\t71.2\t-\tMICCAI 2015\t",
        "X\tn/a\tn/a\tIEEE TMI 2019\t",
        f"VoxelMorph\t90\t-\tIEEE TMI 2019\t{only}",
        "",
    ]
    document = told("benchmark", "show", "synapse", "--json").json
    main, apart = document["groups"]
    assert [row["name"] for row in main["rows"]] == ["U-Net", "X"]
    listed = told("result", "list", "synapse", "--json").json
    assert sorted([*main["rows"], *apart["rows"]], key=str) == sorted(listed, key=str)
    assert apart["differences"] == ["crop 320 instead of crop 224"]
    assert main["protocol"] == document["protocol_hash"] != apart["protocol"]
    assert document["metrics"][0]["aliases"] == ["DSC"]


def test_a_terminal_heads_each_group_with_what_sets_it_apart(
    told: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papertrack.cli.console.Console.is_terminal", True)
    monkeypatch.setenv("COLUMNS", "100")
    shown = told("-q", "benchmark", "show", "synapse").out
    assert shown.count("Dice (%)") == 3
    assert "crop 320 instead of crop 224." in shown


def test_the_list_of_benchmarks_counts_the_rows_that_stand(told: Command) -> None:
    assert told("benchmark", "list").out == "synapse\tSynapse multi-organ CT\tdice, hd95\t3\n"
    [listed] = told("benchmark", "list", "--json").json
    assert (listed["id"], listed["rows"]) == ("synapse", 3)


@pytest.mark.parametrize("what", ["benchmark", "result"])
def test_a_list_of_nothing_is_said_so(what: str, papertrack: Command) -> None:
    make_library(Path.cwd())
    ran = papertrack(what, "list")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"no {what}s yet; next: papertrack {what} add --help\n"
    assert papertrack(what, "list", "--json").out == "[]\n"


# --- leaderboard ---------------------------------------------------------------------------------


@pytest.fixture
def filled(library: Command) -> Command:
    """Return the command line in a list with three rows that compare, and one that does not."""
    Path("rows.csv").write_text(CSV)
    library("import", "rows.csv", "--benchmark", "synapse")
    apart = ("--model", "Wide", "--condition", "crop=320")
    library("result", "add", "u", "synapse", "dice=90", *apart)
    return library


def test_a_pipe_gets_one_line_a_row_best_first(filled: Command) -> None:
    lines = filled("leaderboard", "synapse").out.split("\n")
    assert [line.split("\t")[:4] for line in lines[:-1]] == [
        ["1", "Nobody", "80.25", ""],
        ["2", "U-Net", "76.3 ± 0.4", "u"],
        ["3", "VM", "70.5", "v"],
        ["1", "Wide", "90", "u"],
    ]
    assert lines[3].endswith(
        "These rows compare only with each other: crop 320 instead of crop 224."
    )


def test_the_rows_of_some_papers_rank_by_any_metric(filled: Command) -> None:
    [main, apart] = filled("leaderboard", "synapse", "unet", "--metric", "HD95", "--json").json
    assert [(row["rank"], row["name"], row["value"]) for row in main["rows"]] == [
        (1, "U-Net", "39.7")
    ]
    assert apart["differences"] == ["crop 320 instead of crop 224"]
    assert filled("leaderboard", "synapse", "year:1990").err == "synapse has no such row\n"


def test_json_says_which_value_is_best(filled: Command) -> None:
    [main, _] = filled("leaderboard", "synapse", "--json").json
    assert [row["best"] for row in main["rows"]] == [True, False, False]
    assert [row["shown"] for row in main["rows"]] == ["80.25", "76.3 ± 0.4", "70.5"]


@pytest.mark.parametrize(
    ("values", "width", "drawn"),
    [
        (["10", "5", "0.1", "", "-3"], 10, ["█" * 10, "█" * 5, "", "", ""]),
        (["8", "4.5"], 8, ["█" * 8, "████▌"]),
        (["10", "5"], 7, ["", ""]),
        (["-1", "0"], 20, ["", ""]),
        ([], 20, []),
    ],
)
def test_bars_start_at_zero_and_the_longest_fills_the_room(
    values: list[str], width: int, drawn: list[str]
) -> None:
    assert [bar.strip() for bar in bars(list(map(number, values)), width)] == drawn


def test_a_terminal_shows_the_best_value_first_though_it_is_shorter(
    library: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in (("u", "9.70"), ("v", "21.55")):
        library("result", "add", key, "synapse", f"hd95={value}")
    monkeypatch.setattr("papertrack.cli.console.Console.is_terminal", True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    shown = library("leaderboard", "synapse", "--metric", "hd95").out
    assert "\x1b[1;33m9.70\x1b[0m" in shown
    first, second = re.sub("\x1b[^m]*m", "", shown).splitlines()[1:]
    assert first.index("9.70") + 4 == second.index("21.55") + 5


@pytest.mark.parametrize("columns", [30, 60, 100])
def test_a_terminal_shows_all_names_and_values_however_narrow(
    columns: int, filled: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papertrack.cli.console.Console.is_terminal", True)
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = filled("leaderboard", "synapse").out
    assert all(len(line) <= columns for line in shown.split("\n"))
    assert all(name in shown for name in ("Nobody", "U-Net", "VM", "Wide", "80.25", "70.5"))
    assert ("█" in shown) == (columns > 30)
