"""Hostile text in files for other programs.

A paper whose every text is hostile stands between two plain ones. A program that reads the file
must find three papers, and the hostile one under its title.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.safety import _sites, hostile
from benchmarks.safety.report import Outcome, Row, scaled
from papertrack.charts.drawing import draw
from papertrack.charts.making import make
from papertrack.charts.svg import LIGHT
from papertrack.formats import FORMATS, LOADERS
from papertrack.model import Benchmark, CodeLink, Link, Metric, Paper, Result, Venue
from papertrack.text import clean_line, is_unseen

Papers = Mapping[str, Paper]

_FORMULA = re.compile(r"[=+@\t\r＝＋＠-]")
"""What a spreadsheet takes for the start of a formula (OWASP, CSV injection)."""


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Count the files that read as something else."""
    texts = [*hostile.PAYLOADS, *hostile.draw(2 * (count := scaled(3_000, scale, least=100)))]
    shelves = [_shelf(text) for text in texts if any(map(str.isalnum, clean_line(text)))][:count]
    for name, (write, obvious, reads) in _READERS.items():
        ours = sum(not _is_whole(write, reads, shelf) for shelf in shelves)
        control = sum(not _is_whole(obvious, reads, shelf) for shelf in shelves)
        yield Row(name, Outcome(ours, count), Outcome(control, count))
    drawn = sum(not _is_picture(text, _draw(text)) for text in texts[:count])
    obvious = sum(not _is_picture(text, _SVG.format(text)) for text in texts[:count])
    yield Row("SVG charts, read as XML", Outcome(drawn, count), Outcome(obvious, count))
    yield from _sites.rows(shelves[: max(1, count // 6)])


_SVG = "<svg xmlns='http://www.w3.org/2000/svg'><title>{0}</title><text>{0}</text></svg>"


def _draw(text: str) -> str:
    """Draw the results of two papers on a benchmark; all of it is named by a hostile text."""
    metrics = tuple(Metric(id=name, name=text, unit=text) for name in ("x", "y"))
    task = Benchmark(title=text, task=text, row_label=text, metrics=metrics)
    shelf = {
        key: Paper(
            title=text,
            name=text,
            year=year,
            results=(Result(benchmark="task", model=text, values={"x": "1.5", "y": str(year)}),),
        )
        for key, year in (("a", 2015), ("b", 2017))
    }
    chart = make("task", shelf, {"task": task}, x="x", y="y")
    return draw(chart, LIGHT) if chart else ""


def _is_picture(text: str, picture: str) -> bool:
    """Tell whether a picture is XML of shapes and texts, with nothing that a browser would run."""
    try:
        root = ElementTree.fromstring(picture)
    except (ElementTree.ParseError, ValueError):
        return False
    elements = list(root.iter())
    names = {element.tag.partition("}")[2] for element in elements}
    attributes = {name.lower() for element in elements for name in element.attrib}
    said = "".join(root.itertext())
    return (
        names <= _SHAPES
        and not any(name.startswith("on") or "href" in name for name in attributes)
        and not any(is_unseen(char) and char != "\n" for char in said)
        and clean_line(text)[:10].strip() in said
    )


_SHAPES = frozenset("svg title desc g text tspan line rect circle path polyline polygon".split())


def _shelf(text: str) -> Papers:
    """Put a hostile paper between two plain ones."""
    return {
        "before2015": Paper(title="The title before", authors=("Ada Before",), year=2015),
        "hostile2016": Paper(
            title=text,
            name=text,
            authors=(text, "Some One", text),
            year=2016,
            venue=Venue(name=text, year=2016, note=text, url=f"https://example.org/{text}"),
            section=(text, text),
            tags=(text,),
            code=(CodeLink(url=f"https://example.org/{text}", label=text),),
            links=(Link(url=text, label="paper"),),
            abstract=text,
            comment=text,
            notes=f"{text}\n{text}",
            status=text,
        ),
        "last2017": Paper(title="The last title", authors=("Eve Last",), year=2017),
    }


def _is_whole(
    write: Callable[[Papers], str], reads: Callable[[str], list[str]], shelf: Papers
) -> bool:
    """Tell whether the titles of a file are those of the papers, and nothing in it is unseen."""
    text = write(shelf)
    if any(is_unseen(char) and char not in "\n\t" for char in text):
        return False
    try:
        found = reads(text)
    except Exception:  # each reader has its own, and all mean that it cannot read the file
        return False
    return found == [clean_line(paper.title) for paper in shelf.values()]


def _bibtexparser(text: str) -> list[str]:
    import bibtexparser

    library = bibtexparser.parse_string(text)
    if len(library.blocks) != len(library.entries):
        raise ValueError("more than entries")
    return [_plain(entry["title"]) for entry in library.entries]


def _pybtex(text: str) -> list[str]:
    from pybtex.database import parse_string

    entries = parse_string(text, "bibtex").entries.values()
    if any(set(entry.persons) != {"author"} for entry in entries):
        raise ValueError("an entry has lost its authors")
    return [_plain(entry.fields["title"]) for entry in entries]


def _plain(title: str) -> str:
    """Read TeX as a style would print it, by the loader of papertrack."""
    loaded = LOADERS["bibtex"](f"@misc{{x, title = {{{title}}}}}")
    return loaded.items[0].paper.title


def _ris(text: str) -> list[str]:
    titles: list[str] = []
    for line in text.splitlines():
        tag, dash, value = line[:2], line[2:6], line[6:]
        if line and dash != "  - ":
            raise ValueError(f"no tag: {line}")
        if tag == "TY":
            titles.append("")
        elif tag == "TI":
            titles[-1] += value
    return titles


def _cells(dialect: str) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        header, *rows = csv.reader(io.StringIO(text, newline=""), dialect=dialect, strict=True)
        if any(len(row) != len(header) or any(map(_FORMULA.match, row)) for row in rows):
            raise ValueError("a cell is lost, or a formula")
        return [_unquoted(row[header.index("title")]) for row in rows]

    return read


def _unquoted(cell: str) -> str:
    """Take off the apostrophe by which spreadsheets know a text, and do not show it."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell.lstrip("'")) else cell


def _csl(text: str) -> list[str]:
    return [str(item["title"]) for item in json.loads(text) if item]


def _json_lines(text: str) -> list[str]:
    return [clean_line(json.loads(line)["title"]) for line in text.split("\n") if line]


def _by_f_strings(before: str, one: str, after: str) -> Callable[[Papers], str]:
    """Write papers as the obvious way does: the control."""

    def write(papers: Papers) -> str:
        return before + "".join(map(entry, papers.items())) + after

    def entry(item: tuple[str, Paper]) -> str:
        key, paper = item
        authors = " and ".join(paper.authors)
        return one.format(key=key, title=paper.title, authors=authors, year=paper.year)

    return write


_BIBTEX = _by_f_strings(
    "",
    "@article{{{key},\n  title = {{{title}}},\n  author = {{{authors}}},\n  year = {year}\n}}\n",
    "",
)
_HEADER = ("key", "title", "authors", "year")

_Reader = tuple[Callable[[Papers], str], Callable[[Papers], str], Callable[[str], list[str]]]

_READERS: dict[str, _Reader] = {
    "BibTeX, read by bibtexparser": (FORMATS["bibtex"], _BIBTEX, _bibtexparser),
    "BibTeX, read by pybtex": (FORMATS["bibtex"], _BIBTEX, _pybtex),
    "RIS": (
        FORMATS["ris"],
        _by_f_strings("", "TY  - JOUR\nTI  - {title}\nAU  - {authors}\nER  - \n\n", ""),
        _ris,
    ),
    "CSV, in a spreadsheet": (
        FORMATS["csv"],
        _by_f_strings(",".join(_HEADER) + "\n", "{key},{title},{authors},{year}\n", ""),
        _cells("excel"),
    ),
    "TSV, in a spreadsheet": (
        FORMATS["tsv"],
        _by_f_strings("\t".join(_HEADER) + "\n", "{key}\t{title}\t{authors}\t{year}\n", ""),
        _cells("excel-tab"),
    ),
    "CSL-JSON": (
        FORMATS["csl"],
        _by_f_strings("[null", ',\n{{"id": "{key}", "title": "{title}"}}', "]"),
        _csl,
    ),
    "JSON Lines": (
        FORMATS["jsonl"],
        _by_f_strings("", '{{"key": "{key}", "title": "{title}"}}\n', ""),
        _json_lines,
    ),
}
"""How each format is written, by us and the obvious way, and how another program reads it."""
