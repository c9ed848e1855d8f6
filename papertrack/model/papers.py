"""Papers, and what belongs to them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from papertrack.documents import Noun
from papertrack.model.results import UNCONFIRMED, Result


class Venue(Noun, frozen=True):
    """Where a paper appeared, under its usual short name."""

    name: str
    year: int | None = None
    url: str = ""
    note: str = ""
    """A remark printed behind the venue (`rejected by ICLR 2017`); it carries the link to `url`."""

    def __str__(self) -> str:
        return f"{self.name} {self.year}" if self.year else self.name


UNCHECKED = "unchecked"
"""Source of a field that nobody has confirmed; it is never printed as certain."""

LinkState = Literal["stated", "listed", "by hand"]


class CodeLink(Noun, frozen=True):
    """A repository that implements a paper."""

    url: str
    label: str = ""
    """What the link is to the paper: `official`, `unofficial`, `torchvision`, ..."""
    framework: str = ""
    source: str = "user"
    """Who says so: `abstract`, `comment`, `hugging-face`, `user`, ..."""

    @property
    def state(self) -> LinkState:
        """How sure the link is: the paper states it, a service lists it, or a person put it in."""
        if self.source in ("abstract", "comment"):
            return "stated"
        return "by hand" if self.source == "user" else "listed"


class Link(Noun, frozen=True):
    """Any other page of a paper: project, data, weights, slides."""

    url: str
    label: str = "link"


class Citations(Noun, frozen=True):
    """Citation counts, as of a month (`2026-11`)."""

    count: int = 0
    influential: int = 0
    as_of: str = ""


class Paper(Noun, frozen=True):
    """A paper of the list. Its key, the name of its file, stands outside of it."""

    title: str
    name: str = ""
    """Short name: heading of the entry, name of the table row."""
    authors: tuple[str, ...] = ()
    year: int | None = None
    """Year of the first version."""
    venue: Venue | None = None
    ids: dict[str, str] = field(default_factory=dict)
    section: tuple[str, ...] = ()
    """Path of headings in Papers&Codes, outermost first."""
    tags: tuple[str, ...] = ()
    code: tuple[CodeLink, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[str, ...] = ()
    """Badges and pictures that a list prints beside the paper; kept, not printed."""
    remark: str = ""
    """What the list says of the paper, printed behind its entry; one line of plain text."""
    abstract: str = ""
    comment: str = ""
    categories: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    notes: str = ""
    status: str = ""
    """Where the reader stands, in their own words: `to-read`, `read`."""
    withdrawn: bool = False
    """Whether its authors have withdrawn it from arXiv."""
    citations: Citations | None = None
    added: str = ""
    """Day on which the paper came into the list, `2026-11-23`."""
    sources: dict[str, str] = field(default_factory=dict)
    """Which source each field came from."""
    printed: dict[str, str] = field(default_factory=dict)
    """What a list prints of title, year, venue, remark or an id that differs from what is kept."""
    pinned: tuple[str, ...] = ()
    """Fields set by hand, which no source overwrites."""
    dismissed: tuple[str, ...] = ()
    """Links, former names and names of table rows taken out by hand, which nothing brings back."""

    @property
    def short_name(self) -> str:
        """What the paper is called in headings and tables."""
        return self.name or self.title

    @property
    def url(self) -> str:
        """The page where the paper can be read: arXiv before DOI before the others."""
        papers = (link.url for link in self.links if link.label == "paper")
        at_venue = self.venue.url if self.venue else ""
        return next(iter(self.id_urls), "") or next(papers, "") or at_venue

    @property
    def id_urls(self) -> tuple[str, ...]:
        """One page for each identifier that has one, the most readable first."""
        return tuple(
            template.format(self.ids[kind])
            for kind, template in ID_URLS.items()
            if kind in self.ids
        )

    @property
    def appeared(self) -> str:
        """Where and when the paper appeared, as tables print it; arXiv where no venue is known."""
        if self.venue:
            mark = f" ({UNCONFIRMED})" if self.is_unchecked("venue") else ""
            return f"{self.venue}{mark}"
        return f"arXiv {self.year or ''}".strip() if "arxiv" in self.ids else str(self.year or "")

    def is_unchecked(self, field: str) -> bool:
        """Tell whether nobody has confirmed what a field holds."""
        return self.sources.get(field) == UNCHECKED

    @property
    def citable(self) -> Paper:
        """The paper as others may cite it: without a venue that nobody has confirmed."""
        return replace(self, venue=None) if self.is_unchecked("venue") else self

    @property
    def published(self) -> int | None:
        """The year by which the list orders: the venue's, else the first version's."""
        return self.venue.year if self.venue and self.venue.year else self.year

    @property
    def names(self) -> frozenset[str]:
        """What the paper is called in headings and tables, and its results in theirs."""
        rows = (result.row_name(self.short_name) for result in self.results)
        return frozenset([self.short_name, *rows])

    @property
    def urls(self) -> frozenset[str]:
        """Every link of the paper, identifiers included."""
        named = [*(c.url for c in self.code), *(link.url for link in self.links)]
        named += [self.venue.url] if self.venue and self.venue.url else []
        named += [r.source.url for r in self.results if r.source and r.source.url]
        return frozenset([*named, *self.id_urls])


ID_URLS = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "acl": "https://aclanthology.org/{}/",
    "pmlr": "https://proceedings.mlr.press/{}.html",
    "cvf": "https://openaccess.thecvf.com/{}.html",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "s2": "https://www.semanticscholar.org/paper/{}",
}
"""The kinds of identifier that a paper keeps, and the page of each, best link first."""


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one source says of one paper. Empty fields mean that it does not say."""

    source: str
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: Venue | None = None
    dated: bool = False
    """Whether the year of the venue is surely its own, and not that of the preprint."""
    ids: dict[str, str] = field(default_factory=dict)
    code: tuple[CodeLink, ...] = ()
    links: tuple[Link, ...] = ()
    abstract: str = ""
    comment: str = ""
    categories: tuple[str, ...] = ()
    citations: Citations | None = None
    withdrawn: bool = False


class Removed(Noun, frozen=True):
    """What was taken off the list, so that nothing brings it back by itself."""

    paper: Paper
    removed: str
    """Day of the removal, `2026-11-23`."""
    why: str = ""
