"""JSON Lines: the papers as on disk, one a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from papertrack.model import Paper, to_document


def dump(papers: Mapping[str, Paper]) -> str:
    """Write one JSON document a line."""
    return "".join(f"{encode(document(key, paper))}\n" for key, paper in papers.items())


def document(key: str, paper: Paper) -> dict[str, Any]:
    """Return a paper as on disk with its key in front, as `--json` prints it.

    A field `key` in the file, which papertrack does not write, gives way to the real one.
    """
    return {"key": key} | to_document(paper) | {"key": key}


def encode(value: Any, indent: int | None = None) -> str:
    r"""Write JSON that is safe to print: characters that do not show stand as `\uXXXX`.

    Nothing is lost by it: a reader of JSON gets back every character.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\n" else _escape(char) for char in text)


def _escape(char: str) -> str:
    return json.dumps(char)[1:-1]
