"""A README whose entries become regions, made from what the library is about to hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from papertrack.accounting import Account
from papertrack.adopting import Adoption
from papertrack.errors import FileProblem
from papertrack.library import Contents, Library
from papertrack.publishing import Page, read, remade
from papertrack.readme import regions
from papertrack.readme.adopt import Reading
from papertrack.readme.embed import Held, embed
from papertrack.readme.tables import CODE


@dataclass(frozen=True)
class Converted:
    """What becomes of a README."""

    page: Page | None
    """None where nothing can become a region, and none is there."""
    notes: Sequence[tuple[int, str]]
    """What stays as it is, by line, and why."""


def convert(
    path: Path,
    text: str,
    reading: Reading,
    adoption: Adoption,
    library: Library,
    contents: Contents,
) -> Converted:
    """Put regions where the entries of a README stand, and fill them; nothing is written.

    `text` is what was read before the store was locked. Raises FileProblem where it has changed
    since, for its lines are other ones now.
    """
    if read(path) != text:
        raise FileProblem(path, None, "was changed meanwhile", "the same command again")
    tables = {
        table.lines.start: _asking(table, contents)
        for table in adoption.tables
        if table.benchmark and not table.lacking
    }
    embedded = embed(text, reading, path, Held(contents.papers, _keys(adoption), tables))
    if not regions.parse(embedded.text, path):
        return Converted(None, embedded.notes)
    page = remade(path, text, embedded.text, library, contents)
    return Converted(page, embedded.notes)


def _keys(adoption: Adoption) -> Mapping[int, Sequence[str]]:
    """Collect the papers by the line on which a README has them."""
    keys: dict[int, list[str]] = {}
    for adopted in adoption.papers:
        keys.setdefault(adopted.line, []).append(adopted.key)
    return keys


def _asking(table: Account, contents: Contents) -> str:
    """Say what the region of a table asks for: its benchmark, and code where it shows some."""
    if not table.shows_code:
        return table.benchmark
    metrics = (metric.id for metric in contents.benchmarks[table.benchmark].metrics)
    return f"{table.benchmark} columns={','.join([*metrics, CODE])}"
