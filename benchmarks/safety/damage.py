"""Damaged stores."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from benchmarks.safety._stores import Obvious, Papertrack, filled
from benchmarks.safety.report import Outcome, Row
from papertrack import config
from papertrack.cli.app import run

Damage = Callable[[Path], object]


class Case(NamedTuple):
    """A damage to a file, and whether a line of it can be named."""

    damage: Damage
    has_line: bool = False


def _text(text: str) -> Damage:
    return lambda path: path.write_bytes(text.encode())


def _change(old: str, new: str) -> Damage:
    """Replace what a pattern finds first in a file."""
    pattern = re.compile(old)
    return lambda path: path.write_text(pattern.sub(lambda _: new, path.read_text(), count=1))


def _link(path: Path) -> None:
    path.symlink_to(path.replace(path.parent.parent / "elsewhere"))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _newer(path: Path) -> None:
    """Let the settings ask for a newer program; TinyDB has no place but the data itself."""
    settings = path.parent.parent / config.CONFIG
    if settings.exists():
        settings.write_text(f"schema = {config.SCHEMA + 1}\n")
    else:
        _change("^{", '{"schema": {"read": 99}, ')(path)


CASES = {
    "empty file": Case(_text("")),
    "only NUL bytes": Case(_text("\0" * 4096)),
    "{}": Case(_text("{}")),
    "null": Case(_text("null")),
    "[]": Case(_text("[]")),
    "cut JSON": Case(lambda path: path.write_bytes(path.read_bytes()[:-30]), has_line=True),
    "bytes after the end": Case(lambda path: path.write_bytes(path.read_bytes() + b'"}\n'), True),
    "conflict markers": Case(
        _change('"notes"', '\n<<<<<<< HEAD\n"notes": "a",\n=======\n"notes": "b",\n>>>>>>> x\n"n"'),
        True,
    ),
    "duplicate key": Case(_change('"notes": ', '"notes": "twice", "notes": '), True),
    "wrong type": Case(_change('"notes": "[^"]*"', '"notes": {"a": 1}'), True),
    "foreign file": Case(lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64)), True),
    "not UTF-8": Case(lambda path: path.write_bytes(path.read_bytes() + b"\xff"), True),
    "byte order mark": Case(_change("^", "\ufeff"), True),
    "NaN": Case(_change('"notes": "[^"]*"', '"notes": NaN'), True),
    "half of a character": Case(_change('"notes": "', '"notes": "\\ud800'), True),
    "nested without end": Case(_text('{"title": ' + "[" * 100_000)),
    "symbolic link to elsewhere": Case(_link),
    "folder in place of a file": Case(_folder),
    "newer form": Case(_newer, True),
}


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Damage one file in every way; the short form is the whole one."""
    ours = {name: _ours(case, work / f"ours{n}") for n, (name, case) in enumerate(CASES.items())}
    accepted = [
        name for n, name in enumerate(CASES) if not _refused(CASES[name], work / f"obvious{n}")
    ]
    wrong = [f"{name}: {trouble}" for name, trouble in ours.items() if trouble]
    yield Row(
        "damaged stores: not named with file and line by every command, other papers not "
        "readable, or a byte changed",
        Outcome(len(wrong), len(CASES)),
        Outcome(len(accepted), len(CASES)),
        "; ".join(wrong) or f"accepted silently by the obvious way: {', '.join(accepted)}",
    )


def _refused(case: Case, folder: Path) -> bool:
    """Tell whether plain TinyDB refuses to add a paper, and leaves the file alone."""
    store = filled(Obvious, folder / "store" / "papers", 3)
    assert isinstance(store, Obvious)
    case.damage(store.path)
    before = _bytes(folder)
    try:
        store.put("new", "")
    except Exception:  # whatever reading a broken file raises
        return _bytes(folder) == before
    return False


def _ours(case: Case, folder: Path) -> str:
    """Say what commands do wrong with a damaged store."""
    filled(Papertrack, folder, 3)
    case.damage(folder / "store" / "papers" / "k1.json")
    before = _bytes(folder)
    line = r":\d+" if case.has_line else ""
    newer = case.damage is _newer
    named = re.compile(rf"store/config\.toml{line}" if newer else rf"papers/k1\.json{line}\b")
    for command, code in {"list --format keys": int(newer), "check": 1, "note k0 more": 1}.items():
        said, data = io.StringIO(), io.StringIO()
        with redirect_stderr(said), redirect_stdout(data):
            ended = run(["--library", str(folder), *command.split()])
        if ended != code:
            return f"{command} ended with {ended}"
        if not named.search(said.getvalue() + data.getvalue()):
            return f"{command} said {said.getvalue()!r}"
        if command.startswith("list") and not newer and data.getvalue().split() != ["k0", "k2"]:
            return "other papers are not listed"
    return "" if _bytes(folder) == before else "bytes changed"


def _bytes(folder: Path) -> dict[Path, bytes]:
    """Read all files but the lock, those that links lead to included."""
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != ".lock"}
