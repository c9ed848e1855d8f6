"""What comes back from an editor: what is refused, what is cleaned, what stays as it is."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from papertrack.documents import from_document, to_document
from papertrack.errors import UsageError
from papertrack.model import CodeLink, Paper, Result, Venue, replace
from papertrack.rewriting import read_back, rewrite
from tests.builders import synapse, unet

BENCHMARKS = {"synapse": synapse()}


def edited(paper: Paper, **fields: Any) -> Paper:
    """Read back what an editor makes of a paper by setting fields of its document."""
    return read_back(paper, to_document(paper) | fields, BENCHMARKS)


def test_an_editor_s_changes_go_to_the_paper_as_it_is_now() -> None:
    before = unet(sources={"title": "arxiv"}, ids={"arxiv": "1", "doi": "2"})
    after = replace(before, title="Mine", tags=("new",), ids={"arxiv": "1"})
    meanwhile = replace(before, notes="from elsewhere")
    edited = rewrite(meanwhile, before, after)
    assert (edited.title, edited.tags, edited.notes) == ("Mine", ("new",), "from elsewhere")
    assert edited.ids == {"arxiv": "1"}
    assert edited.pinned == ("ids.doi", "title")
    assert edited.sources == {}


def test_an_editor_may_turn_a_one_into_true() -> None:
    def flipped(value: object) -> Paper:
        return unet(results=(Result(benchmark="b", conditions={"flip": value}),))

    edited = rewrite(flipped(1), flipped(1), flipped(True))
    assert edited.results[0].conditions["flip"] is True


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"title": ""}, "a paper has a title"),
        ({"title": "\u200b "}, "a paper has a title"),
        ({"year": 99999}, "99999 is no year"),
        ({"venue": {"name": "MICCAI", "year": 15}}, "15 is no year"),
        ({"venue": {"name": "MICCAI", "url": "x"}}, "'x' is no web address"),
        ({"ids": {"arxiv": "x"}}, '"arxiv:x" is no identifier'),
        ({"ids": {"dio": "10.1000/x"}}, "there is no field ids.dio; did you mean ids.doi?"),
        ({"ids": {"isbn-13": "1"}}, "there is no field ids.isbn-13"),
        ({"code": [{"url": "javascript:alert(1)"}]}, "'javascript:alert(1)' is no web address"),
        ({"links": [{"url": "x.example"}]}, "'x.example' is no web address"),
        ({"sektion": ["A"]}, "there is no field sektion; did you mean section?"),
        ({"key": "other"}, "there is no field key"),
        ({"extra": 1}, "there is no field extra"),
        (
            {"code": [{"url": "https://a.example", "lable": "x"}]},
            "code.lable; did you mean code.label?",
        ),
        ({"venue": {"name": "MICCAI", "yaer": 2015}}, "venue.yaer; did you mean venue.year?"),
        ({"results": [{"benchmark": "synaps"}]}, "there is no benchmark 'synaps'"),
        (
            {"results": [{"benchmark": "synapse", "values": {"iou": "1"}}]},
            "'iou' is no metric of synapse",
        ),
        ({"results": [{"benchmark": "synapse", "values": {"dice": "x"}}]}, "'x' is no value"),
        ({"results": [{"benchmark": "synapse", "status": "sure"}]}, "'sure' is no status"),
        (
            {"results": [{"benchmark": "synapse", "source": {"url": "file:///x"}}]},
            "'file:///x' is no web address",
        ),
        ({"title": "", "year": 1}, "1 is no year; a paper has a title"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(fields: dict[str, Any], why: str) -> None:
    with pytest.raises(UsageError) as refused:
        edited(unet(), **fields)
    assert why in refused.value.message


def test_a_value_of_the_wrong_type_is_refused_wherever_it_stands() -> None:
    with pytest.raises(msgspec.ValidationError):
        edited(unet(), year="2015")
    with pytest.raises(msgspec.ValidationError):
        read_back(unet(), {"name": "U-Net"}, BENCHMARKS)


def test_what_is_typed_comes_in_clean_and_in_its_normal_form() -> None:
    paper = edited(
        unet(),
        title="Of\x1b[31m \u202e Networks\n",
        ids={"arxiv": "arXiv:1606.04797v3"},
        notes="one\x07\ntwo",
        tags=["a\u200bb"],
        results=[{"benchmark": "synapse", "values": {"dice": "76.85"}}],
    )
    assert (paper.title, paper.ids) == ("Of[31m Networks", {"arxiv": "1606.04797"})
    assert (paper.notes, paper.tags) == ("one\ntwo", ("ab",))
    assert paper.results == (Result(benchmark="synapse", values={"dice": "76.85"}),)


OLD = {
    "title": "A \u202etitle",
    "venue": {"name": "MICCAI", "city": "X"},
    "ids": {"arxiv": "not one", "newer": "x"},
    "code": [{"url": "ftp://a.example", "stars": 1}],
    "results": [{"benchmark": "gone", "status": "newer"}],
    "rating": {"of": 5},
}
"""What a newer version has written, and what should not be in a store."""


def test_what_was_left_alone_stays_as_it_is() -> None:
    before = from_document(Paper, OLD)
    assert read_back(before, OLD, {}) == before
    assert read_back(before, OLD | {"year": 2015}, {}) == replace(before, year=2015)


def test_unknown_fields_that_were_there_before_survive_beside_a_change() -> None:
    held = OLD | {"code": [{"url": "https://a.example", "stars": 1}]}
    before = from_document(Paper, held)
    code = [{"url": "https://a.example", "stars": 1}, {"url": "https://b.example"}]
    results = [{"benchmark": "gone", "status": "newer", "note": "n"}]
    changes = {"code": code, "results": results, "rating": {"of": 6}, "venue": None}
    after = read_back(before, held | changes, {})
    assert to_document(after) == {k: v for k, v in (held | changes).items() if v is not None}
    ids = {"doi": "https://doi.org/10.1000/X", "newer": "x"}
    assert read_back(before, held | {"ids": ids}, {}).ids == {"doi": "10.1000/x", "newer": "x"}


def test_a_field_that_is_taken_out_is_gone() -> None:
    paper = unet(code=(CodeLink(url="https://a.example"),), venue=Venue(name="MICCAI"))
    document = to_document(paper)
    del document["code"], document["venue"]
    after = read_back(paper, document, BENCHMARKS)
    assert (after.code, after.venue) == ((), None)
