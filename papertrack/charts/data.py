"""What a chart shows, before anybody draws it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from papertrack.charts.scales import Scale


@dataclass(frozen=True)
class Axis:
    """What is measured along an edge of a chart."""

    label: str
    """Its name, with the unit."""
    scale: Scale
    better: int = 0
    """1 where more is better, -1 where less is, 0 where neither."""

    @property
    def title(self) -> str:
        """The label, with an arrow to the better end."""
        return self.label + {1: " ↑", -1: " ↓", 0: ""}[self.better]


APART = "extra training data"
"""Why points stand apart."""


@dataclass(frozen=True)
class Point:
    """One result."""

    x: Decimal
    y: Decimal
    name: str
    y_told: str
    """The value as people read it: `88.55 %`."""
    x_told: str
    apart: str = ""
    """The extra training data for which it does not compare with the others."""

    @property
    def title(self) -> str:
        """What is said of the point where there is room for a sentence."""
        told = f"{self.name}: {self.y_told}, {self.x_told}"
        return f"{told}, with {self.apart}" if self.apart else told


@dataclass(frozen=True)
class Scatter:
    """Results by two of their values, and the line of those that none outdoes in both."""

    title: str
    x: Axis
    y: Axis
    points: tuple[Point, ...]
    """From left to right."""
    front: tuple[Point, ...]
    """The points on the line, from the best x on."""
    front_name: str
    """What the line is called; empty where no value of y is better than another."""
    summary: str

    @property
    def alternative(self) -> str:
        """What the chart shows, in words."""
        return f"{self.title}, {self.y.label} by {self.x.label}: {self.summary}"

    @property
    def details(self) -> str:
        """Name the points of the line, in words."""
        return f"{self.front_name}: {'; '.join(p.title for p in self.front)}" if self.front else ""

    @property
    def others(self) -> tuple[Point, ...]:
        """The points that are not on the line, and might be."""
        best = set(self.front)
        return tuple(point for point in self.points if point not in best and not point.apart)

    @property
    def apart(self) -> tuple[Point, ...]:
        """The points that cannot be on the line."""
        return tuple(point for point in self.points if point.apart)

    def steps(self) -> list[tuple[Decimal, Decimal]]:
        """Return the corners of the line: it keeps a best value until there is a better one."""
        if not self.front:
            return []
        corners = [(self.front[0].x, self.front[0].y)]
        for point in self.front[1:]:
            corners += [(point.x, corners[-1][1]), (point.x, point.y)]
        ends = (self.points[0].x, self.points[-1].x)
        last = ends[0] if self.x.better > 0 else ends[1]
        return [*corners, (last, corners[-1][1])]


OTHER = "other"
"""The group of what has no group of its own."""


@dataclass(frozen=True)
class Group:
    """A part of every bar."""

    name: str
    counts: tuple[int, ...]
    """One for each bar."""


@dataclass(frozen=True)
class Bars:
    """How many papers there are of each year, by section."""

    title: str
    years: tuple[int, ...]
    groups: tuple[Group, ...]
    """From the bottom of the bars up; a single one may have no name."""
    summary: str

    @property
    def alternative(self) -> str:
        """What the chart shows, in words."""
        return f"{self.title}: {self.summary}"

    @property
    def details(self) -> str:
        """Name the heights of the bars, in words."""
        pairs = zip(self.years, self.totals, strict=True)
        return ", ".join(f"{year}: {total}" for year, total in pairs)

    @property
    def totals(self) -> list[int]:
        """The height of each bar."""
        return [sum(counts) for counts in zip(*(g.counts for g in self.groups), strict=True)]

    @property
    def named(self) -> bool:
        """Whether the groups are to be told apart."""
        return any(group.name for group in self.groups)


Chart = Scatter | Bars


def front(points: Iterable[Point], x: int, y: int) -> tuple[Point, ...]:
    """Find the points that no other one outdoes in both values: the Pareto front.

    `x` and `y` say which end is better, 1 or -1. With time as x, less being better, these are the
    records: the best so far. Of points with equal values the first by name stands for all.
    """
    found: list[Point] = []
    for point in sorted(points, key=lambda p: (-x * p.x, -y * p.y, p.name)):
        if not found or y * point.y > y * found[-1].y:
            found.append(point)
    return tuple(found)
