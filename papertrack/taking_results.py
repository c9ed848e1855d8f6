"""Rows of results from files, taken into the library.

A row goes to the paper that it names, else it stays with the benchmark. What is there already with
other values is corrected; a second time changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from papertrack import corrections, editing, lookup, reporting
from papertrack.corrections import Change
from papertrack.errors import NotFound, PapertrackError, UsageError
from papertrack.formats.result_rows import ResultRow
from papertrack.library import Contents
from papertrack.model import Benchmark, Result, replace
from papertrack.tabulating import Meant

Status = Change | Literal["unlisted", "dismissed", "removed", "invalid"]


@dataclass(frozen=True)
class Taken:
    """What became of a row."""

    line: int
    status: Status
    key: str
    """Of its paper; empty where the list has none."""
    name: str
    message: str = ""
    """Why it is not as the file has it, or has no paper."""


def take(rows: Iterable[ResultRow], name: str, contents: Contents) -> list[Taken]:
    """Take rows on a benchmark into the contents, in their order."""
    taking = _Taking(name, contents)
    return [taking.take(row) for row in rows]


class _Taking:
    """Takes rows on one benchmark into the contents."""

    def __init__(self, name: str, contents: Contents) -> None:
        self._name = name
        self._contents = contents
        self._meant = Meant(contents.papers)
        self._gone = Meant({key: removed.paper for key, removed in contents.removed.items()})

    @property
    def _benchmark(self) -> Benchmark:
        return self._contents.benchmarks[self._name]

    def take(self, row: ResultRow) -> Taken:
        model = row.fields.get("model", "")
        try:
            result = self._result(row)
            key, doubt = self._paper(row)
        except (UsageError, NotFound) as error:
            return Taken(row.line, "invalid", "", model, _told(error))
        if key:
            return self._to_paper(row, key, result)
        if not doubt and (gone := self._gone.by(model, row.urls)):
            return Taken(row.line, "removed", gone, model, "its paper was removed by hand")
        return self._to_benchmark(row, replace(result, model=model or row.papers[0]), doubt)

    def _result(self, row: ResultRow) -> Result:
        said = dict(row.fields)
        conditions = reporting.assignments(
            filter(str.strip, said.pop("conditions", "").split(";")),
            reporting.condition,
            "NAME=VALUE",
        )
        return reporting.read_result(
            self._name, self._benchmark, row.values, fields=said, conditions=conditions
        )

    def _paper(self, row: ResultRow) -> tuple[str, str]:
        """Find the paper of a row, or say what names none; a row must have one or the other."""
        unknown = ""
        for text in row.papers:
            try:
                return lookup.find(text, self._contents.papers), ""
            except NotFound as error:
                unknown = error.message
        model = row.fields.get("model", "")
        if not model and not row.papers:
            raise UsageError("names neither a model nor a paper")
        return self._meant.by(model, row.urls) or "", unknown

    def _to_paper(self, row: ResultRow, key: str, result: Result) -> Taken:
        before = self._contents.papers[key]
        if result.model == before.short_name:
            result = replace(result, model="")
        name = result.row_name(before.short_name)
        if name in before.dismissed:
            hint = f"taken out by hand; papertrack result add {key} brings it back"
            return Taken(row.line, "dismissed", key, name, hint)
        after = editing.add_result(before, result, row.fields)
        self._contents.papers[key] = after
        self._forget(name)
        return Taken(row.line, corrections.change(before.results, after.results), key, name)

    def _to_benchmark(self, row: ResultRow, result: Result, doubt: str) -> Taken:
        name = result.row_name("")
        if name in self._benchmark.dismissed:
            file = f"store/benchmarks/{self._name}.json"
            hint = f"taken out by hand; take it out of `dismissed` in {file} to let it in"
            return Taken(row.line, "dismissed", "", name, hint)
        before = self._benchmark.results
        after = corrections.put(before, result, said=row.fields)
        status = corrections.change(before, after)
        if status != "exists":
            self._keep(after)
        told = "unlisted" if status == "added" else status
        return Taken(row.line, told, "", name, doubt)

    def _forget(self, name: str) -> None:
        """Take the row of a paper off the benchmark, where it stood while the paper was unknown."""
        held = self._benchmark.results
        kept = tuple(result for result in held if result.row_name("") != name)
        if len(kept) < len(held):
            self._keep(kept)

    def _keep(self, results: tuple[Result, ...]) -> None:
        changed = replace(self._benchmark, results=results)
        self._contents.benchmarks[self._name] = changed


def _told(error: PapertrackError) -> str:
    return f"{error.message} ({error.hint})" if error.hint else error.message
