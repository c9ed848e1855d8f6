"""Rules about venues and years."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from papertrack.checks.findings import Note, Rule
from papertrack.checks.subjects import Item, Mention
from papertrack.identifiers import arxiv_date
from papertrack.model import Venue
from papertrack.text import title_key
from papertrack.venues import is_preprint, normalise

_GRACE = 6
"""Months of the next year in which authors still put up a paper that has appeared."""

_HELD: dict[str, tuple[str, Callable[[int], bool]]] = {
    "ECCV": ("in even years", lambda year: year % 2 == 0),
    "ICCV": ("in odd years", lambda year: year % 2 == 1 or year < 1999),
    "ACCV": ("in even years", lambda year: year % 2 == 0 or year < 2010),
    "ICPR": ("in even years", lambda year: year % 2 == 0),
    "IPMI": ("in odd years", lambda year: year % 2 == 1),
    "ICLR": ("since 2013", lambda year: year >= 2013),
    "MIDL": ("since 2018", lambda year: year >= 2018),
    "CoRL": ("since 2017", lambda year: year >= 2017),
    "CHIL": ("since 2020", lambda year: year >= 2020),
}
"""When conferences take place that do not every year, or that are young."""

_RENAMED = {"NIPS": 2018}
"""Names that were right before a year: NeurIPS was NIPS until 2017."""


def venue_before_arxiv(items: Sequence[Item]) -> Iterator[Note]:
    """Report a venue whose year is over before the paper came to arXiv.

        - Some paper, CVPR 2019, https://arxiv.org/abs/2106.01234

    The year or the link is wrong, often because a line was copied. Papers that came to arXiv in
    the first half of the year after their venue pass.

    Open the link, and correct the one that is wrong.
    """
    for item in items:
        venue = normalise(item.venue, item.year)
        date = arxiv_date(item.ids.get("arxiv", ""))
        if not venue or not venue.year or not date:
            continue
        year, month = date
        grace = 0 if is_preprint(venue) else _GRACE
        if (year, month) > (venue.year + 1, grace):
            told = f"arXiv {item.ids['arxiv']} is of {year}-{month:02}, after {venue}"
            yield Note(item.place.at("venue"), told)


def venue_not_held(mentions: Sequence[Mention]) -> Iterator[Note]:
    """Report a conference in a year in which it did not take place.

    ECCV is held in even years and ICCV in odd ones; ICLR began in 2013.

        | DenseNet | ECCV 2017 |

    Look up where the paper appeared.
    """
    for mention in mentions:
        venue = normalise(mention.venue, mention.year)
        if not venue or not venue.year:
            continue
        conference = venue.name.removesuffix(" Workshop")
        when, is_held = _HELD.get(conference, ("", lambda year: True))
        if not is_held(venue.year):
            yield Note(mention.place, f"there was no {venue}: {conference} is held {when}")


def venue_spellings(mentions: Sequence[Mention]) -> Iterator[Note]:
    """Report a venue that the list spells in several ways.

    A search for one spelling misses the papers under the other.

        - ..., MedIA 2022
        - ..., Medical Image Analysis 2023

    Settle for one. `NIPS` is right until 2017, and `NeurIPS` since.
    """
    groups: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for mention in mentions:
        venue, printed = normalise(mention.venue, mention.year), _printed(mention)
        if venue and is_preprint(venue):
            printed = printed.partition(" ")[0]  # a date or a remark may follow
        if venue and printed and not _was_called(printed, venue):
            groups[title_key(venue.name)].append((printed, mention))
    for group in groups.values():
        counts = Counter(printed for printed, _ in group)
        if len(counts) > 1:
            (usual, times), *others = counts.most_common()
            first = dict(reversed(group))
            rest = ", ".join(f"{p} ({n}, first on {first[p].where})" for p, n in others)
            place = min(first[p].place for p, _ in others)
            yield Note(place, f"{usual} ({times}) is spelled in other ways: {rest}")


def _printed(mention: Mention) -> str:
    """Return the name of a venue as printed, without its year and remarks in brackets."""
    bare = re.sub(r"\([^()]*\)?|\W*(?:19|20)\d\d\W*|['’]\d\d\b", " ", mention.venue)
    return " ".join(bare.split()).strip(" ,.-[]")


def _was_called(printed: str, venue: Venue) -> bool:
    return (venue.year or 0) < _RENAMED.get(printed.upper(), 0)


PAPER_RULES: dict[str, Rule[Sequence[Item]]] = {
    "venue-before-arxiv": Rule("warning", venue_before_arxiv),
}

MENTION_RULES: dict[str, Rule[Sequence[Mention]]] = {
    "venue-not-held": Rule("warning", venue_not_held),
    "venue-spellings": Rule("info", venue_spellings),
}
