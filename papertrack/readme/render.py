"""A whole README, with its regions made anew from the library."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from papertrack import query
from papertrack.conditions import All, Condition, Labelled
from papertrack.demands import is_section_with_tagged
from papertrack.errors import PapertrackError, RegionError, UsageError
from papertrack.model import Benchmark, Paper
from papertrack.readme import anchors, entries, overview, regions
from papertrack.readme.anchors import Heading
from papertrack.readme.listing import Listing, listing
from papertrack.readme.pictures import Illustrated, illustrate
from papertrack.readme.regions import Region
from papertrack.readme.tables import CODE, Layout, table

if TYPE_CHECKING:
    from papertrack.charts.data import Chart


NO_REGION = "has no region for papertrack to fill"


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

    sections: Sequence[Heading]
    """The headings of the file, but for those of entries."""
    anchors: Mapping[str, str]
    """The anchor of each paper's first entry, by key."""
    starts: Mapping[int, int]
    """Line on which a region begins here, by the line on which it begins in the file."""
    shelf: Shelf

    def link(self, key: str) -> str:
        """Return the place of a paper's entry, or where the paper can be read if it has none."""
        return f"#{self.anchors[key]}" if key in self.anchors else self.shelf.papers[key].url


class Rendered(NamedTuple):
    """A README made anew, and the pictures that it shows by their path from its folder."""

    text: str
    pictures: Mapping[str, str]


def render(text: str, path: Path, shelf: Shelf) -> Rendered:
    """Make the regions of a README anew; everything outside them stays byte for byte.

    Papers come first: their headings decide the anchors of the whole file, to which the other
    regions link. `path` only names the file in errors, which are RegionErrors with a line.
    """
    found = regions.parse(text, path)
    if not found:
        raise RegionError(
            path,
            None,
            NO_REGION,
            "papertrack init adds them, or write <!-- papertrack:begin papers --> and "
            "<!-- papertrack:end papers --> on lines of their own",
        )
    levels = _levels_above(regions.replace(text, found, [""] * len(found)), path)
    listings = [
        _listing(region, level, shelf) if region.kind == "papers" else _NO_LISTING
        for region, level in zip(found, levels, strict=True)
    ]
    page = _page(text, path, shelf, found, listings)
    written = [
        Illustrated(listed.text) if region.kind == "papers" else _write(region, page)
        for region, listed in zip(found, listings, strict=True)
    ]
    new = regions.replace(text, found, [body.text for body in written])
    return Rendered(new, {name: p for body in written for name, p in body.pictures.items()})


def _write(region: Region, page: _Page) -> Illustrated:
    """Write a region that is not one of papers."""
    if region.kind == "chart":
        return illustrate(_chart(region, page.shelf), region)
    return Illustrated(_WRITERS[region.kind](region, page))


def _levels_above(text: str, path: Path) -> list[int]:
    """Return the level of the heading above each region of a README; 1 where there is none."""
    headings = anchors.headings(text)
    return [
        next((h.level for h in reversed(headings) if h.line < region.begin_line), 1)
        for region in regions.parse(text, path)
    ]


def _page(
    text: str, path: Path, shelf: Shelf, found: Sequence[Region], listings: Sequence[Listing]
) -> _Page:
    filled = regions.replace(text, found, [listed.text for listed in listings])
    headings = anchors.headings(filled)
    entries: dict[Heading, str] = {}
    starts: dict[int, int] = {}
    for old, new, listed in zip(found, regions.parse(filled, path), listings, strict=True):
        starts[old.begin_line] = new.begin_line
        inside = [heading for heading in headings if heading.line in new.lines]
        pairs = zip(inside, listed.headings, strict=True)
        entries |= {heading: key for heading, key in pairs if key is not None}
    sections = [heading for heading in headings if heading not in entries]
    places = {key: heading.slug for heading, key in reversed(entries.items())}
    return _Page(sections, places, starts, shelf)


def _listing(region: Region, level: int, shelf: Shelf) -> Listing:
    style, sort = region.options.get("style", "entry"), region.options.get("sort", "year")
    _one_of(style, entries.STYLES, "style", region)
    _one_of(sort, query.SORTS, "sort", region)
    condition = _query(region).condition
    return listing(
        _chosen(region, shelf),
        style=style,
        level=level,
        order=shelf.sections,
        sort=query.SORTS[sort],
        asked=set(_sections_asked(condition)),
        flat=is_section_with_tagged(condition),
    )


def _query(region: Region) -> query.Query:
    """Read the query of a region; where it is wrong, say in which line of which file."""
    try:
        return query.parse(region.query)
    except UsageError as error:
        raise RegionError(region.path, region.begin_line, error.message, error.hint) from None


def _sections_asked(condition: Condition) -> Iterator[str]:
    """Yield the sections in which every paper stands that fulfils a condition."""
    match condition:
        case Labelled("section" | "in", label):
            yield label
        case All(parts):
            for part in parts:
                yield from _sections_asked(part)


def _chosen(region: Region, shelf: Shelf) -> dict[str, Paper]:
    """Find the papers that a region's query asks for."""
    wanted = _query(region)
    return {key: paper for key, paper in shelf.papers.items() if wanted.matches(paper, key)}


def _table(region: Region, page: _Page) -> str:
    benchmark = page.shelf.benchmarks.get(region.argument)
    if benchmark is None:
        raise RegionError(
            region.path,
            region.begin_line,
            f"there is no benchmark {region.argument!r} in the store",
            f"papertrack benchmark add {region.argument}, or take the region out; "
            f"there are: {', '.join(page.shelf.benchmarks) or 'none yet'}",
        )
    papers = _chosen(region, page.shelf)
    return table(region.argument, benchmark, papers, page.link, _layout(region, benchmark))


def _layout(region: Region, benchmark: Benchmark) -> Layout:
    metrics = [metric.id for metric in benchmark.metrics]
    sort, arrows = region.options.get("sort", "year"), region.options.get("arrows", "no")
    columns = list(filter(None, region.options.get("columns", "").split(",")))
    _one_of(sort, ["year", *metrics], "sort", region)
    _one_of(arrows, ["yes", "no"], "arrows", region)
    for column in columns:
        _one_of(column, [*metrics, CODE], "columns", region)
    return Layout(sort, columns, arrows == "yes")


def _chart(region: Region, shelf: Shelf) -> Chart | None:
    from papertrack.charts.making import make

    papers = _chosen(region, shelf)
    try:
        return make(region.argument, papers, shelf.benchmarks, asked=region.query, **region.options)
    except PapertrackError as error:
        raise RegionError(region.path, region.begin_line, error.message, error.hint) from None


def _contents(region: Region, page: _Page) -> str:
    depth = region.options.get("depth", "2")
    _one_of(depth, [str(levels) for levels in range(1, 6)], "depth", region)
    start = page.starts[region.begin_line]
    return overview.contents([h for h in page.sections if h.line > start], int(depth))


def _stats(region: Region, page: _Page) -> str:
    return overview.stats(_chosen(region, page.shelf).values())


def _thanks(region: Region, page: _Page) -> str:
    return overview.THANKS


_NO_LISTING = Listing("", ())

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
