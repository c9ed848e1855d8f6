"""Writing a file: whole or not at all, whatever happens in the middle."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from pathlib import Path
from typing import Any

import pytest

from papertrack.files import (
    _take_over,
    leads_away,
    left_over,
    make_folder,
    sweep,
    sync_folders,
    write_whole,
)

STEPS = ["fsync", "replace", "chmod"]


def break_at(step: str, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Make one function of the operating system fail."""

    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(os, step, fail)


def test_a_file_is_made_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for data in (b"old", b"new"):
        write_whole(path, data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()], ids=["disk full", "Ctrl-C"]
)
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    break_at(step, monkeypatch, error)
    with pytest.raises(type(error)):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", STEPS[:2])
def test_a_write_that_fails_leaves_no_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    break_at(step, monkeypatch, OSError(errno.EIO, "broken"))
    with pytest.raises(OSError, match="broken"):
        write_whole(tmp_path / "a.json", b"new")
    assert not list(tmp_path.iterdir())


def test_a_write_that_is_interrupted_after_its_last_step_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def replace(*names: Path) -> None:
        real(*names)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.json", b"new")
    assert (tmp_path / "a.json").read_bytes() == b"new"


def test_the_bytes_are_on_the_disk_before_they_take_the_name_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, int]] = []
    real_sync, real_replace = os.fsync, os.replace

    def sync(handle: int) -> None:
        seen.append(("fsync", os.fstat(handle).st_size))
        real_sync(handle)

    def replace(beside: Path, target: Path) -> None:
        seen.append(("replace", Path(beside).stat().st_size))
        real_replace(beside, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", replace)
    write_whole(tmp_path / "a.json", b"new")
    assert seen == [("fsync", 3), ("replace", 3)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other modes")
@pytest.mark.parametrize("mode", [0o640, 0o600, 0o664])
def test_the_mode_of_a_file_is_kept(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_whole(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt", reason="Windows has other modes")
def test_a_new_file_has_the_mode_that_the_person_wants(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.json", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    target, link = tmp_path / "docs" / "list.md", tmp_path / "README.md"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing"])
def test_a_link_that_leads_away_is_not_written_through(there: bool, tmp_path: Path) -> None:
    (tmp_path / "list").mkdir()
    target, link = tmp_path / "precious", tmp_path / "list" / "README.md"
    if there:
        target.write_bytes(b"old")
    link.symlink_to(target)
    with pytest.raises(OSError, match="to elsewhere") as caught:
        write_whole(link, b"new")
    assert caught.value.errno == errno.ELOOP
    assert caught.value.strerror == "it is a symbolic link to elsewhere"
    assert target.exists() == there
    assert not there or target.read_bytes() == b"old"


def test_what_a_killed_process_left_under_the_same_number_is_no_obstacle(tmp_path: Path) -> None:
    left = tmp_path / f".a.json.{os.getpid()}.tmp"
    left.write_bytes(b"ha")
    write_whole(tmp_path / "a.json", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize(
    ("of", "swept"),
    [
        ((), {".a.json.17.tmp", ".b.json.18.tmp"}),
        (("a.json",), {".a.json.17.tmp"}),
        (("a",), set()),
    ],
)
def test_only_what_a_killed_process_left_is_swept(
    tmp_path: Path, of: tuple[str, ...], swept: set[str]
) -> None:
    left = {".a.json.17.tmp", ".b.json.18.tmp"}
    others = {".lock", "a.tmp", "a.json", ".gitignore"}
    for name in left | others:
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in left_over(tmp_path, *of)] == sorted(swept)
    sweep(tmp_path, *of)
    assert {path.name for path in tmp_path.iterdir()} == others | (left - swept)


def test_what_another_process_sweeps_at_the_same_time_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".a.json.17.tmp").write_bytes(b"")
    real = os.unlink

    def unlink(path: Path) -> None:
        real(path)  # by the other one
        real(path)

    monkeypatch.setattr(os, "unlink", unlink)
    sweep(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows opens no folder")
def test_a_new_folder_is_flushed_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: flushed.append(os.fstat(handle).st_ino))
    for _ in range(2):
        make_folder(tmp_path / "papers")
    assert flushed == [tmp_path.stat().st_ino]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize(
    ("target", "away"),
    [("list/docs/real.md", False), ("work/real.md", False), ("home/real.md", True)],
)
def test_a_link_leads_away_that_leaves_its_folder_and_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, away: bool
) -> None:
    for name in ("list/docs", "work", "home"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")
    link = tmp_path / "list" / "README.md"
    link.symlink_to(tmp_path / target)
    assert leads_away(link) == away


def test_windows_flushes_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("a folder was opened"))
    monkeypatch.setattr(os, "name", "nt")
    sync_folders([tmp_path])
    monkeypatch.undo()


@pytest.mark.skipif(os.name == "nt", reason="Windows opens no folder")
def test_each_folder_is_flushed_and_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed = []
    monkeypatch.setattr(os, "fsync", lambda handle: flushed.append((handle, os.fstat(handle))))
    sync_folders([tmp_path, tmp_path.parent])
    folders = [tmp_path.stat().st_ino, tmp_path.parent.stat().st_ino]
    assert [status.st_ino for _, status in flushed] == folders
    for handle, _ in flushed:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(handle)


@pytest.mark.parametrize("held", [3, 99])
def test_on_windows_a_reader_that_holds_the_file_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int
) -> None:
    beside, target, waits = tmp_path / "new", tmp_path / "old", []
    beside.write_bytes(b"new")
    real = os.replace

    def replace(*names: Path) -> None:
        if len(waits) < held:
            raise PermissionError("in use")
        real(*names)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(time, "sleep", waits.append)
    monkeypatch.setattr(os, "name", "nt")
    with pytest.raises(PermissionError) if held == 99 else contextlib.nullcontext():
        _take_over(beside, target)
    monkeypatch.undo()  # pathlib makes no path while the system pretends to be another one
    assert sum(waits) == pytest.approx(0.15 if held == 3 else 1.0)
    assert target.exists() == (held == 3)


@pytest.mark.skipif(os.name == "nt", reason="Windows waits")
def test_elsewhere_nothing_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_at("replace", monkeypatch, PermissionError("not yours"))
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("it waited"))
    with pytest.raises(PermissionError, match="not yours"):
        _take_over(tmp_path / "new", tmp_path / "old")
