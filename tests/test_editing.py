"""Changes by hand: what can be set, how values are read, and what is pinned."""

from __future__ import annotations

from typing import Any

import pytest

from papertrack.corrections import fingerprint
from papertrack.editing import (
    FIELDS,
    add_result,
    annotate,
    assign,
    code_link,
    dismiss,
    remove_results,
    remove_rows,
    retag,
)
from papertrack.errors import NotFound, UsageError
from papertrack.merge import update
from papertrack.model import UNCHECKED, CodeLink, Link, Paper, Result, Venue, replace
from tests.builders import record, synapse, unet, voxelmorph

REPOSITORY = "https://github.com/milesial/Pytorch-UNet"


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        pytest.param("title=A title", "title", "A title", id="title"),
        pytest.param("title = a = b ", "title", "a = b", id="blanks around, equals inside"),
        pytest.param("title=a\x1b[2J\nb", "title", "a[2J b", id="control characters"),
        pytest.param("name=UNet", "name", "UNet", id="name"),
        pytest.param("name=", "name", "", id="taken out"),
        pytest.param("year=2016", "year", 2016, id="year"),
        pytest.param("year=", "year", None, id="no year"),
        pytest.param("venue=CVPR 2016", "venue", Venue(name="CVPR", year=2016), id="venue"),
        pytest.param("venue=", "venue", None, id="no venue"),
        pytest.param(
            "venue.url=https://x.org/1",
            "venue",
            Venue(name="MICCAI", year=2015, url="https://x.org/1"),
            id="page of the venue",
        ),
        pytest.param(
            "venue.note=oral",
            "venue",
            Venue(name="MICCAI", year=2015, note="oral"),
            id="note of the venue",
        ),
        pytest.param("venue.year=", "venue", Venue(name="MICCAI"), id="no year of the venue"),
        pytest.param("authors=A. Wu, B. Li", "authors", ("A. Wu", "B. Li"), id="commas"),
        pytest.param("authors=Wu, A.; Li, B.", "authors", ("A. Wu", "B. Li"), id="semicolons"),
        pytest.param("authors=Wu, A. and Li, B.", "authors", ("A. Wu", "B. Li"), id="and"),
        pytest.param("authors=Wu, A., Li, B.", "authors", ("A. Wu", "B. Li"), id="turned"),
        pytest.param("authors=Wu, Ada", "authors", ("Ada Wu",), id="one author, turned"),
        pytest.param("authors=", "authors", (), id="no authors"),
        pytest.param("section=A / B>C", "section", ("A", "B", "C"), id="path of sections"),
        pytest.param("section=CT/MR", "section", ("CT/MR",), id="a slash in a name"),
        pytest.param("tags=a, b,,a b", "tags", ("a", "b", "a b"), id="tags"),
        pytest.param(
            f"code=unofficial {REPOSITORY}.git",
            "code",
            (CodeLink(url=REPOSITORY, label="unofficial"),),
            id="code",
        ),
        pytest.param(
            "links=project page https://a.org, https://b.org",
            "links",
            (Link(url="https://a.org", label="project page"), Link(url="https://b.org")),
            id="links",
        ),
        pytest.param("notes=one\ntwo", "notes", "one\ntwo", id="notes of two lines"),
        pytest.param("remark=A  classic.\n1.", "remark", "A classic. 1.", id="remark"),
        pytest.param("status=to-read", "status", "to-read", id="status"),
        pytest.param("abstract=" + "x " * 1_500, "abstract", ("x " * 1_500).strip(), id="long"),
    ],
)
def test_a_field_is_set_and_pinned(change: str, field: str, value: Any) -> None:
    before = unet(sources={field: "arxiv", "abstract": "arxiv"} | {"added": "x"})
    after = assign(before, change)
    assert getattr(after, field) == value
    assert after.pinned == (field,)
    assert field not in after.sources
    assert "added" in after.sources


def test_a_venue_set_by_hand_is_confirmed() -> None:
    paper = unet(sources={"venue": UNCHECKED})
    assert paper.appeared == "MICCAI 2015 (unconfirmed)"
    assert assign(paper, "venue=MICCAI 2015").appeared == "MICCAI 2015"
    assert assign(paper, "notes=x").appeared == "MICCAI 2015 (unconfirmed)"


