"""The same small list kept in two ways: by papertrack, and by TinyDB as its introduction shows."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from tinydb import TinyDB, where
from tinydb.storages import JSONStorage

from papertrack import files, library
from papertrack.errors import PapertrackError
from papertrack.library import Library
from papertrack.model import Paper, Removed
from papertrack.publishing import Page, read

LONG = 1_000
"""Characters of the longest note; files that grow and shrink all the time break most easily."""


class Store(Protocol):
    """A list of texts by key, of which every change is saved at once."""

    folder: Path
    refusals: type[Exception]
    """What tells a person that a change cannot be made."""

    def __init__(self, folder: Path) -> None: ...

    def put(self, key: str, text: str) -> None:
        """Add a paper, or replace its text."""

    def drop(self, key: str) -> None:
        """Remove a paper."""

    def texts(self) -> dict[str, str]:
        """Read all papers; raises whatever a damaged file makes it raise."""


class Papertrack:
    """Papertrack's own way."""

    refusals = PapertrackError

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = Library(folder)
        if not self.library.store.exists():
            library.create(folder)

    def put(self, key: str, text: str) -> None:
        """Add a paper, or replace its notes."""
        with self.library.change() as contents:
            contents.papers[key] = Paper(title=key, notes=text)

    def drop(self, key: str) -> None:
        """Remove a paper as `papertrack remove` does."""
        with self.library.change() as contents:
            removed = Removed(paper=contents.papers.pop(key), removed="2026-11-24")
            contents.removed[key] = removed

    def texts(self) -> dict[str, str]:
        """Read all papers; a file that cannot be read is an error here."""
        contents = self.library.read()
        if contents.problems:
            raise contents.problems[0]
        return {key: paper.notes for key, paper in contents.papers.items()}


class Obvious:
    """The control: one JSON file, opened anew by each command."""

    storage: type[JSONStorage] = JSONStorage
    refusals = Exception

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.path = folder / "papers.json"

    def put(self, key: str, text: str) -> None:
        """Add a paper, or replace its notes."""
        with TinyDB(self.path, storage=self.storage) as database:
            database.upsert({"key": key, "notes": text}, where("key") == key)

    def drop(self, key: str) -> None:
        """Remove a paper."""
        with TinyDB(self.path, storage=self.storage) as database:
            database.remove(where("key") == key)

    def texts(self) -> dict[str, str]:
        """Read all papers."""
        with TinyDB(self.path, storage=self.storage) as database:
            return {document["key"]: document["notes"] for document in database.all()}


class _ReplacingStorage(JSONStorage):
    """The obvious cure: write a temporary file, and rename it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        super().__init__(str(path))

    def write(self, data: Mapping[str, Any]) -> None:
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}.tmp")
        with beside.open("w") as file:
            json.dump(data, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)


class Replacing(Obvious):
    """The control for what a cured TinyDB leaves behind."""

    storage = _ReplacingStorage


class Readme:
    """A README that is written anew by each change, as `papertrack render` does."""

    refusals = PapertrackError

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.path = folder / "README.md"
        if not self.path.exists():
            self.write({})

    def put(self, key: str, text: str) -> None:
        """Write the README with another text."""
        self.write(self.texts() | {key: text})

    def drop(self, key: str) -> None:
        """Write the README without a text."""
        self.write({k: text for k, text in self.texts().items() if k != key})

    def texts(self) -> dict[str, str]:
        """Read the texts in it."""
        found: dict[str, str] = json.loads(read(self.path))
        return found

    def write(self, texts: Mapping[str, str]) -> None:
        """Put the texts in the place of those that are there."""
        Page(self.path, "", json.dumps(texts), ()).write()


class PlainReadme(Readme):
    """The control: a README that is simply written."""

    refusals = Exception

    def write(self, texts: Mapping[str, str]) -> None:
        """Write over what is there."""
        self.path.write_text(json.dumps(texts))


def filled(kind: type[Store], folder: Path, papers: int) -> Store:
    """Make a store of so many papers with notes of different lengths."""
    store = kind(folder)
    for number in range(papers):
        store.put(f"k{number}", f"{number} " + "x" * (LONG * number // papers))
    return store


def temporary_files(folder: Path) -> int:
    """Count what is left of writes that did not end."""
    return len(list(folder.rglob(f".*{files.TEMPORARY}")))
