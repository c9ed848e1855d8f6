"""The library: one read and one write per command, by many processes, under `kill -9`."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from papertrack import config, library
from papertrack.errors import ConfigError, Refused, StoreError
from papertrack.library import Library
from papertrack.model import Removed, replace
from tests.builders import make_library, synapse, unet, voxelmorph
from tests.test_storage import fingerprint

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs signals, limits and users of POSIX")


@pytest.fixture
def made(tmp_path: Path) -> Library:
    return make_library(tmp_path, unet=unet(), voxelmorph=voxelmorph())


def run(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start another process on the same code."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_an_empty_store_is_made_where_none_is_and_nothing_is_overwritten(tmp_path: Path) -> None:
    root = tmp_path / "my" / "list"
    made = library.create(root)
    assert made.read() == library.Contents()
    assert {path.name for path in made.store.iterdir()} == {"papers", "config.toml", ".gitignore"}
    for name, text in (("config.toml", config.TEMPLATE), (".gitignore", ".lock\n.*.tmp\n")):
        assert (made.store / name).read_text() == text
        (made.store / name).write_text("# mine\n")
    before = fingerprint(root)
    library.create(root)
    assert fingerprint(root) == before


def test_a_store_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "store").write_bytes(b"a file")
    with pytest.raises(StoreError, match=r"store: cannot be made: \w[\w ]+$"):
        library.create(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_store_is_not_made_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "list" / "store").mkdir(parents=True)
    (tmp_path / "list" / "store" / "config.toml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError):
        library.create(tmp_path / "list")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize("place", ["store", "store/config.toml"])
def test_a_store_or_settings_behind_a_link_are_refused(place: str, tmp_path: Path) -> None:
    library.create(tmp_path / "list")
    moved = (tmp_path / "list" / place).rename(tmp_path / "elsewhere")
    (tmp_path / "list" / place).symlink_to(moved)
    with pytest.raises(ConfigError, match="is a symbolic link"):
        Library(tmp_path / "list").read()


@pytest.mark.parametrize("name", ["../README.md", "docs/../../README.md", "/README.md"])
def test_the_settings_name_no_readme_outside_of_the_list(name: str, tmp_path: Path) -> None:
    made = library.create(tmp_path / "list")
    (made.store / "config.toml").write_text(f'readme = ["README.md", "{name}"]')
    with pytest.raises(ConfigError) as caught:
        _ = Library(made.root).readmes
    settings = made.store / "config.toml"
    assert caught.value.message == f"{settings}: readme: {name} lies outside of {made.root}"
    assert caught.value.hint == f"papertrack render {name}, if you trust it"


def test_the_readmes_of_the_settings_lie_under_the_list(tmp_path: Path) -> None:
    made = library.create(tmp_path / "list")
    assert made.readmes == [made.root / "README.md"]
    (made.store / "config.toml").write_text('readme = ["docs/../a.md", "docs/b.md"]')
    assert Library(made.root).readmes == [made.root / "docs/../a.md", made.root / "docs/b.md"]


def test_what_is_put_in_is_read_again(made: Library) -> None:
    with made.change() as contents:
        contents.benchmarks["synapse"] = synapse()
        contents.removed["old"] = Removed(paper=unet(ids={}), removed="2026-11-24", why="twice")
    read = Library(made.root).read()
    assert read.papers == {"unet": unet(), "voxelmorph": voxelmorph()}
    assert read.benchmarks == {"synapse": synapse()}
    assert read.removed["old"].why == "twice"


def test_reading_changes_and_creates_nothing(made: Library) -> None:
    (made.store / ".lock").unlink()
    (made.store / "papers" / ".unet.json.17.tmp").write_bytes(b"{")
    before = fingerprint(made.root)
    Library(made.root).read()
    assert fingerprint(made.root) == before


def test_a_change_that_changes_nothing_touches_no_file_of_the_store(made: Library) -> None:
    path = made.store / "papers" / "unet.json"
    path.write_text('{"tags": [], "title": "Another layout",\n "venue": {"city": 1, "name": "X"}}')
    before = fingerprint(made.store)
    with made.change() as contents:
        contents.papers["voxelmorph"] = voxelmorph()
        contents.papers["unet"] = contents.papers.pop("unet")
    assert fingerprint(made.store) == before


def test_a_change_writes_the_changed_paper_alone_and_keeps_unknown_fields(made: Library) -> None:
    path = made.store / "papers" / "unet.json"
    document = json.loads(path.read_bytes())
    path.write_text(json.dumps({"rating": 5} | document | {"venue": {"city": "X", "name": "Y"}}))
    before = fingerprint(made.store)
    with made.change() as contents:
        contents.papers["unet"] = replace(contents.papers["unet"], status="read")
    after = fingerprint(made.store)
    assert {name for name in after if after[name] != before[name]} == {"papers/unet.json"}
    order = ["title", "name", "authors", "year", "venue", "ids", "section", "status", "added"]
    changed = json.loads(path.read_bytes())
    assert list(changed) == [*order, "rating"]
    assert changed["venue"] == {"name": "Y", "city": "X"}


def test_a_dry_run_neither_locks_nor_writes(made: Library) -> None:
    before = fingerprint(made.store)
    with made.change(dry_run=True) as contents:
        contents.papers["unet"] = replace(contents.papers.pop("voxelmorph"), name="other")
    assert fingerprint(made.store) == before
    with FileLock(made.store / ".lock"), made.change(dry_run=True) as contents:
        assert set(contents.papers) == {"unet", "voxelmorph"}


def test_when_the_change_fails_nothing_is_written(made: Library) -> None:
    before = fingerprint(made.store)
    with pytest.raises(ZeroDivisionError), made.change() as contents:
        contents.papers[str(1 // len(contents.removed))] = contents.papers.pop("unet")
    assert fingerprint(made.store) == before
    with made.change() as contents:  # and the lock is free again
        contents.papers.pop("unet")
    assert list(Library(made.root).read().papers) == ["voxelmorph"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param("", None, "is empty", id="empty"),
        pytest.param("{}", None, "missing required field `title`", id="no field"),
        pytest.param("null", None, "is not a JSON object", id="null"),
        pytest.param('{\n"title": "A",\n"year": "x"}', 3, "Expected `int | null`", id="type"),
        pytest.param('{\n"title": "A",\n"authors": [1]}', 3, "Expected `str`", id="type inside"),
        pytest.param('{"title": "A",\n"venue": {"year": 1}}', 2, "`name`", id="incomplete inside"),
        pytest.param('{"title": "A",\n"venue": {"name": 1}}', 2, "`str`", id="type deep inside"),
        pytest.param('{"title": "A\u2028B",\n"year": "x"}', 2, "`int", id="behind a separator"),
        pytest.param('{\n"title": "A",\n', 3, "is not JSON", id="cut"),
        pytest.param("<<<<<<< HEAD\n", 1, "conflict markers", id="conflict"),
    ],
)
def test_a_damaged_file_is_named_the_rest_is_read_and_nothing_is_written(
    made: Library, text: str, line: int | None, message: str
) -> None:
    path = made.store / "papers" / "unet.json"
    path.write_text(text, encoding="utf-8")
    before = fingerprint(made.store)
    contents = Library(made.root).read()
    assert contents.papers == {"voxelmorph": voxelmorph()}
    [problem] = contents.problems
    assert (problem.path, problem.line) == (path, line)
    assert message in problem.message
    assert ("is no entry of the store" in problem.message) == (
        problem.hint == "mend the value by hand"
    )
    for dry_run in (False, True):
        with pytest.raises(StoreError) as caught, made.change(dry_run=dry_run):
            pytest.fail("the body of the change was run")
        assert caught.value.message == problem.message
    assert fingerprint(made.store) == before


def test_a_store_of_a_newer_form_is_neither_read_nor_written(made: Library) -> None:
    (made.store / "config.toml").write_text("schema = 2\n")
    before = fingerprint(made.store)
    with pytest.raises(ConfigError, match="this store has form 2"):
        Library(made.root).read()
    with pytest.raises(ConfigError, match="forms up to 1"), Library(made.root).change():
        pytest.fail("the body of the change was run")
    assert fingerprint(made.store) == before


def test_a_store_that_takes_a_newer_form_to_write_is_read_and_not_changed(made: Library) -> None:
    (made.store / "config.toml").write_text("schema = 1\nschema_write = 2\n")
    before = fingerprint(made.store)
    newer = Library(made.root)
    assert set(newer.read().papers) == {"unet", "voxelmorph"}
    with pytest.raises(Refused) as caught, newer.change():
        pytest.fail("the body of the change was run")
    assert caught.value.message == (
        f"{made.store / 'config.toml'}: to change this store takes form 2, "
        "and this papertrack knows forms up to 1: it can only be read"
    )
    assert caught.value.hint == "install a newer papertrack"
    assert fingerprint(made.store) == before


def test_another_writer_is_waited_for_and_then_the_change_is_refused(
    made: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "_PATIENCE", 0.1)
    with FileLock(made.store / ".lock"):
        with pytest.raises(Refused) as caught, made.change():
            pytest.fail("the body of the change was run")
        assert caught.value.message == f"another papertrack is writing in {made.store}"
        assert caught.value.hint == "try again when it has finished"
        with pytest.raises(Refused):
            made.sweep()
        assert len(made.read().papers) == 2
    with made.change() as contents:
        contents.papers.clear()
    assert not made.read().papers


def test_what_killed_processes_left_is_listed_and_swept(made: Library) -> None:
    (made.store / "removed").mkdir(exist_ok=True)
    left = [made.store / "papers" / ".unet.json.17.tmp", made.store / "removed" / ".a.json.17.tmp"]
    for path in left:
        path.write_bytes(b"{")
    assert made.left_over() == left
    before = fingerprint(made.store)
    made.sweep()
    assert made.left_over() == []
    assert set(before) - set(fingerprint(made.store)) == {
        "papers/.unet.json.17.tmp",
        "removed/.a.json.17.tmp",
    }


@POSIX
def test_a_lock_that_cannot_be_taken_is_named(made: Library) -> None:
    (made.store / ".lock").unlink()
    (made.store / ".lock").mkdir()
    with pytest.raises(StoreError) as caught, made.change():
        pytest.fail("the body of the change was run")
    assert caught.value.message == f"{made.store}: cannot be written: Is a directory"
    assert caught.value.hint == "grant write access to the folder"


def test_a_lock_that_cannot_be_let_go_is_no_trouble_of_a_change_that_is_saved(
    made: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends with the process."""

    def release(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(FileLock, "_release", release)
    with made.change() as contents:
        contents.papers.pop("unet")
    assert list(made.read().papers) == ["voxelmorph"]


LIMITED = """
import resource, signal, sys
from pathlib import Path
from papertrack.errors import StoreError
from papertrack.library import Library
from papertrack.model import replace
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    with Library(Path(sys.argv[1])).change() as contents:
        contents.papers["unet"] = replace(contents.papers["unet"], notes="x" * 10_000)
except StoreError as error:
    print(error.message)
"""


@POSIX
def test_on_a_full_disk_the_old_file_stays(made: Library) -> None:
    before = fingerprint(made.store)
    said, trouble = run(LIMITED, str(made.root)).communicate(timeout=20)
    assert "unet.json: cannot be written: File too large" in said, trouble
    assert fingerprint(made.store) == before


FORBIDDEN = """
import os, sys
from pathlib import Path
import filelock
from papertrack.errors import StoreError
from papertrack.library import Library
library = Library(Path(sys.argv[1]))
library.read()  # imports what it needs, which the other user may not reach
if os.geteuid() == 0:
    os.seteuid(65534)
print(len(library.read().papers))
try:
    with library.change() as contents:
        contents.papers.clear()
except StoreError as error:
    print(error.message)
"""


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """Return a folder that every user of the machine can read."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@POSIX
@pytest.mark.parametrize("locked_before", [True, False])
def test_a_read_only_store_can_be_read_and_is_named_when_written(
    open_to_all: Path, locked_before: bool
) -> None:
    made = make_library(open_to_all, unet=unet())
    if not locked_before:
        (made.store / ".lock").unlink()
    folders = [made.store, made.store / "papers"]
    for folder in folders:
        folder.chmod(0o555)
    said, trouble = run(FORBIDDEN, str(made.root)).communicate(timeout=20)
    for folder in folders:
        folder.chmod(0o755)
    assert said.startswith("1\n"), trouble
    assert "cannot be written: Permission denied" in said
    assert list(made.read().papers) == ["unet"]


ADDS = """
import sys
from pathlib import Path
from papertrack.library import Library
from papertrack.model import Paper
root, name = sys.argv[1:]
for number in range(25):
    with Library(Path(root)).change() as contents:
        contents.papers[f"{name}{number}"] = Paper(title=f"{name} {len(contents.papers)}")
"""


def test_four_processes_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    made = library.create(tmp_path)
    processes = [run(ADDS, str(tmp_path), name) for name in "abcd"]
    for process in processes:
        _, trouble = process.communicate(timeout=60)
        assert process.returncode == 0, trouble
    papers = made.read().papers
    assert set(papers) == {f"{name}{number}" for name in "abcd" for number in range(25)}
    counted = sorted(int(paper.title.split()[1]) for paper in papers.values())
    assert counted == list(range(100))  # each saw what all before it had written


CHANGES = """
import random, sys
from pathlib import Path
from papertrack.library import Library
from papertrack.model import Paper, Removed
library, dice = Library(Path(sys.argv[1])), random.Random(int(sys.argv[2]))
while True:
    key, title = f"k{dice.randrange(12)}", str(dice.random())
    with library.change() as contents:
        if key in contents.papers and dice.random() < 0.4:
            title = "-"
            contents.removed[key] = Removed(paper=contents.papers.pop(key), removed="2026-11-24")
        else:
            contents.papers[key] = Paper(title=title, notes="x" * dice.randrange(50_000))
        print(key, title, end=" ", flush=True)
    print("done", flush=True)
"""


@POSIX
def test_killed_at_any_moment_a_store_holds_all_that_was_acknowledged(tmp_path: Path) -> None:
    """Kill a process of mixed changes twenty times; `-` stands for a removal."""
    made, dice = library.create(tmp_path), random.Random(17)
    expected: dict[str, str] = {}
    interrupted = 0
    for number in range(20):
        with run(CHANGES, str(tmp_path), str(number)) as process:
            assert process.stdout is not None
            said = process.stdout.readline()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=dice.uniform(0, 0.04))
            process.kill()
            said += process.stdout.read()
        assert process.returncode == -signal.SIGKILL
        lines = [line.split() for line in said.splitlines()]
        *done, last = lines
        expected |= {key: title for key, title, _ in done}
        contents = made.read()
        assert not contents.problems
        found = dict.fromkeys(contents.removed, "-")
        found |= {key: paper.title for key, paper in contents.papers.items()}
        key, title = last[:2]
        if len(last) == 2:  # announced and not acknowledged: the old state or the new one
            interrupted += 1
            title = title if found.get(key) == title else expected.get(key, "")
        expected |= {key: title} if title else {}
        assert found == expected
    assert interrupted
