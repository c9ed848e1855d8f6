"""Where the addresses of pages hold an identifier, site by site."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from papertrack.identifiers.arxiv_ids import find_arxiv_id, mistyped_arxiv_id
from papertrack.identifiers.identifier import FLAGS, Identifier, Slip
from papertrack.identifiers.values import VALUES, find_doi, read_value

_ADDRESS = re.compile(
    r"(?:https?://(?:www\.)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?=[/?#]|$)"
    r"|(?:www\.)?(?P<bare_host>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?=/))"
    r"(?P<place>[^#\s]*)(?:#\S*)?",
    FLAGS,
)

_ARXIV_HOST = re.compile(
    r"(?:[\w-]+\.)*(?:arxiv|alphaxiv|ar5iv)\.org|xxx\.lanl\.gov|ui\.adsabs\.harvard\.edu"
    r"|papers\.cool|scirate\.com|(?:api\.)?semanticscholar\.org"
    r"|(?:arxiv-vanity|arxiv-sanity|arxiv-sanity-lite)\.com"
)
"""Sites whose addresses hold an arXiv id as it stands."""


class _Page(NamedTuple):
    """Where the addresses of a site hold an identifier of another kind, or in another form."""

    host: str
    place: str
    """Pattern in path and query; its groups fill the template."""
    kind: str
    template: str = "{}"


_PAGES = (
    _Page(r"(api\.)?semanticscholar\.org", rf"/({VALUES['s2']})(?!\w)", "s2"),
    _Page(r"(api\.)?semanticscholar\.org", r"(?:/p/|/corpusid:)(\d+)", "corpus"),
    _Page(r"openreview\.net", r"^/(?:forum|pdf)\?(?:.*&)?id=([\w-]+)", "openreview"),
    _Page(r"aclanthology\.(org|info)|aclweb\.org", rf"/({VALUES['acl']})(?:v\d+)?(?!\w)", "acl"),
    _Page(r"openaccess\.thecvf\.com", rf"^/({VALUES['cvf']})", "cvf"),
    _Page(r"cv-foundation\.org", rf"^/openaccess/({VALUES['cvf']})", "cvf"),
    _Page(r"proceedings\.mlr\.press", rf"^/({VALUES['pmlr']})", "pmlr"),
    _Page(r"jmlr\.org", rf"^/proceedings/papers/({VALUES['pmlr']})", "pmlr"),
    _Page(
        r"raw\.githubusercontent\.com",
        r"^/mlresearch/(v\d+)/main/assets/([\w-]+)/",
        "pmlr",
        "{}/{}",
    ),
    _Page(r"pubmed\.ncbi\.nlm\.nih\.gov", r"^/(\d+)", "pubmed"),
    _Page(r"ncbi\.nlm\.nih\.gov|europepmc\.org", r"/(?:pubmed|med)/(\d+)", "pubmed"),
    _Page(r"(pmc\.)?ncbi\.nlm\.nih\.gov|europepmc\.org", r"/pmc(\d+)", "pmc"),
    _Page(r"(\w+\.)?paperswithcode\.com", rf"^/paper/({VALUES['pwc']})", "pwc"),
    _Page(
        r"nature\.com",
        r"/(?:articles|abs|full|pdf)/(?!10\.)([a-z0-9.-]*\d[a-z-]*)",
        "doi",
        "10.1038/{}",
    ),
    _Page(r"(huggingface|hf)\.co|emergentmind\.com", r"^/papers/(\d{4}\.\d+)", "arxiv"),
    _Page(r"ui\.adsabs\.harvard\.edu", r"/\d{4}arxiv(\d{4})\.?(\d+)", "arxiv", "{}.{}"),
    _Page(r"dblp\.(org|uni-trier\.de)", r"/corr/abs-(\d{4})-(\d+)", "arxiv", "{}.{}"),
)

_ADVICE = {
    "ieeexplore.ieee.org": "copy the DOI from the page; it begins with 10.1109/",
    "sciencedirect.com": "copy the DOI from the page; it begins with 10.1016/",
    "github.com": "give the id of the paper, and the repository with --code",
    "gitlab.com": "give the id of the paper, and the repository with --code",
    "img.shields.io": "give the address behind the badge",
}
"""What to do about addresses that people often paste and that name no paper."""


def read_address(text: str) -> Identifier | None:
    """Read the address of a page; raise `Slip` for one that shows no identifier."""
    match = _ADDRESS.fullmatch(text)
    if not match:
        return None
    host = (match["host"] or match["bare_host"]).lower()
    place = unquote(match["place"])
    if host in _ADVICE:
        raise Slip(f"an address on {host} does not name a paper", _ADVICE[host])
    found = _on_page(host, place) or find_doi(place) or _nested(place)
    if found:
        return found
    raise _no_paper_at(host, place)


def _on_page(host: str, place: str) -> Identifier | None:
    for page in _PAGES:
        match = re.fullmatch(page.host, host) and re.search(page.place, place, FLAGS)
        if match and (found := read_value(page.kind, page.template.format(*match.groups()))):
            return found
    return find_arxiv_id(place) if _ARXIV_HOST.fullmatch(host) else None


def _nested(place: str) -> Identifier | None:
    """Read the address that an archive, a proxy or a redirection carries in its own."""
    _, http, rest = place.rpartition("http")  # without one it is all of the place: no address
    return read_address(http + rest.partition("&")[0])


def _no_paper_at(host: str, place: str) -> Slip:
    mistyped = mistyped_arxiv_id(place)
    if mistyped and not _ARXIV_HOST.fullmatch(host):
        return Slip(f"{host} is not a host of papers that is known", mistyped.hint)
    return mistyped or Slip(
        f"this address on {host} shows no identifier",
        "give the DOI or the arXiv id of the paper, or its title",
    )
