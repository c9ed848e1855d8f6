"""Papers in other forms: `FORMATS` write them, `LOADERS` read them.

What is dumped stands by key and in the order given; it shows no control, bidi or zero-width
character, even where a store edited by hand holds one. What is loaded is only as sure as the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from papertrack.formats import bibtex, bibtex_reader, csl, jsonl, plain, ris, spreadsheet
from papertrack.formats.loaded import Item, Loaded, NotThisFormat, Problem
from papertrack.model import Paper

__all__ = [
    "EXTENSIONS",
    "FORMATS",
    "LOADERS",
    "Item",
    "Loaded",
    "NotThisFormat",
    "Problem",
    "format_of",
]

Format = Callable[[Mapping[str, Paper]], str]
Loader = Callable[[str], Loaded]

FORMATS: dict[str, Format] = {
    "bibtex": bibtex.dump,
    "csl": csl.dump,
    "csv": spreadsheet.dump_csv,
    "jsonl": jsonl.dump,
    "ris": ris.dump,
    "tsv": spreadsheet.dump_tsv,
}
"""The formats by the name that `--format` takes."""

LOADERS: dict[str, Loader] = {
    "bibtex": bibtex_reader.load,
    "csl": csl.load,
    "csv": spreadsheet.load,
    "jsonl": jsonl.load,
    "ris": ris.load,
    "text": plain.load,
    "tsv": spreadsheet.load,
}
"""What reads each format; `text` is a title or an identifier a line."""

EXTENSIONS = {
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".csv": "csv",
    ".json": "csl",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".ris": "ris",
    ".tab": "tsv",
    ".tsv": "tsv",
}
"""Extensions that tell the format; `.txt` is not among them, as programs use it for all."""


def format_of(name: str, text: str) -> str:
    """Tell the format of a file by its extension, else by what is in it."""
    return EXTENSIONS.get(PurePath(name).suffix.lower()) or _by_content(text)


def _by_content(text: str) -> str:
    first = next((line for line in text.removeprefix("\ufeff").splitlines() if line.strip()), "")
    if first.lstrip().startswith("{") and first.rstrip().endswith("}"):
        return "jsonl"
    if csl.looks_like_one(text):
        return "csl"
    if ris.looks_like_one(text):
        return "ris"
    if bibtex_reader.looks_like_one(text):
        return "bibtex"
    if spreadsheet.looks_like_one(first):
        return "tsv" if "\t" in first else "csv"
    return "text"
