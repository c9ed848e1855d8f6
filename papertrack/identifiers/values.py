"""How the values of each kind read, and their normal forms."""

from __future__ import annotations

import re
from urllib.parse import unquote

from papertrack.identifiers.arxiv_ids import read_arxiv_id
from papertrack.identifiers.identifier import FLAGS, Identifier
from papertrack.identifiers.wrapping import unwrap

VALUES = {
    "s2": r"[0-9a-f]{40}",
    "corpus": r"\d{1,12}",
    "acl": r"\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+|[a-z]\d\d-\d{4}",
    "openreview": r"[\w-]{6,40}",
    "cvf": r"content[-\w]*/(?:[-\w]+/){0,2}(?:html|papers)/[-\w.+,'()/ ]+_paper",
    "pmlr": r"[vr]\d+/[a-z][a-z0-9-]*",
    "pubmed": r"\d{1,8}",
    "pmc": r"(?:pmc)?\d{1,9}",
    "pwc": r"[a-z0-9][a-z0-9-]*",
}
"""How values read, of all kinds but arXiv ids, DOIs and titles."""

_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}(?:\.\d+)*/[-\w.;:,()/<>\[\]+*~]+", re.ASCII)
"""A DOI of the characters in use; `?`, `#` and `%` are not among them, as addresses need them."""
_BEHIND_DOI = re.compile(
    r"(?:[./](?:full|full-?text|abstract|abs|short|long|meta|summary|references|e?pdf|html?|xml"
    r"|(?:figures|tables)/\d+)|\+html|;jsessionid)$"
)
"""What publishers put behind a DOI in an address: the view of the paper."""
_PREPRINT_VERSION = re.compile(r"(?<=\d)v\d+$")
"""bioRxiv and medRxiv (10.1101, 10.64898) put a version behind the DOI, which has none."""
_OXFORD_NUMBER = re.compile(r"^(10\.1093/[^/]+/[^/]+)/\d{5,}$")
"""Oxford University Press puts a number of its own behind the DOI."""
_ARXIVS_OWN = "10.48550/arxiv."


def read_value(kind: str, text: str) -> Identifier | None:
    """Read a value whose kind is known, and bring it into its normal form."""
    if kind == "arxiv":
        return read_arxiv_id(text)
    if kind == "doi":
        match = _DOI.fullmatch(re.split(r"[?#]", unquote(text))[0])
        return _doi(match[0]) if match else None
    if not re.fullmatch(VALUES[kind], text, FLAGS):
        return None
    if kind in ("corpus", "pubmed", "pmc"):
        return Identifier(kind, str(int(text.upper().removeprefix("PMC"))))
    if kind == "cvf":
        return Identifier(kind, text.replace(" ", "_").replace("/papers/", "/html/", 1))
    if kind == "acl" and text[0].isalpha():
        return Identifier(kind, text.upper())
    return Identifier(kind, text if kind == "openreview" else text.lower())


def find_doi(place: str) -> Identifier | None:
    """Find the DOI in path and query of an address."""
    match = _DOI.search(place)
    return _doi(match[0]) if match else None


def _doi(text: str) -> Identifier | None:
    """Bring a DOI into its normal form; one of arXiv's own is the arXiv id."""
    doi, before = text.lower(), ""
    while doi != before:
        before = doi
        doi = _OXFORD_NUMBER.sub(r"\1", _BEHIND_DOI.sub("", unwrap(doi)[0]))
        if doi.startswith(("10.1101/", "10.64898/")):
            doi = _PREPRINT_VERSION.sub("", doi)
    if doi.startswith(_ARXIVS_OWN):
        return read_arxiv_id(doi.removeprefix(_ARXIVS_OWN))
    return Identifier("doi", doi) if _DOI.fullmatch(doi) else None
