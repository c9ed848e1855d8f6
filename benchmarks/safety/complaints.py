"""Hostile words and files in error messages.

Commands repeat what they were given, and what stands in the files that they read. However they
end, they end with a word for people, and print nothing that a terminal or GitHub's log obeys.
"""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

from benchmarks.safety import hostile
from benchmarks.safety.report import Outcome, Row
from benchmarks.safety.terminal import PLAIN, Printed, Terminal, printed

_WORD = "@@"
"""Stands for the hostile text; within quotation marks it is a string of JSON."""

_COMMANDS = [
    line.split()
    for line in """\
@@
--@@
--library @@ list
show @@
show @@ --json
open @@
search @@
search @@ --format tsv
search year:@@
search @@:x
list --sort @@
list --@@
--offline add @@ --dry-run
--offline add doi:@@ --dry-run
--offline add https://arxiv.org/abs/@@ --dry-run
--offline add 1505.04597 --code @@ --dry-run
--offline add 1505.04597 --venue @@ --dry-run --json
set kept @@
set kept year=@@
set kept @@=x
set @@ year=2015
tag kept @@
remove @@
result add kept @@ x=1
result add kept task @@
result list @@
benchmark show @@
render @@
import @@ --dry-run
import list.bib --format @@ --dry-run
check @@
check --explain @@
-vv check --select @@""".splitlines()
]
"""Commands that take a word of the caller's, which most of them refuse."""

_ADD = "--offline add 1505.04597 --dry-run"

_FILES: dict[str, tuple[str, str]] = {
    "@@.md": ("", "check"),
    "@@.bib": ("@article{x,", "import --dry-run"),
    "store/papers/@@.json": ("{}", "list"),
    "store/papers/a.json": ('{"title": "x", "year": "@@"}', "list"),
    "store/papers/b.json": ('{"title": "x", "@@": 1, "@@": 2}', "show b"),
    "store/papers/c.json": ('{"title": @@', "list"),
    "store/papers/d.json": ('{"title": "@@", "links": [{"url": "@@"}]}', "check"),
    "store/papers/e.json": ('{"title": "@@", "links": [{"url": "@@", "label": "@@"}]}', "show e"),
    "store/benchmarks/task.json": (
        '{"title": "@@", "metrics": [{"id": "@@", "name": "@@"}], "row_label": "@@",'
        ' "results": [{"benchmark": "task", "model": "@@", "values": {"@@": "1"}}]}',
        "benchmark show task",
    ),
    "store/config.toml": ('schema = 1\nsort = "@@"\n"@@" = 1', "list"),
    "store/config.toml ": ("schema = 1\n@@ = 1", "list"),
    "store/config.toml  ": ('schema = 1\nreadme = ["@@"]\nsnapshot = "@@"', "render"),
    "store/config.toml   ": ('schema = 1\nsections = ["@@"]\nsnapshot = "@@"', _ADD),
    "README.md": ("<!-- papertrack:begin @@ -->\n<!-- papertrack:@@ -->", "render"),
    "old.md": (
        "# x\n<!-- papertrack:begin papers -->\n## @@\n- [@@](https://example.org/1)\n"
        "<!-- papertrack:end papers -->",
        "render --diff",
    ),
    "same.md": (
        "# x\n<!-- papertrack:begin papers -->\n@@\n<!-- papertrack:end papers -->",
        "render --diff --check --force",
    ),
    "list.md": ("## @@\n- [@@](https://example.org/1)", "import --dry-run"),
    "lint.md": ("## @@\n[@@](javascript:1) [@@]()\n\n| @@ |\n|-|\n| a | b |", "check"),
    "list.bib": ("@article{@@, title={@@}, year={@@}, doi={@@}", "import --dry-run"),
    "list.csv": ("@@,title,doi,url\n@@,@@,@@,@@", "import --dry-run"),
    "list.ris": ("TY  - JOUR\nTI  - @@\nDO  - @@\nUR  - @@\nER  - ", "import --dry-run"),
    "list.jsonl": ('{"title": "@@", "ids": {"doi": "@@"}, "@@": "@@"}', "import --dry-run"),
    "list.json": ('[{"title": "@@", "DOI": "@@", "URL": "@@"}, @@', "import --dry-run"),
    "list.txt": ("doi:@@\n@@", "import --format text --dry-run"),
}
"""Files that are hostile in name or content, and the command that reads them."""


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Count the commands that raise, and those that leak."""
    words = hostile.PAYLOADS if scale == 1 else hostile.TERMINAL[::7]
    plain = PLAIN | {"PAPERTRACK_CACHE_DIR": str(work / "cache")}
    with patch.dict(os.environ, plain), chdir(work):
        ours = [said for word in words for said in _told_words(word)]
        control = [Printed(f"Error: no such paper: {word}\n") for word in words]
        yield from _figures("words of the caller", ours, control)
        ours = [said for word in words for said in _told_files(word)]
        yield from _figures("names and contents of files", ours, control)


def _figures(what: str, ours: Sequence[Printed], control: Sequence[Printed]) -> Iterator[Row]:
    yield Row(f"{what}: tracebacks", _count(said.broke for said in ours))
    leaks = _count(said.leaks for said in control)
    yield Row(f"{what}: control characters", _count(said.leaks for said in ours), leaks)


def _count(wrong: Iterable[bool]) -> Outcome:
    found = list(wrong)
    return Outcome(sum(found), len(found))


def _told_words(word: str) -> Iterator[Printed]:
    """Run the commands with a word, if a process can be given it, in a list on a terminal."""
    try:
        os.fsencode(word)
    except UnicodeEncodeError:
        return
    if "\0" in word:
        return
    _make_list()
    for command in _COMMANDS:
        yield printed([part.replace(_WORD, word) for part in command], Terminal)


def _told_files(word: str) -> Iterator[Printed]:
    """Run the commands that read files, each in a list with one of them."""
    for name, (text, command) in _FILES.items():
        _make_list()
        path = Path(name.strip().replace(_WORD, word.replace("/", "_")))
        quoted = text.replace(f'"{_WORD}"', json.dumps(word)).replace(_WORD, word)
        try:
            path.write_bytes(quoted.encode("utf-8", "surrogateescape"))
        except (OSError, ValueError):  # no name for a file, or no text that one can hold
            continue
        reads = path.parts[0] != "store" and name != "README.md"
        yield printed([*command.split(), *([str(path)] if reads else [])], io.StringIO)


def _make_list() -> None:
    for made in Path().iterdir():
        shutil.rmtree(made) if made.is_dir() else made.unlink()
    printed(["init"])
    Path("store/papers/kept.json").write_text('{"title": "Kept"}', encoding="utf-8")
