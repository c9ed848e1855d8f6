"""Hostile titles on a terminal and in a pipe.

What is printed holds no character that a terminal obeys or hides, begins no line with a command
of GitHub's log, and shows the whole title.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from benchmarks.safety import hostile
from benchmarks.safety.report import Outcome, Row, scaled
from papertrack.cli.app import run
from papertrack.text import clean_line, is_unseen

PLAIN = {"COLUMNS": "100000", "TERM": "dumb"}
"""A terminal in which no line is parted, and nothing but text is printed."""

_BATCH = 25
"""Papers in one library."""


class Printed(NamedTuple):
    """What a command printed, and whether it broke."""

    text: str
    broke: bool = False
    in_log: bool = True
    """Whether it may be the log of a job: what a person watches in a terminal is none."""

    @property
    def leaks(self) -> bool:
        """Whether a terminal or a log would obey or hide a part of it."""
        hidden = any(is_unseen(char) and char not in "\t\n" for char in self.text)
        begun = any(line.lstrip().startswith("::") for line in self.text.split("\n"))
        return hidden or begun or (self.in_log and "##[" in self.text)

    def lacks(self, text: str) -> bool:
        """Tell whether a text is not to be read in it."""
        line, all_of_it = clean_line(text), clean_line(self.text, limit=len(self.text))
        return line not in all_of_it and line.replace("##[", "## [") not in all_of_it


WRONG: dict[str, Callable[[str, Printed], bool]] = {
    "an exception": lambda _, said: said.broke,
    "control characters": lambda _, said: said.leaks,
    "lost text": lambda title, said: said.lacks(title),
}
"""What may be wrong with what is printed of a text."""


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Print titles with search and show, and count those that go wrong."""
    titles = _titles(scaled(5_000, scale, least=150))
    with patch.dict(os.environ, PLAIN), chdir(work):
        printed(["init"])
        ours, obvious = _pairs(titles, Terminal), [(title, _in_rich(title)) for title in titles]
        for what, wrong in WRONG.items():
            yield _row(f"titles on a terminal: {what}", ours, obvious, wrong)
        ours, obvious = _pairs(titles, io.StringIO), [(title, Printed(title)) for title in titles]
        yield _row(f"titles in a pipe: {' or '.join(WRONG)}", ours, obvious, _any_wrong)


def printed(arguments: Sequence[str], stream: type[io.StringIO] = io.StringIO) -> Printed:
    """Run a command, and return what it has printed on both of its streams."""
    out, err = stream(), stream()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            run(arguments)
    except Exception as error:  # whatever comes out of a command is a traceback
        return Printed(f"{out.getvalue()}{err.getvalue()}{error!r}", broke=True)
    return Printed(out.getvalue() + err.getvalue(), in_log=not out.isatty())


def _titles(count: int) -> list[str]:
    """Draw titles that a JSON file can hold and that hold something to be seen."""
    drawn = (title.encode("utf-8", "ignore").decode() for title in hostile.draw(2 * count))
    return [title for title in drawn if clean_line(title)][:count]


def _pairs(titles: Sequence[str], stream: type[io.StringIO]) -> list[tuple[str, Printed]]:
    batches = [titles[at : at + _BATCH] for at in range(0, len(titles), _BATCH)]
    return [pair for batch in batches for pair in _listed(batch, stream)]


def _row(
    what: str,
    ours: Iterable[tuple[str, Printed]],
    control: Iterable[tuple[str, Printed]],
    wrong: Callable[[str, Printed], bool],
) -> Row:
    found, obvious = ([wrong(*pair) for pair in pairs] for pairs in (ours, control))
    return Row(what, Outcome(sum(found), len(found)), Outcome(sum(obvious), len(obvious)))


def _any_wrong(title: str, said: Printed) -> bool:
    return any(wrong(title, said) for wrong in WRONG.values())


def _listed(titles: Sequence[str], stream: type[io.StringIO]) -> Iterator[tuple[str, Printed]]:
    """Yield each title of a library with what `list` prints of all, and `show` of its paper."""
    for number, title in enumerate(titles):
        document = {"title": title, "authors": [title], "tags": [title], "abstract": title}
        Path(f"store/papers/paper{number}.json").write_text(json.dumps(document), encoding="utf-8")
    commands = [["list"], *(["show", f"paper{number}"] for number in range(len(titles)))]
    listed, *shown = (printed(command, stream) for command in commands)
    for title, one in zip(titles, shown, strict=True):
        yield title, listed if _any_wrong(title, listed) else one


def _in_rich(title: str) -> Printed:
    """Print a title in a table of rich: the control of a terminal."""
    from rich.console import Console
    from rich.table import Table

    out = Terminal()
    table = Table("Title", box=None)
    table.add_row(title)
    try:
        Console(file=out, width=int(PLAIN["COLUMNS"])).print(table)
    except Exception:  # rich raises MarkupError, and IndexError for some widths
        return Printed(out.getvalue(), broke=True)
    return Printed(out.getvalue(), in_log=False)
