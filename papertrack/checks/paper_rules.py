"""Rules about the papers of a list: which are the same, and what they lack."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from papertrack import index, merge
from papertrack.checks.findings import Note, Rule, Severity
from papertrack.checks.subjects import Item
from papertrack.errors import listed
from papertrack.model import Paper, Venue
from papertrack.repositories import identity
from papertrack.text import title_key
from papertrack.venues import is_preprint, normalise

_TELLING = 20
"""Letters from which on a title names one paper: `Introduction` does not."""

_SHARED_WORDS = 80
"""Least part (of 100) of the words that two titles of one paper share."""

_BOOK = re.compile(r"10\.1007/[\d-]+")
"""Springer's DOI of a whole book, which many papers stand in; a chapter has `_` and a number."""

_KIND_NAMES = {"arxiv": "arXiv", "doi": "DOI", "openreview": "OpenReview", "acl": "ACL"}


def duplicate_paper(items: Sequence[Item]) -> Iterator[Note]:
    """Report a paper that stands in the list twice, and what differs between the two.

    One copy gets the code link or the venue and the other does not; a reader finds either. It is
    a mere note where the two stand in different sections and say the same. Rows of result tables
    do not count: a paper has one for each of its models.

    Keep one entry with all that both know.
    """
    for name, first, other in _pairs([item for item in items if not item.result]):
        differing = _differing(first, other)
        severity: Severity = "info" if list(differing) == ["section"] else "warning"
        tail = f"; {' and '.join(differing.values())}" if differing else ""
        message = f"the same paper ({name}) stands on {first.where}{tail}"
        yield Note(other.place, message, severity=severity)


def _pairs(items: Sequence[Item]) -> Iterator[tuple[str, Item, Item]]:
    """Pair each entry with the first one of the same paper, and name what they share."""
    told: set[tuple[str, str]] = set()
    for name, (first, *others) in [*_by_id(items), *_by_title(items)]:
        for other in others:
            if (first.where, other.where) not in told and same_work(first, other):
                told.add((first.where, other.where))
                yield name, first, other


def _differing(one: Item, other: Item) -> dict[str, str]:
    """Name the facts in which two entries differ, in words."""
    found: dict[str, str] = {}
    codes = [{identity(link.url) for link in item.code} for item in (one, other)]
    if codes[0] != codes[1]:
        lone = one if not codes[1] else other if not codes[0] else None
        found["code"] = f"only {lone.where} has code" if lone else "the code links differ"
    venues = [_venue(item) for item in (one, other)]
    if venues[0] != venues[1] and all(venues):
        found["venue"] = f"the venue is {venues[0]} there and {venues[1]} here"
    if not _is_part(one.title, other.title):
        found["title"] = "the titles differ"
    if one.section != other.section:
        found["section"] = "the sections differ"
    return found


def _venue(item: Item) -> Venue | None:
    return normalise(item.venue, item.year)


def id_on_two_titles(items: Sequence[Item]) -> Iterator[Note]:
    """Report an identifier that is printed on entries with different titles.

    One of the links leads to the wrong paper: mostly a line was copied and its link left.

    Look both titles up, and give each its own link. Titles of two versions of a paper pass.
    """
    for name, same in _by_id(items):
        first = same[0]
        for other in same[1:]:
            if not same_work(first, other):
                yield Note(
                    other.place,
                    f'{name} is "{_cut(other.title)}" here and "{_cut(first.title)}" '
                    f"on {first.where}",
                )


def _cut(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:59]}…"


def name_on_two_papers(items: Sequence[Item]) -> Iterator[Note]:
    """Report a short name that two papers of the list have.

    Rows of tables and references by name then mean either.

    Give one of them another name: `papertrack set KEY name=...`.
    """
    named: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.name:
            named[item.name.casefold()].append(item)
    for first, *others in named.values():
        for other in others:
            if not merge.agree(_paper(first), _paper(other)) and not _agree(first, other):
                told = f"{other.name} is the name of {first.where} as well"
                yield Note(other.place.at("name"), told)


