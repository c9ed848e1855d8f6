"""Documents: what is read is what is written, whoever wrote it."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.documents import from_document, to_document
from papertrack.model import (
    Benchmark,
    CodeLink,
    Link,
    Metric,
    Paper,
    Removed,
    Result,
    ResultSource,
    Venue,
)
from tests.builders import unet, voxelmorph

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT | st.just(""),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


def some(value: Any) -> st.SearchStrategy[list[Any]]:
    return st.lists(value, min_size=1, max_size=2)


def document(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Make documents of a class, with fields that it does not know; in the order of the class."""
    known = st.fixed_dictionaries(required, optional=optional)
    order = [*required, *optional]
    unknown = st.dictionaries(TEXT.filter(lambda name: name not in order), JSON, max_size=2)
    return st.builds(
        lambda one, other: {name: one[name] for name in order if name in one} | other,
        known,
        unknown,
    )


YEAR = st.integers(1900, 2100)
NAMES = st.dictionaries(TEXT, TEXT, min_size=1, max_size=2)
VENUES = document({"name": TEXT}, {"year": YEAR, "url": TEXT, "note": TEXT})
MEASUREMENTS = document(
    {"spec": TEXT},
    {
        "arguments": st.dictionaries(TEXT, JSON, min_size=1, max_size=2),
        "counts": NAMES,
        "uncounted": st.dictionaries(TEXT, YEAR, min_size=1, max_size=2),
        "deviations": some(TEXT),
    },
)
RESULTS = document(
    {"benchmark": TEXT},
    {
        "model": TEXT,
        "variant": TEXT,
        "values": NAMES,
        "uncertainty": st.dictionaries(
            TEXT, document({"value": TEXT}, {"kind": TEXT, "n": YEAR}), min_size=1, max_size=2
        ),
        "conditions": st.dictionaries(TEXT, JSON, min_size=1, max_size=2),
        "status": TEXT.filter(lambda text: text != "self-reported"),
        "source": document({}, {"url": TEXT, "locator": TEXT}),
        "note": TEXT,
        "supersedes": TEXT,
        "measurement": MEASUREMENTS,
    },
)
PAPERS = document(
    {"title": TEXT},
    {
        "name": TEXT,
        "authors": some(TEXT),
        "year": YEAR,
        "venue": VENUES,
        "ids": NAMES,
        "section": some(TEXT),
        "tags": some(TEXT),
        "code": some(document({"url": TEXT}, {"label": TEXT, "framework": TEXT})),
        "links": some(document({"url": TEXT}, {"label": TEXT.filter(lambda t: t != "link")})),
        "abstract": TEXT,
        "comment": TEXT,
        "categories": some(TEXT),
        "results": some(RESULTS),
        "notes": TEXT,
        "status": TEXT,
        "withdrawn": st.just(True),
        "citations": document({}, {"count": st.integers(1, 10**6), "as_of": TEXT}),
        "added": TEXT,
        "sources": NAMES,
        "pinned": some(TEXT),
        "dismissed": some(TEXT),
    },
)
REMOVALS = document({"paper": PAPERS, "removed": TEXT}, {"why": TEXT})
BENCHMARKS = document(
    {"title": TEXT},
    {
        "description": TEXT,
        "task": TEXT,
        "dataset": document({"name": TEXT}, {"version": TEXT, "split": TEXT}),
        "metrics": some(
            document(
                {"id": TEXT},
                {"name": TEXT, "unit": TEXT, "decimals": YEAR, "range": some(TEXT)},
            )
        ),
        "primary": TEXT,
        "protocol": st.dictionaries(TEXT, JSON, min_size=1, max_size=3),
    },
)
DOCUMENTS = st.one_of(
    st.tuples(st.just(Paper), PAPERS),
    st.tuples(st.just(Removed), REMOVALS),
    st.tuples(st.just(Benchmark), BENCHMARKS),
)


@given(DOCUMENTS)
def test_a_document_comes_back_byte_for_byte_with_unknown_fields_at_every_level(
    case: tuple[Any, Any],
) -> None:
    kind, given_document = case
    again = to_document(from_document(kind, given_document))
    assert json.dumps(again) == json.dumps(given_document)


