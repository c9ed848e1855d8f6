"""Merging: what the sources say of one paper, and what they may not touch."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.merge import agree, new_paper, short_name, update
from papertrack.model import UNCHECKED, Citations, CodeLink, Link, Paper, Record, Venue
from papertrack.venues import is_preprint
from tests.builders import record, unet, voxelmorph

ARXIV = Venue(name="arXiv", year=2015)
MICCAI = Venue(name="MICCAI", year=2015)
ICCV = Venue(name="ICCV", year=2015)
TMI = Venue(name="IEEE TMI", year=2019)
S2 = "semantic-scholar"

WORD = st.sampled_from(["a", "b", "c"])
LIST = st.lists(WORD, max_size=2).map(tuple)
URL = WORD.map("https://github.com/x/{}".format)
VENUE = st.none() | st.builds(
    Venue,
    name=st.sampled_from(["arXiv", "MICCAI", "IEEE TMI"]),
    year=st.none() | st.integers(2018, 2019),
)
SAID = {
    "title": WORD | st.just(""),
    "authors": LIST,
    "year": st.none() | st.integers(2015, 2017),
    "venue": VENUE,
    "ids": st.dictionaries(st.sampled_from(["arxiv", "doi", "s2"]), WORD, max_size=3),
    "code": st.lists(st.builds(CodeLink, url=URL, source=WORD), max_size=2).map(tuple),
    "links": st.lists(st.builds(Link, url=URL), max_size=2).map(tuple),
    "abstract": WORD | st.just(""),
    "comment": WORD | st.just(""),
    "categories": LIST,
    "withdrawn": st.booleans(),
    "citations": st.none() | st.builds(Citations, count=st.integers(0, 2)),
}
SOURCES = st.sampled_from(["arxiv", S2, "snapshot", "hugging-face", "new"])
RECORDS = st.lists(st.builds(Record, source=SOURCES, **SAID, dated=st.booleans()), max_size=3)
PAPERS = st.builds(
    Paper,
    **SAID,
    name=WORD | st.just(""),
    section=LIST,
    tags=LIST,
    notes=WORD,
    added=WORD,
    sources=st.dictionaries(st.sampled_from(["title", "venue", "year"]), SOURCES, max_size=3),
    pinned=st.lists(
        st.sampled_from([*SAID, "name", "ids.doi", "ids.arxiv"]), max_size=4, unique=True
    ).map(tuple),
    dismissed=st.lists(URL, max_size=2, unique=True).map(tuple),
)


def held(paper: Paper) -> set[str]:
    """List the fields that hold something; that a paper is withdrawn may be taken back."""
    fields = set(Paper.__struct_fields__) - {"withdrawn"}
    return {field for field in fields if getattr(paper, field)}


@given(PAPERS, RECORDS)
def test_nothing_that_is_there_is_blanked(paper: Paper, records: list[Record]) -> None:
    after = update(paper, records)
    assert held(paper) <= held(after)
    assert paper.ids.items() <= after.ids.items()
    assert after.code[: len(paper.code)] == paper.code
    assert after.links[: len(paper.links)] == paper.links
    if paper.venue and paper.venue.year and after.venue and after.venue.name == paper.venue.name:
        assert after.venue.year


@given(PAPERS, RECORDS)
def test_a_published_venue_is_never_downgraded(paper: Paper, records: list[Record]) -> None:
    after = update(paper, records)
    assert is_preprint(paper.venue) or not is_preprint(after.venue)


@given(PAPERS, RECORDS)
def test_what_is_pinned_is_never_touched(paper: Paper, records: list[Record]) -> None:
    after = update(paper, records)
    for field in paper.pinned:
        group, _, kind = field.partition(".")
        if kind:
            assert after.ids.get(kind) == paper.ids.get(kind)
        elif group != "ids":
            assert getattr(after, field) == getattr(paper, field)


@given(PAPERS, RECORDS)
def test_what_a_person_alone_says_is_never_touched(paper: Paper, records: list[Record]) -> None:
    after = update(paper, records)
    for field in ("section", "tags", "notes", "status", "added", "pinned", "dismissed", "results"):
        assert getattr(after, field) == getattr(paper, field)


@given(PAPERS, RECORDS)
def test_a_dismissed_link_never_comes_back(paper: Paper, records: list[Record]) -> None:
    after = update(paper, records)
    new = {c.url for c in after.code if c not in paper.code}
    new |= {link.url for link in after.links if link not in paper.links}
    assert new.isdisjoint(paper.dismissed)


@given(PAPERS, RECORDS)
def test_the_same_answers_twice_change_nothing_more(paper: Paper, records: list[Record]) -> None:
    once = update(paper, records)
    assert update(once, records) == once


def test_title_and_authors_come_from_arxiv_venue_and_citations_from_semantic_scholar() -> None:
    arxiv = record(title="U-Net: on arXiv", venue=TMI, comment="8 pages", abstract="We.")
    s2 = record(
        S2,
        title="U-Net",
        authors=("O. Ronneberger",),
        venue=MICCAI,
        citations=Citations(count=9),
        ids={"s2": "f" * 40, "arxiv": "other"},
    )
    merged = new_paper([s2, arxiv])
    assert merged == Paper(
        title="U-Net: on arXiv",
        name="U-Net",
        authors=arxiv.authors,
        year=2015,
        venue=MICCAI,
        ids={"s2": "f" * 40, "arxiv": "other"},
        abstract="We.",
        comment="8 pages",
        citations=Citations(count=9),
        sources={
            "abstract": "arxiv",
            "authors": "arxiv",
            "citations": S2,
            "comment": "arxiv",
            "ids.arxiv": S2,
            "ids.s2": S2,
            "title": "arxiv",
            "venue": S2,
            "year": "arxiv",
        },
    )


ARXIV_FIRST = ["arxiv", "snapshot", S2]
S2_FIRST = [S2, "arxiv", "snapshot"]


@pytest.mark.parametrize(
    ("field", "value", "order"),
    [
        ("title", "U-Net", ARXIV_FIRST),
        ("authors", ("O. Ronneberger",), ARXIV_FIRST),
        ("year", 2015, ARXIV_FIRST),
        ("abstract", "We.", ARXIV_FIRST),
        ("comment", "8 pages", ARXIV_FIRST),
        ("categories", ("cs.CV",), ARXIV_FIRST),
        ("withdrawn", True, ARXIV_FIRST),
        ("citations", Citations(count=9), S2_FIRST),
        ("venue", MICCAI, S2_FIRST),
    ],
)
def test_the_next_source_speaks_where_those_believed_before_it_are_silent(
    field: str, value: Any, order: list[str]
) -> None:
    said = [Record(**({"title": "", field: value, "source": s})) for s in [*order, "elsewhere"]]
    for first in range(len(said)):
        merged = new_paper(said[:first:-1] + said[first : first + 1])
        assert (getattr(merged, field), merged.sources) == (value, {field: said[first].source})


def test_a_paper_of_which_no_source_says_a_title_has_none() -> None:
    assert new_paper([record(title="")]).title == ""


def test_what_arxiv_said_stays_while_arxiv_is_silent() -> None:
    paper = new_paper([record()])
    after = update(paper, [record(S2, title="u-net", authors=("O. Ronneberger",), year=2016)])
    assert (after.title, after.authors, after.year) == (paper.title, paper.authors, 2015)
    assert after.sources["title"] == "arxiv"


def test_a_newer_version_on_arxiv_brings_its_title() -> None:
    after = update(new_paper([record()]), [record(title="U-Net, revised")])
    assert after.title == "U-Net, revised"


@pytest.mark.parametrize(
    ("known", "known_from", "said", "expected"),
    [
        pytest.param(None, "", [record(S2, venue=ARXIV)], ARXIV, id="a preprint before nothing"),
        pytest.param(ARXIV, S2, [record(S2, venue=MICCAI)], MICCAI, id="a preprint comes out"),
        pytest.param(ARXIV, S2, [record(venue=MICCAI)], MICCAI, id="a comment says so"),
        pytest.param(MICCAI, S2, [record(S2, venue=ARXIV)], MICCAI, id="never back to arXiv"),
        pytest.param(MICCAI, S2, [record(S2, venue=TMI)], TMI, id="a journal version"),
        pytest.param(MICCAI, S2, [record(venue=TMI)], MICCAI, id="a comment against the service"),
        pytest.param(MICCAI, "", [record(venue=TMI)], TMI, id="from nobody knows where"),
        pytest.param(
            None, "", [record(S2, venue=ARXIV), record(venue=TMI)], TMI, id="published before S2"
        ),
        pytest.param(
            Venue(name="MICCAI", year=2015, url="https://x.org", note="oral"),
            S2,
            [record(S2, venue=Venue(name="MICCAI"))],
            Venue(name="MICCAI", year=2015, url="https://x.org", note="oral"),
            id="a silent year",
        ),
        pytest.param(MICCAI, "", [record(S2, venue=Venue(name="TMI"))], MICCAI, id="no year"),
        pytest.param(
            ARXIV, "", [record(S2, venue=Venue(name="TMI"))], Venue(name="TMI"), id="out, no year"
        ),
        pytest.param(
            Venue(name="MICCAI", note="oral"),
            S2,
            [record(S2, venue=MICCAI)],
            Venue(name="MICCAI", year=2015, note="oral"),
            id="a year at last",
        ),
    ],
)
def test_which_venue_stands(
    known: Venue | None, known_from: str, said: list[Record], expected: Venue
) -> None:
    paper = unet(venue=known, sources={"venue": known_from} if known_from else {})
    assert update(paper, said).venue == expected


@pytest.mark.parametrize(
    ("known_from", "said", "withdrawn"),
    [
        pytest.param("arxiv", [record()], False, id="a new version"),
        pytest.param("snapshot", [record("snapshot")], False, id="a newer snapshot"),
        pytest.param("snapshot", [record("snapshot", withdrawn=True), record()], False, id="arXiv"),
        pytest.param("arxiv", [record(withdrawn=True)], True, id="still"),
        pytest.param("arxiv", [record("snapshot")], True, id="a snapshot against arXiv"),
        pytest.param("arxiv", [record(S2), record("hugging-face")], True, id="nobody who knows"),
        pytest.param(None, [record()], False, id="from nobody knows where"),
    ],
)
def test_arxiv_takes_back_that_a_paper_is_withdrawn(
    known_from: str | None, said: list[Record], withdrawn: bool
) -> None:
    known = unet(withdrawn=True, sources={"withdrawn": known_from} if known_from else {})
    after = update(known, said)
    assert after.withdrawn is withdrawn
    assert after.sources.get("withdrawn") == (known_from if withdrawn else None)
    assert update(unet(withdrawn=True, pinned=("withdrawn",)), said).withdrawn
    assert "withdrawn" not in update(unet(), [record()]).sources


CVPR_2021, CVPR_2022 = Venue(name="CVPR", year=2021), Venue(name="CVPR", year=2022)
COMMENT = record(venue=CVPR_2022, dated=True)
GUESS = record(S2, venue=CVPR_2021)
SURE = record(S2, venue=CVPR_2021, dated=True)


@pytest.mark.parametrize(
    ("known", "known_from", "said", "expected", "source"),
    [
        pytest.param(None, None, [COMMENT, GUESS], CVPR_2022, "arxiv", id="the authors' own words"),
        pytest.param(CVPR_2021, S2, [COMMENT, GUESS], CVPR_2022, "arxiv", id="that was a guess"),
        pytest.param(CVPR_2022, "arxiv", [GUESS], CVPR_2022, "arxiv", id="what authors said"),
        pytest.param(CVPR_2022, "list", [GUESS], CVPR_2022, "list", id="what a list says"),
        pytest.param(CVPR_2022, UNCHECKED, [GUESS], CVPR_2022, UNCHECKED, id="confirms nothing"),
        pytest.param(CVPR_2022, None, [GUESS], CVPR_2022, None, id="from nobody knows where"),
        pytest.param(CVPR_2022, S2, [GUESS], CVPR_2021, S2, id="it corrects itself"),
        pytest.param(None, None, [GUESS], CVPR_2021, S2, id="better than none"),
        pytest.param(Venue(name="CVPR"), "list", [GUESS], CVPR_2021, S2, id="no year until now"),
        pytest.param(ICCV, "list", [GUESS], CVPR_2021, S2, id="another venue"),
        pytest.param(CVPR_2022, "list", [SURE], CVPR_2021, S2, id="a list can be wrong"),
        pytest.param(CVPR_2022, "arxiv", [COMMENT, SURE], CVPR_2021, S2, id="proceedings"),
        pytest.param(
            None,
            None,
            [record(venue=MICCAI, dated=True), GUESS],
            CVPR_2021,
            S2,
            id="authors of another venue",
        ),
    ],
)
def test_the_year_of_a_preprint_is_not_that_of_the_venue(
    known: Venue | None,
    known_from: str | None,
    said: list[Record],
    expected: Venue,
    source: str | None,
) -> None:
    paper = unet(venue=known, sources={"venue": known_from} if known_from else {})
    after = update(paper, said)
    assert (after.venue, after.sources.get("venue")) == (expected, source)
    assert update(after, said) == after


@pytest.mark.parametrize(
    ("said", "expected", "source"),
    [
        pytest.param(record(S2, venue=MICCAI), MICCAI, S2, id="confirmed"),
        pytest.param(record(venue=MICCAI), MICCAI, "arxiv", id="confirmed by a comment"),
        pytest.param(record(S2, venue=TMI), TMI, S2, id="it was another one"),
        pytest.param(record(S2, venue=ARXIV), MICCAI, UNCHECKED, id="a preprint confirms nothing"),
        pytest.param(
            record(S2, venue=Venue(name="MICCAI")), MICCAI, UNCHECKED, id="the year is still open"
        ),
    ],
)
def test_a_venue_is_unconfirmed_until_a_source_says_it(
    said: Record, expected: Venue, source: str
) -> None:
    after = update(unet(venue=MICCAI, sources={"venue": UNCHECKED}), [said])
    assert (after.venue, after.sources["venue"]) == (expected, source)
    assert "venue" not in after.printed


def test_a_code_link_that_is_there_is_not_added_in_another_spelling() -> None:
    paper = voxelmorph(dismissed=("https://github.com/a/taken-out",))
    said = record(
        code=(
            CodeLink(url="http://www.github.com/VoxelMorph/voxelmorph.git"),
            CodeLink(url="https://github.com/A/taken-out/"),
            CodeLink(url="https://github.com/a/new"),
        )
    )
    urls = [link.url for link in update(paper, [said]).code]
    assert urls == [paper.code[0].url, "https://github.com/a/new"]


def test_a_page_that_an_identifier_or_the_code_names_is_not_added_as_a_link() -> None:
    paper = voxelmorph(dismissed=("https://gone.org",))
    urls = (
        *("https://arxiv.org/abs/1809.05231", paper.code[0].url),
        *("https://gone.org", "https://new.org"),
    )
    after = update(paper, [record(links=tuple(Link(url=url) for url in urls))])
    assert after.links == (Link(url="https://new.org"),)


@pytest.mark.parametrize(
    "known",
    [
        {"links": (Link(url="http://ada.github.io/U-Net/"),)},
        {"dismissed": ("http://ada.github.io/U-Net/",)},
        {"venue": Venue(name="MICCAI", url="http://ada.github.io/U-Net/")},
        {"code": (CodeLink(url="http://ada.github.io/U-Net/"),)},
    ],
    ids=lambda known: next(iter(known)),
)
def test_a_page_that_is_there_or_taken_out_is_not_added_in_another_spelling(
    known: dict[str, Any],
) -> None:
    paper = unet(**known)
    again = Link(url="https://ada.github.io/u-net", label="project")
    assert update(paper, [record(links=(again,))]).links == paper.links


def test_a_page_that_comes_in_as_code_or_by_an_identifier_is_no_link_too() -> None:
    repository = "https://github.com/ada/u-net"
    pages = [repository + "/", "http://doi.org/10.1000/X", "https://ada.org", "https://ada.org/"]
    said = [
        record(links=tuple(Link(url=url) for url in pages)),
        record(S2, code=(CodeLink(url=repository),), ids={"doi": "10.1000/x"}),
    ]
    assert new_paper(said).links == (Link(url="https://ada.org"),)


def test_a_link_that_two_sources_state_comes_in_once() -> None:
    url = "https://github.com/a/b"
    said = [
        record(code=(CodeLink(url=url, source=s),), links=(Link(url=f"https://a.org/{end}"),))
        for s, end in (("x", ""), ("y", "/"))
    ]
    merged = new_paper(said)
    assert [link.source for link in merged.code] == ["x"]
    assert merged.links == said[0].links


def test_pinned_links_and_identifiers_take_nothing_new() -> None:
    said = record(
        code=(CodeLink(url="https://github.com/a/b"),),
        links=(Link(url="https://a.org"),),
        ids={"s2": "f" * 40, "pubmed": "1"},
    )
    pinned = unet(pinned=("code", "ids.s2", "links"))
    after = update(pinned, [said])
    assert (after.code, after.links) == ((), ())
    assert after.ids == pinned.ids | {"pubmed": "1"}


def test_a_source_that_says_what_is_known_is_not_named_as_where_the_venue_came_from() -> None:
    assert "venue" not in update(unet(venue=MICCAI), [record(S2, venue=MICCAI)]).sources


@pytest.mark.parametrize("hearsay", ["unchecked", "list", "import"])
def test_a_source_confirms_what_nobody_who_is_asked_had_said(hearsay: str) -> None:
    known = {"venue": hearsay, "ids.doi": hearsay}
    said = record(S2, title="", authors=(), year=None, venue=MICCAI, ids=unet().ids)
    after = update(unet(sources=known), [said])
    assert after == unet(sources={"venue": S2, "ids.doi": S2})
    assert update(unet(sources=known, pinned=("venue",)), [said]).sources["venue"] == hearsay


@pytest.mark.parametrize("source", ["list", "import"])
def test_what_a_list_printed_is_kept_where_a_source_says_something_else(source: str) -> None:
    listed = dict.fromkeys(("title", "venue", "year", "authors"), source)
    paper = unet(title="UNet", venue=ICCV, year=2014, authors=("O. R.",), sources=listed)
    after = update(paper, [record(), record(S2, venue=MICCAI)])
    assert (after.title, after.venue, after.year) == (record().title, MICCAI, 2015)
    assert after.printed == {"title": "UNet", "venue": "ICCV 2015", "year": "2014"}
    assert update(paper, [record(title="U-NET", year=2014)]).printed == {}


def test_who_said_an_identifier_is_settled_at_once() -> None:
    said = [record("hugging-face"), record(), record("elsewhere")]
    once = new_paper(said)
    assert once.sources["ids.arxiv"] == "arxiv"
    assert update(once, said) == once


@pytest.mark.parametrize(
    "changes", [{"ids": {"doi": "10.1000/other"}}, {"venue": Venue(name="MICCAI")}]
)
def test_what_differs_or_is_not_dated_confirms_nothing(changes: dict[str, Any]) -> None:
    known = {"venue": "unchecked", "ids.doi": "unchecked"}
    said = record(S2, **({"title": "", "authors": (), "year": None, "ids": {}} | changes))
    assert update(unet(sources=known), [said]) == unet(sources=known)


def test_a_name_given_by_hand_stays_and_a_pinned_empty_one_too() -> None:
    assert update(unet(name="UNet"), [record()]).name == "UNet"
    assert update(unet(name="", pinned=("name",)), [record()]).name == ""
    assert update(unet(name=""), [record()]).name == "U-Net"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("U-Net: Convolutional Networks", "U-Net"),
        ("Swin UNETR: Swin Transformers for Semantic Segmentation", "Swin UNETR"),
        ("nnU-Net: a self-configuring method", "nnU-Net"),
        ("SqueezeNet: AlexNet-level accuracy", "SqueezeNet"),
        ("3D U-Net: Learning Dense Segmentation", "3D U-Net"),
        ("Mamba: Linear-Time Sequence Modeling", "Mamba"),
        ("Deep Residual Learning for Image Recognition", ""),
        ("A survey of methods: part two", ""),
        ("Attention please: a survey", ""),
        (": an odd title", ""),
        ("SAM on MRI: a study", "SAM on MRI"),
        ("SAM: a study: part two", "SAM"),
        ("SqueezeNet again: a study", "SqueezeNet again"),
        ("Pre-Training again: a study", "Pre-Training again"),
        ("SAM on MRI data: a study", ""),
        ("X" * 30 + ": thirty letters", "X" * 30),
        ("X" * 31 + ": one more", ""),
        ("BERT without a colon", ""),
        ("VGG16", ""),
        ("A Very Long Name With CAPS In It: and more", ""),
        ("", ""),
    ],
)
def test_the_short_name_stands_before_the_colon(title: str, name: str) -> None:
    assert short_name(title) == name


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, True, id="the same"),
        pytest.param({"title": "U-NET - Convolutional networks ..."}, True, id="first author"),
        pytest.param(
            {
                "title": "U-Net: Convolutional Network for Biomedical Image Segmentation",
                "authors": (),
            },
            True,
            id="like titles",
        ),
        pytest.param({"title": "", "authors": ()}, True, id="says nothing of itself"),
        pytest.param({"title": "Gravity Hill", "authors": ("A. Wu",)}, False, id="another paper"),
        pytest.param({"title": unet().title, "authors": ()}, True, id="the title alone"),
        pytest.param({"title": "Gravity Hill", "authors": ()}, False, id="another title"),
        pytest.param(
            {"title": "A new title", "authors": ("Ronneberger, O.",)}, True, id="renamed since"
        ),
        pytest.param(
            {"title": "A new title", "authors": ("Ronneberger, O., Jr.",)}, True, id="a junior"
        ),
        pytest.param(
            {"title": "A new title", "authors": ("O. Ronneberger, Jr.",)},
            True,
            id="the same junior",
        ),
        pytest.param(
            {"title": "A new title", "authors": ("Ronneberger, P.",)}, False, id="a namesake"
        ),
        pytest.param(
            {"title": "A new title", "authors": ("P. Ronneberger, Jr.",)},
            False,
            id="a junior of it",
        ),
    ],
)
def test_titles_or_first_authors_must_agree(changes: dict[str, Any], expected: bool) -> None:
    assert agree(unet(), record(**changes)) is expected
    assert agree(record(**changes), unet()) is expected


def test_titles_are_alike_where_four_letters_of_five_are_the_same() -> None:
    looms = unet(title="Looms", authors=())
    assert agree(looms, record(title="Loomy"))
    assert not agree(looms, record(title="Loopy"))
