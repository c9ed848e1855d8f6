"""Read any text as an identifier, and explain what is wrong with one that is none."""

from __future__ import annotations

import re

from papertrack.errors import InvalidIdentifier
from papertrack.identifiers.addresses import read_address
from papertrack.identifiers.arxiv_ids import mistyped_arxiv_id
from papertrack.identifiers.identifier import FLAGS, Identifier, Slip
from papertrack.identifiers.values import VALUES, read_value
from papertrack.identifiers.wrapping import unwrap
from papertrack.model import ID_URLS
from papertrack.text import clean_line

_LONGEST = 2_000
"""Longest text that is read at all, in characters; no address or title comes near it."""
_SHOWN = 70
"""Longest text that a message repeats."""

_BARE_KINDS = ("arxiv", "doi", "s2", "acl", "pmlr", "cvf")
"""Kinds whose values need neither a prefix nor an address."""
_ALIASES = {
    "corpusid": "corpus",
    "pmid": "pubmed",
    "pmcid": "pmc",
    "corr": "arxiv",
    "abs": "arxiv",
}
"""Other names of kinds; `CoRR abs/1505.04597` is how DBLP cites what is on arXiv."""
_PREFIX = re.compile(
    rf"(?P<marked>arxiv|doi|title|{'|'.join([*VALUES, *_ALIASES])})\s?:"
    r"|(?P<glued>arxiv|corr|abs(?=/)|doi|corpusid|pmid|pmcid|pmc)",
    FLAGS,
)
_ABS = re.compile(r"^(?:abs)?/", FLAGS)
"""What stands before arXiv ids in addresses, and in citations too."""


def parse(text: str) -> Identifier:
    """Recognise an identifier; raise `InvalidIdentifier` that says what was expected."""
    line = clean_line(text[:_LONGEST])
    try:
        if len(text) > _LONGEST:
            raise Slip(f"it has more than {_LONGEST:,} characters")
        return _read(line)
    except Slip as slip:
        shown = line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
        message = f'"{shown}" is no identifier: {slip.why}'
        raise InvalidIdentifier(message, slip.hint, slip.why) from None


def normalise(kind: str, value: str) -> str:
    """Bring a value of one of the kinds in `ID_URLS` into its normal form.

    A page's address will do, and so will the kind before the value. Raise `InvalidIdentifier` for
    another kind, and for a value of one.
    """
    if kind not in ID_URLS:
        raise InvalidIdentifier(f'ids have no kind "{kind}"', f"one of {', '.join(ID_URLS)}")
    prefix = _PREFIX.match(value.strip())
    marked = (prefix["marked"] or "").lower() if prefix else ""
    is_named = marked and _ALIASES.get(marked, marked) == kind
    found = parse(value if is_named else f"{kind}:{value}")
    if found.kind != kind:
        why = f'"{clean_line(value)}" is of the kind {found.kind}, not {kind}'
        raise InvalidIdentifier(why, f"set ids.{found.kind} instead")
    return found.value


def _read(line: str) -> Identifier:
    text, quoted = unwrap(line)
    found = _prefixed(text) or _bare(text) or read_address(text)
    if found:
        return found
    if quoted and any(map(str.isalnum, text)):
        return Identifier("title", text)
    each = [_identifier_of(word) for word in text.split()]
    inner = next(filter(None, each), None)
    if inner and (all(each) or not _has_two_words(text)):
        hint = f"give {inner} alone; of several, one a line"
        raise Slip("there is more than an identifier", hint)
    if not _has_two_words(text):
        raise _explained(text)
    if inner:
        hint = f"give {inner} alone; a title like this one needs quotes: '\"...\"'"
        raise Slip("there are words around an identifier", hint)
    if "://" in text:
        raise Slip("there are words around an address")
    return Identifier("title", text)


def _prefixed(text: str) -> Identifier | None:
    """Read `arXiv:1505.04597`, `doi 10.1109/x`, `PMC7251955`, and what `str(identifier)` gives."""
    match = _PREFIX.match(text)
    if not match:
        return None
    prefix = (match["marked"] or match["glued"]).lower()
    kind = _ALIASES.get(prefix, prefix)
    rest, _ = unwrap(text[match.end() :])
    rest = _ABS.sub("", rest) if kind == "arxiv" else rest
    if kind == "title":
        return Identifier(kind, rest) if any(map(str.isalnum, rest)) else None
    found = read_value(kind, rest) or read_address(rest)
    if found or match["glued"] or " " in rest:
        return found
    raise _explained(rest)


def _bare(text: str) -> Identifier | None:
    return next(filter(None, (read_value(kind, text) for kind in _BARE_KINDS)), None)


def _has_two_words(text: str) -> bool:
    return sum(any(map(str.isalpha, word)) for word in text.split()) >= 2


def _identifier_of(word: str) -> Identifier | None:
    """Read a word of a text: it may be about that paper and not name it."""
    part, _ = unwrap(word)
    try:
        found = (
            _prefixed(part)
            or read_value("arxiv", part)
            or read_value("doi", part)
            or read_address(part)
        )
    except Slip:
        return None
    return found if found and found.kind != "title" else None


def _explained(text: str) -> Slip:
    """Say what is wrong with a text that looks like an identifier, or what was expected."""
    if re.fullmatch(r"\d{1,12}", text, FLAGS):
        return Slip("a bare number may be of any kind", f"pubmed:{text} or CorpusId:{text}")
    if mistyped := mistyped_arxiv_id(text):
        return mistyped
    if match := re.fullmatch(r"([a-z-]+)(?:\.[a-z-]+)?/\d{7}(?:v\d+)?", text, FLAGS):
        return Slip(f"arXiv has no archive {match[1]}", "for example math/0309136")
    if re.fullmatch(r"[0-9a-f]{24,64}", text, FLAGS):
        return Slip(f"a Semantic Scholar id has 40 hexadecimal digits, not {len(text)}")
    if re.match(r"10\.\d", text):
        return Slip("a DOI is 10, a dot, 4 to 9 digits, a slash and a name")
    expected = "expected an arXiv id, a DOI, the address of a paper, or a title"
    if text.isalpha():
        return Slip(f"{expected} of two words or more", f"in quotes one will do: '\"{text}\"'")
    return Slip(expected)