def preprint_of_published(items: Sequence[Item]) -> Iterator[Note]:
    """Report `arXiv` on a paper whose published venue stands elsewhere in the list.

        - U-Net, arXiv 2015
        - U-Net, MICCAI 2015

    Write the published venue in both places.
    """
    told: set[str] = set()
    for name, *pair in _pairs(items):
        for stale, other in (pair, pair[::-1]):
            venue, published = _venue(stale), _venue(other)
            if not venue or not is_preprint(venue) or is_preprint(published):
                continue
            if stale.where not in told:
                told.add(stale.where)
                message = f"{name} is {venue} here and {published} on {other.where}"
                yield Note(stale.place.at("venue"), message)


def no_code(items: Sequence[Item]) -> Iterator[Note]:
    """Count the papers on arXiv that have no code link, and name the first of them.

    It is one finding for the whole list, since it is more of a plan than of a mistake.

    `papertrack refresh --all` asks arXiv and Hugging Face for the code of what is in a store.
    """
    on_arxiv = [item for item in items if "arxiv" in item.ids]
    without = [item for item in on_arxiv if not item.code]
    if without:
        first = listed([item.where for item in without])
        count = f"{len(without)} of {len(on_arxiv)} papers on arXiv have no code link"
        yield Note(without[0].place, f"{count}: {first}")


def code_twice(items: Sequence[Item]) -> Iterator[Note]:
    """Report an entry that has the same repository twice.

    Keep the link with the better label.
    """
    for item in items:
        seen: set[str] = set()
        for link in item.code:
            if identity(link.url) in seen:
                yield Note(item.place.at("code"), f"the repository {link.url} stands here twice")
            seen.add(identity(link.url))


def same_work(one: Item, other: Item) -> bool:
    """Tell whether two entries can be of the same paper, by their names, titles and authors."""
    same_name = one.name and one.name.casefold() == other.name.casefold()
    return bool(same_name) or _agree(one, other)


def _agree(one: Item, other: Item) -> bool:
    """Tell whether two titles can be one: a version, a part, or no more than a short name."""
    if index.alike(_paper(one), _paper(other)) or _is_part(one.title, other.title):
        return True
    if not (_is_title(one.title) and _is_title(other.title)):
        return True
    from rapidfuzz.fuzz import token_set_ratio

    return token_set_ratio(one.title.casefold(), other.title.casefold()) >= _SHARED_WORDS


def _is_part(one: str, other: str) -> bool:
    shorter, longer = sorted((title_key(one), title_key(other)), key=len)
    return shorter in longer


def _is_title(text: str) -> bool:
    """Tell a title from the name of a model, a data set or a tool."""
    return len(text.split()) > 2


def _paper(item: Item) -> Paper:
    return Paper(title=item.title, authors=tuple(item.authors))


def _by_id(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """Group the entries that have an identifier in common; name the identifier."""
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        for kind, value in item.ids.items():
            if not _BOOK.fullmatch(value):
                groups[kind, value].append(item)
    return [
        (f"{_KIND_NAMES.get(kind, kind)} {value}", same)
        for (kind, value), same in groups.items()
        if len(same) > 1
    ]


def _by_title(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """Group the entries with one title, which must be long enough to be a paper's own."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        # In `SAME++` the signs, which the key leaves out, make another paper.
        groups[title_key(item.title) + "+" * item.title.count("+")].append(item)
    return [
        (f'"{_cut(same[0].title)}"', same)
        for key, same in groups.items()
        if len(same) > 1 and len(key) >= _TELLING
    ]


RULES: dict[str, Rule[Sequence[Item]]] = {
    "duplicate-paper": Rule("warning", duplicate_paper),
    "id-on-two-titles": Rule("error", id_on_two_titles),
    "preprint-of-published": Rule("warning", preprint_of_published),
    "code-twice": Rule("warning", code_twice),
    "no-code": Rule("info", no_code),
}
"""Rules for every list."""

STORE_RULES: dict[str, Rule[Sequence[Item]]] = {
    "name-on-two-papers": Rule("warning", name_on_two_papers),
}
"""Rules for what only a store keeps apart from the title."""
