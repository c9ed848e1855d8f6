"""The use cases of result tables: what a person does with benchmarks and results of a library.

Each is one change of the store. None asks a source.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import date

from papertrack import corrections, editing, leaderboard, lookup, measure, reporting, taking_results
from papertrack.corrections import Change
from papertrack.documents import is_same
from papertrack.errors import NotFound, Refused, UsageError, listed
from papertrack.formats.result_rows import ResultRow
from papertrack.keys import is_key
from papertrack.library import Contents, Library
from papertrack.model import Benchmark, Result
from papertrack.taking_results import Taken


def add_benchmark(library: Library, name: str, benchmark: Benchmark) -> None:
    """Add a benchmark; one that is there is never replaced."""
    if not is_key(name):
        raise UsageError(f"{name!r} is no id of a benchmark", "use a-z, 0-9 and -: imagenet-1k")
    with library.change() as contents:
        if name in contents.benchmarks:
            raise Refused(
                f"there is a benchmark {name} already",
                f"papertrack benchmark show {name}, or another id",
            )
        contents.benchmarks[name] = benchmark


def edit_benchmark(library: Library, name: str, edit: Callable[[Benchmark], Benchmark]) -> bool:
    """Change a benchmark by hand; tell whether that changes anything.

    Raises Refused where that would take off a metric of which a row has a value.
    """
    with library.change() as contents:
        before = lookup.find_benchmark(name, contents.benchmarks)
        after = edit(before)
        kept = {metric.id for metric in after.metrics}
        for metric in (metric.id for metric in before.metrics if metric.id not in kept):
            _refuse_held(f"{metric} has values in rows of {name}", name, contents, metric)
        changed = not is_same(before, after)
        if changed:
            contents.benchmarks[name] = after
        return changed


def remove_benchmark(library: Library, name: str) -> None:
    """Take a benchmark out that has no rows; raise Refused where it has any."""
    with library.change() as contents:
        lookup.find_benchmark(name, contents.benchmarks)
        _refuse_held(f"{name} has rows", name, contents)
        del contents.benchmarks[name]


def _refuse_held(told: str, name: str, contents: Contents, metric: str = "") -> None:
    """Raise Refused, with what to type, where there are results on a benchmark, or on a metric."""
    reported = [
        (key, result)
        for key, paper in contents.papers.items()
        for result in paper.results
        if result.benchmark == name
    ]
    own = [
        (result.row_name("") or corrections.fingerprint(result), result)
        for result in contents.benchmarks[name].results
    ]
    holders = dict.fromkeys(
        holder for holder, result in (*reported, *own) if not metric or metric in result.values
    )
    if holders:
        first, *more = map(shlex.quote, holders)
        hint = f"papertrack result remove {first} {name}"
        raise Refused(f"{told}: {listed(holders)}", hint + (", and so on" if more else ""))


def add_result(
    library: Library, name: str, result: Result, said: Collection[str] = ()
) -> tuple[str, Change]:
    """Put a result into a paper; its benchmark and metrics must be there.

    A row that is there with other values is corrected: both stay in the file, and the new one in
    the tables. `said` is that of `corrections.put`. Return the key of the paper, and what became of
    the result.
    """
    with library.change() as contents:
        benchmark = lookup.find_benchmark(result.benchmark, contents.benchmarks)
        for metric in result.values:
            reporting.metric_of(result.benchmark, benchmark, metric)
        key = lookup.find(name, contents.papers, contents.removed)
        before = contents.papers[key]
        after = contents.papers[key] = editing.add_result(before, result, said)
        return key, corrections.change(before.results, after.results)


def take_results(
    library: Library, rows: Sequence[ResultRow], benchmark: str, *, dry_run: bool = False
) -> list[Taken]:
    """Take rows of a file into a benchmark; a second time changes nothing."""
    with library.change(dry_run=dry_run) as contents:
        lookup.find_benchmark(benchmark, contents.benchmarks)
        return taking_results.take(rows, benchmark, contents)


def measure_network(
    library: Library,
    name: str,
    benchmark: str,
    network: measure.Network,
    *,
    limit: float,
    today: date,
    dry_run: bool = False,
) -> tuple[str, Result, bool]:
    """Measure a network under the protocol of a benchmark, and put the row into a paper.

    The store is locked only when the network has run. Return the key of the paper, the row, and
    whether it says anything new that was saved.
    """
    contents = library.read()
    key = lookup.find(name, contents.papers, contents.removed)
    found = lookup.find_benchmark(benchmark, contents.benchmarks)
    result = measure.measure(network, benchmark, found, today.isoformat(), limit)
    saved = not dry_run and add_result(library, key, result)[1] != "exists"
    return key, result, saved


def remove_results(library: Library, name: str, benchmark: str, row: str | None) -> tuple[str, int]:
    """Take results on a benchmark out, and tell of what and how many; raise NotFound for none.

    `name` means a paper, a row that the benchmark itself holds, or the fingerprint of a result.
    `row` tells several apart: what the table calls it, its model, or the fingerprint.
    """
    with library.change() as contents:
        key, row = _owner(name, benchmark, row, contents)
        if key:
            before = contents.papers[key]
            after = editing.remove_results(before, benchmark, row)
            if number := _fewer(before.results, after.results):
                contents.papers[key] = editing.dismiss(before, after)
                return key, number
        if held := contents.benchmarks.get(benchmark):
            left = editing.remove_rows(held, name, row)
            if number := _fewer(held.results, left.results):
                contents.benchmarks[benchmark] = left
                return name, number
        raise _no_result(name, benchmark, contents)


def _fewer(before: Sequence[Result], after: Sequence[Result]) -> int:
    """Count the rows that are gone, without those that they corrected."""
    return len(corrections.standing(before)) - len(corrections.standing(after))


def _owner(
    name: str, benchmark: str, row: str | None, contents: Contents
) -> tuple[str, str | None]:
    """Return the paper that is meant, by itself or by the fingerprint of its result, and the row.

    The key is empty where no paper is meant.
    """
    with suppress(NotFound, UsageError):
        return lookup.find(name, contents.papers), row
    for found in leaderboard.rows(benchmark, contents.papers):
        if corrections.fingerprint(found.result) == name:
            return found.key, name
    return "", row


def _no_result(name: str, benchmark: str, contents: Contents) -> NotFound:
    """Say which of the two is not there, the benchmark or the result, and what is meant perhaps."""
    lookup.find_benchmark(benchmark, contents.benchmarks)
    listing = f"papertrack result list {benchmark}"
    try:
        key = lookup.find(name, contents.papers, contents.removed)
    except lookup.WasRemoved as error:
        return error
    except NotFound as error:
        called = [
            row.key for row in leaderboard.rows(benchmark, contents.papers) if row.name == name
        ]
        near = lookup.nearest(name, contents.papers)
        hint = f"did you mean {' or '.join(near)}?" if near else listing
        if called:
            hint = f"papertrack result remove {called[0]} {benchmark} --model {shlex.quote(name)}"
        return NotFound(f"{error.message}, and {benchmark} has no row of its own called so", hint)
    return NotFound(f"{key} has no such result on {benchmark}", listing)
