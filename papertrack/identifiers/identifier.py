"""The identifier, and what is raised for a text that is none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

FLAGS = re.ASCII | re.IGNORECASE
"""How the patterns match: letters in either case, and no digits or letters but those of ASCII."""


class Identifier(Struct, frozen=True, order=True):
    """One name of one paper: its kind and its value in the kind's own normal form."""

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


def of(ids: Mapping[str, str]) -> frozenset[Identifier]:
    """Name a paper by its `ids`; papers that have one of these in common are the same."""
    return frozenset(Identifier(kind, value) for kind, value in ids.items())


class Slip(Exception):
    """Why a text is no identifier, and what to type instead; `parse` tells it to people."""

    def __init__(self, why: str, hint: str = "") -> None:
        self.why = why
        self.hint = hint or "for example 1505.04597, 10.1007/978-3-319-24574-4_28, or a title"
