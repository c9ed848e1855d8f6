"""The chart that somebody asks for: of the papers, or of the results on a benchmark."""

from __future__ import annotations

from collections.abc import Mapping

from papertrack.charts.data import Chart
from papertrack.charts.papers import per_year
from papertrack.charts.results import scatter
from papertrack.errors import NotFound, UsageError
from papertrack.model import Benchmark, Paper

PAPERS = "papers"
"""What is asked for where no benchmark is: the papers per year. No benchmark is found by it."""


def make(
    what: str,
    papers: Mapping[str, Paper],
    benchmarks: Mapping[str, Benchmark],
    *,
    x: str = "",
    y: str = "",
    asked: str = "",
) -> Chart | None:
    """Make the chart of `papers`, or of a benchmark by its id; None where there is nothing to show.

    `asked` is the query that found the papers. Raises NotFound for a benchmark or a metric that is
    not there, UsageError for metrics of papers.
    """
    if what == PAPERS:
        if x or y:
            raise UsageError(
                "a chart of papers has no metrics", "name a benchmark: papertrack benchmark list"
            )
        return per_year(papers.values(), asked)
    if what not in benchmarks:
        known = ", ".join([PAPERS, *benchmarks])
        raise NotFound(f"there is no benchmark {what!r}", f"a chart can be of {known}")
    return scatter(what, benchmarks[what], papers, x, y)
