"""The regions of a README: the text between two markers that papertrack writes.

    <!-- papertrack:begin papers section:Segmentation style=entry -->
    <!-- papertrack:end papers -->

A marker stands alone on its line; in code it is text. What lies outside the regions is never
touched, down to its line ends.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from papertrack.errors import RegionError
from papertrack.readme.lines import scan, split

_MARKER = re.compile(r" {0,3}<!--[ \t]*papertrack:(.*)-->[ \t]*\Z")
_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+')
_OPTION = re.compile(r"([a-z-]+)=(.*)")
_CONFLICT_HINT = "the git conflict holds markers: keep one side of it, then try again"


class Kind(NamedTuple):
    """What the begin marker of a kind of region may hold."""

    takes_benchmark: bool = False
    takes_query: bool = False
    options: Sequence[str] = ()


KINDS: Mapping[str, Kind] = {
    "papers": Kind(takes_query=True, options=("sort", "style")),
    "table": Kind(takes_benchmark=True, takes_query=True, options=("sort", "columns", "arrows")),
    "chart": Kind(takes_benchmark=True, takes_query=True, options=("x", "y")),
    "toc": Kind(options=("depth",)),
    "stats": Kind(takes_query=True),
    "thanks": Kind(),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Region:
    """A region of a file: what its begin marker asks for, and the lines of its two markers.

    `argument` is the benchmark of a table, what a chart shows, else empty. `query` is what the
    marker holds besides the options, as it is written.
    """

    path: Path
    kind: str
    argument: str
    options: Mapping[str, str]
    query: str
    begin_line: int
    end_line: int

    @property
    def lines(self) -> range:
        """The lines of the region, with both markers."""
        return range(self.begin_line, self.end_line + 1)

    @property
    def name(self) -> str:
        """The kind and its argument, as both markers write them."""
        return f"{self.kind} {self.argument}".rstrip()

    def asks_same(self, other: Region) -> bool:
        """Say whether two regions would print the same."""
        return (self.name, self.options, self.query) == (other.name, other.options, other.query)


def parse(text: str, path: Path) -> list[Region]:
    """Find the regions of a README, in their order.

    Raises RegionError with the line of the first marker that does not fit.
    """
    lines = split(text)
    in_conflict = any(line.startswith("<<<<<<< ") for line in lines)

    def problem(line: int, message: str, hint: str) -> RegionError:
        return RegionError(path, line, message, _CONFLICT_HINT if in_conflict else hint)

    regions: list[Region] = []
    open_region: Region | None = None
    for line, content in _markers(text):
        verb, *words = _words(content, path, line) or [""]
        if verb == "begin":
            region = _begin(words, path, line)
            if open_region:
                message = f"region `{region.name}` begins inside region `{open_region.name}`"
                raise problem(line, message, _end_hint(open_region))
            if twin := next(filter(region.asks_same, regions), None):
                message = f"region `{region.name}` already stands in line {twin.begin_line}"
                raise problem(line, message, "take one of the two out")
            open_region = region
        elif verb == "end":
            name = " ".join(words)
            if not open_region:
                message = f"region `{name}` ends here but begins nowhere"
                raise problem(line, message, f"add <!-- papertrack:begin {name} --> above it")
            if name not in (open_region.name, open_region.kind):
                message = f"region `{open_region.name}` is open here, not `{name}`"
                raise problem(line, message, _end_hint(open_region))
            regions.append(dataclasses.replace(open_region, end_line=line))
            open_region = None
        else:
            message = f"`papertrack:{verb}` is no marker"
            raise RegionError(path, line, message, "write papertrack:begin or papertrack:end")
    if open_region:
        message = f"region `{open_region.name}` has no end"
        raise problem(open_region.begin_line, message, _end_hint(open_region))
    return regions


def replace(text: str, regions: Sequence[Region], bodies: Sequence[str]) -> str:
    """Put a new body into each region that `parse` found; everything outside stays as it is.

    A body gets a blank line above and below it, as Markdown formatters want, and the line ends of
    its begin marker. Raises RegionError for a body that would hide or forge a marker.
    """
    lines = split(text)
    new: list[str] = []
    markers: list[int] = []
    copied = 0
    for region, new_body in zip(regions, bodies, strict=True):
        begin = lines[region.begin_line - 1]
        line_end = begin[len(begin.rstrip("\r\n")) :]
        content = [line.rstrip("\r\n") for line in split(new_body.strip("\r\n"))]
        framed = ["", *content, ""] if content else [""]
        new += lines[copied : region.begin_line]
        markers.append(len(new))
        new += [line + line_end for line in framed]
        markers.append(len(new) + 1)
        copied = region.end_line - 1
    new += lines[copied:]
    filled = "".join(new)
    _check_markers(filled, markers, regions)
    return filled


def _markers(text: str) -> Iterator[tuple[int, str]]:
    """Find the lines that are markers, and what each says.

    Up to three spaces deep no line is indented code, so only a fence can make a marker text; a
    file without one is not scanned.
    """
    found: dict[int, str] = {}
    for number, line in enumerate(split(text), 1):
        if "papertrack:" in line:
            bare = line.rstrip("\r\n").removeprefix("\ufeff" if number == 1 else "")
            marker = _MARKER.match(bare)
            if marker and "-->" not in marker[1]:
                found[number] = marker[1].strip()
    if found and ("```" in text or "~~~" in text):
        lines = scan(text)
        found = {number: said for number, said in found.items() if lines[number - 1].kind != "code"}
    yield from found.items()


def _words(content: str, path: Path, line: int) -> list[str]:
    if content.count('"') % 2:
        raise RegionError(path, line, "a quotation mark is not closed", 'add the closing `"`')
    return _WORD.findall(content)


def _begin(words: list[str], path: Path, line: int) -> Region:
    """Read a begin marker; the region has no end yet."""
    name, *rest = words or [""]
    if name not in KINDS:
        message = f"`{name}` is no kind of region" if name else "the marker names no region"
        raise RegionError(path, line, message, _nearest(name, KINDS))
    kind = KINDS[name]
    argument = ""
    if kind.takes_benchmark:
        if not rest or _OPTION.match(rest[0]):
            message = f"region `{name}` names no benchmark"
            hint = f"write papertrack:begin {name} BENCHMARK; `papertrack benchmark list` has them"
            raise RegionError(path, line, message, hint)
        argument, *rest = rest
    options = {}
    query = []
    for word in rest:
        if not (option := _OPTION.match(word)):
            query.append(word)
        elif option[1] in kind.options:
            options[option[1]] = option[2].strip('"')
        else:
            message = f"region `{name}` has no option `{option[1]}`"
            raise RegionError(path, line, message, _nearest(option[1], kind.options))
    if query and not kind.takes_query:
        message = f"region `{name}` takes no query: {' '.join(query)}"
        raise RegionError(path, line, message, "take these words out of the marker")
    return Region(path, name, argument, options, " ".join(query), line, 0)


def _nearest(word: str, known: Sequence[str] | Mapping[str, object]) -> str:
    from difflib import get_close_matches

    if near := get_close_matches(word, known):
        return f"did you mean `{near[0]}`?"
    return f"there are: {', '.join(known)}" if known else "it has none"


def _end_hint(region: Region) -> str:
    return (
        f"close the region of line {region.begin_line} with <!-- papertrack:end {region.name} -->"
    )


def _check_markers(text: str, markers: list[int], regions: Sequence[Region]) -> None:
    """Refuse new lines in which the next run would not find the same markers."""
    found = [line for line, _ in _markers(text)]
    for number, (expected, actual) in enumerate(zip_longest(markers, found)):
        if expected != actual:
            region = regions[min(number // 2, len(regions) - 1)]
            message = (
                f"the text for region `{region.name}`, or above it, holds a marker or an open fence"
            )
            hint = "close the fence, or take the marker out"
            raise RegionError(region.path, region.begin_line, message, hint)
