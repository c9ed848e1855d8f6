"""Rows of results in files: tables with a line for each model, and columns for its values.

Comma- or tab-separated values, or the pipe tables of a Markdown file. This module only tells which
cell is which; `papertrack.taking_results` says what they mean for a store.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from papertrack import metrics
from papertrack.formats import cells
from papertrack.formats.loaded import NotThisFormat, Problem
from papertrack.formats.printed import is_nothing
from papertrack.model import UNCONFIRMED, Benchmark
from papertrack.readme import adopt
from papertrack.readme.marks import without
from papertrack.text import clean_line, title_key

_USUAL_NAMES = {
    "model": "model method name network net architecture algorithm",
    "variant": "variant version backbone size",
    "paper": "paper key title papertitle arxiv arxivid doi reference bibtexkey",
    "url": "url source sourceurl link paperurl",
    "locator": "locator table place where",
    "extra_data": "extradata extratrainingdata usesadditionaldata pretraining pretrainedon",
    "conditions": "conditions condition setting settings",
    "convention": "convention counter",
    "kind": "kind sourcekind",
    "status": "status",
    "note": "note notes comment comments remark remarks",
}
"""The fields of a row, and what people call their columns."""

_FIELD_OF = {name: field for field, usual in _USUAL_NAMES.items() for name in usual.split()}
_SILENT = frozenset({"publishedin", "venue", "year", "rank", ""})
"""Columns that say nothing that the store would take from here."""


class ResultRow(NamedTuple):
    """One row as it is printed."""

    line: int
    papers: Sequence[str]
    """What names its paper: a key, an identifier, a name, a title."""
    urls: Sequence[str]
    """Where its links lead."""
    values: Mapping[str, str]
    """By metric id."""
    fields: Mapping[str, str]
    """The other fields of a result, by the names of `_USUAL_NAMES`."""


class _Line(NamedTuple):
    number: int
    cells: Sequence[str]
    urls: Sequence[str] = ()


class _Table(NamedTuple):
    head: _Line
    body: Sequence[_Line]


def load(
    text: str, benchmark: Benchmark, *, is_markdown: bool
) -> tuple[list[ResultRow], list[Problem]]:
    """Read the rows of every table in a file that has a column of one of the metrics.

    Raises NotThisFormat where there is none.
    """
    problems: list[Problem] = []
    found: list[ResultRow] = []
    read = False
    for table in _markdown(text) if is_markdown else _separated(text, benchmark, problems):
        columns = _columns(table.head, benchmark)
        if not {metric.id for metric in benchmark.metrics}.isdisjoint(columns.values()):
            read = True
            problems += _unread(table.head, columns)
            found += filter(None, (_row(line, columns, benchmark) for line in table.body))
    if not read:
        names = ", ".join(metric.id for metric in benchmark.metrics) or "none yet"
        hint = f"name a column for each metric, by id, name or alias: {names}"
        raise NotThisFormat(1, "no column holds a metric of the benchmark", hint)
    return found, sorted(problems)


def _markdown(text: str) -> Iterator[_Table]:
    """Yield the pipe tables of a Markdown file, whose rows stand two lines under the head."""
    for table in adopt.read(text).tables:
        numbered = enumerate(zip(table.rows, table.urls, strict=True), table.lines.start + 2)
        yield _Table(
            _Line(table.lines.start, table.header),
            [_Line(number, cells, links) for number, (cells, links) in numbered],
        )


def _separated(text: str, benchmark: Benchmark, problems: list[Problem]) -> Iterator[_Table]:
    """Yield the one table of a file of separated values, whose first line names the columns."""
    lines = [*io.StringIO(text.removeprefix("\ufeff"), newline="")]
    top = next((n for n, line in enumerate(lines) if line.strip()), None)
    if top is None:
        return
    delimiter, head = cells.header(lines[top], lambda label: _column(label, benchmark))
    body: list[_Line] = []
    for number, row in cells.rows(lines, top + 1, delimiter):
        if isinstance(row, str):
            problems.append(Problem(number, row))
        else:
            body.append(_Line(number, row))
    yield _Table(_Line(top + 1, head), body)


def _columns(head: _Line, benchmark: Benchmark) -> dict[int, str]:
    """Tell which field or metric each column holds; the first one names the rows if none does."""
    found = {i: name for i, label in enumerate(head.cells) if (name := _column(label, benchmark))}
    if not {"model", "paper"} & set(found.values()):
        found.setdefault(0, "model")
    return found


def _column(label: str, benchmark: Benchmark) -> str:
    if metric := metrics.find(label, benchmark.metrics):
        return metric.id
    if title_key(label) == title_key(benchmark.row_label):
        return "model"
    return _FIELD_OF.get(title_key(label), "")


def _unread(head: _Line, columns: Mapping[int, str]) -> Iterator[Problem]:
    labels = [clean_line(label) for i, label in enumerate(head.cells) if i not in columns]
    unread = [label for label in labels if title_key(label) not in _SILENT]
    if unread:
        yield Problem(head.number, f"columns that are not read: {', '.join(unread)}")


def _row(line: _Line, columns: Mapping[int, str], benchmark: Benchmark) -> ResultRow | None:
    """Sort the cells of a line; None for an empty line."""
    told: dict[str, list[str]] = {}
    for i, cell in enumerate(map(clean_line, line.cells)):
        if i in columns and not is_nothing(cell):
            told.setdefault(columns[i], []).append(cell)
    papers = told.pop("paper", [])
    first = {name: texts[0] for name, texts in told.items()}
    ids = {metric.id for metric in benchmark.metrics}
    read = {name: metrics.unmarked(text) for name, text in first.items() if name in ids}
    values = {name: value for name, (value, _) in read.items()}
    fields = {name: text for name, text in first.items() if name not in ids}
    fields |= {"model": without(fields["model"])} if "model" in fields else {}
    if any(is_unsure for _, is_unsure in read.values()):
        fields.setdefault("status", UNCONFIRMED)
    if not told and not papers:
        return None
    return ResultRow(line.number, papers, line.urls, values, fields)
