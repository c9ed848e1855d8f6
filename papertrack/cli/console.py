"""What people and pipes see: data on stdout, talk on stderr, nothing that a terminal obeys."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from papertrack.errors import PapertrackError
from papertrack.text import clean_line, is_unseen

_LONGEST = 1_000_000
"""Longest line printed, in characters; no text of a store comes near it."""

Spans = Sequence[tuple[int, int]]
Cell = str | tuple[str, Spans]
"""A text, with the spans of it that are to be seen first."""


class Console:
    """Prints for one command. Every text from the store or a service is cleaned on its way out."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads stdout."""
        return sys.stdout.isatty()

    @property
    def width(self) -> int:
        """Columns of the terminal."""
        import shutil

        return shutil.get_terminal_size().columns

    def data(self, text: str) -> None:
        """Print a line of what was asked for."""
        self.document(_line(text) + "\n")

    def document(self, text: str) -> None:
        """Print a text of several lines as it is laid out."""
        sys.stdout.write(_laid_out(text))

    def complain(self, text: str) -> None:
        """Tell a person what is wrong, in several lines, as they are laid out."""
        sys.stderr.write(_laid_out(text))

    def drawing(self, text: Any) -> None:
        """Print a drawing, which has its width; colours are for a terminal."""
        if not self.is_terminal:
            self.document(f"{text.plain}\n")
            return
        self._rich().print(text, overflow="ignore", crop=False)

    def json(self, value: Any) -> None:
        """Print one JSON document."""
        from papertrack.formats.jsonl import encode

        sys.stdout.write(encode(value, indent=2) + "\n")

    def say(self, text: str) -> None:
        """Tell a person something that is not the result."""
        if not self.quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """Tell a person something that they must not miss."""
        for line in map(_defused, map(_line, text.split("\n"))):
            sys.stderr.write(f"{self._wrapped(line) if sys.stderr.isatty() else line}\n")

    def _wrapped(self, line: str) -> str:
        import textwrap

        return textwrap.fill(line, self.width, break_long_words=False, break_on_hyphens=False)

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        lead: int = 0,
        labels: bool = True,
        right: Collection[int] = (),
    ) -> None:
        """Print rows under a header, in columns for a terminal, with tabs for a pipe.

        In a terminal without room for the columns each row stands alone: the cell of the column
        `lead`, and the others below it, behind what they are called unless `labels` is off. The
        numbers of the columns `right` end at the right.
        """
        if not self.is_terminal:
            for row in rows:
                self.document("\t".join(_line(_text(cell)) for cell in row) + "\n")
            return
        from papertrack.cli.tables import widths

        head = [*map(clean_line, header)]
        styled = [[*map(_styled, row)] for row in rows]
        texts = [[cell.plain for cell in row] for row in styled]
        if shared := widths(head, texts, self.width):
            self._columns(head, styled, shared, right)
        else:
            self._one_by_one(head if labels else [""] * len(head), styled, lead)

    def _columns(
        self,
        head: Sequence[str],
        rows: Sequence[Any],
        widths: Sequence[int],
        right: Collection[int],
    ) -> None:
        from rich.table import Table

        table = Table(box=None, pad_edge=False, header_style="dim")
        for number, (title, width) in enumerate(zip(head, widths, strict=True)):
            side: Any = "right" if number in right else "left"
            table.add_column(title, width=width, overflow="fold", justify=side)
        for row in rows:
            table.add_row(*row)
        self._rich().print(table)

    def _one_by_one(self, head: Sequence[str], rows: Sequence[Any], lead: int) -> None:
        from rich.padding import Padding
        from rich.text import Text

        from papertrack.cli.tables import packed

        console = self._rich()
        for row in rows:
            console.print(row[lead])
            others = [(label, cell.plain) for label, cell in zip(head, row, strict=True)]
            del others[lead]
            parts = [f"{label} {text}".strip() if text else "" for label, text in others]
            for line in packed(parts, self.width - 2):
                console.print(Padding.indent(Text(line, "dim"), 2))

    def bars(self, rows: Sequence[tuple[str, int]]) -> None:
        """Draw a labelled bar for each number, the largest as wide as the terminal lets it be."""
        from rich.bar import Bar
        from rich.table import Table

        most = max(number for _, number in rows)
        longest = max((len(word) for label, _ in rows for word in label.split()), default=0)
        table = Table.grid(padding=(0, 1))
        table.add_column(width=max(self.width // 3, min(longest, self.width // 2)), overflow="fold")
        table.add_column(justify="right")
        table.add_column()
        for label, number in rows:
            table.add_row(_styled(label), str(number), Bar(most, 0, number, color="cyan"))
        self._rich().print(table)

    def lines(self, first: Cell, *more: Cell) -> None:
        """Print a line and dimmed ones under it, wrapped at words."""
        if not self.is_terminal:
            for cell in (first, *more):
                self.data(_text(cell))
            return
        console = self._rich()
        console.print(_styled(first))
        for cell in more:
            console.print(_styled(cell, "dim"))

    def labelled(self, label: str, value: str) -> None:
        """Print a labelled value; in a terminal it is wrapped behind its label."""
        if not self.is_terminal:
            self.document(f"{_line(label)}\t{_line(value)}\n")
            return
        from rich.table import Table

        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=10, style="dim")
        grid.add_column(overflow="fold")
        grid.add_row(clean_line(label), _styled(value))
        self._rich().print(grid)

    def _rich(self) -> Any:
        from rich.console import Console as Rich

        # Without a height rich takes a dumb terminal to be 80 columns wide.
        return Rich(width=self.width, height=25, highlight=False, markup=False, emoji=False)

    @contextmanager
    def progress(self, batch: int) -> Iterator[Callable[[str, int, int], None]]:
        """Show a bar for each source that is asked for more than a batch, if a person watches."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda source, done, total: None
            return
        from rich.console import Console as Rich
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=Rich(stderr=True), transient=True) as bars:
            tasks: dict[str, Any] = {}

            def show(source: str, done: int, total: int) -> None:
                if total > batch:
                    task = tasks.setdefault(source, None)
                    if task is None:
                        task = tasks[source] = bars.add_task(source, total=total)
                    bars.update(task, completed=done)

            yield show


def report(error: PapertrackError, *, as_json: bool) -> None:
    """Print what went wrong and what to type next; as JSON on stdout where JSON was asked for."""
    console = Console()
    if as_json:
        told = {"message": error.message, "hint": error.hint, "exit_code": int(error.exit_code)}
        console.json({"error": told})
        return
    console.warn(f"papertrack: {error.message}")
    if error.hint:
        console.warn(f"hint: {error.hint}")


def _line(text: str) -> str:
    """Make one line of a text, or a part of one."""
    return clean_line(text, limit=_LONGEST)


def _laid_out(text: str) -> str:
    """Put a sign in the place of what does not show, and leave lines and columns as they are."""
    return "\n".join(_defused(_signed(line)) for line in text.split("\n"))


def _signed(line: str) -> str:
    if line.replace("\t", "").isprintable():
        return line
    return "".join("\ufffd" if is_unseen(char) and char != "\t" else char for char in line)


def _defused(line: str) -> str:
    """Part the signs that the log of GitHub Actions would take for a command.

    These are two colons where a line begins, and `##[` wherever it stands.
    """
    parted = line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line
    return parted.replace("##[", "## [")


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]


def _styled(cell: Cell, style: str = "") -> Any:
    from rich.text import Text

    if isinstance(cell, str):
        return Text(clean_line(cell, limit=_LONGEST), style=style)
    text = Text(clean_line(cell[0], limit=_LONGEST), style=style)
    if text.plain == cell[0]:  # else the spans are those of another text
        for start, end in cell[1]:
            text.stylize("bold yellow", start, end)
    return text
