"""A paper in the editor of the person at the terminal."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from papertrack.documents import from_document, to_document
from papertrack.errors import NotFound, PapertrackError, UsageError
from papertrack.model import Paper
from papertrack.storage import decode, encode


def edit_document(paper: Paper, key: str) -> Paper:
    """Let a person edit a paper as it is on disk, and return what they made of it.

    A text that cannot be read as a paper is kept, and the error says where.
    """
    if not sys.stdin.isatty():
        raise UsageError("edit needs a terminal", f"papertrack set {key} FIELD=VALUE")
    handle, name = tempfile.mkstemp(prefix=f"{key}-", suffix=".json")
    path = Path(name)
    with os.fdopen(handle, "wb") as file:
        file.write(encode(to_document(paper)))
    _run_editor(path)
    try:
        edited = from_document(Paper, decode(path.read_bytes()))
    except (ValueError, msgspec.ValidationError) as error:
        raise PapertrackError(
            f"{path}: {error}; the list is unchanged", f"mend it, then copy it over {key}.json"
        ) from None
    path.unlink()
    return edited


def _run_editor(path: Path) -> None:
    default = "notepad" if os.name == "nt" else "vi"
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or default
    try:
        code = subprocess.call([*shlex.split(command, posix=os.name != "nt"), str(path)])
    except OSError as error:
        raise NotFound(
            f"cannot start the editor {command!r}: {error.strerror}", "set EDITOR"
        ) from None
    if code:
        path.unlink(missing_ok=True)
        raise PapertrackError(f"the editor {command!r} ended with {code}; nothing was changed")