@pytest.mark.parametrize(
    ("change", "ids"),
    [
        ("arxiv=https://arxiv.org/abs/2001.00001v3", {"arxiv": "2001.00001", "s2": "f"}),
        (
            "ids.doi=https://doi.org/10.1109/TMI.2019.1",
            {"arxiv": "1", "doi": "10.1109/tmi.2019.1", "s2": "f"},
        ),
        ("ids.arxiv=", {"s2": "f"}),
    ],
)
def test_an_identifier_is_brought_into_its_normal_form(change: str, ids: dict[str, str]) -> None:
    after = assign(unet(ids={"arxiv": "1", "s2": "f"}), change)
    assert after.ids == ids
    assert len(after.pinned) == 1
    assert after.pinned[0].startswith("ids.")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("year", "is no change of a field"),
        ("=x", "is no change of a field"),
        ("colour=red", "there is no field 'colour'"),
        ("key=x", "there is no field 'key'"),
        ("ids.isbn=1", "there is no field 'ids.isbn'"),
        ("venue.name=X", "there is no field 'venue.name'"),
        ("ids.year=2015", "there is no field 'ids.year'"),
        ("title=", "a paper has a title"),
        ("title=\u200b", "a paper has a title"),
        ("year=15", "'15' is no year"),
        ("year=3015", "'3015' is no year"),
        ("venue=2015", "'2015' names no venue"),
        ("venue.url=x", "'x' is no web address"),
        ("code=javascript:alert(1)", "'javascript:alert(1)' is no web address"),
        ("code=my foo", "'foo' is no web address"),
        ("code=https://x.example/a|b", "'https://x.example/a|b' is no web address"),
        ("links=project", "is no web address"),
        ("arxiv=abc", "arxiv"),
        ("doi=1505.04597", "if arXiv is meant"),
        ("year+=1", "year is no list"),
        ("results-=x", "results is no list"),
        ("tags-=", "'tags-=' names nothing"),
        ("tags+= , ", "names nothing"),
    ],
)
def test_a_change_that_cannot_be_is_explained(change: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        assign(unet(), change)
    assert message in f"{caught.value.message} {caught.value.hint}"


def test_part_of_a_venue_needs_a_venue() -> None:
    with pytest.raises(UsageError, match=r"venue\.year needs a venue"):
        assign(unet(venue=None), "venue.year=2015")


def test_every_field_that_can_be_set_is_a_field_of_a_paper() -> None:
    assert set(FIELDS) < set(Paper.__struct_fields__)


@pytest.mark.parametrize(
    ("change", "tags"),
    [
        ("tags+=c", ("a", "b", "c")),
        ("tags+=a", ("a", "b")),
        ("tags+=c, d,c", ("a", "b", "c", "d")),
        ("tags-=a", ("b",)),
        ("tags-=b, b", ("a",)),
        ("tags-=b,a", ()),
    ],
)
def test_a_list_is_extended_and_cut_in_place(change: str, tags: tuple[str, ...]) -> None:
    after = assign(unet(tags=("a", "b")), change)
    assert after.tags == tags
    assert not after.pinned


@pytest.mark.parametrize(
    ("change", "message", "hint"),
    [
        ("tags-=x", "there is no 'x' in tags to take out", "tags: a, b"),
        ("tags-=b,x,y", "there is no 'x', 'y' in tags to take out", "tags: a, b"),
        ("authors-=Olaf", "no 'Olaf' in authors", "Olaf Ronneberger, Philipp Fischer"),
        ("code-=https://github.com/z/z", "no 'https://github.com/z/z' in code", REPOSITORY),
        ("links-=https://x.example/", "no 'https://x.example/' in links", "links: none"),
    ],
)
def test_what_is_not_there_cannot_be_taken_out(change: str, message: str, hint: str) -> None:
    paper = unet(tags=("a", "b"), code=(CodeLink(url=REPOSITORY),))
    with pytest.raises(NotFound) as caught:
        assign(paper, change)
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_of_many_the_first_are_named() -> None:
    with pytest.raises(NotFound) as caught:
        assign(unet(tags=tuple("abcdefghij")), "tags-=x")
    assert caught.value.hint == "tags: a, b, c, d, e and 5 more"


def test_a_link_is_the_same_in_another_spelling() -> None:
    paper = unet(code=(CodeLink(url=REPOSITORY), CodeLink(url="https://github.com/a/b")))
    relabelled = assign(paper, f"code+=unofficial {REPOSITORY}/")
    assert [(c.url, c.label) for c in relabelled.code] == [
        (REPOSITORY, "unofficial"),
        ("https://github.com/a/b", ""),
    ]
    assert assign(paper, f"code-={REPOSITORY}.git").code == paper.code[1:]


def test_authors_added_by_hand_are_not_overwritten_by_a_source() -> None:
    after = assign(unet(), "authors+=A. Wu")
    assert update(after, [record()]).authors[-1] == "A. Wu"


@pytest.mark.parametrize(
    ("changes", "tags"),
    [
        (["+c"], ("a", "b", "c")),
        (["c"], ("a", "b", "c")),
        (["-a", "+c"], ("b", "c")),
        (["+a"], ("a", "b")),
        (["-x"], ("a", "b")),
    ],
)
def test_tags_are_added_and_taken_out(changes: list[str], tags: tuple[str, ...]) -> None:
    assert retag(unet(tags=("a", "b")), changes).tags == tags


@pytest.mark.parametrize("change", ["", "+", "-", "+ "])
def test_a_tag_has_a_name(change: str) -> None:
    with pytest.raises(UsageError, match="is no tag"):
        retag(unet(), [change])


def test_a_note_stands_under_those_that_are_there() -> None:
    paper = annotate(annotate(unet(), "first"), " second\x07\nthird ")
    assert paper.notes == "first\nsecond\nthird"
    with pytest.raises(UsageError, match="the note is empty"):
        annotate(paper, "\u200b")


def test_a_link_taken_out_is_remembered_until_it_is_put_in_again() -> None:
    paper = voxelmorph(links=(Link(url="https://voxelmorph.net"),))
    bare = dismiss(paper, replace(paper, code=(), links=()))
    assert bare.dismissed == ("https://github.com/voxelmorph/voxelmorph", "https://voxelmorph.net")
    again = dismiss(bare, replace(bare, links=paper.links))
    assert again.dismissed == ("https://github.com/voxelmorph/voxelmorph",)


def test_a_link_put_in_again_in_another_spelling_is_not_taken_out_any_more() -> None:
    respelt = CodeLink(url="https://github.com/VoxelMorph/VoxelMorph")
    bare = dismiss(voxelmorph(), replace(voxelmorph(), code=()))
    assert bare.dismissed == (voxelmorph().code[0].url,)
    assert dismiss(bare, replace(bare, code=(respelt,))).dismissed == ()
    assert dismiss(voxelmorph(), replace(voxelmorph(), code=(respelt,))).dismissed == ()


def test_a_name_taken_out_stays_out_whatever_links_come_in() -> None:
    paper = unet(dismissed=("UNet", "U-Net (R50)"))
    assert dismiss(paper, replace(paper, code=(CodeLink(url=REPOSITORY),))).dismissed == (
        "UNet",
        "U-Net (R50)",
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (REPOSITORY, "official"),
        (f"torchvision {REPOSITORY}", "torchvision"),
        (f"a port to JAX {REPOSITORY}/", "a port to JAX"),
        (REPOSITORY.replace("https://", "https://ada:secret@") + ".git", "official"),
    ],
)
def test_a_code_link_is_read_with_the_label_before_it(text: str, label: str) -> None:
    assert code_link(text) == CodeLink(url=REPOSITORY, label=label, source="user")


