"""Papers&Codes: the papers of a region under the headings of their sections."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from papertrack.matching import squeeze
from papertrack.model import Paper
from papertrack.readme import entries
from papertrack.text import fold

Path = tuple[str, ...]
Item = tuple[str, Paper]


@dataclass(frozen=True)
class Listing:
    """The text of a `papers` region, and the key behind each heading in it, None for a section."""

    text: str
    headings: tuple[str | None, ...]


def listing(
    papers: Mapping[str, Paper],
    *,
    style: str,
    level: int,
    order: Sequence[str],
    sort: Callable[[Item], Any],
    asked: Collection[str] = (),
    flat: bool = False,
) -> Listing:
    """Write papers by section, then by `sort`; where it is `flat`, as those of one section.

    `level` is that of the heading above the region, `order` the sections as configured
    (`A / B` for one inside another). That heading names the sections that the region has `asked`
    for (squeezed, as in a query): these get none of their own, and neither do those around them.
    """
    place = _together if flat else by_section(order)
    blocks: list[str] = []
    headings: list[str | None] = []
    above: Path = ()
    for _, group in groupby(sorted(sorted(papers.items(), key=sort), key=place), key=place):
        items = list(group)
        section = () if flat else _below(items[0][1].section, asked)
        for depth, name in _new_headings(above, section):
            blocks.append(entries.heading(name, level + 1 + depth))
            headings.append(None)
        above = section
        write = entries.STYLES[style]
        blocks.append(write([paper for _, paper in items], level + 1 + len(section)))
        headings += [key for key, _ in items] if style == "entry" else []
    return Listing("\n\n".join(blocks), tuple(headings))


def by_section(order: Sequence[str]) -> Callable[[Item], tuple[object, ...]]:
    """Make the order of papers by section: each level as configured, else behind those, by name."""
    ranks = _ranks(order)
    return lambda item: _place(item[1].section, ranks)


def _together(item: Item) -> tuple[object, ...]:
    return ()


def _ranks(order: Sequence[str]) -> Mapping[Path, int]:
    """Number the configured sections; one that only stands around others has the first's place."""
    ranks: dict[Path, int] = {}
    for configured in order:
        section = folded(tuple(configured.split(" / ")))
        for depth in range(len(section)):
            ranks.setdefault(section[: depth + 1], len(ranks))
    return ranks


def _place(section: Path, ranks: Mapping[Path, int]) -> tuple[object, ...]:
    """Order sections: each level by its configured rank, else behind those, by name."""
    path = folded(section)
    return tuple(
        (ranks.get(path[: depth + 1], len(ranks)), name) for depth, name in enumerate(path)
    )


def _below(section: Path, asked: Collection[str]) -> Path:
    """Cut a path behind the innermost section that the region asks for."""
    for depth in range(len(section), 0, -1):
        if any(squeeze(" / ".join(section[start:depth])) in asked for start in range(depth)):
            return section[depth:]
    return section


def _new_headings(above: Path, section: Path) -> Iterator[tuple[int, str]]:
    """Name the headings between one section and the next, with their depth."""
    pairs = zip(folded(above), folded(section), strict=False)
    same = next((depth for depth, (one, other) in enumerate(pairs) if one != other), len(above))
    yield from list(enumerate(section))[same:]


def folded(section: Path) -> Path:
    """Fold a path: two spellings of a section are one."""
    return tuple(fold(name) for name in section)
