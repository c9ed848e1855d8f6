"""Papers&Codes: the papers of a region under the headings of their sections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Any

from papertrack.model import Paper
from papertrack.readme import entries
from papertrack.text import fold

Path = tuple[str, ...]
SortKey = Callable[[tuple[str, Paper]], Any]


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
    sort: SortKey,
    within_section: bool,
) -> Listing:
    """Write papers by section, then by `sort`.

    `level` is that of the heading above the region, `order` the sections as configured
    (`A / B` for one inside another). With `within_section` the heading above names the section
    that all papers share, and it is not repeated.
    """
    ranks = {_folded(tuple(p.split(" / "))): n for n, p in enumerate(order)}

    def place(item: tuple[str, Paper]) -> tuple[object, ...]:
        return _place(item[1].section, ranks)

    grouped = groupby(sorted(sorted(papers.items(), key=sort), key=place), key=place)
    groups = [list(group) for _, group in grouped]
    shared = _shared([group[0][1].section for group in groups]) if within_section else ()
    blocks: list[str] = []
    headings: list[str | None] = []
    above: Path = shared
    for group in groups:
        section = group[0][1].section
        for depth, name in _new_headings(above, section):
            blocks.append(entries.heading(name, level + 1 + depth - len(shared)))
            headings.append(None)
        above = section
        depth = level + 1 + len(section) - len(shared)
        blocks.append(entries.STYLES[style]([paper for _, paper in group], depth))
        headings += [key for key, _ in group] if style == "entry" else []
    return Listing("\n\n".join(blocks), tuple(headings))


def _place(section: Path, ranks: Mapping[Path, int]) -> tuple[object, ...]:
    """Order sections: each level by its configured rank, else behind those, by name."""
    folded = _folded(section)
    return tuple(
        (ranks.get(folded[: depth + 1], len(ranks)), name) for depth, name in enumerate(folded)
    )


def _new_headings(above: Path, section: Path) -> Iterator[tuple[int, str]]:
    """Name the headings between one section and the next, with their depth."""
    same = len(_shared([above, section]))
    yield from list(enumerate(section))[same:]


def _shared(paths: Iterable[Path]) -> Path:
    """Return the beginning that paths have in common."""
    levels = takewhile(lambda names: len(set(names)) == 1, zip(*paths, strict=False))
    return tuple(names[0] for names in levels)


def _folded(section: Path) -> Path:
    return tuple(fold(name) for name in section)
