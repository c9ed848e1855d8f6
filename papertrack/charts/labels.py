"""Names beside their points, where nothing else stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from papertrack.charts.svg import width

_GAP = 7
"""From the middle of a point to its name."""

_ANCHORS = {-1: "end", 0: "middle", 1: "start"}


class Box(NamedTuple):
    """A rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Say whether two rectangles share some of their area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Say whether another rectangle lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


class Name(NamedTuple):
    """A name to be placed, with its point and the size of its letters."""

    x: float
    y: float
    text: str
    size: int


class Label(NamedTuple):
    """A name in its place: its base line starts, ends or has its middle there."""

    x: float
    y: float
    anchor: str
    name: Name


def place(
    names: Iterable[Name], obstacles: Iterable[Box], frame: Box, towards: tuple[int, int]
) -> list[Label]:
    """Give each name the first of eight places around its point that is free; some get none.

    `towards` is the corner in which there is most room, as signs of x and y. Who comes first
    chooses first.
    """
    taken = list(obstacles)
    placed: list[Label] = []
    for name in names:
        free = (
            (box, anchor)
            for box, anchor in _around(name, towards)
            if frame.holds(box) and not any(map(box.overlaps, taken))
        )
        if found := next(free, None):
            box, anchor = found
            taken.append(box)
            x = {"start": box.left, "middle": name.x, "end": box.right}[anchor]
            placed.append(Label(x, box.bottom - name.size / 4, anchor, name))
    return placed


def _around(name: Name, towards: tuple[int, int]) -> Iterator[tuple[Box, str]]:
    """Yield the eight places around a point, the corner with most room first."""
    right, down = towards
    wide, high = width(name.text, name.size) / 2, name.size / 2
    corners = ((right, down), (right, 0), (0, down), (-right, down))
    for across, along in (*corners, *((-x, -y) for x, y in corners)):
        gap = _GAP * (0.7 if across and along else 1)
        x, y = name.x + across * (gap + wide), name.y + along * (gap + high)
        yield Box(x - wide, y - high, x + wide, y + high), _ANCHORS[across]
