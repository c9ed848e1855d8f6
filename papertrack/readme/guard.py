"""What rendering would lose: entries, rows and links that somebody wrote into a region by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from papertrack.model import Paper
from papertrack.readme.regions import Region
from papertrack.text import title_key

_URL = re.compile(r"https?://[^\s<>()\[\]\"'`|]+", re.IGNORECASE)
_BLOCK = re.compile(r"#{1,6} |[-*+] +(?:\[|\*\*)|\|")
"""Where an entry, list item or row begins; a labelled link (`- pdf: ...`) continues its entry."""

_RULE = re.compile(r"[|:\s-]+")
"""The line under the head of a table."""

_MARKED = re.compile(r"\*\*|__|[`#]|!?\[|\]\([^)]*\)")
"""Markdown around the text of a name: emphasis, heading, link."""


@dataclass(frozen=True)
class Loss:
    """Something in a region that neither the store nor the new text knows."""

    line: int
    what: str


@dataclass(frozen=True)
class Known:
    """Every link and name that the store knows, what was taken out of it included."""

    urls: frozenset[str]
    names: frozenset[str]


def known(papers: Iterable[Paper], sections: Iterable[str] = ()) -> Known:
    """Collect what the papers of the store, listed and removed, account for."""
    urls: set[str] = set()
    names = {title_key(section) for section in sections}
    for paper in papers:
        urls.update(*(_urls(url) for url in (*paper.urls, *paper.dismissed)))
        names.update(map(title_key, (paper.title, paper.short_name, *paper.section)))
        names.update(title_key(result.model) for result in paper.results)
        names.update(map(title_key, paper.dismissed))
    return Known(frozenset(urls), frozenset(names))


def losses(text: str, found: Sequence[Region], rendered: str, store: Known) -> list[Loss]:
    """Name what stands in the regions of `text`, and would be in neither store nor new text."""
    urls = store.urls.union(*(_urls(line) for line in rendered.splitlines()))
    lines = text.splitlines()
    return [
        loss
        for region in found
        if region.kind in ("papers", "table")
        for block in _blocks(region, lines)
        for loss in _block_losses(block, Known(urls, store.names))
    ]


Block = list[tuple[int, str]]
"""The numbered lines of one entry, list item or row."""


def _blocks(region: Region, lines: Sequence[str]) -> Iterator[Block]:
    block: Block = []
    for number in region.lines[1:-1]:
        line = lines[number - 1].strip()
        if _BLOCK.match(line) and block:
            yield block
            block = []
        if line and not _in_head(lines, number):
            block.append((number, line))
    if block:
        yield block


def _in_head(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line is the head of a table, or the rule under it."""
    line, below = lines[number - 1].strip(), lines[number : number + 1]
    under = below[0].strip() if below else ""
    return any(s.startswith("|") and _RULE.fullmatch(s) is not None for s in (line, under))


def _block_losses(block: Block, store: Known) -> Iterator[Loss]:
    number, first = block[0]
    unknown = [(n, url) for n, line in block for url in _urls(line) if url not in store.urls]
    linked = sum(len(_urls(line)) for _, line in block)
    if len(unknown) < linked or any(title_key(name) in store.names for name in _names(block)):
        yield from (Loss(n, f"the link {url}") for n, url in dict.fromkeys(unknown))
    elif _BLOCK.match(first) and (len(block) > 1 or linked or first.startswith("|")):
        kind = "row" if first.startswith("|") else "entry"
        yield Loss(number, f"the {kind} {next(_names(block), first)!r}")
    else:
        yield from (Loss(n, f"the link {url}") for n, url in dict.fromkeys(unknown))


def _names(block: Block) -> Iterator[str]:
    """Read the names that identify a block: its heading, its bold title, its first cell or link."""
    for _, line in block[:2]:
        plain = _plain(line.strip("|").split(" | ")[0] if line.startswith("|") else line)
        yield plain.removesuffix("\\").strip()
        yield plain.removeprefix("- ").split(" - ")[0].strip()


def _plain(line: str) -> str:
    return _unescaped(_MARKED.sub("", line)).strip()


def _unescaped(line: str) -> str:
    return unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line))


def _urls(text: str) -> list[str]:
    """Find the addresses in a line, in a form in which equal ones are equal."""
    return [unquote(url).rstrip("/.,;").casefold() for url in _URL.findall(_unescaped(text))]
