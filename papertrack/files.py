"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".tmp"
"""Ending of files that a killed process may leave behind; their names begin with a dot."""


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file, so that a reader or a crash sees the old or the new one.

    The new bytes go to a file beside it, are flushed to the disk, and take the name over. The mode
    of the old file is kept, and a symbolic link is written through unless it `leads_away`. Raises
    OSError, with nothing changed. The folder is flushed by `sync_folders`.
    """
    if leads_away(path):
        raise OSError(errno.ELOOP, "it is a symbolic link to elsewhere")
    target = followed(path)
    beside = target.with_name(f".{target.name}.{os.getpid()}{TEMPORARY}")
    beside.unlink(missing_ok=True)  # left by a killed process that had our number
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        _take_over(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def sync_folders(folders: Iterable[Path]) -> None:
    """Flush the names in folders to the disk, where the system lets a folder be opened."""
    if os.name == "nt":
        return
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def followed(path: Path) -> Path:
    """Follow every symbolic link of a path; one that leads in a circle stays as it is."""
    return Path(os.path.realpath(path))


def leads_away(path: Path) -> bool:
    """Tell whether a symbolic link leads out of its folder and of the working directory.

    A checkout may be that of a stranger, who would have other files of ours read or written.
    """
    if not path.is_symlink():
        return False
    homes = (followed(path.parent), Path.cwd())
    return not any(followed(path).is_relative_to(home) for home in homes)


def make_folder(folder: Path) -> None:
    """Make a folder where none is, so that it outlives a crash as what is put into it does."""
    if not folder.is_dir():
        folder.mkdir()
        sync_folders([folder.parent])


def left_over(folder: Path, name: str = "") -> list[Path]:
    """List the temporary files of a folder, or of its file of that name.

    A killed process has left them, unless one writes there just now.
    """
    found = folder.glob(f".*{TEMPORARY}")
    return sorted(p for p in found if not name or p.name.rsplit(".", 2)[0] == f".{name}")


def sweep(folder: Path, name: str = "") -> None:
    """Delete what killed processes left; only safe while nobody else writes there."""
    for left in left_over(folder, name):
        left.unlink(missing_ok=True)


def _take_over(beside: Path, target: Path) -> None:
    """Rename; on Windows a reader that holds the target makes this fail for a moment."""
    for _ in range(20 if os.name == "nt" else 0):
        with suppress(PermissionError):
            beside.replace(target)
            return
        time.sleep(0.05)
    beside.replace(target)
