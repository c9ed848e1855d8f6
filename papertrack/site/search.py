"""What the search of the page looks through: folded by Python once, not by each browser.

The page finds what `papertrack search` finds by the same words in names, titles, authors, tags,
sections, venues and remarks: `U-Net`, `u net` and `unet` are one word, and accents do not count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from papertrack.matching import Forms, to_plain
from papertrack.model import Paper
from papertrack.site.html import plain

_BETWEEN = "|"
"""Stands between fields and words. All punctuation is gone, so no text holds it."""

_ALWAYS = "ÆØÞæðøþĐđıŁłŒœß"
"""Letters that Unicode does not take apart and `text.fold` does: people type them everywhere."""


def haystack(paper: Paper) -> str:
    """Fold what can be found of a paper: its words, and those that punctuation parts once more.

    The first half parts words at punctuation, `u net`. Behind it stand words as they are without
    it, `unet`, where the first half does not hold them.
    """
    venue = str(paper.venue or "")
    told = (venue, paper.remark)
    texts = (paper.name, paper.title, *paper.authors, *paper.tags, *paper.section, *told)
    forms = Forms(filter(None, map(plain, texts)))
    parted = forms.spaced.replace(" \0 ", f"{_BETWEEN} ")
    words = dict.fromkeys(forms.joined.replace("\0", " ").split())
    return _BETWEEN.join([parted, *(word for word in words if word not in parted)])


def letters(texts: Iterable[str]) -> dict[str, str]:
    """Map the characters of texts that a browser would fold in another way than Python does.

    A browser takes characters apart, drops all marks and writes what is left in lower case.
    """
    found = {*_ALWAYS}.union(*texts)
    known = {*found, *"".join(found).upper(), *"".join(found).lower()}
    foldings = {char: to_plain(char) for char in sorted(known) if not char.isascii()}
    return {char: folded for char, folded in foldings.items() if folded != by_browser(char)}


def by_browser(char: str) -> str:
    """Fold a character as the script of the page does where it has no `letters` for it."""
    parts = unicodedata.normalize("NFKD", char)
    kept = "".join(c for c in parts if not unicodedata.category(c).startswith("M")).lower()
    return "".join(c if c.isascii() or c.isalnum() else " " if c.isspace() else "-" for c in kept)
