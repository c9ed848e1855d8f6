"""What papertrack renders, it reads back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertrack.model import UNCHECKED, CodeLink, Link, Paper, Venue, replace
from papertrack.readme.adopt import Entry, read
from papertrack.readme.entries import STYLES

FIELDS = st.sampled_from(["Medical", "A 3D", "Attention-based", "On"])
WORDS = st.sampled_from(
    "Deep 3D Learning U-Net for the Segmentation of Brain: Images with Transformers a_b Networks "
    "(Revisited) 2D/3D GANs via 100% <Attention> Who's $x^2$ R&amp;D A*B |x| `Code`".split()
)
TITLES = st.builds("{} {} Analysis".format, FIELDS, st.lists(WORDS, min_size=3).map(" ".join))
NAMES = st.sampled_from(["U-Net", "nnU-Net", "ResNet", "ConvNeXt V2", "DLA"])
PEOPLE = st.builds(
    "{} {}".format,
    st.sampled_from(["Olaf", "J.", "Kaiming", "María José", "Wei-Lin", "Š."]),
    st.sampled_from(
        ["Ronneberger", "He", "van der Maaten", "O'Brien", "Müller-Franzes", "Đorđević"]
    ),
)
VENUES = st.sampled_from(
    ["MICCAI", "CVPR", "NeurIPS", "IEEE TMI", "Medical Image Analysis", "ICLR Workshop", "arXiv"]
)
YEARS = st.integers(1990, 2039)
IDS = st.one_of(
    st.builds("{:04}.{:05}".format, st.integers(1501, 1512), st.integers(1, 99_999)).map(
        lambda value: {"arxiv": value}
    ),
    st.integers(1, 10**6).map(lambda n: {"doi": f"10.1007/978-3-319-{n}"}),
    st.just({"openreview": "S1xh5sYgx"}),
)
CODE = st.builds(
    CodeLink,
    url=st.integers(1, 999).map("https://github.com/owner/name{}".format),
    label=st.sampled_from(["", "official", "unofficial", "torchvision", "third-party"]),
    framework=st.sampled_from(["", "pytorch", "tensorflow", "caffe"]),
)
LINKS = st.builds(
    Link,
    url=st.integers(1, 999).map("https://example.org/page{}".format),
    label=st.sampled_from(["project", "weights", "demo", "slides"]),
)


def unique(strategy: st.SearchStrategy[CodeLink] | st.SearchStrategy[Link]) -> st.SearchStrategy:  # type: ignore[type-arg]
    return st.lists(strategy, max_size=3, unique_by=lambda link: link.url).map(tuple)


PAPERS = st.lists(
    st.builds(
        Paper,
        title=TITLES,
        name=st.one_of(st.just(""), NAMES),
        authors=st.lists(PEOPLE, min_size=1, max_size=4, unique=True).map(tuple),
        venue=st.builds(Venue, name=VENUES, year=YEARS),
        ids=IDS,
        code=unique(CODE),
        links=unique(LINKS),
    ),
    min_size=3,
    max_size=5,
    unique_by=(lambda paper: paper.title, lambda paper: tuple(paper.ids.items())),
)


def render(papers: list[Paper], style: str) -> str:
    return f"# A list\n\n## Papers\n\n{STYLES[style](papers, 3)}\n"


def facts(entry: Entry) -> tuple[object, ...]:
    code = tuple((link.url, link.label, link.framework) for link in entry.code)
    return (entry.title, entry.venue, entry.year, dict(entry.ids), code, entry.section)


def told(paper: Paper) -> tuple[object, ...]:
    assert paper.venue
    code = tuple((link.url, link.label, link.framework) for link in paper.code)
    section = ("A list", "Papers")
    return (paper.title, paper.venue.name, paper.venue.year, paper.ids, code, section)


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=40)
@given(papers=PAPERS)
def test_every_style_is_read_back_without_loss(style: str, papers: list[Paper]) -> None:
    entries = read(render(papers, style)).entries
    assert [facts(entry) for entry in entries] == [told(paper) for paper in papers]


@settings(max_examples=40)
@given(papers=PAPERS)
def test_the_form_of_the_seed_keeps_names_authors_and_further_links(
    papers: list[Paper],
) -> None:
    entries = read(render(papers, "entry")).entries
    assert [entry.authors for entry in entries] == [paper.authors for paper in papers]
    assert [entry.links for entry in entries] == [paper.links for paper in papers]
    assert [entry.name for entry in entries] == [paper.name for paper in papers]


@settings(max_examples=20)
@given(papers=PAPERS)
def test_a_table_keeps_the_names(papers: list[Paper]) -> None:
    entries = read(render(papers, "row")).entries
    assert [entry.name for entry in entries] == [paper.name for paper in papers]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("sources", [{}, {"venue": UNCHECKED}], ids=["sure", "unconfirmed"])
@settings(max_examples=10)
@given(papers=PAPERS)
def test_a_venue_is_as_sure_as_it_was(
    style: str, sources: dict[str, str], papers: list[Paper]
) -> None:
    entries = read(render([replace(paper, sources=sources) for paper in papers], style)).entries
    assert [entry.unconfirmed for entry in entries] == [bool(sources)] * len(papers)
    assert [facts(entry) for entry in entries] == [told(paper) for paper in papers]
    assert not any(entry.tags for entry in entries)
