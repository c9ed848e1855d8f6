"""Tab-separated values, for spreadsheets and pipes: one line a paper below a header line.

The dialect is the one that spreadsheets and Python's `csv` (`excel-tab`) read: a cell with a
quotation mark is quoted, or a title that starts with one would swallow the cells behind it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from papertrack.model import Paper
from papertrack.text import clean_line

_COLUMNS = ("key", "year", "venue", "name", "title", "authors", "url", "code", "tags")

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How a formula starts; spreadsheets take the full-width forms as well."""


def dump(papers: Mapping[str, Paper]) -> str:
    """Write a header line and one line a paper; lists are joined with `; `."""
    table = io.StringIO()
    writer = csv.writer(table, dialect="excel-tab", lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(map(_cell, _row(key, paper)) for key, paper in papers.items())
    return table.getvalue()


def _row(key: str, paper: Paper) -> tuple[str, ...]:
    """Return the values of a paper in the order of the columns."""
    return (
        key,
        str(paper.published or ""),
        paper.venue.name if paper.venue else "",
        paper.name,
        paper.title,
        "; ".join(paper.authors),
        paper.url,
        paper.code[0].url if paper.code else "",
        "; ".join(paper.tags),
    )


def _cell(value: str) -> str:
    """Make one line of a value; an apostrophe keeps a spreadsheet from running it."""
    line = clean_line(value)
    return f"'{line}" if line.startswith(_FORMULA) else line
