"""What a list depends on: versions, the environment, git, the cache, the services."""

from __future__ import annotations

import contextlib
import platform
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

from papertrack import __version__
from papertrack.doctor.diagnosis import Diagnosis, trouble
from papertrack.errors import PapertrackError
from papertrack.identifiers import Identifier
from papertrack.settings import Settings
from papertrack.sources import Failed, Found, Source
from papertrack.sources.cache import FILE

_PACKAGES = ("arxiv", "semanticscholar", "tinydb", "typer", "rich")

_UNDER_WAY = {
    "MERGE_HEAD": ("a merge", "git merge --continue"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --continue"),
    "REVERT_HEAD": ("a revert", "git revert --continue"),
    "rebase-merge": ("a rebase", "git rebase --continue"),
    "rebase-apply": ("a rebase", "git rebase --continue"),
}
"""What git keeps in its folder while something is under way, and how that is ended."""

_KNOWN = Identifier("arxiv", "1505.04597")
"""A paper that every service knows."""


def versions() -> Iterator[Diagnosis]:
    """Name the versions of everything that takes part."""
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in _PACKAGES)
    python = f"Python {platform.python_version()} on {platform.system()}"
    yield Diagnosis("versions", "ok", f"papertrack {__version__}, {python}, {packages}")


def environment(environ: Mapping[str, str]) -> Iterator[Diagnosis]:
    """Read the environment's settings; an API key is named and never shown."""
    try:
        settings = Settings.from_environment(environ)
    except PapertrackError as error:
        yield trouble("environment", error)
        return
    named = sorted(name for name in environ if name.startswith("PAPERTRACK_") and environ[name])
    key = "S2_API_KEY is set" if settings.s2_key else "no S2_API_KEY, so waits are longer"
    yield Diagnosis("environment", "ok", ", ".join([*named, key]))


def git(root: Path) -> Iterator[Diagnosis]:
    """Look whether git has something under way in the folder of the list."""
    folder = _git_folder(root)
    if folder is None:
        message = "the list is not in git, so nothing can be undone or shared"
        yield Diagnosis("git", "note", message, "git init")
        return
    found = [names for file, names in _UNDER_WAY.items() if (folder / file).exists()]
    for what, ends in found:
        message = f"{what} is under way; a README that conflicts is regenerated, whichever side"
        yield Diagnosis("git", "warning", message, f"papertrack render, git add README.md, {ends}")
    if not found:
        yield Diagnosis("git", "ok", "nothing is under way")


def cache(folder: Path) -> Iterator[Diagnosis]:
    """Look whether answers of the services can be read and kept."""
    import sqlite3

    path = folder / FILE
    if not path.exists():
        yield Diagnosis("cache", "ok", f"{path} is not there yet")
        return
    try:
        read_only = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        with contextlib.closing(read_only) as connection:
            [number] = connection.execute("select count(*) from answers").fetchone()
    except (sqlite3.Error, OSError) as error:
        message = f"{path} cannot be read ({error}), so everything is asked again"
        yield Diagnosis("cache", "warning", message, "papertrack doctor --fix", path.unlink)
    else:
        yield Diagnosis("cache", "ok", f"{path} holds {number} answers")


def services(sources: Iterable[Source]) -> Iterator[Diagnosis]:
    """Ask each service for one paper that it must know."""
    for source in sources:
        answers = {i: o for batch in source.fetch([_KNOWN]) for i, o in batch.items()}
        outcome = answers.get(_KNOWN)
        if isinstance(outcome, Found):
            yield Diagnosis("services", "ok", f"{source.name} answers")
        elif isinstance(outcome, Failed):
            hint = "check S2_API_KEY" if outcome.credentials else "try again later, or --offline"
            yield Diagnosis("services", "warning", f"{source.name}: {outcome.why}", hint)
        else:
            message = f"{source.name} does not know arXiv {_KNOWN.value}, which it should"
            yield Diagnosis("services", "warning", message, "try again later")


def _git_folder(root: Path) -> Path | None:
    """Find git's folder for a place; in a worktree a file says where it is."""
    for folder in (root.resolve(), *root.resolve().parents):
        git = folder / ".git"
        if git.is_dir():
            return git
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return folder / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
    return None
