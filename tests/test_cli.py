"""The commands on a list that is there: what they print, what they change, how they end."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from papertrack.documents import to_document
from papertrack.library import Library
from papertrack.model import Removed
from papertrack.storage import encode
from tests.builders import attention_unet, make_library, region, synapse, unet, voxelmorph
from tests.conftest import Ran

Command = Callable[..., Ran]

UNET = "ronneberger2015unet"
VOXEL = "balakrishnan2018voxelmorph"
OTHER = "reported-by-other"


@pytest.fixture
def library(papertrack: Command) -> Command:
    """Return the command line in a list of two papers and a benchmark."""
    papertrack("init")
    made = make_library(Path(), **{UNET: unet(), VOXEL: voxelmorph()})
    with made.change() as contents:
        contents.benchmarks["synapse"] = synapse()
    return papertrack


def stored(key: str = UNET) -> dict[str, object]:
    document: dict[str, object] = json.loads(Path(f"store/papers/{key}.json").read_bytes())
    return document


# --- init ----------------------------------------------------------------------------------------


def test_init_makes_a_list_and_changes_nothing_the_second_time(papertrack: Command) -> None:
    assert papertrack("init", "my-list").code == 0
    before = {path: path.read_bytes() for path in Path("my-list").rglob("*") if path.is_file()}
    assert Path("my-list/README.md").read_text().startswith("# My List\n")
    assert papertrack("init", "my-list").code == 0
    assert before == {
        path: path.read_bytes() for path in Path("my-list").rglob("*") if path.is_file()
    }


def test_init_keeps_every_line_of_a_readme(papertrack: Command) -> None:
    Path("README.md").write_bytes(b"# Mine\r\n\r\n## Papers&Codes\r\n\r\nSome words\r\n")
    papertrack("init")
    text = Path("README.md").read_bytes().decode()
    assert text.startswith("# Mine\r\n\r\n## Papers&Codes\r\n")
    assert text.endswith("Some words\r\n")
    assert text.count("papertrack:begin papers") == 1


@pytest.mark.parametrize("command", [["search", "x"], ["render"], ["add", "1505.04597"], ["list"]])
def test_without_a_library_every_command_says_how_to_make_one(
    command: list[str], papertrack: Command
) -> None:
    ran = papertrack(*command)
    assert ran.code == 3
    assert "papertrack init" in ran.err


def test_the_library_is_found_from_a_folder_below_and_by_option(
    library: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path.cwd()
    (root / "store" / "deep").mkdir()
    monkeypatch.chdir(root / "store" / "deep")
    assert UNET in library("list").out
    monkeypatch.chdir(root.parent)
    assert library("list").code == 3
    assert UNET in library("--library", str(root), "list").out
    monkeypatch.setenv("PAPERTRACK_LIBRARY", str(root))
    assert UNET in library("list").out


# --- search, list, show, open --------------------------------------------------------------------


def test_search_prints_tabs_in_a_pipe_and_nothing_is_cut(library: Command) -> None:
    out = library("search", "unet").out
    assert out == f"{UNET}\tMICCAI 2015\t{unet().title}\t\n"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("keys", f"{VOXEL}\n{UNET}\n"),
        ("jsonl", f'{{"key": "{VOXEL}", "title"'),
        ("tsv", "key\tyear\tvenue"),
        ("bibtex", f"@article{{{VOXEL},"),
    ],
)
def test_list_prints_papers_in_every_format(form: str, expected: str, library: Command) -> None:
    assert library("list", "--format", form).out.startswith(expected)


def test_json_is_the_paper_as_on_disk_with_its_key(library: Command) -> None:
    [paper] = library("search", "unet", "--json").json
    assert paper == {"key": UNET} | stored()
    assert library("show", UNET, "--json").json == paper


def test_show_says_that_a_venue_is_unconfirmed_until_a_person_sets_it(library: Command) -> None:
    path = Path(f"store/papers/{UNET}.json")
    path.write_bytes(encode(stored() | {"sources": {"venue": "unchecked"}}))
    assert "venue\tMICCAI 2015 (unconfirmed)\n" in library("show", UNET).out
    library("set", UNET, "venue=MICCAI 2015")
    assert "venue\tMICCAI 2015\n" in library("show", UNET).out


def test_search_without_a_hit_is_done_and_names_near_words(library: Command) -> None:
    ran = library("search", "registraton")
    assert (ran.code, ran.out) == (0, "")
    assert "near: Registration" in ran.err
    assert library("search", "registraton", "--json").json == []


@pytest.mark.parametrize("command", ["search", "list", "export"])
def test_a_filter_without_a_hit_is_named_as_it_is_typed_into_a_shell(
    command: str, library: Command
) -> None:
    """A shell takes the quotes of section:"Foundation Models" away."""
    library("set", UNET, "section=Foundation Models", "tags=wörtlich")
    assert library(command, "section:Foundation Models").err == (
        "nothing matches; near: 'section:\"Foundation Models\"'\n"
    )
    assert library(command, 'section:"Foundation Models"').err == ""
    assert library(command, "tag:wörtlih").err == "nothing matches; near: tag:wörtlich\n"


def test_a_mistake_in_a_query_is_a_usage_error_that_names_the_fields(library: Command) -> None:
    ran = library("search", "authr:ronneberger")
    assert ran.code == 2
    assert "author" in ran.err


@pytest.mark.parametrize(
    "name", [UNET, "ronne", "1505.04597", "https://arxiv.org/abs/1505.04597v2", "U-Net", "u-net"]
)
def test_a_paper_answers_to_every_name(name: str, library: Command) -> None:
    assert library("show", name).out.startswith(f"key\t{UNET}\n")


def test_an_unknown_key_is_not_found_and_the_nearest_is_named(library: Command) -> None:
    ran = library("show", "ronenberger2015unet")
    assert ran.code == 3
    assert f"did you mean {UNET}?" in ran.err
    told = library("show", "nothing-like-it", "--json")
    assert told.code == 3
    assert told.json["error"]["exit_code"] == 3


def test_open_prints_the_address_in_a_pipe(library: Command) -> None:
    assert library("open", UNET).out == "https://arxiv.org/abs/1505.04597\n"
    assert library("open", UNET, "--pdf").out == "https://arxiv.org/pdf/1505.04597\n"
    assert library("open", VOXEL, "--code").out == "https://github.com/voxelmorph/voxelmorph\n"
    assert library("open", UNET, "--code").code == 3


# --- set, tag, note, edit, remove ----------------------------------------------------------------


def test_set_changes_and_pins_fields(library: Command) -> None:
    assert library("set", UNET, "venue=ECCV 2016", "tags+=classic, unet", "year=2016").code == 0
    paper = stored()
    assert paper["venue"] == {"name": "ECCV", "year": 2016}
    assert paper["tags"] == ["classic", "unet"]
    assert paper["pinned"] == ["venue", "year"]


@pytest.mark.parametrize(
    "change",
    ["colour=blue", "year=soon", "code+=nowhere", "ids.arxiv=2213.00001", "title=", "venue"],
)
def test_a_change_that_makes_no_sense_is_refused_and_nothing_is_written(
    change: str, library: Command
) -> None:
    before = Path(f"store/papers/{UNET}.json").read_bytes()
    assert library("set", UNET, "status=read", change).code == 2
    assert Path(f"store/papers/{UNET}.json").read_bytes() == before


def test_tags_are_added_and_taken_off(library: Command) -> None:
    library("tag", UNET, "+a", "b")
    library("tag", UNET, "-a", "+c")
    assert stored()["tags"] == ["b", "c"]


def test_a_tag_that_is_not_there_needs_not_be_taken_off_and_is_named(library: Command) -> None:
    ran = library("tag", UNET, "+a", "-b", "-c")
    assert (ran.code, stored()["tags"]) == (0, ["a"])
    assert ran.err == f"{UNET}: a; had no tag b, c\n"


def test_saved_is_said_where_something_was_saved(library: Command) -> None:
    assert "saved" in library("set", UNET, "tags+=classic").err
    assert library("set", UNET, "tags+=classic").err == f"{UNET} is unchanged\n"
    before = Path(f"store/papers/{UNET}.json").read_bytes()
    ran = library("set", UNET, "status=read", "tags-=classics")
    assert (ran.code, "saved" in ran.err) == (3, False)
    assert "hint: tags: classic\n" in ran.err
    assert Path(f"store/papers/{UNET}.json").read_bytes() == before


def test_notes_add_up(library: Command) -> None:
    library("note", UNET, "first")
    library("note", UNET, "-", stdin="second\nthird\n")
    assert stored()["notes"] == "first\nsecond\nthird"


@pytest.mark.parametrize("command", [["note", UNET, "-"], ["--offline", "add", "-"]])
def test_standard_input_that_is_no_utf_8_is_refused_and_nothing_is_written(
    command: list[str], library: Command
) -> None:
    before = stored()
    ran = library(*command, stdin="première\n".encode() + b"caf\xe9\n")
    assert ran.code == 2
    assert "standard input:2: is not UTF-8" in ran.err
    assert stored() == before


def test_standard_input_is_utf_8_whatever_the_locale_is(library: Command) -> None:
    subprocess.run(
        [sys.executable, "-m", "papertrack", "note", UNET, "-"],
        input="\ufeffcafé\n".encode(),
        env=os.environ | {"PYTHONIOENCODING": "latin-1"},
        check=True,
    )
    assert stored()["notes"] == "café"


def test_edit_needs_a_terminal(library: Command) -> None:
    ran = library("edit", UNET)
    assert ran.code == 2
    assert "papertrack set" in ran.err


@pytest.fixture
def in_terminal(library: Command) -> Callable[..., tuple[int, str]]:
    """Return a function that runs papertrack in a terminal, and what it shows there."""

    def run(*arguments: str, columns: int = 100, **environ: str) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "papertrack", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=os.environ | {"COLUMNS": str(columns), "TERM": "xterm-256color"} | environ,
        )
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 65_536):
                shown += piece
        except OSError:  # Linux ends a terminal so
            pass
        os.close(ours)
        return process.wait(), shown.decode()

    return run


def test_edit_pins_what_was_changed_in_the_editor(
    in_terminal: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import pathlib, sys; path = pathlib.Path(sys.argv[1]);"
        "path.write_text(path.read_text().replace('MICCAI', 'Elsewhere'))"
    )
    code, shown = in_terminal("edit", UNET, EDITOR=f"{sys.executable} {editor}")
    assert code == 0, shown
    assert stored()["venue"] == {"name": "Elsewhere", "year": 2015}
    assert stored()["pinned"] == ["venue"]


def test_a_text_that_is_no_paper_is_kept_by_the_editor(
    in_terminal: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    before = Path(f"store/papers/{UNET}.json").read_bytes()
    editor = tmp_path / "editor.py"
    editor.write_text("import sys; open(sys.argv[1], 'w').write('{')")
    code, shown = in_terminal("edit", UNET, EDITOR=f"{sys.executable} {editor}")
    assert code == 1
    kept = Path(
        next(word for word in shown.split() if UNET in word and word.endswith(".json:")).strip(":")
    )
    assert kept.read_text() == "{"
    kept.unlink()
    assert Path(f"store/papers/{UNET}.json").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        ("title=''", 1, "a paper has a title"),
        ("sektion=['A']", 1, "did you mean section?"),
        ("ids={'arxiv': '1809.05231'}", 6, f"is that of {VOXEL}"),
    ],
)
def test_what_cannot_be_saved_is_kept_by_the_editor(
    in_terminal: Callable[..., tuple[int, str]], tmp_path: Path, change: str, code: int, told: str
) -> None:
    before = Path(f"store/papers/{UNET}.json").read_bytes()
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import json, pathlib, sys; path = pathlib.Path(sys.argv[1]);"
        f"path.write_text(json.dumps(json.loads(path.read_text()) | dict({change})))"
    )
    ended, shown = in_terminal(
        "edit", UNET, columns=400, EDITOR=f"{sys.executable} {editor}", TMPDIR=str(tmp_path)
    )
    [kept] = tmp_path.glob(f"{UNET}-*.json")
    assert (ended, told in shown, str(kept) in shown) == (code, True, True), shown
    assert json.loads(kept.read_bytes())["name"] == "U-Net"
    assert Path(f"store/papers/{UNET}.json").read_bytes() == before


@pytest.mark.parametrize(
    ("editor", "code", "told"),
    [
        pytest.param("vim '", 2, 'VISUAL is no command: "vim \'": No closing', id="quote"),
        pytest.param("no-such-editor -w", 3, "cannot start the editor 'no-such-", id="missing"),
        pytest.param(f"{sys.executable} -c exit(3)", 1, "ended with 3; nothing", id="failing"),
    ],
)
def test_an_editor_that_does_not_edit_is_named_and_leaves_no_file(
    editor: str, code: int, told: str, in_terminal: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    before = stored()
    (tmp_path / "temporary").mkdir()
    ended, shown = in_terminal("edit", UNET, VISUAL=editor, TMPDIR=str(tmp_path / "temporary"))
    assert (ended, "Traceback" in shown) == (code, False), shown
    assert told in shown
    assert list((tmp_path / "temporary").iterdir()) == []
    assert stored() == before


def test_a_terminal_shows_columns_and_highlights(
    in_terminal: Callable[..., tuple[int, str]],
) -> None:
    code, shown = in_terminal("search", "unet")
    assert code == 0
    assert "Published In" in shown
    assert "\x1b[1;33mU-Net\x1b[0m" in shown
    assert "\x1b[" not in in_terminal("search", "unet", NO_COLOR="1")[1].replace(
        "\x1b[1m", ""
    ).replace("\x1b[0m", "").replace("\x1b[2m", "")


def test_a_terminal_shows_a_question_mark_for_a_letter_that_it_lacks(
    in_terminal: Callable[..., tuple[int, str]], library: Command
) -> None:
    library("set", UNET, "authors=Łukasz Nowak")
    lacking = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    code, shown = in_terminal("show", UNET, TERM="dumb", **lacking)
    assert code == 0
    assert "?ukasz Nowak" in shown
    assert "Łukasz Nowak" in in_terminal("show", UNET, TERM="dumb")[1]


def test_stats_in_a_pipe_are_lines_of_three_fields(library: Command) -> None:
    lines = library("stats").out.splitlines()
    assert lines[:2] == ["papers\t\t2", "with code\t\t1"]
    assert "sections\tRegistration\t1" in lines
    assert {line.count("\t") for line in lines} == {2}


def test_stats_count_what_a_query_finds_and_have_a_form_for_programs(library: Command) -> None:
    counts = library("stats", "section:Segmentation", "--json").json
    assert (counts["papers"], counts["years"]) == (1, {"2015": 1})
    assert library("stats", "authr:x").code == 2


def test_stats_are_bars_in_a_terminal(in_terminal: Callable[..., tuple[int, str]]) -> None:
    made = make_library(Path(), **{f"a{n}": unet(tags=(f"tag-{n:02}",)) for n in range(30)})
    assert len(made.read().papers) == 32
    code, shown = in_terminal("stats", columns=60, NO_COLOR="1", TERM="dumb")
    assert code == 0
    assert shown.startswith("32 papers from 2015 to 2019, 1 with code.")
    lines = shown.splitlines()
    assert max(map(len, lines)) <= 60
    [most] = [line for line in lines if line.startswith("2015 ")]
    [least] = [line for line in lines if line.startswith("2019 ")]
    assert most.count("█") > 10 > least.count("█")
    assert "Tags, 12 of 30" in shown


def test_forty_columns_are_enough(in_terminal: Callable[..., tuple[int, str]]) -> None:
    unknown = ["show", "nothing-at-all-like-this-key"]
    for command in (["search", "unet"], ["show", UNET], unknown, ["stats"]):
        _, shown = in_terminal(*command, columns=40, NO_COLOR="1", TERM="dumb")
        assert max(len(line) for line in shown.splitlines()) <= 40, shown
        assert "…" not in shown


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("list", [UNET, VOXEL, "MICCAI", "Segmentation"]),
        ("result list", [UNET, "reported-by-other", "dice=76.85", "synapse", "Id"]),
        ("benchmark list", ["synapse", "multi-organ", "hd95"]),
        ("benchmark show synapse", ["U-Net", "76.85", "MICCAI"]),
        ("leaderboard synapse", ["U-Net", "76.85", "reported"]),
        ("--offline add 1505.04597 1809.05231", [UNET, VOXEL, "Registration"]),
        ("list --removed", ["smith2020attention", "2026-11-24", "duplicated"]),
    ],
)
def test_no_table_breaks_a_word_in_a_narrow_terminal(
    command: str,
    words: list[str],
    columns: int,
    library: Command,
    in_terminal: Callable[..., tuple[int, str]],
) -> None:
    library("result", "add", UNET, "synapse", "dice=76.85", "hd95=39.70", "--status", OTHER)
    with Library(Path()).change() as contents:
        gone = Removed(paper=attention_unet(), removed="2026-11-24", why="duplicated, by mistake")
        contents.removed["smith2020attention"] = gone
    code, shown = in_terminal(*command.split(), columns=columns, NO_COLOR="1", TERM="dumb")
    assert code == 0
    assert max(map(len, shown.splitlines())) <= columns, shown
    assert not {*words} - {*re.split(r"[\s,:]+", shown)}, shown


def test_remove_takes_all_or_none(library: Command) -> None:
    assert library("remove", UNET, "nobody").code == 3
    assert Path(f"store/papers/{UNET}.json").exists()
    assert library("remove", UNET, VOXEL, "--why", "a test").code == 0
    assert not list(Path("store/papers").iterdir())
    assert json.loads(Path(f"store/removed/{VOXEL}.json").read_bytes())["why"] == "a test"


def test_what_nobody_sees_is_taken_out_of_the_reason_of_a_removal(library: Command) -> None:
    assert library("remove", UNET, "--why", " a\x1b[31m\n\u202ered\udcff ").code == 0
    assert json.loads(Path(f"store/removed/{UNET}.json").read_bytes())["why"] == "a[31m red"


@pytest.mark.parametrize(
    "command",
    [
        ["show", "U-Net"],
        ["open", "U-Net"],
        ["set", "U-Net", "status=read"],
        ["tag", "U-Net", "+x"],
        ["note", "U-Net", "x"],
        ["remove", VOXEL, "U-Net"],
        ["refresh", "U-Net"],
        ["result", "add", "U-Net", "synapse", "dice=1"],
        ["result", "remove", "U-Net", "synapse"],
    ],
    ids=" ".join,
)
def test_every_command_says_of_a_removed_paper_when_and_why_it_was_removed(
    command: list[str], library: Command
) -> None:
    library("remove", UNET, "--why", "not  medical\x1b")
    ran = library(*command)
    assert ran.code == 3
    assert re.fullmatch(
        rf"papertrack: {UNET} \(U-Net\) was removed on \d{{4}}-\d\d-\d\d: not medical\n"
        rf"hint: papertrack restore {UNET}\n",
        ran.err,
    )
    assert Path(f"store/papers/{VOXEL}.json").exists()


def test_removed_papers_are_listed_in_every_format(library: Command) -> None:
    assert library("list", "--removed").err == "nothing was taken off the list\n"
    library("remove", UNET, "--why", "not medical")
    day = json.loads(Path(f"store/removed/{UNET}.json").read_bytes())["removed"]
    assert library("list", "--removed").out == f"{UNET}\t{day}\tnot medical\t{unet().title}\n"
    entry = {"key": UNET, "paper": to_document(unet()), "removed": day, "why": "not medical"}
    assert library("list", "--removed", "--json").json == [entry]
    assert json.loads(library("list", "--removed", "--format", "jsonl").out) == entry
    library("restore", UNET)
    expected = {f: library("list", "unet", "--format", f).out for f in ("keys", "bibtex", "csv")}
    library("remove", UNET)
    for form, out in expected.items():
        assert library("list", "--removed", "--format", form).out == out != ""


def test_a_query_finds_removed_papers_in_their_order(library: Command) -> None:
    library("remove", UNET, VOXEL)
    assert library("list", "--removed", "--format", "keys").out == f"{VOXEL}\n{UNET}\n"
    by_year = library("list", "--removed", "--format", "keys", "--sort", "year", "-n", "1")
    assert by_year.out == f"{UNET}\n"
    assert library("list", "--removed", "author:zhao").out.startswith(f"{VOXEL}\t")
    ran = library("list", "--removed", "author:zaho")
    assert (ran.out, ran.err) == ("", "nothing matches; near: author:Zhao\n")
    assert library("list").err == "the list is empty; next: papertrack add 1505.04597\n"


# --- results -------------------------------------------------------------------------------------


def test_a_result_stands_in_the_table_until_it_is_removed(library: Command) -> None:
    readme = Path("README.md")
    marker = "<!-- papertrack:begin table synapse -->\n<!-- papertrack:end table synapse -->\n"
    readme.write_text(readme.read_text().replace("## Papers&Codes", f"{marker}\n## Papers&Codes"))
    assert library("result", "add", UNET, "synapse", "dice=76.85", "--locator", "Table 1").code == 0
    assert library("result", "list", "synapse").out.split("\t")[:3] == [
        "synapse",
        "U-Net",
        "dice=76.85",
    ]
    assert "76.85" in library("benchmark", "show", "synapse").out
    assert library("render").code == 0
    assert "[U-Net](#u-net)" in readme.read_text()
    assert library("result", "remove", UNET, "synapse").code == 0
    assert library("render").code == 0
    assert "76.85" not in readme.read_text()
    assert library("result", "remove", UNET, "synapse").code == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["result", "add", UNET, "synapse", "dce=1"], 3),
        (["result", "add", UNET, "nowhere", "dice=1"], 3),
        (["result", "add", UNET, "synapse", "dice=good"], 2),
        (["result", "list", "nowhere"], 3),
        (["benchmark", "show", "nowhere"], 3),
        (["benchmark", "add", "synapse", "--title", "x", "--metric", "dice"], 6),
        (["benchmark", "add", "No Id", "--title", "x", "--metric", "dice"], 2),
        (["benchmark", "add", "new", "--title", "x", "--metric", "dice,Dice,sideways"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_a_result_is_refused(
    arguments: list[str], code: int, library: Command
) -> None:
    before = Path(f"store/papers/{UNET}.json").read_bytes()
    assert library(*arguments).code == code
    assert Path(f"store/papers/{UNET}.json").read_bytes() == before


def test_benchmarks_are_listed(library: Command) -> None:
    library("benchmark", "add", "btcv", "--title", "BTCV", "--metric", "dice,Dice,higher,%")
    assert [b["id"] for b in library("benchmark", "list", "--json").json] == ["btcv", "synapse"]


# --- render, and what people do to READMEs -------------------------------------------------------


def test_a_hand_edit_stops_render_and_is_named(library: Command) -> None:
    library("render")
    readme = Path("README.md")
    edited = readme.read_text().replace(
        "- pdf: [https://arxiv.org/abs/1505.04597]",
        "- code: [mine](https://github.com/me/unet)\n- pdf: [https://arxiv.org/abs/1505.04597]",
    )
    readme.write_text(edited)
    line = 1 + edited[: edited.index("github.com/me/unet")].count("\n")
    ran = library("render")
    assert ran.code == 6
    assert f"README.md:{line}: " in ran.err
    assert readme.read_text() == edited
    library("set", UNET, "code+=https://github.com/me/unet")
    assert library("render").code == 0
    assert "https://github.com/me/unet" in readme.read_text()


def test_papers_that_leave_the_page_are_named_up_to_a_number(library: Command) -> None:
    readme = Path("README.md")
    readme.write_text(f"# L\n\n{region('papers', 'style=bullet')}")
    library("render")
    readme.write_text(readme.read_text().replace(" style=bullet", " year:1990 style=bullet"))
    ran = library("render", "--check")
    assert (ran.code, ran.err.count("no region shows it any more")) == (1, 2)
    titles = "\n".join(
        f"- [The topic of number {n}](https://arxiv.org/abs/2001.000{n})" for n in range(10, 40)
    )
    text = readme.read_text().replace("\n<!-- papertrack:end", f"{titles}\n\n<!-- papertrack:end")
    readme.write_text(text)
    assert library("import", "README.md").code == 0
    ran = library("render")
    assert (ran.code, ran.err.count("no region shows it any more")) == (0, 20)
    assert "and 12 more that no region shows any more" in ran.err


def test_force_overwrites_hand_edits(library: Command) -> None:
    library("render")
    readme = Path("README.md")
    rendered = readme.read_text()
    readme.write_text(
        rendered.replace("### Registration", "### Mine\n\n[x](https://example.org)\n")
    )
    assert library("render", "--force").code == 0
    assert readme.read_text() == rendered


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# No markers\n", None),
        ("<!-- papertrack:begin papers -->\n", 1),
        ("\n<!-- papertrack:end papers -->\n", 2),
        ("<!-- papertrack:begin papers -->\n<!-- papertrack:end toc -->\n", 2),
        ("<!-- papertrack:begin papers -->\n<!-- papertrack:end papers -->\n" * 2, 3),
        ("```\n<!-- papertrack:begin papers -->\n<!-- papertrack:end papers -->\n```\n", None),
    ],
    ids=["none", "no end", "no begin", "crossed", "doubled", "fenced"],
)
def test_a_readme_whose_markers_do_not_fit_is_left_alone(
    text: str, line: int | None, library: Command
) -> None:
    readme = Path("README.md")
    readme.write_text(text)
    ran = library("render")
    assert ran.code == 1
    assert f"README.md:{line}: " in ran.err if line else "README.md: " in ran.err
    assert readme.read_text() == text


@pytest.mark.parametrize(
    "command",
    [
        ["render"],
        ["render", "circle"],
        ["render", "--check"],
        ["check", "README.md"],
        ["doctor"],
        ["site", "-o", "circle"],
        ["site", "-o", "circle/public"],
        ["export", "-o", "circle/refs.bib"],
        ["import", "circle"],
    ],
    ids=" ".join,
)
def test_a_link_that_leads_in_a_circle_is_an_error_that_names_it(
    command: list[str], library: Command
) -> None:
    for name in ("circle", "README.md"):
        Path(name).unlink(missing_ok=True)
        Path(name).symlink_to(name)
    ran = library("--offline", *command)
    assert ran.code == 1
    assert any(name in ran.out + ran.err for name in ("README.md", "circle"))
    assert "symbolic link" in ran.out + ran.err


# --- damage --------------------------------------------------------------------------------------


def test_a_damaged_file_is_named_and_the_rest_is_readable_and_nothing_is_written(
    library: Command,
) -> None:
    damaged = Path(f"store/papers/{VOXEL}.json")
    damaged.write_bytes(b'{\n<<<<<<< HEAD\n  "title": "x"\n=======\n')
    ran = library("search", "unet")
    assert (ran.code, ran.out.split("\t")[0]) == (0, UNET)
    assert f"store/papers/{VOXEL}.json:2: holds git conflict markers" in ran.err
    for command in (["set", UNET, "status=read"], ["add", "1606.04797"], ["render"]):
        refused = library("--offline", *command)
        assert refused.code == 1
        assert f"{VOXEL}.json:2" in refused.err
    assert stored() == json.loads(encode(to_document(unet())))
    assert damaged.read_bytes().startswith(b"{\n<<<<<<<")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom modes bind")
def test_a_read_only_store_is_said_so(library: Command) -> None:
    Path("store").chmod(0o555)
    try:
        ran = library("set", UNET, "status=read")
    finally:
        Path("store").chmod(0o755)
    assert ran.code == 1
    assert "grant write access" in ran.err


def test_terminal_escapes_in_a_store_never_reach_the_terminal(library: Command) -> None:
    hostile = unet(title="Evil \x1b]52;c;ZWNobw==\x07 \x9b2J \u202e title", name="")
    Path("store/papers/evil2020.json").write_bytes(encode(to_document(hostile)))
    for command in (
        ["list"],
        ["show", "evil2020"],
        ["list", "--json"],
        ["list", "--format", "bibtex"],
    ):
        out = library(*command).out
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(out), command
    assert library("show", "evil2020", "--json").json["title"] == hostile.title


def test_a_title_with_markup_is_shown_as_it_is(
    in_terminal: Callable[..., tuple[int, str]], library: Command
) -> None:
    library("set", UNET, "title=On [cs.LG] and [/] and [bold]x :smile:")
    _, shown = in_terminal("list", columns=200, NO_COLOR="1")
    assert "On [cs.LG] and [/] and [bold]x :smile:" in shown


def test_words_that_are_repeated_do_nothing_to_a_terminal_or_a_log(library: Command) -> None:
    word = "x\x1b]0;owned\x07\n::error::y"
    for command in (
        [word],
        [f"--{word}"],
        ["show", word],
        ["list", "--sort", word],
        ["set", UNET, word],
        ["render", word],
        ["--library", word, "list"],
    ):
        ran = library(*command)
        assert ran.code
        assert not {"\x1b", "\x07"} & set(ran.out + ran.err), command
        assert "\n::" not in ran.err, command


def test_a_mistyped_option_is_explained_as_it_was_laid_out(library: Command) -> None:
    assert library("list", "--colour").err.split("\n")[:3] == [
        "Usage: papertrack list [OPTIONS] [QUERY...]",
        "Try 'papertrack list -h' for help.",
        "",
    ]


def test_a_diff_shows_that_a_hidden_character_is_there(library: Command) -> None:
    library("render")
    readme = Path("README.md")
    readme.write_text(readme.read_text().replace("# U-Net\n", "# U-Net\x1b[2J\u202e\n"))
    told = library("render", "--diff", "--force").out
    assert "# U-Net\ufffd[2J\ufffd\n" in told
    assert " \n" in told


def test_a_first_word_in_a_pipe_is_no_command_of_a_log(library: Command) -> None:
    Path("list.md").write_text(
        "# A\n\n## ::error::x\n\n- [T of a paper](https://arxiv.org/abs/1)\n"
    )
    assert ": :error::x\t1\n" in library("import", "list.md", "--dry-run").out


def test_the_log_does_nothing_to_a_terminal(
    library: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a\x1b[2J").write_text("a file in the place of a folder")
    monkeypatch.setenv("PAPERTRACK_CACHE_DIR", "a\x1b[2J")
    told = library("-v", "--offline", "add", "2201.01266", "--dry-run").err
    assert "going on without the cache a[2J" in told
    assert "\x1b" not in told


def test_a_long_abstract_is_shown_whole(
    in_terminal: Callable[..., tuple[int, str]], library: Command
) -> None:
    library("set", UNET, f"abstract={'word ' * 600}end.")
    assert "end." in in_terminal("show", UNET, columns=200)[1]


# --- the frame -----------------------------------------------------------------------------------


def test_usage_errors_are_json_where_json_was_asked_for(library: Command) -> None:
    assert library("search", "--sort", "colour", "--json").json["error"]["exit_code"] == 2
    assert library("shw").code == 2


def test_quiet_prints_results_only(library: Command) -> None:
    ran = library("-q", "render")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_reader_that_goes_away_is_no_trouble(library: Command) -> None:
    many = {f"smith2020a{n}": unet(title=f"T{n}", ids={}) for n in range(2000)}
    make_library(Path(), **many)
    process = subprocess.Popen(
        [sys.executable, "-m", "papertrack", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait()


def test_the_shell_completes_commands_and_keys(library: Command) -> None:
    def complete(words: str) -> str:
        environ = os.environ | {
            "_PAPERTRACK_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split(" ")) - 1),
        }
        command = [str(Path(sys.executable).parent / "papertrack")]
        return subprocess.run(command, env=environ, capture_output=True, text=True).stdout

    assert "search" in complete("papertrack sea")
    assert UNET in complete("papertrack show ronn")
    Path("store/papers/ronn\x1b[2J.json").write_text("{}")
    assert "\x1b" not in complete("papertrack show ronn")
