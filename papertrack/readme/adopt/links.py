"""What a link of an entry leads to: the paper, code, or something else."""

from __future__ import annotations

import re
from functools import lru_cache

from papertrack import identifiers, repositories
from papertrack.errors import InvalidIdentifier
from papertrack.identifiers import Identifier
from papertrack.model import ID_URLS, CodeLink
from papertrack.readme.adopt.appeared import states
from papertrack.readme.adopt.labels import FRAMEWORKS, Role, link_role, says_only_link
from papertrack.readme.adopt.pieces import Piece, without_emoji
from papertrack.text import fold

_PAPER_HOSTS = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:arxiv\.org|ieee\.org|computer\.org|sciencedirect\.com|elsevier\.com"
    r"|springer\.com|springeropen\.com|springerlink\.com|nature\.com|acm\.org|wiley\.com|mdpi\.com"
    r"|tandfonline\.com|openreview\.net|thecvf\.com|cv-foundation\.org|mlr\.press|jmlr\.org"
    r"|neurips\.cc|nips\.cc|aaai\.org|ijcai\.org|ecva\.net|bmva\.org|bmvc\d*\.org|miccai\.org"
    r"|biorxiv\.org|medrxiv\.org|techrxiv\.org|ssrn\.com|hal\.science|archives-ouvertes\.fr"
    r"|thelancet\.com|jamanetwork\.com|nejm\.org|cell\.com|frontiersin\.org|plos\.org|oup\.com"
    r"|sagepub\.com|spiedigitallibrary\.org|iop\.org|aps\.org|aip\.org|science\.org|sciencemag\.org"
    r"|pnas\.org|elifesciences\.org|bmj\.com|biomedcentral\.com|hindawi\.com|researchgate\.net"
    r"|worldscientific\.com|semanticscholar\.org|researchsquare\.com|jmir\.org|usenix\.org"
    r"|isca-speech\.org|isca-archive\.org|aclanthology\.(?:org|info)|aclweb\.org|doi\.org"
    r"|roboticsproceedings\.org|pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov|europepmc\.org"
    r"|mitpressjournals\.org|direct\.mit\.edu|cambridge\.org|osapublishing\.org|optica\.org"
    r"|ieee-cas\.org|iospress\.com|degruyter\.com|rsna\.org|ajronline\.org|asmedigitalcollection"
    r"\.asme\.org|iclr\.cc|icml\.cc|preprints\.org|osf\.io|melba-journal\.org|midl\.(?:io|amsterdam))"
    r"(?:[/:?#]|$)",
    re.IGNORECASE,
)
_NO_PAPER_HOSTS = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:youtube\.com|youtu\.be|wikipedia\.org|kaggle\.com|twitter\.com"
    r"|x\.com|zhihu\.com|medium\.com|grand-challenge\.org|linkedin\.com|drive\.google\.com"
    r"|scholar\.google\.[\w.]+|huggingface\.co/(?!papers)|bilibili\.com|img\.shields\.io"
    r"|zenodo\.org|paperswithcode\.com/(?!paper/)|colab\.research\.google\.com)",
    re.IGNORECASE,
)
_REPOSITORY = re.compile(
    rf"https?://(?:www\.)?(?:{repositories.FORGES}/[^/\s]+/[^/\s]+|(?:{repositories.SELF_HOSTED})/.+"
    r"|anonymous\.4open\.science/.+|gist\.github\.com/.+|sourceforge\.net/projects/.+)",
    re.IGNORECASE,
)
_WEB = re.compile(r"(?:https?:)?//|www\.|(?:github|arxiv)\.\w+/", re.IGNORECASE)
"""Addresses in the web, with or without a scheme."""
_COLUMNS = frozenset({"code", "project", "other", "paper"})
"""Columns whose links are of one kind, where the address does not tell."""
_LIST = re.compile(r"https?://github\.com/[\w.-]+/awesome[-_][\w.-]+/?(?:#.*)?$", re.IGNORECASE)
"""Other lists."""
_NO_KIND = re.compile(
    r"(?<!\w)(?:codes?|github|repo|repository|link|here|stars?)(?!\w)", re.IGNORECASE
)
"""Words that say no more than that there is code."""
_DOCUMENT = re.compile(r"\.pdf(?:[?#]|$)", re.IGNORECASE)


@lru_cache(maxsize=16_384)
def identifier(url: str) -> Identifier | None:
    """Read the identifier that the address of a paper's page carries."""
    try:
        found = identifiers.parse(url)
    except InvalidIdentifier:
        return None
    return found if found.kind in ID_URLS else None


def leads_to(url: str) -> Role:
    """Say from the address alone what a link leads to; empty where it does not show."""
    if _DOCUMENT.search(url):
        return "paper"
    if _REPOSITORY.match(url):
        return "code"
    if _NO_PAPER_HOSTS.match(url):
        return "other"
    if _PAPER_HOSTS.match(url) or identifier(url):
        return "paper"
    return ""


def role_of(piece: Piece, column: Role = "") -> Role:
    """Say what a link is to its paper, from its label, its column and its address."""
    if not piece.link:
        return ""
    url = piece.link.url
    if not _WEB.match(url):
        return "other"
    target = leads_to(url)
    said = _promised(piece, column, target)
    if said:
        return "code" if said == "paper" and target == "code" else said
    if _LIST.match(url):
        return "other"
    if column in _COLUMNS:
        return target if target in ("paper", "code") else column
    return target or ("project" if says_only_link(without_emoji(piece.label)) else "")


def _promised(piece: Piece, column: Role, target: Role) -> Role:
    """Say what the label of a link promises; a venue or a date promises the paper."""
    label = without_emoji(piece.label)
    ahead, _, behind = label.partition(": ")
    if behind and (role := link_role(ahead)):
        return role
    may_be_place = target != "code" and column not in ("code", "project", "other")
    place = states(label, enclosed=True) if may_be_place else None
    if place and place.venue and place.year and states(label):
        return "paper"
    if role := link_role(label, bracketed=bool(piece.group)):
        return role
    return "paper" if place else ""


def code_link(piece: Piece) -> CodeLink:
    """Make a code link; its label says whose it is and which framework it needs."""
    assert piece.link
    label, framework = code_kind(piece.label)
    url = repositories.normalise_url(piece.link.url) or piece.link.url
    return CodeLink(url=url, label=label, framework=framework, source="list")


def code_kind(label: str) -> tuple[str, str]:
    """Read what a code link is called: `unofficial-pytorch : https://...` says two things."""
    said = without_emoji(label.partition("http")[0]).strip(" :：[]()*.,-")
    words = re.findall(r"[\w.+]+", said)
    if len(words) > 5:
        return "", ""
    framework = next((w for w in words if fold(w) in FRAMEWORKS), "")
    kept = re.sub(rf"(?<!\w){re.escape(framework)}(?!\w)", " ", said) if framework else said
    kept = _NO_KIND.sub(" ", kept)
    kept = " ".join(kept.split()).strip(" -:_/()[],.")
    return (kept if any(map(str.isalpha, kept)) else ""), fold(framework)
