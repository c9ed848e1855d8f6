"""Changes that people make to a paper by hand. Paper in, paper out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from papertrack import corrections, identifiers, names, venues
from papertrack.errors import NotFound, UsageError, listed
from papertrack.model import ID_URLS, Benchmark, CodeLink, Link, Paper, Result, Venue, replace
from papertrack.repositories import identity, normalise_url
from papertrack.text import LONGEST_TEXT, clean_line, clean_text

_CHANGE = re.compile(r"([a-z0-9_.]+)\s*(\+=|-=|=)(.*)", re.DOTALL)


def assign(paper: Paper, change: str) -> Paper:
    """Carry out `field=value`, `field+=value` or `field-=value` (for lists).

    What a source could put back is pinned: a field set with `=`, and the authors. An empty value
    takes the field out.
    Raises UsageError for what is no field, and for a value that the field cannot hold; NotFound
    for what a list does not hold.
    """
    match = _CHANGE.fullmatch(change.strip())
    if not match:
        raise UsageError(
            f"{change!r} is no change of a field", "field=value, tags+=value, code-=URL"
        )
    field, operator, value = match[1], match[2], match[3].strip()
    group, _, part = field.rpartition(".")
    if operator != "=":
        return _extend(paper, field, operator, value)
    if field == "title" and not clean_line(value):
        raise UsageError("a paper has a title", "title=...")
    if field in FIELDS:
        return pin(replace(paper, **{field: FIELDS[field](value)}), field)
    if group in ("", "ids") and part in ID_URLS:
        return pin(_set_id(paper, part, value), f"ids.{part}")
    if group == "venue" and part in _VENUE_PARTS and paper.venue:
        return pin(_set_venue_part(paper, paper.venue, part, value), "venue")
    if group == "venue" and part in _VENUE_PARTS:
        raise UsageError(f"{field} needs a venue", 'venue="MICCAI 2015" first')
    raise UsageError(f"there is no field {field!r} to set", f"fields: {', '.join(SETTABLE)}")


def retag(paper: Paper, changes: Iterable[str]) -> Paper:
    """Add the tags that begin with `+` (or with nothing) and take those out that begin with `-`.

    One that is not there is out already.
    """
    for change in changes:
        tag = clean_line(change.lstrip("+-"))
        if not tag:
            raise UsageError(f"{change!r} is no tag", "papertrack tag KEY +new -old")
        if not change.startswith("-"):
            paper = _extend(paper, "tags", "+=", tag)
        elif tag in paper.tags:
            paper = _extend(paper, "tags", "-=", tag)
    return paper


def absent(paper: Paper, changes: Iterable[str]) -> list[str]:
    """List the tags that are to be taken off a paper that has none called so."""
    off = (clean_line(change.lstrip("+-")) for change in changes if change.startswith("-"))
    return [tag for tag in off if tag not in paper.tags]


def annotate(paper: Paper, text: str) -> Paper:
    """Add a note under those that are there."""
    note = clean_text(text)
    if not note:
        raise UsageError("the note is empty", 'papertrack note KEY "what to remember"')
    return replace(paper, notes=f"{paper.notes}\n{note}".strip())


def add_result(paper: Paper, result: Result, said: Collection[str] = ()) -> Paper:
    """Put a result in; a row that is there is corrected. `said` is that of `corrections.put`."""
    name = result.row_name(paper.short_name)
    dismissed = tuple(taken for taken in paper.dismissed if taken != name)
    results = corrections.put(paper.results, result, paper.short_name, said)
    return replace(paper, results=results, dismissed=dismissed)


def remove_results(paper: Paper, benchmark: str, row: str | None) -> Paper:
    """Take the results on a benchmark out, those of one row where it is named.

    A row is named as the table does, by its model, or by the fingerprint of its result.
    """
    gone = [
        result
        for result in corrections.standing(paper.results)
        if result.benchmark == benchmark and row in (None, *_names(result, paper.short_name))
    ]
    after = replace(paper, results=corrections.take_out(paper.results, gone))
    left = {r.row_name(paper.short_name) for r in after.results if r.benchmark == benchmark}
    names = [result.row_name(paper.short_name) for result in gone]
    out = [name for name in names if name not in left]
    return replace(after, dismissed=tuple(dict.fromkeys([*paper.dismissed, *out])))


def remove_rows(benchmark: Benchmark, name: str, row: str | None) -> Benchmark:
    """Take rows out that a benchmark itself holds, named as those of a paper are.

    Where several are called so, `row` may name one of them.
    """
    gone = [
        result
        for result in corrections.standing(benchmark.results)
        for names in [_names(result, "")]
        if name in names and row in (None, *names)
    ]
    kept = corrections.take_out(benchmark.results, gone)
    out = {result.row_name("") for result in gone} - {result.row_name("") for result in kept}
    dismissed = dict.fromkeys([*benchmark.dismissed, *sorted(out)])
    return replace(benchmark, results=kept, dismissed=tuple(dismissed))


def _names(result: Result, paper: str) -> tuple[str, ...]:
    return result.row_name(paper), result.model or paper, corrections.fingerprint(result)


def dismiss(before: Paper, after: Paper) -> Paper:
    """Note the links and names that an edit took out: nothing brings them back, or misses them.

    A README that is not rendered yet still holds them. A link in another spelling is the same one.
    """
    was, now = ({identity(url) or url: url for url in paper.urls} for paper in (before, after))
    gone = {url for same, url in was.items() if same not in now}
    gone |= {*before.names - after.names, *{before.title} - {after.title}}
    back = {*(now.keys() - was.keys()), *after.names - before.names}
    kept = [t for t in after.dismissed if t not in back and identity(t) not in back]
    return replace(after, dismissed=tuple(dict.fromkeys([*kept, *sorted(gone)])))


def code_link(text: str) -> CodeLink:
    """Read a code link given by hand: a URL, with a label before it (`unofficial https://...`)."""
    label, _, url = clean_line(text).rpartition(" ")
    address = normalise_url(url)
    if not address:
        raise _no_address(url)
    return CodeLink(url=address, label=label or "official")


def section(text: str) -> tuple[str, ...]:
    """Read a section path: `Segmentation / Brain`."""
    return tuple(
        part for part in (clean_line(p) for p in re.split(r"\s+/\s+|\s*>\s*", text)) if part
    )


def venue(text: str) -> Venue | None:
    """Read a venue with its year: `MICCAI 2015`; None where the text is empty."""
    read = venues.normalise(text)
    if text and not read:
        raise UsageError(f"{text!r} names no venue", 'venue="MICCAI 2015"')
    return read


def _year(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"(?:19|20)\d\d", text):
        raise UsageError(f"{text!r} is no year", "year=2015")
    return int(text)


def _list(text: str) -> tuple[str, ...]:
    return tuple(item for item in map(clean_line, text.split(",")) if item)


def _codes(text: str) -> tuple[CodeLink, ...]:
    return tuple(code_link(item) for item in _list(text))


def _links(text: str) -> tuple[Link, ...]:
    return tuple(_link(item) for item in _list(text))


def _link(text: str) -> Link:
    label, _, url = clean_line(text).rpartition(" ")
    return Link(url=web_address(url), label=label or "link")


def web_address(text: str) -> str:
    """Return an address that is one; raise UsageError for any other text."""
    address = clean_line(text)
    if not re.match(r"https?://[^\s/]+", address, re.IGNORECASE):
        raise _no_address(text)
    return address


def _no_address(text: str) -> UsageError:
    return UsageError(f"{text!r} is no web address", "an address begins with https://")


FIELDS: Mapping[str, Callable[[str], Any]] = {
    "title": clean_line,
    "name": clean_line,
    "authors": names.split,
    "year": _year,
    "venue": venue,
    "section": section,
    "tags": _list,
    "code": _codes,
    "links": _links,
    "abstract": lambda text: clean_line(text, limit=LONGEST_TEXT),
    "remark": clean_line,
    "comment": clean_line,
    "notes": clean_text,
    "status": clean_line,
}
"""The fields that can be set, and how each reads its value."""

_VENUE_PARTS: Mapping[str, Callable[[str], Any]] = {
    "year": _year,
    "url": lambda text: web_address(text) if text else "",
    "note": clean_line,
}

SETTABLE = (
    *FIELDS,
    *(f"venue.{part}" for part in _VENUE_PARTS),
    *(f"ids.{kind}" for kind in ID_URLS),
)
"""What can stand before the `=` of a change."""

LISTS: Mapping[str, Callable[[str], Sequence[Any]]] = {
    "tags": _list,
    "code": _codes,
    "links": _links,
    "authors": names.split,
}
"""The fields that can be added to and taken out of, and how each reads a value."""


def _extend(paper: Paper, field: str, operator: str, value: str) -> Paper:
    """Add to a list, or take out of it; links are the same when their addresses are.

    Raises NotFound, with what there is, for what is to be taken out and is not there.
    """
    if field not in LISTS:
        raise UsageError(f"{field} is no list", f"{field}=value, or one of {', '.join(LISTS)}")
    held = {_identity(item): item for item in getattr(paper, field)}
    named = {_identity(item): item for item in LISTS[field](value)}
    if not named:
        raise UsageError(f"{field + operator!r} names nothing", f"{field}{operator}VALUE")
    missing = [repr(_told(item)) for identity, item in named.items() if identity not in held]
    if operator == "-=" and missing:
        there = listed(map(_told, held.values())) or "none"
        raise NotFound(
            f"there is no {', '.join(missing)} in {field} to take out", f"{field}: {there}"
        )
    if operator == "+=":
        left = held | named
    else:
        left = {identity: item for identity, item in held.items() if identity not in named}
    extended = replace(paper, **{field: tuple(left.values())})
    return pin(extended, field) if field == "authors" else extended


def _told(item: str | CodeLink | Link) -> str:
    return item if isinstance(item, str) else item.url


def _identity(item: str | CodeLink | Link) -> str:
    return item if isinstance(item, str) else identity(item.url)


def _set_id(paper: Paper, kind: str, value: str) -> Paper:
    others = {k: v for k, v in paper.ids.items() if k != kind}
    return replace(
        paper, ids=others | ({kind: identifiers.normalise(kind, value)} if value else {})
    )


def _set_venue_part(paper: Paper, venue: Venue, part: str, value: str) -> Paper:
    return replace(paper, venue=replace(venue, **{part: _VENUE_PARTS[part](value)}))


def pin(paper: Paper, field: str) -> Paper:
    """Note that a person has set a field: no source overwrites it."""
    sources = {k: v for k, v in paper.sources.items() if k != field}
    return replace(paper, pinned=tuple(sorted({*paper.pinned, field})), sources=sources)
