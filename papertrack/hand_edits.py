"""What people have written into the regions of READMEs, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from papertrack.demands import demands
from papertrack.library import Contents
from papertrack.publishing import Page
from papertrack.readme import regions
from papertrack.readme.blocks import Block, blocks
from papertrack.readme.lines import split
from papertrack.readme.owners import Owners


class Notice(NamedTuple):
    """Something to be told about a line of a README."""

    path: Path
    line: int
    message: str


def unshown(pages: Sequence[Page], contents: Contents) -> list[Notice]:
    """Name the entries whose papers are in the store, and on none of these pages any more."""
    gone = [(page, block) for page in pages for block in _gone(page)]
    if not gone:
        return []
    owners = Owners(contents.papers)
    shown = {
        key for page in pages for block in _entries(page, page.new) for key in owners.of(block)
    }
    found = [(page.path, block, owners.of(block)) for page, block in gone]
    lacking = {min(keys): (path, block) for path, block, keys in found if keys and not keys & shown}
    return [_unshown(path, block, key, contents) for key, (path, block) in lacking.items()]


def _unshown(path: Path, block: Block, key: str, contents: Contents) -> Notice:
    paper = contents.papers[key]
    lacking = [demand for demand in demands(block.region.query) if not demand.is_met(paper)]
    helps = "; ".join(demand.command(key) for demand in lacking)
    message = f"{paper.short_name!r} is in the store, but no region shows it any more"
    return Notice(path, block.line, f"{message}; {helps or f'papertrack show {key}'}")


def _gone(page: Page) -> Iterator[Block]:
    """Yield the entries that do not begin on the new page as they begin on the old one."""
    if page.new == page.old:
        return
    new = {line.strip() for line in split(page.new)}
    for block in _entries(page, page.old):
        if block.first not in new and not block.is_heading:
            yield block


def _entries(page: Page, text: str) -> Iterator[Block]:
    for region in regions.parse(text, page.path):
        if region.kind == "papers":
            yield from blocks(text, region)
