"""What a person makes of a paper in an editor: read back, and carried over to the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from papertrack import intake, metrics
from papertrack.documents import from_document, is_same, to_document, unknown_fields
from papertrack.editing import pin
from papertrack.errors import PapertrackError, UsageError
from papertrack.lookup import find_benchmark
from papertrack.model import ID_URLS, STATUSES, Benchmark, Paper, Result, replace
from papertrack.near_words import near_words
from papertrack.reporting import one_of

_OURS = frozenset(
    {"pinned", "dismissed", "sources", "notes", "tags", "status", "added", "results", "extra"}
)
"""Fields of a paper that no source speaks of, so that they need no pin."""


def read_back(
    before: Paper, document: Mapping[str, Any], benchmarks: Mapping[str, Benchmark]
) -> Paper:
    """Read the document that an editor leaves of a paper.

    What was left alone stays as it is, even where it could not come in today. Raises UsageError
    for what cannot be, and `msgspec.ValidationError` where a type is wrong.
    """
    whole = from_document(Paper, document)
    held = to_document(before)
    touched = {
        f: value for f, value in document.items() if f not in held or not is_same(held[f], value)
    }
    checked, problems = intake.read({"title": whole.title} | touched)
    known = touched.keys() & set(Paper.__struct_fields__) - {"extra"}
    changes: dict[str, Any] = {field: getattr(checked, field) for field in known}
    after = replace(whole, **changes, extra=whole.extra | checked.extra)
    old = {*_oddities(before, benchmarks)}
    problems += [told for told in _oddities(after, benchmarks) if told not in old]
    if problems:
        raise UsageError("; ".join(problems))
    return after


def rewrite(paper: Paper, before: Paper, after: Paper) -> Paper:
    """Carry what an editor changed over to a paper, which may have changed meanwhile; pin it."""
    changed = {
        field: getattr(after, field)
        for field in Paper.__struct_fields__
        if not is_same(getattr(after, field), getattr(before, field))
    }
    edited = replace(paper, **changed)
    for field in changed.keys() - _OURS - {"ids"}:
        edited = pin(edited, field)
    for kind, _ in sorted(before.ids.items() ^ after.ids.items()):
        edited = pin(edited, f"ids.{kind}")
    return edited


def _oddities(paper: Paper, benchmarks: Mapping[str, Benchmark]) -> Iterator[str]:
    """Tell what a paper has that nobody can mean; a newer version may."""
    if not paper.title:
        yield "a paper has a title"
    for path, known in unknown_fields(paper):
        yield _no_field(path, known)
    for kind in paper.ids.keys() - ID_URLS.keys():
        yield _no_field(f"ids.{kind}", ID_URLS)
    for result in paper.results:
        try:
            _check(result, benchmarks)
        except PapertrackError as error:
            yield f"{error.message} ({error.hint})"


def _no_field(path: str, known: Iterable[str]) -> str:
    before, dot, name = path.rpartition(".")
    near = near_words([name], known, 1)
    meant = f"; did you mean {before}{dot}{near[0]}?" if near else ""
    return f"there is no field {path}{meant}"


def _check(result: Result, benchmarks: Mapping[str, Benchmark]) -> None:
    """Raise the error that says why no table can hold a result."""
    benchmark = find_benchmark(result.benchmark, benchmarks)
    one_of(result.status, STATUSES, "status")
    by_id = {metric.id: metric for metric in benchmark.metrics}
    for name, value in result.values.items():
        metrics.read(value, by_id[one_of(name, [*by_id], f"metric of {result.benchmark}")])
