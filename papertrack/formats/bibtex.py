r"""BibTeX in UTF-8 that every reader takes as one entry a paper, whatever a title holds.

BibTeX counts braces even behind a backslash, so `\{` would still open a group. Texts therefore
hold no brace but those written here, always in pairs: around the TeX name of a character, and
around what a bibliography style must leave alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote

from papertrack.model import Paper, Venue
from papertrack.names import OTHERS, is_group
from papertrack.text import clean_line, fold, words
from papertrack.venues import is_preprint

EntryType = Literal["article", "inproceedings", "misc"]

_TEX = str.maketrans(
    {char: f"{{\\{char}}}" for char in "&%$#_"}
    | {
        "\\": r"{\textbackslash}",
        "{": r"{$\lbrace$}",
        "}": r"{$\rbrace$}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        "<": "{$<$}",
        ">": "{$>$}",
        "|": "{$|$}",
        "@": "{@}",  # some readers look for the next `@` to find the next entry
    }
)

_IN_ADDRESS = "!#$%&'()*+,-./:;<=>?@[]_|~"
"""Punctuation that stands as it is in addresses and identifiers, which styles print verbatim."""

_WORD = re.compile(r"([^\W_](?:\S*[^\W_])?)")
"""A word from its first letter or digit to its last, without the punctuation around it."""

_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)")
"""Between signs that TeX would join to a dash, a quotation mark or a Spanish mark."""

_SUFFIXED = re.compile(r"(?<!\S)(\S+ (?:[JS]r\.?|II|III|IV))\Z")
"""A surname and what stands behind it, which BibTeX would take for the surname."""

_READ_BY_BIBTEX = frozenset({"and", "others"})

_JOURNAL_NAMES = re.compile(
    r"ieee (?:access|jbhi|tbme|tip|tmi|tnnls|tpami)|ijcv|jmlr|neurocomputing|neuroimage|"
    r"pattern recognition|plos one|proceedings of the ieee|radiology|scientific reports|tacl|tmlr"
)
"""Folded names of journals that do not say that they are one."""

_JOURNAL_WORDS = re.compile(
    r"\b(?:analysis|annals|frontiers|journal|letters|lett|magazine|nature|reviews?|"
    r"transactions|trans)\b"
)
_MEETING_WORDS = re.compile(r"\b(?:conference|meeting|proceedings|symposium|workshops?)\b")

_VENUE_FIELDS: dict[EntryType, str] = {
    "article": "journal",
    "inproceedings": "booktitle",
    "misc": "howpublished",
}


def dump(papers: Mapping[str, Paper]) -> str:
    """Write one entry a paper, a blank line between them."""
    return "\n".join(_entry(key, paper.citable) for key, paper in papers.items())


def _entry(key: str, paper: Paper) -> str:
    kind = entry_type(paper.venue)
    fields = {
        "title": _title(paper.title),
        "author": " and ".join(filter(None, map(_author, paper.authors))),
        _VENUE_FIELDS[kind]: _tex(clean_line(paper.venue.name)) if paper.venue else "",
        "year": str(paper.published or ""),
        "doi": _address(paper.ids.get("doi", "")),
        **_eprint(paper),
        "url": _address(paper.url),
    }
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def entry_type(venue: Venue | None) -> EntryType:
    """Tell what kind of publication a paper is by its venue."""
    if venue is None or is_preprint(venue):
        return "misc"
    name = fold(clean_line(venue.name))
    if _JOURNAL_NAMES.fullmatch(name):
        return "article"
    told = _JOURNAL_WORDS.search(name) and not _MEETING_WORDS.search(name)
    return "article" if told else "inproceedings"


def _eprint(paper: Paper) -> dict[str, str]:
    """Return the fields that name a paper on arXiv; its first category is the primary one."""
    if "arxiv" not in paper.ids:
        return {}
    return {
        "eprint": _address(paper.ids["arxiv"]),
        "archivePrefix": "arXiv",
        "primaryClass": _address(paper.categories[0]) if paper.categories else "",
    }


def _title(title: str) -> str:
    """Brace the words that hold a capital behind their first character: styles lower the rest."""
    parts = _WORD.split(clean_line(title))
    return "".join(
        f"{{{_tex(part)}}}" if part[1:] != part[1:].lower() else _tex(part) for part in parts
    )


def _author(name: str) -> str:
    """Write a name as `First Last`; braces hold together what BibTeX would take apart."""
    line = clean_line(name)
    if line == OTHERS:
        return "others"
    if "," in line or is_group(line) or not _READ_BY_BIBTEX.isdisjoint(words(line)):
        return f"{{{_tex(line)}}}"
    return _SUFFIXED.sub(r"{\1}", _tex(line))


def _tex(line: str) -> str:
    return _LIGATURE.sub("{}", line.translate(_TEX))


def _address(value: str) -> str:
    """Percent-encode what would break a field; the rest of an address is not TeX and stays."""
    return quote(clean_line(value), safe=_IN_ADDRESS)
