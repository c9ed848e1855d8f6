"""CSL-JSON: what Zotero, Pandoc and citation processors exchange (docs.citationstyles.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from papertrack.formats import jsonl
from papertrack.formats.bibtex import entry_type
from papertrack.formats.door import cited_name, load_all
from papertrack.formats.loaded import Item, LeftOut, Loaded, NotThisFormat, Problem
from papertrack.formats.printed import Printed
from papertrack.model import Paper
from papertrack.names import parts
from papertrack.text import LONGEST_TEXT, clean_line

_TYPES = {"article": "article-journal", "inproceedings": "paper-conference", "misc": "article"}

_RICH = re.compile(r"</?(?:i|b|sc|sub|sup|span(?: [^<>]{0,200})?)>")
"""The HTML that CSL allows in titles."""


def dump(papers: Mapping[str, Paper]) -> str:
    """Write one JSON array of items."""
    return (
        jsonl.encode([_item(key, paper.citable) for key, paper in papers.items()], indent=2) + "\n"
    )


def load(text: str) -> Loaded:
    """Read an array of items, one item, or an object that holds `items`.

    Papers in papertrack's own form, as `list --json` prints them, are read like JSON Lines.
    Items behind a mistake in the JSON are lost, and that is reported.
    Raises NotThisFormat for what is no JSON, or other JSON.
    """
    return load_all(_records(text.removeprefix("\ufeff")))


def looks_like_one(text: str) -> bool:
    """Tell whether a text begins like an object or an array of objects in JSON."""
    return re.match(r'\ufeff?\s*(?:\[\s*[]{]|\{\s*")', text) is not None


def _item(key: str, paper: Paper) -> dict[str, Any]:
    item = {
        "id": key,
        "type": _TYPES[entry_type(paper.venue)],
        "title": clean_line(paper.title),
        "title-short": clean_line(paper.name),
        "author": [_name(name) for name in map(clean_line, paper.authors) if name],
        "issued": {"date-parts": [[paper.published]]} if paper.published else None,
        "container-title": clean_line(paper.venue.name) if paper.venue else "",
        "DOI": clean_line(paper.ids.get("doi", "")),
        "PMID": clean_line(paper.ids.get("pubmed", "")),
        "archive": "arXiv" if "arxiv" in paper.ids else "",
        "archive_location": clean_line(paper.ids.get("arxiv", "")),
        "URL": clean_line(paper.url),
        "keyword": ", ".join(map(clean_line, paper.tags)),
        "abstract": clean_line(paper.abstract, limit=LONGEST_TEXT),
        "note": paper.notes,
    }
    return {name: value for name, value in item.items() if value}


def _name(name: str) -> dict[str, str]:
    given, family, suffix = parts(name)
    if not given:
        return {"literal": name}
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


def _records(text: str) -> Iterator[Printed | Item | Problem]:
    """Yield the items with their line numbers, and a problem where the JSON breaks off."""
    start = re.match(r'\s*\{\s*"items"\s*:\s*\[|\s*\[|\s*(?=\{)', text)
    if text.strip() and not start:
        raise NotThisFormat(1, "no CSL-JSON: it begins neither with `[` nor with `{`")
    decoder = json.JSONDecoder()
    at = start.end() if start else len(text)
    line, counted, found = 1, 0, False
    while (at := _skip(text, at)) < len(text) and text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            if not found:
                raise NotThisFormat(line, f"no CSL-JSON: {error}") from None
            yield LeftOut(line, f"the JSON is broken here: {error}; nothing behind it is read")
            return
        found = True
        if not isinstance(item, dict):
            yield LeftOut(line, "this is no item: an item is an object with a title")
        elif jsonl.is_own(item):
            yield from jsonl.read(line, item)
        else:
            yield _printed(line, item)


def _skip(text: str, at: int) -> int:
    while at < len(text) and (text[at].isspace() or text[at] == ","):
        at += 1
    return at


def _printed(line: int, item: Mapping[str, Any]) -> Printed:
    said = {name: _text(value) for name, value in item.items()}

    def one(name: str) -> str:
        return said.get(name, "")

    title = _RICH.sub("", one("title"))
    archived = "arxiv" in (one("archive") + one("publisher")).casefold()
    ids = [("doi", one("DOI")), ("pubmed", one("PMID")), ("pmc", one("PMCID"))]
    if archived and one("archive_location"):
        ids.insert(0, ("arxiv", one("archive_location")))
    return Printed(
        line=line,
        title=title,
        name=cited_name(one("title-short") or one("shortTitle"), title),
        authors=map(_author, _list(item.get("author"))),
        year=_year(item.get("issued")),
        venues=[_RICH.sub("", one(name)) for name in ("container-title", "event-title", "event")],
        ids=[(kind, value) for kind, value in ids if value],
        addresses=filter(None, [one("URL")]),
        mentions=[one(name) for name in ("number", "note", "container-title")],
        tags=[tag for tag in _tags(item) if tag],
        abstract=_RICH.sub("", one("abstract")),
        notes=[one("note")],
    )


def _text(value: Any) -> str:
    """Read a text or a number; Crossref puts texts into arrays."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value) if isinstance(value, str | int) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _author(value: Any) -> str:
    if not isinstance(value, dict):
        return _text(value)
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")
    return " ".join(filter(None, (_text(value.get(name)) for name in order)))


def _year(value: Any) -> str:
    """Read a date: its parts, or the text that stands for them."""
    if not isinstance(value, dict):
        return _text(value)
    parted = _list(value.get("date-parts"))
    return (
        _text(parted)
        or _text(parted[:1] and parted[0])
        or _text(value.get("literal") or value.get("raw"))
    )


def _tags(item: Mapping[str, Any]) -> list[str]:
    keywords = re.split(r"[,;]", _text(item.get("keyword")))
    return [*keywords, *map(_text, _list(item.get("categories")))]
