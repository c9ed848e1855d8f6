"""A whole README, with its regions made anew from the library."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from papertrack import query
from papertrack.errors import RegionError, UsageError
from papertrack.model import Benchmark, Paper
from papertrack.readme import anchors, entries, overview, regions
from papertrack.readme.anchors import Heading
from papertrack.readme.listing import Listing, listing
from papertrack.readme.regions import Region
from papertrack.readme.tables import table


@dataclass(frozen=True)
class Shelf:
    """What a README is made from."""

    papers: Mapping[str, Paper]
    benchmarks: Mapping[str, Benchmark]
    sections: Sequence[str] = ()
    """Order of the sections, as configured."""


@dataclass(frozen=True)
class _Page:
    """A README whose papers stand in their place already: what the other regions link to."""

    headings: Sequence[Heading]
    entries: Mapping[int, str]
    """Key of the paper whose entry a heading opens, by line."""
    shelf: Shelf

    def link(self, key: str) -> str:
        """Return the place of a paper's entry, or where the paper can be read if it has none."""
        slugs = (h.slug for h in self.headings if self.entries.get(h.line) == key)
        slug = next(slugs, "")
        return f"#{slug}" if slug else self.shelf.papers[key].url


def render(text: str, path: Path, shelf: Shelf) -> str:
    """Make the regions of a README anew; everything outside them stays byte for byte.

    Papers come first: their headings decide the anchors of the whole file, to which the other
    regions link. `path` only names the file in errors, which are RegionErrors with a line.
    """
    found = regions.parse(text, path)
    if not found:
        raise RegionError(
            path,
            None,
            "has no region for papertrack to fill",
            "papertrack init adds them, or write <!-- papertrack:begin papers --> and "
            "<!-- papertrack:end papers --> on lines of their own",
        )
    outside = [h for h in anchors.headings(text) if not any(h.line in r.lines for r in found)]
    listings = {
        number: _listing(region, _level_above(region, outside), shelf)
        for number, region in enumerate(found)
        if region.kind == "papers"
    }
    bodies = [listings[n].text if n in listings else "" for n in range(len(found))]
    page = _page(regions.replace(text, found, bodies), path, shelf, listings)
    for number, region in enumerate(found):
        if number not in listings:
            bodies[number] = _WRITERS[region.kind](region, page)
    return regions.replace(text, found, bodies)


def _page(text: str, path: Path, shelf: Shelf, listings: Mapping[int, Listing]) -> _Page:
    headings = anchors.headings(text)
    entries: dict[int, str] = {}
    for number, region in enumerate(regions.parse(text, path)):
        if number in listings:
            inside = [h.line for h in headings if h.line in region.lines]
            pairs = zip(inside, listings[number].headings, strict=True)
            entries |= {line: key for line, key in pairs if key is not None}
    return _Page(headings, entries, shelf)


def _level_above(region: Region, headings: Sequence[Heading]) -> int:
    """Return the level of the heading under which a region stands; 1 where there is none."""
    return next((h.level for h in reversed(headings) if h.line < region.begin_line), 1)


def _listing(region: Region, level: int, shelf: Shelf) -> Listing:
    style, sort = region.options.get("style", "entry"), region.options.get("sort", "year")
    _one_of(style, entries.STYLES, "style", region)
    _one_of(sort, query.SORTS, "sort", region)
    return listing(
        _chosen(region, shelf),
        style=style,
        level=level,
        order=shelf.sections,
        sort=query.SORTS[sort],
        within_section="section:" in region.query,
    )


def _chosen(region: Region, shelf: Shelf) -> dict[str, Paper]:
    """Find the papers that a region's query asks for."""
    try:
        wanted = query.parse(region.query)
    except UsageError as error:
        raise RegionError(region.path, region.begin_line, error.message, error.hint) from None
    return {key: paper for key, paper in shelf.papers.items() if wanted.matches(paper, key)}


def _table(region: Region, page: _Page) -> str:
    benchmark = page.shelf.benchmarks.get(region.argument)
    if benchmark is None:
        raise RegionError(
            region.path,
            region.begin_line,
            f"there is no benchmark {region.argument!r} in the store",
            f"papertrack benchmark list, or papertrack benchmark add {region.argument}",
        )
    sort = region.options.get("sort", "year")
    _one_of(sort, ["year", *(metric.id for metric in benchmark.metrics)], "sort", region)
    papers = _chosen(region, page.shelf)
    return table(region.argument, benchmark, papers, page.link, sort)


def _contents(region: Region, page: _Page) -> str:
    depth = region.options.get("depth", "2")
    _one_of(depth, [str(levels) for levels in range(1, 6)], "depth", region)
    below = [h for h in page.headings if h.line > region.begin_line and h.line not in page.entries]
    return overview.contents(below, int(depth))


def _stats(region: Region, page: _Page) -> str:
    return overview.stats(_chosen(region, page.shelf).values())


def _thanks(region: Region, page: _Page) -> str:
    return overview.THANKS


_WRITERS: dict[str, Callable[[Region, _Page], str]] = {
    "table": _table,
    "toc": _contents,
    "stats": _stats,
    "thanks": _thanks,
}


def _one_of(value: str, known: Collection[str], name: str, region: Region) -> None:
    if value not in known:
        message, hint = f"{name}={value} is not known", f"one of {', '.join(known)}"
        raise RegionError(region.path, region.begin_line, message, hint)