def test_fields_stand_in_the_order_of_the_class_whatever_the_order_on_disk() -> None:
    fields = to_document(voxelmorph(tags=("a",), pinned=("name",)))
    shuffled = dict(sorted(fields.items(), reverse=True))
    order = list(Paper.__struct_fields__)
    assert list(to_document(from_document(Paper, shuffled))) == sorted(fields, key=order.index)


def test_unknown_fields_stand_behind_the_known_ones() -> None:
    read = from_document(Paper, {"rating": 5, "title": "A"})
    assert list(to_document(read)) == ["title", "rating"]


def test_unknown_fields_survive_a_change_of_the_object_that_holds_them() -> None:
    read = from_document(Paper, {"title": "A", "venue": {"name": "MICCAI", "city": "Athens"}})
    assert read.venue is not None
    venue = msgspec.structs.replace(read.venue, year=2016)
    changed = to_document(msgspec.structs.replace(read, venue=venue))
    assert changed["venue"] == {"name": "MICCAI", "year": 2016, "city": "Athens"}


def test_defaults_are_left_out() -> None:
    assert to_document(Paper(title="A")) == {"title": "A"}
    assert to_document(Metric(id="dice", decimals=0)) == {"id": "dice", "decimals": 0}


def test_no_field_of_the_store_can_pass_for_the_unknown_ones() -> None:
    odd = {"title": "A", "ids": {"*": "x"}, "*": {"name": "B"}}
    assert to_document(from_document(Paper, odd)) == odd


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({}, id="no title"),
        pytest.param({"title": None}, id="null"),
        pytest.param({"title": "A", "year": "2015"}, id="text for a number"),
        pytest.param({"title": "A", "authors": "B"}, id="text for a list"),
        pytest.param({"title": "A", "venue": {"year": 2015}}, id="a venue without a name"),
        pytest.param({"title": "A", "withdrawn": 1}, id="number for yes"),
        pytest.param({"title": "A", "new": 1, "venue": []}, id="beside an unknown field"),
    ],
)
def test_a_wrong_type_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        from_document(Paper, wrong)


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("abstract", "stated"),
        ("comment", "stated"),
        ("hugging-face", "listed"),
        ("user", "by hand"),
    ],
)
def test_a_code_link_tells_how_sure_it_is(source: str, state: str) -> None:
    assert CodeLink(url="https://github.com/a/b", source=source).state == state


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        pytest.param(unet(), "MICCAI 2015", id="venue"),
        pytest.param(unet(venue=Venue(name="arXiv")), "arXiv", id="venue without a year"),
        pytest.param(unet(venue=None), "arXiv 2015", id="preprint"),
        pytest.param(unet(venue=None, year=None), "arXiv", id="preprint without a year"),
        pytest.param(unet(venue=None, ids={}), "2015", id="year alone"),
        pytest.param(unet(venue=None, ids={}, year=None), "", id="nothing known"),
    ],
)
def test_where_a_paper_appeared(paper: Paper, expected: str) -> None:
    assert paper.appeared == expected


def test_the_venue_s_year_orders_before_the_preprint_s() -> None:
    assert voxelmorph().published == 2019
    assert voxelmorph(venue=Venue(name="IEEE TMI")).published == 2018


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        pytest.param({}, "https://arxiv.org/abs/1505.04597", id="arXiv before DOI"),
        pytest.param({"ids": {"s2": "f", "doi": "10.1/x"}}, "https://doi.org/10.1/x", id="DOI"),
        pytest.param({"ids": {"dblp": "conf/x"}}, "", id="a kind without a page"),
        pytest.param(
            {"ids": {}, "venue": Venue(name="X", url="https://x.org")}, "https://x.org", id="venue"
        ),
    ],
)
def test_the_page_of_a_paper(changes: dict[str, Any], url: str) -> None:
    assert unet(**changes).url == url


def test_all_links_of_a_paper_are_known_identifiers_and_results_included() -> None:
    paper = voxelmorph(
        links=(Link(url="https://voxelmorph.net"),),
        venue=Venue(name="IEEE TMI", url="https://tmi.org/1"),
        results=(Result(benchmark="b", source=ResultSource(url="https://arxiv.org/t4")),),
    )
    assert paper.urls == {
        "https://github.com/voxelmorph/voxelmorph",
        "https://voxelmorph.net",
        "https://tmi.org/1",
        "https://arxiv.org/t4",
        "https://arxiv.org/abs/1809.05231",
    }
