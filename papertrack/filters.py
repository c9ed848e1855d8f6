"""The fields of the query language: what may stand behind the colon of each, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from math import inf

from papertrack.conditions import (
    LABELS,
    NUMBERS,
    Between,
    Condition,
    Has,
    Identified,
    Labelled,
    Named,
    Not,
)
from papertrack.errors import UsageError
from papertrack.matching import term
from papertrack.model import ID_URLS

FIELDS = {
    "title": "a word of the title or the short name, or a part of one",
    "author": 'an author\'s name or its beginning; author:"li" finds Li but not Lin',
    "venue": "where it appeared, or its beginning: venue:miccai",
    "year": "2015, 2015..2018, 2019.., ..2015 or >=2015; of the venue, else of the first version",
    "tag": "a whole tag",
    "section": "a whole section, with those inside of it; A / B for B directly inside of A",
    "in": "a section alone, without those inside of it",
    "status": "where you stand with it: status:to-read",
    "benchmark": "the id of a benchmark on which it has results",
    "cites": "a number of citations: >100, <=10 or 50..100",
    "code": "yes or no",
    "has": "what is filled in: has:doi, has:abstract, has:notes",
    "arxiv": "an arXiv identifier: arxiv:1505.04597",
    "doi": "a DOI: doi:10.1007/978-3-319-24574-4_28",
    "key": "the whole key of a paper",
}
"""What the help says of each field."""

_PARTS = (
    *("abstract", "authors", "citations", "code", "comment", "links", "name", "notes"),
    *("remark", "results", "section", "status", "tags", "venue", "year"),
)
"""What `has:` knows beside the kinds of identifier: fields of a paper."""


def make_filter(field: str, value: str, *, quoted: bool = False) -> Condition:
    """Read a field and what stands behind its colon; a UsageError says what may stand there."""
    name = field.lower()
    if name in ("http", "https"):
        return _identified(name, value)
    if name not in FIELDS:
        raise UsageError(
            f'there is no field "{field}:"',
            f"{_nearest(name, FIELDS, ':')}fields are {_listed(FIELDS, ':')}; "
            f'text with a colon in it goes in quotes: "{field}:{value}"',
        )
    wanted = term(value, whole=quoted)
    if wanted is None:
        raise UsageError(f"{name}: needs a value", f"{name}: takes {FIELDS[name]}")
    if name in LABELS:
        return Labelled(name, wanted.squeezed)
    if name in NUMBERS:
        return _between(name, value)
    read = _READERS.get(name)
    return read(name, value) if read else Named(name, wanted)


_COMPARISON = re.compile(r"(>=|<=|[<>=]?)(\d{1,9})", re.ASCII)
_RANGE = re.compile(r"(\d{0,9})\.\.(\d{0,9})", re.ASCII)


def _between(field: str, value: str) -> Condition:
    if match := _COMPARISON.fullmatch(value):
        number = int(match[2])
        bounds = {
            ">": (number + 1, inf),
            ">=": (number, inf),
            "<": (-inf, number - 1),
            "<=": (-inf, number),
        }
        return Between(field, *bounds.get(match[1], (number, number)))
    match = _RANGE.fullmatch(value)
    if match is None:
        hint = f"{field}: takes {FIELDS[field]}"
        raise UsageError(f"{field}:{value} is no number and no range", hint)
    low, high = float(match[1] or -inf), float(match[2] or inf)
    if low > high:
        hint = f"write {field}:{match[2]}..{match[1]}"
        raise UsageError(f"{field}:{value} is an empty range", hint)
    return Between(field, low, high)


def _code(field: str, value: str) -> Condition:
    if value.lower() not in ("yes", "no"):
        raise UsageError(f"{field}:{value} is not known", f"write {field}:yes or {field}:no")
    return Has("code") if value.lower() == "yes" else Not(Has("code"))


def _has(field: str, value: str) -> Condition:
    known = (*_PARTS, *ID_URLS)
    if value.lower() not in known:
        hint = f"{_nearest(value, known)}{field}: takes {_listed(known)}"
        raise UsageError(f"{field}:{value} is not known", hint)
    return Has(value.lower())


def _identified(field: str, value: str) -> Condition:
    from papertrack import identifiers

    found = identifiers.parse(f"{field}:{value}")
    if found.kind not in ID_URLS:
        raise UsageError(
            f'"{field}:{value}" is no identifier that a paper of the list keeps',
            "write arxiv:1505.04597, doi:10.1007/978-3-319-24574-4_28, or words of the title",
        )
    return Identified(found.kind, found.value)


_READERS: dict[str, Callable[[str, str], Condition]] = {
    "code": _code,
    "has": _has,
    "arxiv": _identified,
    "doi": _identified,
    "key": lambda field, value: Identified(field, value.lower()),
}


def _nearest(word: str, known: Iterable[str], colon: str = "") -> str:
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), list(known), n=1)
    return f"did you mean {near[0]}{colon}? " if near else ""


def _listed(known: Iterable[str], colon: str = "") -> str:
    return ", ".join(f"{name}{colon}" for name in known)
