"""The nouns of a paper list, and their form as JSON documents.

All objects are immutable; `msgspec.structs.replace` makes a changed copy. Fields that a newer
version has written are kept in `extra` and stand in the document again when it is saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Struct, field
from msgspec.structs import fields, replace

__all__ = [
    "Benchmark",
    "Citations",
    "CodeLink",
    "Link",
    "Metric",
    "Paper",
    "Record",
    "Removed",
    "Result",
    "ResultSource",
    "Venue",
    "from_document",
    "replace",
    "to_document",
]

_EXTRA = "papertrack:unknown"
"""Name under which unknown fields travel through msgspec; no field of a document is called so."""


class _Noun(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    extra: dict[str, Any] = field(default_factory=dict, name=_EXTRA)


class Venue(_Noun, frozen=True):
    """Where a paper appeared, under its usual short name."""

    name: str
    year: int | None = None
    url: str = ""
    note: str = ""
    """A remark printed behind the venue (`rejected by ICLR 2017`); it carries the link to `url`."""

    def __str__(self) -> str:
        return f"{self.name} {self.year}" if self.year else self.name


LinkState = Literal["stated", "listed", "by hand"]


class CodeLink(_Noun, frozen=True):
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


class Link(_Noun, frozen=True):
    """Any other page of a paper: project, data, weights, slides."""

    url: str
    label: str = "link"


class Citations(_Noun, frozen=True):
    """Citation counts, as of a month (`2026-11`)."""

    count: int = 0
    influential: int = 0
    as_of: str = ""


class ResultSource(_Noun, frozen=True):
    """Where the values of a result are printed."""

    kind: str = "paper"
    url: str = ""
    locator: str = ""


class Result(_Noun, frozen=True):
    """One row of a result table: the values of a model on a benchmark.

    Values are decimal strings, as the source prints them, by metric id.
    """

    benchmark: str
    model: str = ""
    """Name of the row; the paper's short name where it is empty."""
    values: dict[str, str] = field(default_factory=dict)
    status: str = "self-reported"
    source: ResultSource | None = None
    note: str = ""


class Paper(_Noun, frozen=True):
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
    """What a list prints of title, year, venue or an id where it differs from what is believed."""
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
            return str(self.venue)
        return f"arXiv {self.year or ''}".strip() if "arxiv" in self.ids else str(self.year or "")

    @property
    def published(self) -> int | None:
        """The year by which the list orders: the venue's, else the first version's."""
        return self.venue.year if self.venue and self.venue.year else self.year

    @property
    def names(self) -> frozenset[str]:
        """What the paper is called in headings and tables, and its results in theirs."""
        rows = (result.model or self.short_name for result in self.results)
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
    ids: dict[str, str] = field(default_factory=dict)
    code: tuple[CodeLink, ...] = ()
    links: tuple[Link, ...] = ()
    abstract: str = ""
    comment: str = ""
    categories: tuple[str, ...] = ()
    citations: Citations | None = None
    withdrawn: bool = False


class Removed(_Noun, frozen=True):
    """What was taken off the list, so that nothing brings it back by itself."""

    paper: Paper
    removed: str
    """Day of the removal, `2026-11-23`."""
    why: str = ""


class Metric(_Noun, frozen=True):
    """A column of a result table."""

    id: str
    name: str = ""
    direction: Literal["higher", "lower", "none"] = "higher"
    unit: str = ""
    decimals: int | None = None


class Benchmark(_Noun, frozen=True):
    """What makes results comparable: a task on a data set, its metrics, its fixed conditions."""

    title: str
    description: str = ""
    """The prose above the table."""
    task: str = ""
    dataset: str = ""
    row_label: str = "Model"
    """Heading of the column that names the rows."""
    metrics: tuple[Metric, ...] = ()
    protocol: dict[str, Any] = field(default_factory=dict)
    results: tuple[Result, ...] = ()
    """Rows whose paper is not in the list."""


N = TypeVar("N", bound=_Noun)


def from_document(kind: type[N], document: Mapping[str, Any]) -> N:
    """Read a JSON document as `kind`; raise `msgspec.ValidationError` where a type is wrong."""
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError:
        return msgspec.convert(_set_extra_apart(document, kind), kind)


def to_document(noun: _Noun) -> dict[str, Any]:
    """Write an object as a JSON document: fields in the order of the class, defaults left out."""
    said = ((name, getattr(noun, name), default) for name, default in _defaults(type(noun)).items())
    return {name: _plain(value) for name, value, default in said if value != default} | noun.extra


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return to_document(value) if isinstance(value, _Noun) else value


@cache
def _defaults(kind: type[_Noun]) -> dict[str, Any]:
    """List the fields of a class with the value that each has in a document that is silent."""
    made = {f.name: f.default_factory for f in fields(kind) if f.default_factory is not NODEFAULT}
    return {
        f.name: made[f.name]() if f.name in made else f.default
        for f in fields(kind)
        if f.name != "extra"
    }


def _set_extra_apart(value: Any, annotation: Any) -> Any:
    """Move the unknown fields of every object in a document into its `extra`."""
    kind = _noun_in(annotation)
    if kind is None:
        return value
    if isinstance(value, list | tuple):
        return [_set_extra_apart(item, kind) for item in value]
    if not isinstance(value, Mapping):
        return value
    known = {f.name: f.type for f in fields(kind) if f.name != "extra"}
    apart = {k: _set_extra_apart(v, known[k]) for k, v in value.items() if k in known}
    unknown = {k: v for k, v in value.items() if k not in known}
    return apart | ({_EXTRA: unknown} if unknown else {})


def _noun_in(annotation: Any) -> type[_Noun] | None:
    """Find the class of objects in `X`, `X | None` or `tuple[X, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, _Noun):
        return annotation
    if get_origin(annotation) in (tuple, Union, UnionType):
        return next(filter(None, map(_noun_in, get_args(annotation))), None)
    return None
