"""A folder of JSON files as a TinyDB database: a folder a table, a file a document."""

from __future__ import annotations

import gc
import json
import math
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from papertrack import files
from papertrack.documents import canonical
from papertrack.errors import StoreError, shown
from papertrack.keys import is_key

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]

_CONFLICT_MARKS = ("<<<<<<< ", ">>>>>>> ", "=======")


class FolderStorage(Storage):
    """Reads every file once, and writes, on `commit`, those whose document has changed.

    A file that cannot be read is left out, and stands in `problems`.
    """

    def __init__(self, root: Path, tables: Sequence[str]) -> None:
        self.problems: list[StoreError] = []
        self._root = root
        self._names = tables
        self._bytes: dict[Path, bytes] = {}
        self._tables: Tables | None = None

    def read(self) -> Tables:
        """Return all documents by table and file name."""
        if self._tables is None:
            collecting = gc.isenabled()
            gc.disable()  # half of the time of a large load is spent looking for garbage
            try:
                self._tables = {name: dict(self._load(name)) for name in self._names}
            finally:
                if collecting:
                    gc.enable()
        return self._tables

    def write(self, data: Tables) -> None:
        """Take the new state; nothing reaches the disk before `commit`."""
        self._tables = data

    def commit(self) -> None:
        """Write the changed documents and delete the files of the removed ones.

        Each file is whole at every moment. Raises StoreError where the disk refuses.
        """
        wanted = {
            self.path(table, key): document
            for table, documents in self.read().items()
            for key, document in documents.items()
        }
        changed = {p: encode(d) for p, d in wanted.items() if not self._holds(p, d)}
        gone = [path for path in self._bytes if path not in wanted]
        if not changed and not gone:
            return
        path = self._root
        try:
            for folder in (self._root / name for name in self._names):
                files.sweep(folder)
            for folder in {path.parent for path in changed}:
                files.make_folder(folder)
            for path, data in changed.items():
                files.write_whole(path, data)
            for path in gone:
                path.unlink(missing_ok=True)
            files.sync_folders({path.parent for path in (*changed, *gone)})
        except OSError as error:
            raise StoreError(
                path,
                None,
                f"cannot be written: {error.strerror or error}",
                "make room or grant write access, then run the same command again",
            ) from None

    def path(self, table: str, key: str) -> Path:
        """Return the file of a document."""
        return self._root / table / f"{key}.json"

    def _holds(self, path: Path, document: Document) -> bool:
        """Tell whether a file holds a document already, in whatever layout."""
        data = self._bytes.get(path)
        held = None if data is None else decode(data)
        return held == document and canonical(held) == canonical(document)

    def _load(self, table: str) -> Iterator[tuple[str, Document]]:
        folder = self._root / table
        try:
            entries = _entries(folder)
        except StoreError as error:
            self.problems.append(error)
            return
        for entry in entries:
            try:
                yield entry.name.removesuffix(".json"), self._load_file(entry)
            except StoreError as error:
                self.problems.append(error)

    def _load_file(self, entry: os.DirEntry[str]) -> Document:
        path = Path(entry.path)
        if not is_key(path.stem):
            raise StoreError(path, None, "the name is no key", "rename it to a-z, 0-9, - and _")
        if entry.is_symlink():
            raise _linked(path)
        try:
            data = path.read_bytes()
            document = decode(data)
        except OSError as error:
            raise StoreError(path, None, f"cannot be read: {error.strerror}") from None
        except ValueError as error:
            raise _explained(path, data, error) from None
        self._bytes[path] = data
        return document


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """List the documents of a table; a folder that is not there has none."""
    try:
        if stat.S_ISLNK(folder.lstat().st_mode):
            raise _linked(folder)
        with os.scandir(folder) as entries:
            found = [e for e in entries if e.name.endswith(".json") and e.name[0] != "."]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError(folder, None, f"cannot be read: {error.strerror}") from None
    return sorted(found, key=lambda entry: entry.name)


def _linked(path: Path) -> StoreError:
    return StoreError(path, None, "is a symbolic link", "put what it leads to in its place")


class _StringTable(Table):
    """A table whose ids are the names of the files."""

    document_id_class = str  # type: ignore[assignment]  # the stubs know integers only

    def _get_next_id(self) -> NoReturn:
        raise TypeError("a document of the store is inserted under its own key")


class FolderDatabase(TinyDB):
    """TinyDB over a `FolderStorage`."""

    table_class = _StringTable


def encode(document: Document) -> bytes:
    """Write a document in the form of the store: UTF-8, two spaces, one list item a line."""
    return (json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def decode(data: bytes) -> Document:
    """Read a document; raise ValueError where it is no JSON object or names a field twice."""
    try:
        quick = msgspec.json.decode(data)
        # What encodes to the same bytes has lost nothing: no double field, no oversized number.
        exact = msgspec.json.format(msgspec.json.encode(quick), indent=2) + b"\n" == data
        document = quick if exact else _decode_strictly(data)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        document = _decode_strictly(data)
    if not isinstance(document, dict):
        raise ValueError("is not a JSON object")
    return document


class _Flaw(ValueError):
    """Something that JSON has a form for, and a document of the store has not."""

    def __init__(self, message: str, sign: str) -> None:
        super().__init__(message)
        self.sign = sign
        """Text that shows where in the file it is: the last line that holds it."""


def _decode_strictly(data: bytes) -> Any:
    """Read what the fast way could not be trusted with."""
    document = json.loads(
        data.decode(), object_pairs_hook=_unique, parse_constant=_finite, parse_float=_finite
    )
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = f"\\u{ord(error.object[error.start]):x}"
        raise _Flaw(f"holds {half}, half of a character", half) from None
    return document


def _unique(pairs: list[tuple[str, Any]]) -> Document:
    document: Document = {}
    for name, value in pairs:
        if name in document:
            raise _Flaw(f'names "{name}" twice', json.dumps(name, ensure_ascii=False))
        document[name] = value
    return document


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise _Flaw(f"holds {number}, which is no number", number)
    return value


def _explained(path: Path, data: bytes, error: ValueError) -> StoreError:
    """Say where in a file the trouble is, and what mends it."""
    lines = data.decode(errors="replace").split("\n")
    marked = [n for n, line in enumerate(lines, 1) if line.startswith(_CONFLICT_MARKS)]
    restore = f"git checkout -- {shown(path)}, or mend it by hand"
    if marked:
        hint = f"keep one side, then: git add {shown(path)}"
        return StoreError(path, marked[0], "holds git conflict markers", hint)
    if not data.strip(b"\0 \n\r\t"):
        return StoreError(path, None, "is empty", restore)
    if isinstance(error, _Flaw):
        last = max(
            (n for n, t in enumerate(lines, 1) if error.sign.lower() in t.lower()), default=None
        )
        return StoreError(path, last, str(error), "mend it by hand")
    if isinstance(error, json.JSONDecodeError):
        return StoreError(path, error.lineno, f"is not JSON: {error.msg}", restore)
    if isinstance(error, UnicodeDecodeError):
        line_number = data[: error.start].count(b"\n") + 1
        return StoreError(path, line_number, "is not UTF-8", restore)
    return StoreError(path, None, str(error), restore)
