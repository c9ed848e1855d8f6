"""The library: the papers, benchmarks and removals of one `store/`, read and written as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from papertrack import config, files
from papertrack.documents import from_document, to_document
from papertrack.errors import ConfigError, Refused, StoreError, shown
from papertrack.files import TEMPORARY
from papertrack.model import Benchmark, Paper, Removed
from papertrack.storage import FolderDatabase, FolderStorage

LOCK = ".lock"
IGNORED = f"{LOCK}\n.*{TEMPORARY}\n"
"""What git leaves out of a store."""
_PATIENCE = 10.0
"""Seconds that a command waits for another one to finish writing."""
_POLL = 0.01
"""Seconds between two tries: a save takes less, and whoever tries seldom may never be served."""

KINDS: dict[str, Any] = {"papers": Paper, "benchmarks": Benchmark, "removed": Removed}

N = TypeVar("N", Paper, Benchmark, Removed)


@dataclass
class Contents:
    """Everything in a store by key, and the files that could not be read."""

    papers: dict[str, Paper] = field(default_factory=dict)
    benchmarks: dict[str, Benchmark] = field(default_factory=dict)
    removed: dict[str, Removed] = field(default_factory=dict)
    problems: list[StoreError] = field(default_factory=list)

    def whole(self) -> Contents:
        """Return the contents; raise the first problem where a file could not be read."""
        if self.problems:
            raise self.problems[0]
        return self


class Library:
    """One list on disk: `root/store/`, and the READMEs made from it under `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.store = root / config.STORE

    @cached_property
    def config(self) -> config.Config:
        """The settings of the list."""
        return config.load(self.store / config.CONFIG)

    @property
    def readmes(self) -> list[Path]:
        """The READMEs of the settings.

        Raises ConfigError for one outside of `root`: the settings may be those of a stranger.
        """
        root = files.followed(self.root)
        for name in self.config.readme:
            if not files.followed(root / name).is_relative_to(root):
                raise ConfigError(
                    self.store / config.CONFIG,
                    None,
                    f"readme: {name} lies outside of {root}",
                    f"papertrack render {name}, if you trust it",
                )
        return [self.root / name for name in self.config.readme]

    def read(self) -> Contents:
        """Read the whole store; nothing is created or changed."""
        _ = self.config  # a store of a newer form is refused before anything in it is believed
        return _contents(self._database())

    @contextmanager
    def change(self, *, dry_run: bool = False) -> Iterator[Contents]:
        """Read under the lock, let the caller change the contents, and write what has changed.

        Nothing is written when the body raises, or while a file of the store cannot be read. A dry
        run ends in the same way, but neither locks nor writes.
        Raises Refused for a store that takes a newer papertrack to be changed.
        """
        if self.config.read_only:
            raise Refused(
                f"{shown(self.store / config.CONFIG)}: to change this store takes form "
                f"{self.config.schema_write}, and this papertrack knows forms up to "
                f"{config.SCHEMA}: it can only be read",
                "install a newer papertrack",
            )
        with nullcontext() if dry_run else self.lock():
            database = self._database()
            contents = _contents(database).whole()
            before = {name: dict(getattr(contents, name)) for name in KINDS}
            yield contents
            if dry_run:
                return
            for name in KINDS:
                _apply(database, name, before[name], getattr(contents, name))
            _storage(database).commit()

    def left_over(self) -> list[Path]:
        """List the files that killed processes have left, or that one is writing just now."""
        return [path for kind in KINDS for path in files.left_over(self.store / kind)]

    def sweep(self) -> None:
        """Delete what killed processes have left."""
        with self.lock():
            for kind in KINDS:
                files.sweep(self.store / kind)

    def _database(self) -> FolderDatabase:
        return FolderDatabase(self.store, tuple(KINDS), storage=FolderStorage)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep every other writer out, across processes; the lock ends with its process."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.store / LOCK, timeout=_PATIENCE)
        try:
            lock.acquire(poll_interval=_POLL)
        except Timeout:
            raise Refused(
                f"another papertrack is writing in {self.store}",
                "try again when it has finished",
            ) from None
        except OSError as error:
            raise StoreError(
                self.store,
                None,
                f"cannot be written: {error.strerror or error}",
                "grant write access to the folder",
            ) from None
        try:
            yield
        finally:
            with suppress(OSError):  # it ends with the process in any case
                lock.release()


def create(root: Path) -> Library:
    """Make an empty store under `root` where none is; what is there stays as it is."""
    store = root / config.STORE
    try:
        (store / "papers").mkdir(parents=True, exist_ok=True)
        for name, text in ((config.CONFIG, config.TEMPLATE), (".gitignore", IGNORED)):
            if not (store / name).exists():
                files.write_whole(store / name, text.encode())
    except OSError as error:
        raise StoreError(store, None, f"cannot be made: {error.strerror or error}") from None
    return Library(root)


def _storage(database: FolderDatabase) -> FolderStorage:
    storage = database.storage
    assert isinstance(storage, FolderStorage)
    return storage


def _contents(database: FolderDatabase) -> Contents:
    contents = Contents(problems=_storage(database).problems)
    for name, kind in KINDS.items():
        target: dict[str, Any] = getattr(contents, name)
        for document in database.table(name):
            key = str(document.doc_id)
            try:
                target[key] = from_document(kind, document)
            except msgspec.ValidationError as error:
                path = _storage(database).path(name, key)
                contents.problems.append(_misfit(path, error))
    return contents


def _apply(
    database: FolderDatabase, name: str, before: Mapping[str, N], after: Mapping[str, N]
) -> None:
    """Bring one table from `before` to `after` in two steps, however many papers change."""
    table = database.table(name)
    changed = {k: to_document(v) for k, v in after.items() if before.get(k) is not v}
    stale: list[Any] = [key for key in before if key in changed or key not in after]
    if stale:
        table.remove(doc_ids=stale)
    if changed:
        table.insert_multiple(table.document_class(d, k) for k, d in changed.items())  # type: ignore[arg-type]


def _misfit(path: Path, error: msgspec.ValidationError) -> StoreError:
    """Name the line of a field whose value has the wrong type."""
    message = str(error)
    place = message.partition("`$.")[2].rstrip("`").split(".")[0].split("[")[0]
    lines = path.read_text(encoding="utf-8").split("\n")
    line = next((n for n, t in enumerate(lines, 1) if place and f'"{place}":' in t), None)
    return StoreError(path, line, f"is no entry of the store: {message}", "mend the value by hand")
