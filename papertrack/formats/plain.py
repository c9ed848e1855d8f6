"""Plain text: a title or an identifier a line, in any form that `add` takes."""

from __future__ import annotations

from collections.abc import Iterator

from papertrack import identifiers
from papertrack.errors import InvalidIdentifier
from papertrack.formats.loaded import (
    SOURCE,
    Item,
    LeftOut,
    Loaded,
    Problem,
    gather,
    numbered,
)
from papertrack.model import ID_URLS, Paper


def load(text: str) -> Loaded:
    """Read the lines; blank ones and comments count, but are not read."""
    return gather(_lines(text))


def _lines(text: str) -> Iterator[Item | Problem]:
    for number, line in numbered(text):
        for said in identifiers.split_lines(line):
            try:
                yield _item(number, identifiers.parse(said))
            except InvalidIdentifier as error:
                yield LeftOut(number, f"{error.message}; {error.hint}")


def _item(line: int, identifier: identifiers.Identifier) -> Item:
    kind, value = identifier.kind, identifier.value
    if kind == "title":
        return Item(line, Paper(title=value, sources={"title": SOURCE}), identifier)
    if kind not in ID_URLS:
        return Item(line, Paper(title=""), identifier)
    paper = Paper(title="", ids={kind: value}, sources={f"ids.{kind}": SOURCE})
    return Item(line, paper, identifier)
