"""Spreadsheets: comma- and tab-separated values, one line a paper below a header line.

The dialects are those that spreadsheets and Python's `csv` write: a cell with a quotation mark is
quoted, or a title that starts with one would swallow the cells behind it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from papertrack import identifiers, names
from papertrack.errors import InvalidIdentifier
from papertrack.formats import cells
from papertrack.formats.door import load_all
from papertrack.formats.loaded import Loaded, NotThisFormat, Problem
from papertrack.formats.printed import Printed
from papertrack.model import ID_URLS, Paper
from papertrack.text import LONGEST_TEXT, clean_line, fold

_COLUMNS = (
    *("key", "year", "venue", "name", "title", "authors", "url", "code", "tags"),
    *("section", "arxiv", "doi", "remark", "notes", "venue source", "added"),
)

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How a formula starts; spreadsheets take the full-width forms as well."""

_USUAL_NAMES = {
    "key": "key bibtexkey citationkey",
    "title": "title papertitle documenttitle articletitle",
    "name": "name model modelname method abbr abbreviation acronym shortname shorttitle",
    "authors": "authors author creators",
    "year": "year publicationyear pubyear date published publicationdate",
    "venue": "venue journal conference booktitle publication publicationtitle sourcetitle source "
    "proceedingstitle conferencename journalbook publishedin",
    "paper": "paper",
    "url": "url link links pdf paperlink paperurl pdflink pdfurl arxivlink arxivurl website",
    "code": "code github repo repository codelink codeurl githublink githuburl implementation",
    "tags": "tags tag keywords keyword manualtags automatictags authorkeywords",
    "section": "section category task topic area",
    "code label": "codelabel codekind",
    "framework": "framework",
    "venue source": "venuesource",
    "printed venue": "printedvenue venueasprinted publishedinasprinted",
    "added": "added dateadded addedon",
    "abstract": "abstract abstractnote summary",
    "remark": "remark",
    "notes": "notes note comment comments remarks",
    "extra": "extra",
    "arxiv": "arxivid eprint",
    "doi": "doinumber",
    "pubmed": "pmid",
    "s2": "semanticscholar semanticscholarid",
}
"""The fields, and what their columns are called by people, reference managers and services.

`key` is read by nobody: it is that of another program, and a paper gets one of ours.
"""

_FIELD_OF = {kind: kind for kind in ID_URLS} | {
    name: field for field, usual in _USUAL_NAMES.items() for name in usual.split()
}

_NAMES_A_PAPER = frozenset({"title", "paper", "url", *ID_URLS})

_MARKDOWN_LINK = re.compile(r"\[([^][]+)\]\(([^][\s]{1,500})\)")

_LINK_WORDS = frozenset({"arxiv", "doi", "here", "link", "paper", "pdf", "url"})
"""Texts of links that are no titles."""


def dump_csv(papers: Mapping[str, Paper]) -> str:
    """Write comma-separated values; lists are joined with `; `."""
    return _dump(papers, "excel")


def dump_tsv(papers: Mapping[str, Paper]) -> str:
    """Write tab-separated values; lists are joined with `; `."""
    return _dump(papers, "excel-tab")


def load(text: str) -> Loaded:
    """Read a table whose first line names the columns, parted by commas, semicolons or tabs.

    Raises NotThisFormat where no column holds a title, an identifier or an address.
    """
    lines = [*io.StringIO(text.removeprefix("\ufeff"), newline="")]
    top = next((n for n, line in enumerate(lines) if line.strip()), None)
    if top is None:
        return load_all([])
    delimiter, header = cells.header(lines[top], _field)
    if _NAMES_A_PAPER.isdisjoint(map(_field, header)):
        raise NotThisFormat(
            top + 1,
            "no column is called title, arxiv, doi or url",
            "name the columns in the first line; a file of titles alone ends with .txt",
        )
    return load_all(_records(lines, top, delimiter, header))


def looks_like_one(line: str) -> bool:
    """Tell whether a line names the columns of a table of papers."""
    _, header = cells.header(line, _field)
    return len(header) > 1 and not _NAMES_A_PAPER.isdisjoint(map(_field, header))


