"""`papertrack doctor`: each trouble is named with what mends it, and nothing is changed unasked."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tests.conftest import Ran
from tests.services import S2, Fault, Services
from tests.test_storage import fingerprint

Papertrack = Callable[..., Ran]


@pytest.fixture
def healthy(papertrack: Papertrack) -> Papertrack:
    """Return the command line in a list in git with two papers and a fresh README."""
    papertrack("init")
    papertrack("--offline", "add", "1505.04597", "1809.05231")
    papertrack("render")
    subprocess.run(["git", "init", "--quiet"], check=True)
    return papertrack


def states(ran: Ran) -> dict[str, str]:
    """Read the worst state of each part."""
    order = ["ok", "note", "warning", "error"]
    found: dict[str, str] = {}
    for diagnosis in ran.json:
        part, state = diagnosis["part"], diagnosis["state"]
        found[part] = max(found.get(part, "ok"), state, key=order.index)
    return found


def look(papertrack: Papertrack, *arguments: str) -> Ran:
    return papertrack("--offline", "doctor", "--json", *arguments)


def named(ran: Ran, part: str) -> dict[str, Any]:
    """Return the first diagnosis of a part that is not `ok`."""
    return next(d for d in ran.json if d["part"] == part and d["state"] != "ok")


def test_a_healthy_list_is_ok_in_every_part(healthy: Papertrack) -> None:
    before = fingerprint(Path())
    ran = look(healthy)
    assert ran.code == 0
    assert set(states(ran).values()) == {"ok"}
    parts = "versions environment settings store readme lock git cache"
    assert list(states(ran)) == parts.split()
    assert fingerprint(Path()) == before


def test_people_read_one_line_a_diagnosis_with_what_to_type(healthy: Papertrack) -> None:
    Path("README.md").write_text("# A\n\n<!-- papertrack:begin papers -->\n")
    ran = healthy("--offline", "doctor")
    assert ran.code == 1
    [line] = [line for line in ran.out.splitlines() if line.startswith("error")]
    assert line.startswith("error readme: README.md:3: region `papers` ")
    assert "; type: " in line


def test_without_a_list_the_surroundings_are_looked_at_all_the_same(papertrack: Papertrack) -> None:
    ran = look(papertrack)
    assert ran.code == 1
    assert named(ran, "library")["hint"].startswith("papertrack init")
    assert {"versions", "environment", "cache"} <= set(states(ran))


@pytest.mark.parametrize(
    ("part", "state", "spoil", "message", "hint"),
    [
        pytest.param(
            "settings",
            "error",
            lambda: Path("store/config.toml").write_text("schema = 9\n"),
            "config.toml:1: this store has form 9",
            "install a newer papertrack",
            id="store of a newer form",
        ),
        pytest.param(
            "settings",
            "warning",
            lambda: Path("store/config.toml").write_text("schema_write = 9\n"),
            "can only be read",
            "install a newer papertrack",
            id="store that takes a newer form to write",
        ),
        pytest.param(
            "store",
            "error",
            lambda: Path("store/papers/a2020b.json").write_text("{\n<<<<<<< ours\n"),
            "a2020b.json:2: holds git conflict markers",
            "keep one side",
            id="conflict in a paper",
        ),
        pytest.param(
            "store",
            "note",
            lambda: Path("store/papers/notes.txt").write_text("mine"),
            "notes.txt: not read",
            "move it out",
            id="foreign file",
        ),
        pytest.param(
            "readme",
            "warning",
            lambda: Path("README.md").write_text(
                Path("README.md").read_text().replace("Olaf", "Ole")
            ),
            "README.md is stale",
            "papertrack render",
            id="stale README",
        ),
        pytest.param(
            "readme",
            "warning",
            lambda: Path("README.md").write_text(
                Path("README.md")
                .read_text()
                .replace(
                    "<!-- papertrack:end papers -->",
                    "- [Mine](https://example.org/mine)\n\n<!-- papertrack:end papers -->",
                )
            ),
            "the entry 'Mine' is not in the store",
            "papertrack import README.md",
            id="hand edit",
        ),
        pytest.param(
            "readme",
            "error",
            lambda: Path("README.md").unlink(),
            "README.md: cannot be read",
            "papertrack init",
            id="no README",
        ),
        pytest.param(
            "readme",
            "error",
            lambda: Path("store/config.toml").write_text('readme = ["../README.md"]\n'),
            "config.toml: readme: ../README.md lies outside of",
            "papertrack render ../README.md",
            id="README elsewhere",
        ),
        pytest.param(
            "git",
            "warning",
            lambda: Path(".git/MERGE_HEAD").write_text("0" * 40),
            "a merge is under way",
            "git merge --continue",
            id="merge under way",
        ),
        pytest.param(
            "git",
            "warning",
            lambda: Path(".git/rebase-merge").mkdir(),
            "a rebase is under way",
            "git rebase --continue",
            id="rebase under way",
        ),
        pytest.param(
            "environment",
            "error",
            lambda: os.environ.update(PAPERTRACK_TIMEOUT="soon"),
            "PAPERTRACK_TIMEOUT is not a number",
            "",
            id="variable",
        ),
    ],
)
def test_trouble_is_named_with_what_mends_it_and_left_as_it_is(
    healthy: Papertrack,
    monkeypatch: pytest.MonkeyPatch,
    part: str,
    state: str,
    spoil: Callable[[], object],
    message: str,
    hint: str,
) -> None:
    monkeypatch.setenv("PAPERTRACK_TIMEOUT", "1")  # whatever a case sets is taken back
    spoil()
    before = fingerprint(Path())
    ran = look(healthy)
    assert states(ran)[part] == state
    assert ran.code == (1 if state == "error" else 0)
    assert message in named(ran, part)["message"]
    assert hint in named(ran, part)["hint"]
    assert fingerprint(Path()) == before


def test_a_lock_that_is_held_is_named(healthy: Papertrack) -> None:
    with FileLock("store/.lock"):
        assert "another papertrack is writing" in named(look(healthy), "lock")["message"]


def test_fix_mends_what_cannot_lose_anything_and_says_so(healthy: Papertrack) -> None:
    left = Path("store/papers/.a2020b.json.17.tmp")
    left.write_text("{")
    Path("store/.gitignore").unlink()
    before = look(healthy)
    assert [d["fixable"] for d in before.json if d["state"] == "note"] == [True, True]
    assert left.exists()
    mended = healthy("--offline", "doctor", "--fix")
    assert mended.out.count("mended store: ") == 2
    assert not left.exists()
    assert set(states(look(healthy)).values()) == {"ok"}


def test_json_says_what_was_mended_as_people_read_it(healthy: Papertrack) -> None:
    Path("store/.gitignore").unlink()
    ran = look(healthy, "--fix")
    [mended] = [d for d in ran.json if d["state"] not in ("ok", "note")]
    assert mended == {
        "part": "store",
        "state": "mended",
        "message": "store/.gitignore is missing, so git would take the lock file in",
        "hint": "",
        "fixable": False,
    }
    assert ran.code == 0


def test_what_cannot_be_mended_is_an_error_and_the_rest_is_mended(
    healthy: Papertrack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = Path("store/papers/.a2020b.json.17.tmp")
    left.write_text("{")
    Path("store/.gitignore").unlink()
    cache = tmp_path / "cache" / "answers.sqlite"
    cache.unlink(missing_ok=True)
    cache.mkdir(parents=True)
    monkeypatch.setattr("papertrack.library._PATIENCE", 0)
    with FileLock("store/.lock"):
        ran = look(healthy, "--fix")
        told = healthy("--offline", "doctor", "--fix").out
    assert ran.code == 1
    held, kept = (d for d in ran.json if d["state"] == "error")
    assert held["message"].startswith(
        f"{left}: left by a command that was killed; it is not mended"
    )
    assert "another papertrack is writing" in held["message"]
    assert held["hint"] == "try again when it has finished"
    assert (kept["part"], kept["fixable"]) == ("cache", True)
    assert kept["hint"] == "grant write access"
    assert "mended" in [d["state"] for d in ran.json]
    assert Path("store/.gitignore").exists()
    assert f"error store: {left}: left by" in told


def test_a_terminal_shows_states_in_a_column_and_breaks_no_word(
    healthy: Papertrack, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("README.md").write_text("# A\n\n<!-- papertrack:begin papers -->\n")
    monkeypatch.setattr("papertrack.cli.console.Console.is_terminal", True)
    monkeypatch.setenv("COLUMNS", "40")
    lines = healthy("--offline", "doctor").out.splitlines()
    assert {line[:11].strip() for line in lines} == {"ok", "error", ""}
    assert max(map(len, lines)) <= 40
    assert {"environment:", "readme:", "README.md:3:"} <= {*" ".join(lines).split()}


def test_a_cache_that_cannot_be_read_is_named_and_mended(
    healthy: Papertrack, tmp_path: Path
) -> None:
    file = tmp_path / "cache" / "answers.sqlite"
    file.write_bytes(b"no database")
    assert "cannot be read" in named(look(healthy), "cache")["message"]
    look(healthy, "--fix")
    assert not file.exists()
    with contextlib.closing(sqlite3.connect(file)) as made, made:
        made.execute("create table answers (source)")
    assert states(look(healthy))["cache"] == "ok"


def test_each_service_is_asked_for_one_paper(healthy: Papertrack, services: Services) -> None:
    services.add("1505.04597", "U-Net: Convolutional Networks for Biomedical Image Segmentation")
    services.fault(S2, Fault(status=403))
    ran = healthy("doctor", "--json")
    answered = {d["message"]: d["state"] for d in ran.json if d["part"] == "services"}
    assert answered["arxiv answers"] == "ok"
    assert services.count("arxiv") == 1
    [silent] = [d for d in ran.json if d["message"].startswith("semantic-scholar")]
    assert silent["hint"] == "check S2_API_KEY"
    [unknown] = [d for d in ran.json if d["message"].startswith("hugging-face")]
    assert "does not know" in unknown["message"]


def test_the_key_is_named_and_never_shown(
    healthy: Papertrack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("S2_API_KEY", "canary-7c1f")
    ran = healthy("--offline", "doctor")
    assert "S2_API_KEY is set" in ran.out
    assert "canary" not in ran.out + ran.err


def test_a_list_in_a_worktree_or_outside_of_git_is_told_apart(healthy: Papertrack) -> None:
    Path(".git").rename("elsewhere")
    assert named(look(healthy), "git")["state"] == "note"
    Path(".git").write_text(f"gitdir: {Path('elsewhere').absolute()}\n")
    assert states(look(healthy))["git"] == "ok"
    Path("elsewhere/MERGE_HEAD").write_text("0" * 40)
    assert states(look(healthy))["git"] == "warning"
