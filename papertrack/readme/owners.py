"""Which papers of the store the blocks of a README are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from papertrack.model import Paper
from papertrack.readme.blocks import Block, address, name_key


class Owners:
    """Knows the papers by their names and addresses, those that they have lost included."""

    def __init__(self, papers: Mapping[str, Paper]) -> None:
        self._named: dict[str, set[str]] = defaultdict(set)
        self._linked: dict[str, set[str]] = defaultdict(set)
        for key, paper in papers.items():
            for name in (paper.title, paper.short_name, *paper.dismissed):
                self._named[name_key(name)].add(key)
            for url in (*paper.urls, *paper.dismissed):
                self._linked[address(url)].add(key)

    def of(self, block: Block) -> set[str]:
        """Return the keys of all papers that a block may mean: by its names, else by its links."""
        named = {key for name in block.names() for key in self._named.get(name_key(name), ())}
        links = map(address, block.links())
        return named or {key for link in links for key in self._linked.get(link, ())}
