"""What a region demands of every paper in it, as far as a paper can be given it: labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from shlex import quote
from typing import NamedTuple

from papertrack.conditions import All, AnyOf, Condition, Has, Labelled, Not, fits
from papertrack.errors import UsageError
from papertrack.matching import Candidate, squeeze
from papertrack.model import Paper
from papertrack.query import parse

_LABEL = re.compile(r'(?<![-\w])(section|in|tag|status):(?:"([^"]*)"|([^\s()"]+))', re.IGNORECASE)

_COMMANDS = {
    "section": "set {} section={}",
    "in": "set {} section={}",
    "tag": "tag {} +{}",
    "status": "set {} status={}",
}


class Demand(NamedTuple):
    """A label that every paper of a region bears, as the region spells it."""

    field: str
    """`section`, `in`, `tag` or `status`."""
    label: str
    """Empty for the section of a paper that stands in none."""

    def is_met(self, paper: Paper) -> bool:
        """Tell whether a paper bears the label."""
        return fits(Candidate("", paper), Labelled(self.field, squeeze(self.label)))

    def command(self, key: str) -> str:
        """Write the command that gives a paper the label."""
        return f"papertrack {_COMMANDS[self.field].format(quote(key), quote(self.label))}"


def demands(text: str) -> list[Demand]:
    """Read what a query demands; nothing where only one of several things must hold."""
    try:
        borne = set(_borne(parse(text).condition))
    except UsageError:  # named where the region is rendered
        return []
    found = [Demand(m[1].lower(), m[2] or m[3] or "") for m in _LABEL.finditer(text)]
    found += [Demand("in", "")]
    return [demand for demand in found if (demand.field, squeeze(demand.label)) in borne]


def _borne(condition: Condition) -> Iterator[tuple[str, str]]:
    """Yield the labels of every paper that fulfils a condition."""
    match condition:
        case Labelled(field, label):
            yield field, label
        case Not(Has("section")):
            yield "in", ""
        case AnyOf(parts) if is_section_with_tagged(condition):
            yield from (
                (p.field, p.label) for p in parts if isinstance(p, Labelled) and p.field == "in"
            )
        case All(parts):
            for part in parts:
                yield from _borne(part)


def is_section_with_tagged(condition: Condition) -> bool:
    """Tell whether a region is that of one section, with papers of others that have a tag."""
    match condition:
        case AnyOf(parts):
            fields = [part.field for part in parts if isinstance(part, Labelled)]
            others = {*fields} - {"in"}
            return len(fields) == len(parts) and fields.count("in") == 1 and others == {"tag"}
        case All(parts):
            return any(map(is_section_with_tagged, parts))
    return False
