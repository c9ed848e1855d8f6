"""What rules speak about, the same for a README and for a store: papers, and tables of results."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from papertrack.checks.findings import Place
from papertrack.metrics import number, unmarked
from papertrack.model import CodeLink
from papertrack.readme.adopt.found import Entry, Reading
from papertrack.text import clean_line, fold

Direction = Literal["higher", "lower", "none"]

_LOWER = re.compile(
    r"↓|\b(?:error|err|loss|hd95|hd|hausdorff|assd|asd|fid|mae|mse|rmse|params?|parameters|flops"
    r"|gflops|macs|latency|runtime|memory)\b"
)
_HIGHER = re.compile(
    r"↑|\b(?:acc|accuracy|top-?\s?[15]|dice|dsc|iou|miou|jaccard|auc|auroc|f1|map|psnr|ssim|recall"
    r"|precision|sensitivity|specificity)\b"
)
_SHARE = re.compile(
    r"\b(?:acc|accuracy|top-?\s?[15]|dice|dsc|iou|miou|jaccard|auc|auroc|f1|recall|precision"
    r"|sensitivity|specificity)\b"
)
_CHANGE = re.compile(
    r"\b(?:improvements?|improved|gains?|increase|decrease|reduction|drop|change|relative|delta"
    r"|speed-?up)\b|[Δδ+]"
)
_NO_METRIC = re.compile(r"\b(?:year|date|no|rank|index|id|venue|published)\b|^#?$")
_VENUE = re.compile(r"\b(?:venue|published in|publication|conference|journal)\b")

_NEWS = re.compile(
    r"\b(?:news|updates?|announcements?|change ?log|what'?s new|acknowledge?ments?|citation|citing"
    r"|contribut\w+|star history)\b",
    re.IGNORECASE,
)
"""Sections whose entries mention papers and do not list them."""
_TALK = re.compile(
    r"^(?:we|our)\b|\b(?:this repo(?:sitory)?|check out|accepted (?:at|by|in))\b", re.IGNORECASE
)
"""Words of a sentence about a paper that no title holds."""
_NO_VENUE = re.compile(
    r"https?:|[“”\"]|^\W*(?:github|code|paper|pdf|link|project|website)\b", re.IGNORECASE
)

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*|__([^_]+)__|<(?:b|strong)>([^<]*)</(?:b|strong)>")
_MARKS = re.compile(r"<[^<>]*>|[*_`$]")

_LEAST_NUMBERS = 0.6
"""Least part of a column's filled cells that are numbers where it is a metric's."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One paper of a list, as far as rules ask."""

    place: Place
    where: str
    """How a message names the place: `line 12`, or the key in a store."""
    title: str
    name: str = ""
    authors: Sequence[str] = ()
    venue: str = ""
    year: int | None = None
    """Year of the venue."""
    ids: dict[str, str] = field(default_factory=dict)
    code: Sequence[CodeLink] = ()
    section: tuple[str, ...] = ()
    result: bool = False
    """Whether it is a row of a result table."""


@dataclass(frozen=True)
class Mention:
    """A venue and a year, as they are printed somewhere."""

    place: Place
    where: str
    venue: str
    year: int | None = None


@dataclass(frozen=True)
class Column:
    """A column of values: the name of its metric, and which values are better."""

    name: str
    direction: Direction | None = None
    """None where the table does not say."""
    share: bool = False
    """Whether it is a part of a whole, which no value exceeds."""
    range: tuple[str, ...] = ()
    """The least and the greatest value there can be, where somebody says."""


@dataclass(frozen=True)
class Row:
    """A row of results: its name, and a value for each column, empty where there is none."""

    place: Place
    name: str
    values: Sequence[str]
    bold: Sequence[bool] = ()


@dataclass(frozen=True)
class Grid:
    """A table of results, without its columns of words."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    mentions: Sequence[Mention] = ()
    """The venues in it."""


def items_of(path: Path, reading: Reading) -> list[Item]:
    """Take what rules ask from the entries of a README, but for news that mention papers."""
    results = [table.lines for table in reading.tables if table.kind == "results"]
    return [
        _item(path, entry, result=any(entry.lines.start in lines for lines in results))
        for entry in reading.entries
        if not _is_news(entry)
    ]


def _is_news(entry: Entry) -> bool:
    return bool(_NEWS.search(" / ".join(entry.section)) or _TALK.search(entry.title))


def _item(path: Path, entry: Entry, *, result: bool) -> Item:
    return Item(
        place=Place(path, entry.lines.start),
        where=f"line {entry.lines.start}",
        title=entry.title,
        name=entry.name,
        authors=entry.authors,
        venue="" if _NO_VENUE.search(entry.venue) else entry.venue.strip("[] "),
        year=entry.year,
        ids=dict(entry.ids),
        code=entry.code,
        section=entry.section,
        result=result,
    )


def grid(path: Path, header: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> Grid | None:
    """Read a pipe table as one of results; None where it has no metrics or fewer than two rows."""
    whole = [(line, row) for line, row in rows if len(row) == len(header)]
    names = [plain(cell) for cell in header]
    metrics = [i for i in range(1, len(names)) if _is_metric(names[i], [r[i] for _, r in whole])]
    if len(whole) < 2 or not metrics:
        return None
    shown = [
        Row(
            Place(path, line),
            plain(row[0]),
            [plain(row[i]) for i in metrics],
            [bool(_BOLD.search(row[i])) for i in metrics],
        )
        for line, row in whole
    ]
    venues = [i for i, name in enumerate(names) if _VENUE.search(fold(name))][:1]
    mentions = [
        Mention(Place(path, line), f"line {line}", plain(row[i]))
        for i in venues
        for line, row in whole
    ]
    return Grid([_column(names[i]) for i in metrics], shown, mentions)


def plain(cell: str) -> str:
    """Take the Markdown and HTML out of a cell."""
    return clean_line(_MARKS.sub("", _LINK.sub(r"\1", cell)))


def _is_metric(name: str, column: Sequence[str]) -> bool:
    filled = [unmarked(cell)[0] for cell in map(plain, column) if cell.strip("-–—/")]
    numbers = [cell for cell in filled if number(cell) is not None]
    return (
        not _NO_METRIC.search(fold(name))
        and len(numbers) >= 2
        and len(numbers) >= _LEAST_NUMBERS * len(filled)
    )


def _column(name: str) -> Column:
    folded = fold(name)
    direction: Direction | None = (
        "lower" if _LOWER.search(folded) else "higher" if _HIGHER.search(folded) else None
    )
    return Column(name, direction, is_share(name))


def is_share(name: str) -> bool:
    """Tell whether a metric is a part of a whole; improvements in per cent may be above 100."""
    folded = fold(name)
    return bool(_SHARE.search(folded)) and not _CHANGE.search(folded)
