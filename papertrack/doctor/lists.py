"""What can be wrong with a list: its settings, its store, its READMEs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from papertrack import config, publishing
from papertrack.doctor.diagnosis import Diagnosis, trouble
from papertrack.errors import PapertrackError, shown
from papertrack.files import TEMPORARY, write_whole
from papertrack.library import IGNORED, KINDS, LOCK, Contents, Library

_NAMED = 5
"""Files that are named of many of one kind."""


def settings(library: Library) -> Iterator[Diagnosis]:
    """Read the settings: whether they can be, and whether the store is of a form known here."""
    path = shown(library.store / config.CONFIG)
    try:
        read_only = library.config.read_only
    except PapertrackError as error:
        yield trouble("settings", error)
        return
    if read_only:
        message = f"{path}: the store can only be read; to change it takes a newer form"
        yield Diagnosis("settings", "warning", message, "install a newer papertrack")
    else:
        yield Diagnosis("settings", "ok", f"{path} is read")


def store(library: Library) -> Iterator[Diagnosis]:
    """Read every file of the store, and look for what does not belong there."""
    try:
        contents = library.read()
    except PapertrackError as error:
        yield trouble("store", error)
        return
    for problem in contents.problems:
        yield trouble("store", problem)
    yield from _strangers(library)
    yield from _left_over(library)
    yield from _ignored(library)
    if not contents.problems:
        yield Diagnosis("store", "ok", _holdings(contents))


def readmes(library: Library) -> Iterator[Diagnosis]:
    """Render every README in memory: whether its regions fit, and whether it is stale."""
    try:
        contents = library.read()
    except PapertrackError:
        return  # said of the store
    if contents.problems:
        yield Diagnosis("readme", "note", "is not looked at while the store cannot be read whole")
        return
    try:
        paths = library.readmes
    except PapertrackError as error:
        yield trouble("readme", error)
        return
    for path in paths:
        yield _readme(library, contents, path)


def lock(library: Library) -> Iterator[Diagnosis]:
    """Try the lock of the store, and let it go again."""
    from filelock import FileLock, Timeout

    path = library.store / LOCK
    if not path.exists():
        yield Diagnosis("lock", "ok", "nobody is writing")
        return
    try:
        with FileLock(path, timeout=0):
            yield Diagnosis("lock", "ok", "nobody is writing")
    except Timeout:
        message = f"{shown(path)} is held: another papertrack is writing"
        yield Diagnosis("lock", "warning", message, "wait for it, or end that process")
    except OSError as error:
        message = f"{shown(path)} cannot be locked: {error.strerror or error}"
        yield Diagnosis("lock", "error", message, "grant write access to the folder")


def _readme(library: Library, contents: Contents, path: Path) -> Diagnosis:
    try:
        [page] = publishing.pages(library, contents, [path])
    except PapertrackError as error:
        return trouble("readme", error)
    name = shown(path)
    if page.losses:
        message = f"{name}:{page.losses[0].line}: {page.losses[0].what} is not in the store"
        more = f", and {len(page.losses) - 1} more" if len(page.losses) > 1 else ""
        return Diagnosis("readme", "warning", message + more, f"papertrack import {name}")
    if page.stale:
        return Diagnosis("readme", "warning", f"{name} is stale", "papertrack render")
    return Diagnosis("readme", "ok", f"{name} is what the store says")


def _strangers(library: Library) -> Iterator[Diagnosis]:
    """Find files that are none of the store's: nobody reads them."""
    strange = [
        path
        for folder in (library.store / kind for kind in KINDS)
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.suffix != ".json" and not path.name.endswith(TEMPORARY)
    ]
    if strange:
        message = f"{_names(strange)}: not read, for it is no .json file"
        yield Diagnosis("store", "note", message, "move it out of the store")


def _left_over(library: Library) -> Iterator[Diagnosis]:
    """Find what killed processes left."""
    left = library.left_over()
    if left:
        message = f"{_names(left)}: left by a command that was killed"
        yield Diagnosis("store", "note", message, "papertrack doctor --fix", library.sweep)


def _ignored(library: Library) -> Iterator[Diagnosis]:
    """Look whether git is told to leave the lock file out."""
    path = library.store / ".gitignore"

    def write() -> None:
        write_whole(path, IGNORED.encode())

    if not path.exists():
        message = f"{shown(path)} is missing, so git would take the lock file in"
        yield Diagnosis("store", "note", message, "papertrack doctor --fix", write)


def _holdings(contents: Contents) -> str:
    counts = {kind: len(getattr(contents, kind)) for kind in KINDS}
    return ", ".join(f"{number} {kind}" for kind, number in counts.items())


def _names(paths: list[Path]) -> str:
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return ", ".join(shown(path) for path in paths[:_NAMED]) + more
