"""A paper in the editor of the person at the terminal."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from papertrack.documents import to_document
from papertrack.errors import NotFound, PapertrackError, UsageError
from papertrack.model import Paper
from papertrack.storage import Document, decode, encode


def edit_document(paper: Paper, key: str, save: Callable[[Document], None]) -> None:
    """Let a person edit a paper as it is on disk, and save what they make of it.

    A text that cannot be read as a paper, or be saved, is kept, and the error says where.
    """
    if not sys.stdin.isatty():
        raise UsageError("edit needs a terminal", f"papertrack set {key} FIELD=VALUE")
    editor = _editor()
    handle, name = tempfile.mkstemp(prefix=f"{key}-", suffix=".json")
    path = Path(name)
    with os.fdopen(handle, "wb") as file:
        file.write(encode(to_document(paper)))
    _run(editor, path)
    try:
        save(decode(path.read_bytes()))
    except (ValueError, msgspec.ValidationError) as error:
        raise PapertrackError(
            f"{path}: {error}; the list is unchanged",
            f"papertrack edit {key}, and put there what you wrote, mended",
        ) from None
    except PapertrackError as error:
        error.hint = "; ".join(filter(None, (error.hint, f"what you wrote is kept in {path}")))
        raise
    path.unlink()


def _editor() -> list[str]:
    """Split the command of the person's editor into words."""
    default = "notepad" if os.name == "nt" else "vi"
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or default
    try:
        return shlex.split(command, posix=os.name != "nt") or [default]
    except ValueError as error:
        name = "VISUAL" if os.environ.get("VISUAL") else "EDITOR"
        raise UsageError(
            f"{name} is no command: {command!r}: {error}", f"set {name}, for example to {default}"
        ) from None


def _run(editor: list[str], path: Path) -> None:
    """Run the editor on a file, which stays only if the editor is content."""
    command = " ".join(editor)
    try:
        code = subprocess.call([*editor, str(path)])
    except OSError as error:
        path.unlink(missing_ok=True)
        raise NotFound(
            f"cannot start the editor {command!r}: {error.strerror}", "set EDITOR"
        ) from None
    if code:
        path.unlink(missing_ok=True)
        raise PapertrackError(f"the editor {command!r} ended with {code}; nothing was changed")
