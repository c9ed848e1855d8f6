"""Results are corrected by adding: the correction names the one that it supersedes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal

from papertrack.documents import is_same, to_document
from papertrack.model import Measurement, Result, ResultSource, replace
from papertrack.protocol import digest, short
from papertrack.repositories import identity

Change = Literal["added", "corrected", "exists"]
"""What becomes of a result that is put in."""


def fingerprint(result: Result) -> str:
    """Name a result by its content."""
    return short(digest(to_document(result)))


def standing(results: Sequence[Result]) -> list[Result]:
    """Leave out the results that others supersede."""
    superseded = {result.supersedes for result in results} - {""}
    if not superseded:
        return list(results)
    return [result for result in results if fingerprint(result) not in superseded]


def put(
    results: Sequence[Result], new: Result, paper: str = "", said: Collection[str] = ()
) -> tuple[Result, ...]:
    """Put a result in; where its row is there with other values, as a correction behind it.

    What a correction does not say stays as it was; one that says nothing new changes nothing.
    `paper` is what the paper is called whose results they are. `said` names what is said although
    silence would mean the same: `status`, and `kind` of source.
    """
    row = _row(new, paper)
    old = next((r for r in reversed(standing(results)) if _is_same(r, new, row, paper)), None)
    if old is None:
        return (*results, new)
    corrected = _corrected(old, new, said)
    if is_same(_said(corrected), _said(old)):
        return tuple(results)
    place = next(n for n, result in enumerate(results, 1) if result is old)
    correction = replace(corrected, supersedes=fingerprint(old))
    return (*results[:place], correction, *results[place:])


def change(before: Sequence[Result], after: Sequence[Result]) -> Change:
    """Tell what `put` has done."""
    if len(after) == len(before):
        return "exists"
    there = set(map(id, before))
    new = next(result for result in after if id(result) not in there)
    return "corrected" if new.supersedes else "added"


def take_out(results: Sequence[Result], gone: Iterable[Result]) -> tuple[Result, ...]:
    """Take results out with all that they supersede."""
    prints = {fingerprint(result): result for result in results}
    out = {fingerprint(result) for result in gone}
    left = [prints[name].supersedes for name in out & prints.keys()]
    while left:
        name = left.pop()
        if name in prints and name not in out:
            out.add(name)
            left.append(prints[name].supersedes)
    return tuple(result for result in results if fingerprint(result) not in out)


def _row(result: Result, paper: str) -> tuple[object, ...]:
    return (
        result.benchmark,
        result.row_name(paper),
        result.convention,
        digest(result.conditions),
        result.measurement is not None,
    )


def _is_same(old: Result, new: Result, row: tuple[object, ...], paper: str) -> bool:
    """Tell whether two results are one row; two pages that print it are two sources of it."""
    pages = {identity(r.source.url) for r in (old, new) if r.source and r.source.url}
    return len(pages) < 2 and _row(old, paper) == row


def _corrected(old: Result, new: Result, also: Collection[str]) -> Result:
    """Say what the new result says, and what the old one said where the new one is silent.

    A model that cannot be run has no values, and one that has values can be.
    """
    blank = Result(benchmark=new.benchmark)
    said = {
        name: value
        for name in Result.__struct_fields__
        if (value := getattr(new, name)) != getattr(blank, name) or name in also
    }
    changed = {metric for metric, value in new.values.items() if old.values.get(metric) != value}
    uncertain = {m: u for m, u in old.uncertainty.items() if m not in changed}
    merged: dict[str, Any] = {
        "model": old.model,
        "values": old.values | new.values,
        "uncertainty": uncertain | new.uncertainty,
        "supersedes": old.supersedes,
    }
    if not new.is_applicable:
        merged |= {"values": {}, "uncertainty": {}}
    elif not old.is_applicable and new.values:
        merged |= {"status": new.status, "note": new.note}
    if old.source and new.source and "kind" not in also:
        said["source"] = _source(old.source, new.source)
    return replace(old, **(said | merged))


def _source(old: ResultSource, new: ResultSource) -> ResultSource:
    """Name a source anew: another place in it, or another kind, which is another source."""
    if new.kind not in (ResultSource().kind, old.kind):
        return new
    return replace(old, url=new.url or old.url, locator=new.locator or old.locator)


def _said(result: Result) -> Result:
    """Leave out what differs between two runs that measure the same."""
    measured = result.measurement
    if not isinstance(measured, Measurement):
        return result
    return replace(result, measurement=replace(measured, code={}, environment={}, day=""))
