"""What rendering would lose: entries, rows and links that somebody wrote into a region by hand.

A region holds what papertrack wrote from an older store beside what people wrote. Links tell them
apart: papertrack writes none that the store has not known, and escapes the addresses in titles and
names, so that they are no links. What has no link is told by its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from papertrack.model import Benchmark, Paper
from papertrack.readme.blocks import Block, Lines, address, blocks, inside, links, name_key
from papertrack.readme.overview import THANKS
from papertrack.readme.pictures import is_ours
from papertrack.readme.regions import Region


@dataclass(frozen=True)
class Loss:
    """Something in a region that the store does not know, and has not taken out either."""

    line: int
    what: str


@dataclass(frozen=True)
class Known:
    """What the store accounts for, with what was taken out of it."""

    addresses: frozenset[str]
    names: frozenset[str]
    dismissed: frozenset[str]
    rows: Mapping[str, Collection[str]]
    """Names of the rows of each benchmark."""


def known(papers: Iterable[Paper], benchmarks: Mapping[str, Benchmark]) -> Known:
    """Collect what the papers of the store, listed and removed, and its benchmarks account for."""
    addresses = set(map(address, links(THANKS)))
    names: set[str] = set()
    dismissed: set[str] = set()
    rows: dict[str, set[str]] = defaultdict(set)
    for paper in papers:
        addresses.update(map(address, (*paper.urls, *paper.dismissed)))
        names.update(map(name_key, (paper.title, paper.short_name)))
        dismissed.update(map(name_key, paper.dismissed))
        for result in paper.results:
            rows[result.benchmark].add(name_key(result.row_name(paper.short_name)))
    for benchmark, held in benchmarks.items():
        names_of = [*(result.row_name("") for result in held.results), *held.dismissed]
        rows[benchmark].update(map(name_key, names_of))
    return Known(frozenset(addresses), frozenset(names), frozenset(dismissed), rows)


def losses(text: str, found: Sequence[Region], store: Known) -> list[Loss]:
    """Name what stands in the regions of a README, and would stand nowhere once it is rendered."""
    lost: set[Loss] = set()
    for region in found:
        if region.kind in ("papers", "table"):
            for block in blocks(text, region):
                lost.update(_block_losses(block, store))
        else:
            lost.update(_strange_links(inside(text, region), store.addresses))
    return sorted(lost, key=lambda loss: (loss.line, loss.what))


def _block_losses(block: Block, store: Known) -> Iterator[Loss]:
    """Name a block that is unknown, or the unknown links of one that is known.

    An entry is known by its name or by any of its links; a row of results only by its name, since
    a paper that is known can have results that are not.
    """
    found = block.links()
    strange = list(_strange_links(block.lines, store.addresses))
    names = block.names()
    listed = store.rows.get(block.region.argument, ()) if block.is_result else store.names
    is_known = any(n in listed or n in store.dismissed for n in map(name_key, names))
    is_section = block.is_heading and not found
    if is_known or block.is_text or (not block.is_result and len(strange) < len(found)):
        yield from strange
    elif not is_section:
        kind = "row" if block.is_row else "entry"
        yield Loss(block.line, f"the {kind} {(names or [block.first])[0]!r}")


def _strange_links(lines: Lines, known: Collection[str]) -> Iterator[Loss]:
    for number, line in lines:
        for link in links(line):
            if address(link) not in known and not is_ours(link):
                yield Loss(number, f"the link {link}")
