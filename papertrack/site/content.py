"""What a site is made from: the list in the order in which the page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from papertrack.model import Benchmark, Paper
from papertrack.query import SORTS
from papertrack.readme.listing import Item, Path, by_section, folded

FEED = "feed.xml"
"""Name of the feed beside the page."""


@dataclass(frozen=True)
class Site:
    """A list under its title."""

    title: str
    papers: Mapping[str, Paper]
    benchmarks: Mapping[str, Benchmark]
    description: str = ""
    sections: Sequence[str] = ()
    """Order of the sections, as configured."""
    url: str = ""
    """Where the page will be, with a slash at the end; empty where nobody knows."""

    @cached_property
    def listed(self) -> list[Item]:
        """The papers by section, then from the oldest."""
        by_year = sorted(self.papers.items(), key=SORTS["year"])
        return sorted(by_year, key=by_section(self.sections))

    @property
    def measured(self) -> list[tuple[str, Benchmark]]:
        """The benchmarks by id."""
        return [(name, self.benchmarks[name]) for name in sorted(self.benchmarks)]

    def by_section(self) -> list[tuple[Path, list[Item]]]:
        """Group the papers as `listed`; a section that is spelled in two ways is one."""
        groups = groupby(self.listed, key=lambda item: folded(item[1].section))
        grouped = [list(items) for _, items in groups]
        return [(items[0][1].section, items) for items in grouped]
