"""How much of other people's lists the reader recovers.

    python -m benchmarks.adoption FOLDER [NAME...] [-v]

FOLDER holds lists (`*.md`) with the facts in them (`*.truth.json`); only those whose name begins
with a NAME are read where names are given. `-v` prints every miss.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from papertrack import identifiers
from papertrack.errors import InvalidIdentifier
from papertrack.readme.adopt import Entry, Reading, read
from papertrack.repositories import identity
from papertrack.text import fold, title_key

FIGURES = ("entries", "title", "arxiv", "code", "year", "venue", "section")

_URL = re.compile(r"https?://(?:(?!\]\()[^ )>\"\s])+")


@dataclass
class Score:
    """What was right out of how many, figure by figure, and what went wrong."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    merged: int = 0
    split: int = 0
    lost: int = 0
    extra: int = 0
    seconds: float = 0

    def count(self, figure: str, right: bool, line: int, told: object, read: object) -> None:
        """Count one comparison."""
        self.total[figure] += 1
        self.right[figure] += right
        if not right:
            self.wrong.append(f"{figure:8} line {line}: {told!r} was read as {read!r}")

    def add(self, other: Score) -> None:
        """Add the counts of another list."""
        self.right += other.right
        self.total += other.total
        for name in ("merged", "split", "lost", "extra", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def rate(self, figure: str) -> float:
        """Return the share that is right; 1 where there was nothing to find."""
        return self.right[figure] / self.total[figure] if self.total[figure] else 1.0


def score(path: Path) -> Score:
    """Read one list and compare it with its truth."""
    truth = json.loads(path.with_name(path.name.removesuffix(".md") + ".truth.json").read_text())
    text = path.read_bytes().decode()
    start = time.perf_counter()
    reading = read(text)
    result = Score(seconds=time.perf_counter() - start)
    matches = _match(truth["entries"], reading.entries)
    for told, found in zip(truth["entries"], matches, strict=True):
        _compare(told, found, result)
    taken = Counter(id(found) for found in matches if found)
    result.merged = sum(count - 1 for count in taken.values())
    result.split = _splits(truth["entries"], matches, reading.entries)
    result.extra = len(reading.entries) - len(taken)
    _compare_urls(text, reading, result)
    return result


def _match(truth: Sequence[Mapping[str, Any]], entries: Sequence[Entry]) -> list[Entry | None]:
    """Find the entry for each truth: by id, else URL, else title; then the nearest line."""
    index: dict[str, list[Entry]] = {}
    for entry in entries:
        for key in set(_entry_keys(entry)):
            index.setdefault(key, []).append(entry)
    used: set[int] = set()
    found: list[Entry | None] = []
    for told in truth:
        candidates = next((index[key] for key in _truth_keys(told) if key in index), [])
        nearest = sorted(
            candidates, key=lambda e: (abs(e.lines.start - told["line"]), id(e) in used)
        )
        found.append(nearest[0] if nearest else None)
        used |= {id(entry) for entry in nearest[:1]}
    return found


def _entry_keys(entry: Entry) -> Iterator[str]:
    yield from (f"{kind}:{value.casefold()}" for kind, value in entry.ids.items())
    yield from (_place(link.url) for link in entry.links)
    if entry.url:
        yield _place(entry.url)
    yield f"title:{title_key(entry.title)}"
    yield f"title:{title_key(entry.name)}"


def _truth_keys(told: Mapping[str, Any]) -> Iterator[str]:
    if told.get("arxiv_id"):
        yield f"arxiv:{told['arxiv_id']}"
    if told.get("doi"):
        yield f"doi:{told['doi'].casefold()}"
    if told.get("url"):
        yield _place(told["url"])
    for title in filter(None, [told.get("title"), *told.get("title_alts", []), told.get("short")]):
        yield f"title:{title_key(title)}"


def _place(url: str) -> str:
    return unquote(url).partition("://")[2].rstrip("/").casefold() or url


def _compare(told: Mapping[str, Any], found: Entry | None, result: Score) -> None:
    line = told["line"]
    result.count("entries", found is not None, line, told.get("title") or told.get("short"), None)
    if not found:
        return
    titles = [t for t in [told.get("title"), *told.get("title_alts", [])] if t]
    if titles and not told.get("title_note"):
        right = title_key(found.title) in map(title_key, titles)
        result.count("title", right, line, titles, found.title)
    if told.get("arxiv_id"):
        own = found.ids.get("arxiv")
        result.count("arxiv", own == told["arxiv_id"], line, told["arxiv_id"], own)
    code = {identity(unquote(link.url)).rstrip("/") for link in found.code}
    for url in told.get("code_urls", ()):
        result.count("code", identity(unquote(url)).rstrip("/") in code, line, url, sorted(code))
    if told.get("year"):
        result.count("year", found.year == told["year"], line, told["year"], found.year)
    if told.get("venue"):
        right = fold(found.venue).rstrip(".") == fold(told["venue"]).rstrip(".")
        result.count("venue", right, line, told["venue"], found.venue)
    if told.get("section"):
        own = found.section[-1] if found.section else ""
        right = title_key(own) == title_key(told["section"][-1])
        result.count("section", right, line, told["section"][-1], own)


def _splits(
    truth: Sequence[Mapping[str, Any]], matches: Sequence[Entry | None], entries: Sequence[Entry]
) -> int:
    """Count entries that begin inside another entry that was matched, and match nothing."""
    matched = {id(found) for found in matches if found}
    starts = sorted({told["line"] for told in truth})
    count = 0
    for found in filter(None, matches):
        following = next((s for s in starts if s > found.lines.start), 10**9)
        count += sum(
            found.lines.start <= other.lines.start < min(following, found.lines.stop)
            for other in entries
            if id(other) not in matched
        )
    return count


def _compare_urls(text: str, reading: Reading, result: Score) -> None:
    """Count the URLs of the file that are in no entry, no table and on no line left over."""
    lines = text.splitlines()
    kept = {n for span in reading.left for n in span}
    kept |= {n for table in reading.tables if table.kind == "results" for n in table.lines}
    held = {key for entry in reading.entries for key in _held(entry)}
    for number, line in enumerate(lines, 1):
        for url in _URL.findall(line) if number not in kept else ():
            if not _forms(url) & held:
                result.lost += 1
                result.wrong.append(f"{'lost':8} line {number}: {url}")


def _held(entry: Entry) -> Iterator[str]:
    urls = [entry.url, *(c.url for c in entry.code), *(link.url for link in entry.links)]
    for url in [*urls, *entry.images]:
        yield from _forms(url)
        # The blunt pattern cuts an address at a parenthesis, so it is cut on both sides.
        yield from (form for cut in _URL.findall(url) for form in _forms(cut))
    yield from (f"{kind}:{value}" for kind, value in entry.ids.items())


def _forms(url: str) -> set[str]:
    """Give the forms under which an address may be kept: as printed, as an identifier."""
    url = url.rstrip("\"'*`,;.|]<")
    forms = {url, identity(url)}
    if url.count(")") > url.count("("):
        forms |= _forms(url.rstrip(")"))
    with suppress(InvalidIdentifier):
        forms.add(str(identifiers.parse(url)))
    return forms


def _row(name: str, result: Score) -> str:
    rates = "  ".join(f"{result.rate(figure):5.3f}" for figure in FIGURES)
    counts = f"{result.merged:6}{result.split:6}{result.lost:6}{result.extra:7}"
    return f"{name[:38]:38}  {rates}{counts}{result.seconds:7.2f}\n"


def main(arguments: Sequence[str]) -> int:
    """Print the figures of every list, and those of all together."""
    folder, *names = [a for a in arguments if a != "-v"]
    head = "  ".join(f"{figure[:5]:>5}" for figure in FIGURES)
    sys.stdout.write(f"{'':38}  {head}merged split  lost  extra      s\n")
    overall = Score()
    for path in _lists(Path(folder), names):
        result = score(path)
        overall.add(result)
        sys.stdout.write(_row(path.stem, result))
        if "-v" in arguments:
            sys.stdout.writelines(f"    {line}\n" for line in result.wrong)
    sys.stdout.write(_row("overall", overall))
    return 0


def _lists(folder: Path, names: Iterable[str]) -> list[Path]:
    wanted = tuple(names) or ("",)
    return [path for path in sorted(folder.glob("*.md")) if path.name.startswith(wanted)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