def test_what_is_set_by_hand_is_clean() -> None:
    named = assign(unet(), "venue.url=https://x.example/\u202ea")
    assert named.venue
    assert named.venue.url == "https://x.example/a"


def test_a_result_corrects_the_one_of_the_same_row() -> None:
    old = (
        Result(benchmark="synapse", values={"dice": "70"}),
        Result(benchmark="acdc", values={"dice": "80"}),
        Result(benchmark="synapse", model="U-Net (R50)"),
    )
    new = Result(benchmark="synapse", model="U-Net", values={"dice": "76.85"})
    first, correction, *others = add_result(unet(results=old), new).results
    assert (first, *others) == old
    assert correction == replace(old[0], values=new.values, supersedes=fingerprint(old[0]))


ALONE = (
    Result(benchmark="synapse", model="GhostNet", values={"dice": "70"}),
    Result(benchmark="synapse", model="GhostNet", variant="1.4x"),
    Result(benchmark="synapse", model="Swin"),
)


@pytest.mark.parametrize(
    ("name", "row", "left", "dismissed"),
    [
        ("Swin", None, ALONE[:2], ("Swin",)),
        ("GhostNet (1.4x)", None, (ALONE[0], ALONE[2]), ("GhostNet (1.4x)",)),
        ("GhostNet", None, ALONE[2:], ("GhostNet", "GhostNet (1.4x)")),
        ("GhostNet", "GhostNet (1.4x)", (ALONE[0], ALONE[2]), ("GhostNet (1.4x)",)),
        (fingerprint(ALONE[0]), None, ALONE[1:], ("GhostNet",)),
        ("Swin", "GhostNet", ALONE, ()),
        ("Ghost", None, ALONE, ()),
    ],
)
def test_a_row_of_the_benchmark_itself_is_taken_out_and_remembered(
    name: str, row: str | None, left: tuple[Result, ...], dismissed: tuple[str, ...]
) -> None:
    assert remove_rows(synapse(results=ALONE), name, row) == synapse(
        results=left, dismissed=dismissed
    )


def test_a_row_taken_out_is_remembered_until_it_is_put_in_again() -> None:
    rows = (Result(benchmark="synapse"), Result(benchmark="synapse", model="R50"))
    paper = unet(results=(*rows, Result(benchmark="acdc")))
    bare = remove_results(paper, "synapse", None)
    assert bare.results == paper.results[2:]
    assert bare.dismissed == ("U-Net", "R50")
    assert add_result(bare, rows[1]).dismissed == ("U-Net",)


@pytest.mark.parametrize("paper", [unet(), unet(name="")], ids=["short name", "title"])
def test_a_row_without_a_model_is_taken_out_by_the_name_that_the_table_prints(paper: Paper) -> None:
    listed = replace(paper, results=(Result(benchmark="b"), Result(benchmark="b", model="R50")))
    assert remove_results(listed, "b", paper.short_name).results == listed.results[1:]
    assert remove_results(listed, "b", "other") == listed