def _dump(papers: Mapping[str, Paper], dialect: str) -> str:
    table = io.StringIO()
    writer = csv.writer(table, dialect=dialect, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(map(_cell, _row(key, paper)) for key, paper in papers.items())
    return table.getvalue()


def _row(key: str, paper: Paper) -> Iterator[str]:
    """Return the values of a paper in the order of the columns."""
    values = {
        "key": key,
        "year": str(paper.published or ""),
        "venue": paper.venue.name if paper.venue else "",
        "name": paper.name,
        "title": paper.title,
        "authors": "; ".join(paper.authors),
        "url": paper.url,
        "code": "; ".join(link.url for link in paper.code),
        "tags": "; ".join(paper.tags),
        "section": " / ".join(paper.section),
        "arxiv": paper.ids.get("arxiv", ""),
        "doi": paper.ids.get("doi", ""),
        "remark": paper.remark,
        "notes": paper.notes,
        "venue source": paper.sources.get("venue", ""),
        "added": paper.added,
    }
    return (values[column] for column in _COLUMNS)


def _cell(value: str) -> str:
    """Make one line of a value; an apostrophe keeps a spreadsheet from running it."""
    line = clean_line(value, limit=LONGEST_TEXT)
    return f"'{line}" if _is_formula(line) else line


def _value(cell: str) -> str:
    """Take the apostrophe off that `_cell` put before a value."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(line: str) -> bool:
    """Tell whether a line is a formula, or would be one without the apostrophes before it."""
    return line.lstrip("'").startswith(_FORMULA)


def _field(name: str) -> str:
    """Return the field that a column holds; empty for one that is not known."""
    return _FIELD_OF.get("".join(filter(str.isalnum, fold(name))), "")


def _records(
    lines: Sequence[str], top: int, delimiter: str, header: Sequence[str]
) -> Iterator[Printed | Problem]:
    ignored = [name for name in header if name and not _field(name)]
    if ignored:
        yield Problem(top + 1, f"columns that are not read: {', '.join(ignored)}")
    fields = [_field(name) for name in header]
    for number, row in cells.rows(lines, top + 1, delimiter):
        if isinstance(row, str):
            yield Problem(number, row)
            continue
        if any(map(str.strip, row[len(fields) :])):
            yield Problem(number, f"{len(row)} cells under {len(fields)} columns")
        if any(map(str.strip, row)):
            yield _printed(number, fields, row)


def _printed(line: int, fields: Sequence[str], row: Sequence[str]) -> Printed:
    told: dict[str, list[str]] = {}
    for field, cell in zip(fields, row, strict=False):
        if cell.strip():
            told.setdefault(field, []).append(_value(cell.strip()))
    first = {field: said[0] for field, said in told.items()}
    title, linked = _title(first.get("title", ""))
    papers = told.get("paper", [])
    if papers and not title and not _names_itself(papers[0]):
        title, more = _title(papers.pop(0))
        linked += more
    return Printed(
        line=line,
        title=title,
        name=first.get("name", ""),
        authors=names.split(first.get("authors", "")),
        year=first.get("year", ""),
        venues=told.get("venue", ()),
        venue_source=first.get("venue source", ""),
        printed_venue=first.get("printed venue", ""),
        ids=[(kind, value) for kind in ID_URLS for value in told.get(kind, ())],
        addresses=[*linked, *papers, *told.get("url", ())],
        code=told.get("code", ()),
        code_label=first.get("code label", ""),
        framework=first.get("framework", ""),
        mentions=[*told.get("extra", ()), *told.get("venue", ())],
        section=first.get("section", ""),
        tags=[tag for cell in told.get("tags", ()) for tag in _list(cell)],
        abstract=first.get("abstract", ""),
        remark=first.get("remark", ""),
        notes=told.get("notes", ()),
        added=first.get("added", ""),
    )


def _title(cell: str) -> tuple[str, list[str]]:
    """Part a title from the addresses that Markdown puts behind it."""
    linked = [found[2] for found in _MARKDOWN_LINK.finditer(cell)]
    return _MARKDOWN_LINK.sub(r"\1", cell), linked


def _names_itself(cell: str) -> bool:
    """Tell whether a cell holds an address or an identifier, and not a title."""
    linked = _MARKDOWN_LINK.search(cell)
    if linked:
        return linked[1].casefold() in _LINK_WORDS
    try:
        return identifiers.parse(cell).kind != "title"
    except InvalidIdentifier:
        return "://" in cell


def _list(cell: str) -> list[str]:
    """Part a cell at its semicolons, else at its commas."""
    return cell.split(";" if ";" in cell else ",")
