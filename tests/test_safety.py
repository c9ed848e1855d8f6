"""The short form of `python -m benchmarks.safety`: nothing of ours goes wrong, the control does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

if os.name == "nt":
    pytest.skip("needs the limits and signals of POSIX", allow_module_level=True)

from benchmarks import safety
from benchmarks.safety.report import Outcome, Row, markdown, scaled


@pytest.mark.parametrize("name", safety.names())
def test_nothing_goes_wrong_where_the_obvious_way_does(name: str, tmp_path: Path) -> None:
    rows = list(safety.part(name).rows(safety.SHORT, tmp_path))
    assert not [f"{row.what}: {row.ours}" for row in rows if row.failed]
    assert not [f"{row.what}: the control passed" for row in rows if row.powerless]
    untried = [f"{row.what}: {row.ours}" for row in rows if isinstance(row.ours, str)]
    if untried:
        pytest.skip("; ".join(untried))


@pytest.mark.parametrize(
    ("ours", "failed"), [(Outcome(1, 9), True), (Outcome(0, 0), True), (Outcome(0, 9), False)]
)
def test_a_row_fails_when_something_went_wrong_or_nothing_was_tried(
    ours: Outcome, failed: bool
) -> None:
    assert Row("x", ours).failed == failed


@pytest.mark.parametrize(("scale", "trials"), [(1.0, 500), (0.1, 50), (0.001, 20)])
def test_a_short_run_makes_fewer_trials_but_not_too_few(scale: float, trials: int) -> None:
    assert scaled(500, scale, least=20) == trials


def test_the_report_prints_our_figure_beside_the_obvious_way() -> None:
    report = markdown({"Kills": [Row("a | b", Outcome(0, 500), Outcome(46, 500))]}, short=False)
    assert "## Kills" in report
    assert "| a \\| b | 46 of 500 | 0 of 500 |  |" in report
