"""JSON Lines: the papers as on disk, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from papertrack import identifiers
from papertrack.documents import from_document, to_document
from papertrack.errors import InvalidIdentifier
from papertrack.formats.loaded import (
    LONGEST_TEXT,
    Item,
    LeftOut,
    Loaded,
    NotThisFormat,
    Problem,
    best_identifier,
    gather,
    numbered,
)
from papertrack.model import ID_URLS, Paper, replace
from papertrack.repositories import normalise_url
from papertrack.text import clean_json, clean_line, clean_text

_ONE_LINE = frozenset(Paper.__struct_fields__) - {"notes", "extra"}
"""Fields whose texts have no line breaks; what a newer version has written may have some."""


def dump(papers: Mapping[str, Paper]) -> str:
    """Write one JSON document a line."""
    return "".join(f"{encode(document(key, paper))}\n" for key, paper in papers.items())


def load(text: str) -> Loaded:
    """Read one paper a line, with all that it holds, fields of a newer version included.

    Raises NotThisFormat where no line is a JSON object.
    """
    found = gather(_lines(text))
    if found.problems and not found.items:
        line, message = found.problems[0]
        raise NotThisFormat(line, message, "one paper a line, as papertrack export writes them")
    return found


def document(key: str, paper: Paper) -> dict[str, Any]:
    """Return a paper as on disk with its key in front, as `--json` prints it.

    A field `key` in the file, which papertrack does not write, gives way to the real one.
    """
    return {"key": key} | to_document(paper) | {"key": key}


def encode(value: Any, indent: int | None = None) -> str:
    r"""Write JSON that is safe to print.

    Characters that do not show stand as `\uXXXX`, and so does the bracket of `##[`, which begins a
    command in the log of GitHub Actions. A reader of JSON gets back every character.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent).replace("##[", "##\\u005b")
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\n" else _escape(char) for char in text)


def _escape(char: str) -> str:
    return json.dumps(char)[1:-1]


def _lines(text: str) -> Iterator[Item | Problem]:
    for number, line in numbered(text):
        if not line.strip():
            continue
        try:
            yield from _item(number, json.loads(line, parse_constant=_refuse))
        except msgspec.ValidationError as error:
            yield LeftOut(number, f"no paper: {error}")
        except (ValueError, RecursionError) as error:
            yield LeftOut(number, f"no JSON: {error}")


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no value of JSON")


def _item(line: int, read: Any) -> Iterator[Item | Problem]:
    """Make the paper of one document, and report what is taken out of it."""
    if not isinstance(read, dict):
        yield LeftOut(line, "no paper: a paper is a JSON object with a title")
        return
    key = read.pop("key", "")
    paper = from_document(Paper, {clean_line(k): _cleaned(k, v) for k, v in read.items()})
    ids = dict(paper.ids)
    for kind in ids.keys() & ID_URLS.keys():
        try:
            ids[kind] = identifiers.normalise(kind, ids[kind])
        except InvalidIdentifier as error:
            del ids[kind]
            yield Problem(line, error.message)
    code = tuple(link for link in paper.code if _is_address(link.url))
    links = tuple(link for link in paper.links if _is_address(link.url))
    for url in [link.url for link in paper.code] + [link.url for link in paper.links]:
        if not _is_address(url):
            yield Problem(line, f"{url!r} is no web address")
    kept = replace(paper, ids=ids, code=code, links=links)
    identifier = best_identifier(ids, paper.title)
    if identifier is None and not paper.title:
        yield LeftOut(line, "neither a title nor an identifier; left out")
        return
    yield Item(line, kept, identifier, clean_line(str(key or "")))


def _cleaned(field: str, value: Any) -> Any:
    if field == "abstract" and isinstance(value, str):
        return clean_line(value, limit=LONGEST_TEXT)
    return clean_json(value, clean_line if field in _ONE_LINE else clean_text)


def _is_address(url: str) -> bool:
    return url.startswith(("https://", "http://")) and normalise_url(url) != ""
