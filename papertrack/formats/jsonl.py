"""JSON Lines: the papers as on disk, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from papertrack import intake
from papertrack.documents import to_document
from papertrack.formats.loaded import (
    Item,
    LeftOut,
    Loaded,
    NotThisFormat,
    Problem,
    best_identifier,
    gather,
    numbered,
)
from papertrack.model import Paper, Removed
from papertrack.text import clean_line

_FIELDS = frozenset(Paper.__struct_fields__) - {"extra"} | {"key"}
_COMMON = frozenset({"title", "abstract", "categories", "section", "status"})
"""Fields that papers have in CSL-JSON as well."""

_TELLING = frozenset({"key", "ids", "sources"})
"""Fields of which a paper of papertrack's has one at least."""


def dump(papers: Mapping[str, Paper | Removed]) -> str:
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


def document(key: str, paper: Paper | Removed) -> dict[str, Any]:
    """Return a paper, or the removal of one, as on disk with its key in front, for `--json`.

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
            document = json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            yield LeftOut(number, f"no JSON: {error}")
            continue
        if isinstance(document, dict):
            yield from read(number, document)
        else:
            yield LeftOut(number, "no paper: a paper is a JSON object with a title")


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no value of JSON")


def is_own(document: Mapping[str, Any]) -> bool:
    """Tell a paper as on disk, with its key or without, from what other programs write."""
    ours = document.keys() & _FIELDS - _COMMON
    return not ours.isdisjoint(_TELLING) and len(ours) > len(document.keys() - _FIELDS)


def read(line: int, document: Mapping[str, Any]) -> list[Item | Problem]:
    """Make the paper of a document, and tell what is taken out of it, or why there is none."""
    key = document.get("key")
    try:
        json.dumps(document, allow_nan=False)  # no file of the store holds an endless number
        paper, told = intake.read({k: v for k, v in document.items() if k != "key"})
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        return [LeftOut(line, f"no paper: {error}")]
    problems = [Problem(line, problem) for problem in told]
    identifier = best_identifier(paper.ids, paper.title)
    if identifier is None and not paper.title:
        return [*problems, LeftOut(line, "neither a title nor an identifier; left out")]
    return [*problems, Item(line, paper, identifier, clean_line(str(key or "")))]
