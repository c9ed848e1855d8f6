"""Identifiers of papers in every form that people paste.

A text is unwrapped (quotes, brackets, Markdown links), then read as a prefix and a value, as a
value that speaks for itself, as the address of a page, and at last as a title.
"""

from __future__ import annotations

from papertrack.identifiers.arxiv_ids import arxiv_date
from papertrack.identifiers.identifier import Identifier, of
from papertrack.identifiers.reading import normalise, parse
from papertrack.identifiers.titles import title_agrees, title_words
from papertrack.identifiers.wrapping import split_lines

__all__ = [
    "Identifier",
    "arxiv_date",
    "normalise",
    "of",
    "parse",
    "split_lines",
    "title_agrees",
    "title_words",
]
