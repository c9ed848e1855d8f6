"""A save in which the 1st, 2nd, ... operation on a file goes wrong, until one gets through.

`python -m benchmarks.safety --only calls` does the same with system calls, where strace is at hand.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from papertrack.errors import FileProblem, PapertrackError, StoreError
from papertrack.files import TEMPORARY
from papertrack.library import Library
from papertrack.model import Removed, replace
from papertrack.publishing import Page, read
from tests.builders import attention_unet, make_library, unet, voxelmorph


class Dead(BaseException):
    """The process is killed: nothing that it does afterwards has an effect."""


class Trap:
    """Makes the Nth operation under a folder go wrong; a dead process fails at all that follow."""

    EVENTS = frozenset({"open", "os.rename", "os.remove", "os.chmod", "os.mkdir", "os.scandir"})

    def __init__(self) -> None:
        self.folder = ""
        self.left = 0
        self.error: BaseException = Dead()

    def arm(self, folder: Path, number: int, error: BaseException) -> None:
        self.folder, self.left, self.error = str(folder), number, error

    def disarm(self) -> None:
        self.folder = ""

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Be told of an operation; Python tells before it is done."""
        if self.folder and event in self.EVENTS and str(arguments[0]).startswith(self.folder):
            self.spring()

    def spring(self) -> None:
        self.left -= 1
        if not self.left or (self.left < 0 and isinstance(self.error, Dead)):
            raise self.error


class Torn:
    """A file whose writing can go wrong in the middle."""

    def __init__(self, file: Any) -> None:
        self.file = file

    def __enter__(self) -> Torn:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def write(self, data: bytes) -> None:
        half = len(data) // 2
        self.file.write(data[:half])
        self.file.flush()
        if TRAP.folder:
            TRAP.spring()
        self.file.write(data[half:])


TRAP = Trap()
sys.addaudithook(TRAP.hear)  # there is no way to take a hook off again


@pytest.fixture
def trap(monkeypatch: pytest.MonkeyPatch) -> Iterator[Trap]:
    """Return the trap; what Python tells no hook of, writing and flushing, goes through it too."""
    flush, open_file = os.fsync, Path.open

    def open_torn(path: Path, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        file = open_file(path, mode, *arguments, **named)
        return Torn(file) if mode in ("wb", "xb") else file

    def fsync(handle: int) -> None:
        if TRAP.folder:
            TRAP.spring()
        flush(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "open", open_torn)
    yield TRAP
    TRAP.disarm()


FAULTS = [
    pytest.param(OSError(errno.ENOSPC, "No space left on device"), id="disk full"),
    pytest.param(OSError(errno.EIO, "Input/output error"), id="I/O error"),
    pytest.param(KeyboardInterrupt(), id="Ctrl-C"),
    pytest.param(Dead(), id="killed"),
]


def change(made: Library) -> None:
    """Edit a paper, add one, and remove one."""
    with made.change() as contents:
        contents.papers["unet"] = replace(contents.papers["unet"], notes="mine")
        contents.papers["attention"] = attention_unet()
        paper = contents.papers.pop("voxelmorph")
        contents.removed["voxelmorph"] = Removed(paper=paper, removed="2026-11-24")


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_goes_wrong_in_a_save_each_paper_is_the_old_or_the_new_one(
    tmp_path: Path, trap: Trap, fault: BaseException
) -> None:
    for number in count(1):
        made = make_library(tmp_path / str(number), unet=unet(), voxelmorph=voxelmorph())
        trap.arm(made.root, number, fault)
        try:
            change(made)
        except (PapertrackError, KeyboardInterrupt, Dead):
            saved = False
        else:
            saved = True
        got_through = trap.left > 0
        trap.disarm()
        found = made.read()
        assert not found.problems
        assert found.papers["unet"] in (
            (unet(notes="mine"),) if saved else (unet(), unet(notes="mine"))
        )
        assert found.papers.get("attention") in (
            (attention_unet(),) if saved else (None, attention_unet())
        )
        assert "voxelmorph" in found.removed or found.papers["voxelmorph"] == voxelmorph()
        assert not (saved and "voxelmorph" in found.papers)
        if not saved and "voxelmorph" in found.papers:
            change(made)  # the same command again
        with made.change() as contents:
            contents.papers.pop("unet")
        assert set(made.read().papers) <= {"attention"}
        assert not list(made.store.rglob(f"*{TEMPORARY}"))
        if got_through:
            break
    assert number > 15


@pytest.mark.parametrize("fault", FAULTS)
def test_the_trap_breaks_a_file_that_is_simply_written(
    tmp_path: Path, trap: Trap, fault: BaseException
) -> None:
    """Without this the other tests would prove nothing."""
    found = set()
    for number in range(1, 5):
        path = tmp_path / "a.json"
        path.write_text("old!")
        trap.arm(tmp_path, number, fault)
        with contextlib.suppress(OSError, KeyboardInterrupt, Dead), path.open("wb") as file:
            file.write(b"new!")
            file.flush()
            os.fsync(file.fileno())
        trap.disarm()
        found.add(path.read_text())
    assert found == {"old!", "ne", "new!"}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_goes_wrong_a_readme_is_the_old_or_the_new_one(
    tmp_path: Path, trap: Trap, fault: BaseException
) -> None:
    readme = tmp_path / "README.md"
    for number in count(1):
        readme.write_text("old")
        trap.arm(tmp_path, number, fault)
        try:
            Page(readme, "old", "new", ()).write()
        except (PapertrackError, KeyboardInterrupt, Dead):
            assert trap.left <= 0
        got_through = trap.left > 0
        trap.disarm()
        assert readme.read_text() in (["new"] if got_through else ["old", "new"])
        Page(readme, "old", "newer", ()).write()
        assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
        if got_through:
            break
    assert number > 4


def test_a_folder_of_the_store_that_cannot_be_listed_is_a_problem_and_no_empty_table(
    tmp_path: Path, trap: Trap
) -> None:
    made = make_library(tmp_path, unet=unet())
    trap.arm(made.store / "papers", 1, OSError(errno.EIO, "Input/output error"))
    [problem] = made.read().problems
    assert "papers: cannot be read: Input/output error" in problem.message
    trap.arm(made.store / "papers", 1, OSError(errno.EIO, "Input/output error"))
    with pytest.raises(StoreError, match="papers: cannot be read"), made.change():
        pytest.fail("the body of the change was run")


def test_a_readme_that_cannot_be_looked_at_is_named(tmp_path: Path, trap: Trap) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("old")
    trap.arm(tmp_path, 1, OSError(errno.EIO, "Input/output error"))
    with pytest.raises(FileProblem, match=r"README\.md: cannot be read: Input/output error"):
        read(readme)
