"""The pages that belong to a paper, and what its line of facts says."""

from __future__ import annotations

from typing import NamedTuple

from papertrack.model import Paper
from papertrack.readme.entries import code_label
from papertrack.site.html import address, plain

_PDFS = {
    "arxiv": "https://arxiv.org/pdf/{}",
    "openreview": "https://openreview.net/pdf?id={}",
    "acl": "https://aclanthology.org/{}.pdf",
}
"""Where the PDF of a paper lies that has such an identifier."""


class Page(NamedTuple):
    """A page under the words that lead to it."""

    label: str
    url: str


def pdf(paper: Paper) -> str:
    """Return the address of a paper's PDF; empty where no identifier tells it."""
    found = (form.format(paper.ids[kind]) for kind, form in _PDFS.items() if kind in paper.ids)
    return address(next(found, ""))


def code(paper: Paper) -> list[Page]:
    """List the repositories of a paper that can be linked."""
    return _usable([Page(code_label(link) or "code", link.url) for link in paper.code])


def others(paper: Paper) -> list[Page]:
    """List the other pages of a paper, without the one to which its title leads."""
    links = [link for link in paper.links if link.url != paper.url]
    return _usable([Page(link.label or "link", link.url) for link in links])


def name(paper: Paper) -> str:
    """Return the short name of a paper where its title does not begin with it."""
    return "" if paper.title.startswith(paper.name) else plain(paper.name)


def authors(paper: Paper) -> str:
    """Name the authors."""
    return ", ".join(map(plain, paper.authors))


def appeared(paper: Paper) -> str:
    """Say where and when a paper appeared, with its remark, and withdrawn where it was."""
    note = f"({paper.venue.note})" if paper.venue and paper.venue.note else ""
    withdrawn = "(withdrawn)" if paper.withdrawn else ""
    return " ".join(filter(None, (paper.appeared, note, withdrawn)))


def _usable(pages: list[Page]) -> list[Page]:
    found = [Page(page.label, address(page.url)) for page in pages]
    return [page for page in found if page.url]
