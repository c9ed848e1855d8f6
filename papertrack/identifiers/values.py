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
_BEHIND_DOI = tuple(
    re.compile(pattern)
    for pattern in (
        # views of the paper, at many publishers
        r"(10\.[\d.]+/.+?)(?:[./](?:full|full-?text|abstract|abs|short|long|meta|summary|references"
        r"|e?pdf|html?|xml(?:/nlm)?|(?:figures|tables)/\d+|metrics|article-(?:info|metrics)"
        r"|external-links|supplementary-material|suppl_file/.+)|\+html|;jsessionid)",
        # bioRxiv and medRxiv: a version, which the DOI has not, and what belongs to it
        r"(10\.(?:1101|64898)/.*\d)v\d+(?:[./].+)?",
        # Oxford University Press: a number of its own, and the name of a file
        r"(10\.1093/[^/]+/[^/]+)/\d{5,}(?:/.+)?",
        # AIP, Medical Physics and MIT Press: a number and the title; their DOIs have one slash
        r"(10\.(?:1063|1118|1162)/[^/]+)/\d+(?:/.+)?",
    )
)
"""What publishers put behind a DOI in an address: it goes where a DOI remains."""
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
        before, doi = doi, unwrap(doi)[0]
        for pattern in _BEHIND_DOI:
            longer = pattern.fullmatch(doi)
            doi = longer[1] if longer else doi
    if doi.startswith(_ARXIVS_OWN):
        return read_arxiv_id(doi.removeprefix(_ARXIVS_OWN))
    return Identifier("doi", doi) if _DOI.fullmatch(doi) else None
