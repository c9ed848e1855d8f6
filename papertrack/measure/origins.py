"""Where the code of a network comes from. This module knows modules, and needs no torch."""

from __future__ import annotations

import hashlib
import importlib.metadata
import inspect
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_INSTALLED = frozenset({"site-packages", "dist-packages"})

_PATIENCE = 10.0
"""Seconds that git may take for one answer."""


def origin(factory: Callable[..., Any], classes: Iterable[type]) -> dict[str, Any]:
    """Say what identifies the code: installed packages by version, or a file and its commit.

    `classes` are those of the network and its parts.
    """
    packages = _packages({kind.__module__.partition(".")[0] for kind in classes})
    told: dict[str, Any] = {"packages": packages} if packages else {}
    written = factory.func if isinstance(factory, partial) else factory
    try:
        file = Path(inspect.getsourcefile(inspect.unwrap(written)) or "")
        told["file"], told["sha256"] = file.name, hashlib.sha256(file.read_bytes()).hexdigest()
    except (TypeError, OSError):  # written in C, or in no file
        return told
    return told if _INSTALLED & set(file.parts) else told | _repository(file.resolve())


def _packages(modules: Iterable[str]) -> dict[str, str]:
    """Find names and versions of the installed packages that modules belong to, torch aside."""
    installed = [name for name in modules if name != "torch" and _is_installed(name)]
    if not installed:
        return {}
    owners = importlib.metadata.packages_distributions()
    names = sorted({owner for name in installed for owner in owners.get(name, ())})
    return {name: importlib.metadata.version(name) for name in names}


def _is_installed(module: str) -> bool:
    file = getattr(sys.modules.get(module), "__file__", None)
    return bool(file) and bool(_INSTALLED & set(Path(str(file)).parts))


def _repository(file: Path) -> dict[str, Any]:
    """Say which commit a file stands at; nothing where it is in no git repository."""
    root = _git(file.parent, "rev-parse", "--show-toplevel")
    commit = _git(file.parent, "rev-parse", "HEAD")
    if not root or not commit:
        return {}
    # Sources only: the list itself may live in the repository, and measuring changes it.
    changed = _git(Path(root), "status", "--porcelain", "--", "*.py")
    told = {
        "file": file.relative_to(Path(root).resolve()).as_posix(),
        "repository": public_address(_git(Path(root), "remote", "get-url", "origin") or ""),
        "commit": commit,
        "dirty": bool(changed),
    }
    return {name: value for name, value in told.items() if value != ""}


def public_address(remote: str) -> str:
    """Write a remote without the credentials in it; empty for a folder of this machine."""
    if "://" in remote:
        parts = urlsplit(remote)
        try:
            port = f":{parts.port}" if parts.port else ""
        except ValueError:  # `ssh://git@host:owner/name`, which git takes for no port either
            return ""
        return f"{parts.scheme}://{parts.hostname}{port}{parts.path}" if parts.hostname else ""
    short = re.fullmatch(r"(?:[^@/\s]+@)?([\w.-]{2,}:)([^\\\s]+)", remote)
    return short[1] + short[2] if short else ""


def _git(folder: Path, *arguments: str) -> str | None:
    """Ask git; None where it is not installed, refuses or knows of no repository."""
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            text=True,
            check=True,
            timeout=_PATIENCE,
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None
