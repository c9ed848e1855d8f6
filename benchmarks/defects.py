"""How many known defects of other people's lists the linter finds, by kind and list.

    python -m benchmarks.defects FOLDER

FOLDER holds the lists as NAME.md, and beside each of them NAME.truth.json with `known_defects`.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from papertrack.checks import rules
from papertrack.checks.findings import Finding
from papertrack.checks.readme import read_readme

BIG = 600_000
"""Characters of a README that must be checked within three seconds."""

RULES = {
    "row_cells": {"row-cells"},
    "empty_link": {"empty-link"},
    "nested_link": {"nested-link"},
    "bad_scheme": {"bad-link"},
    "space_before_target": {"space-before-target"},
    "duplicate_id": {"duplicate-paper", "id-on-two-titles"},
    "id_with_two_titles": {"id-on-two-titles"},
}
"""The rules that may report each kind of defect."""


class Score(NamedTuple):
    """Defects found of those known, of one kind in one list."""

    found: int
    known: int


def check(path: Path) -> list[Finding]:
    """Check one list with all rules."""
    return rules.check(read_readme(path, path.read_bytes().decode("utf-8", "surrogateescape")))


def score(defects: Iterable[Mapping[str, Any]], findings: Iterable[Finding]) -> dict[str, Score]:
    """Count by kind the defects that a finding of the right rule names at a line of theirs.

    A finding answers for one defect only: three empty links on a line need three findings.
    """
    reported = Counter((finding.rule, finding.line) for finding in findings)
    found: dict[str, list[bool]] = defaultdict(list)
    for defect in defects:
        kind = defect["kind"]
        lines = defect.get("lines") or [defect["line"]]
        hits = [(rule, line) for rule in RULES[kind] for line in lines if reported[rule, line]]
        if hits and kind not in ("duplicate_id", "id_with_two_titles"):
            reported[hits[0]] -= 1
        found[kind].append(bool(hits))
    return {kind: Score(sum(hits), len(hits)) for kind, hits in found.items()}


def score_list(path: Path) -> dict[str, Score]:
    """Score the check of one list."""
    truth = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
    return score(truth["known_defects"], check(path))


def main(folder: str) -> None:
    """Print the scores of all lists in a folder, and the time that the largest one took."""
    total: dict[str, list[Score]] = defaultdict(list)
    lists = sorted(Path(folder).glob("*.md"))
    for path in lists:
        scores = score_list(path)
        for kind, one in scores.items():
            total[kind].append(one)
        told = ", ".join(f"{kind} {one.found}/{one.known}" for kind, one in scores.items())
        sys.stdout.write(f"{path.stem}: {told or 'nothing known'}\n")
    for kind, parts in sorted(total.items()):
        found, known = map(sum, zip(*parts, strict=True))
        sys.stdout.write(f"{kind:22} {found:4} of {known:4}  {found / known:.3f}\n")
    everything = [one for parts in total.values() for one in parts]
    found, known = map(sum, zip(*everything, strict=True))
    sys.stdout.write(f"{'all':22} {found:4} of {known:4}  {found / known:.3f}\n")
    _print_time(max(lists, key=lambda path: path.stat().st_size))


def _print_time(path: Path) -> None:
    """Print how long the check of a list takes, and of one of the size at which GitHub cuts off."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    for times in (1, BIG // len(text) + 1):
        begun = time.perf_counter()
        readme = read_readme(path, text * times)
        read = time.perf_counter()
        rules.check(readme)
        done = time.perf_counter()
        sys.stdout.write(
            f"{path.stem} x {times}: {len(text) * times:,} characters in {done - begun:.2f} s, "
            f"of which {read - begun:.2f} s reading\n"
        )


if __name__ == "__main__":
    main(sys.argv[1])
