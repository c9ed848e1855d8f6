"""What the global options say, and the tracker they lead to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from papertrack.cli.console import Console

if TYPE_CHECKING:
    import typer

    from papertrack.gathering import Panel
    from papertrack.library import Contents, Library
    from papertrack.tracker import Tracker


@dataclass
class Session:
    """One run of the command line."""

    library_dir: str | None = None
    offline: bool = False
    console: Console = field(default_factory=Console)

    def library(self) -> Library:
        """Open the library that the options, the working directory or the environment name."""
        from papertrack.config import find_root
        from papertrack.library import Library

        return Library(find_root(Path.cwd(), self.library_dir, os.environ))

    def contents(self) -> Contents:
        """Read the library; files that cannot be read are named, and left out."""
        contents = self.library().read()
        for problem in contents.problems:
            self.console.warn(f"left out: {problem.message}")
        return contents

    def tracker(self, *, refresh: bool = False) -> Tracker:
        """Build the tracker; with `refresh` what the cache holds is asked again."""
        from papertrack.tracker import Tracker

        library = self.library()
        return Tracker(library, lambda: self._panel(library, refresh))

    def _panel(self, library: Library, refresh: bool) -> Panel:
        from papertrack.panel import panel
        from papertrack.settings import Settings

        settings = Settings.from_environment(os.environ)
        return panel(library, settings, offline=self.offline or settings.offline, refresh=refresh)


def session(context: typer.Context) -> Session:
    """Return the session of a command."""
    found = context.find_object(Session)
    assert found is not None
    return found


def complete_key(incomplete: str) -> Iterator[str]:
    """Offer the keys of the library to the shell; read from file names, so it is quick."""
    from papertrack.config import STORE, find_root
    from papertrack.errors import PapertrackError
    from papertrack.keys import is_key

    try:
        folder = find_root(Path.cwd(), None, os.environ) / STORE / "papers"
        names = sorted(entry.name.removesuffix(".json") for entry in os.scandir(folder))
    except (PapertrackError, OSError):
        return
    yield from (name for name in names if name.startswith(incomplete) and is_key(name))
