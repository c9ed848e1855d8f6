"""Papers of other people's lists, taken into the library."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import adopting
from papertrack.adopting import Adopted, Candidate, from_entry
from papertrack.documents import to_document
from papertrack.formats import LOADERS
from papertrack.gaining import gain
from papertrack.gathering import Gathered
from papertrack.library import Contents
from papertrack.model import UNCHECKED, CodeLink, Link, Paper, Removed, Venue
from papertrack.model import replace as changed
from papertrack.readme.adopt import Entry, FoundTable, Reading
from papertrack.sources import Failed
from papertrack.storage import encode
from tests.builders import record, unet, voxelmorph

TODAY = date(2026, 11, 23)
UNET = "ronneberger2015unet"
TITLE = unet().title


def contents(**papers: Paper) -> Contents:
    return Contents(papers=dict(papers), benchmarks={}, removed={}, problems=[])


def entry(title: str = TITLE, line: int = 1, **fields: Any) -> Entry:
    return Entry(lines=range(line, line + 1), title=title, **fields)


def take(into: Contents, *entries: Entry) -> list[Adopted]:
    return adopting.take([from_entry(e) for e in entries], into, TODAY)


def test_a_venue_that_a_list_calls_unconfirmed_is_unconfirmed_here() -> None:
    store = contents()
    take(store, entry(venue="MICCAI", year=2015, unconfirmed=True))
    [paper] = store.papers.values()
    assert (paper.venue, paper.sources["venue"]) == (Venue(name="MICCAI", year=2015), UNCHECKED)


def test_what_a_list_prints_confirms_no_venue() -> None:
    store = contents(unet=unet(sources={"venue": UNCHECKED}))
    assert take(store, entry(venue="MICCAI", year=2015)) == [Adopted(1, "exists", "unet")]
    assert store.papers["unet"].is_unchecked("venue")


def test_a_new_paper_comes_in_with_all_that_is_printed() -> None:
    store = contents()
    [adopted] = take(
        store,
        entry(
            authors=("Olaf Ronneberger",),
            venue="MICCAI",
            year=2015,
            ids={"arxiv": "1505.04597"},
            section=("Segmentation",),
            code=(CodeLink(url="https://github.com/o/unet"),),
            tags=("2d",),
        ),
    )
    assert adopted == Adopted(1, "added", UNET)
    paper = store.papers[UNET]
    assert (paper.name, paper.venue) == ("U-Net", Venue(name="MICCAI", year=2015))
    assert (paper.section, paper.tags, paper.added) == (("Segmentation",), ("2d",), "2026-11-23")
    assert {*paper.sources.values()} == {"list"}


def test_a_paper_that_is_there_gains_what_it_lacks() -> None:
    store = contents(key=unet(name="", ids={"arxiv": "1505.04597"}))
    [adopted] = take(
        store,
        entry(
            name="UNet",
            ids={"arxiv": "1505.04597", "doi": "10.1007/x"},
            code=(CodeLink(url="https://github.com/o/unet"),),
            links=(Link(url="https://o.example", label="project"),),
            tags=("2d",),
        ),
    )
    paper = store.papers["key"]
    assert adopted.status == "gained"
    assert paper.name == "UNet"
    assert paper.ids["doi"] == "10.1007/x"
    assert [c.url for c in paper.code] == ["https://github.com/o/unet"]
    assert [link.label for link in paper.links] == ["project"]
    assert paper.tags == ("2d",)


def test_nothing_is_overwritten_and_what_is_printed_otherwise_is_kept() -> None:
    before = unet()
    after = gain(
        before,
        Paper(title="U-Net", name="UNET", authors=("O. R.",), year=2016, venue=Venue(name="CVPR")),
    )
    assert after == changed(before, printed={"title": "U-Net", "venue": "CVPR", "year": "2016"})


@pytest.mark.parametrize(
    ("held", "said", "remark"),
    [
        ("", "A classic.", "A classic."),
        ("A classic.", "A classic", "A classic."),
        ("A classic: begin here", "begin: HERE!", "A classic: begin here"),
        ("A classic", "", "A classic"),
    ],
)
def test_a_remark_comes_in_once(held: str, said: str, remark: str) -> None:
    after = gain(unet(remark=held), unet(remark=said, sources={"remark": "list"}))
    assert (after.remark, after.printed) == (remark, {})
    assert after.sources == ({} if held else {"remark": "list"})


@pytest.mark.parametrize(
    "held", [{"remark": "Mine."}, {"remark": "", "pinned": ("remark",)}], ids=["there", "pinned"]
)
def test_a_remark_that_is_there_stays_and_the_other_is_kept_as_printed(held: Any) -> None:
    after = gain(unet(**held), unet(remark="Theirs."))
    assert (after.remark, after.printed) == (held["remark"], {"remark": "Theirs."})


def test_the_remarks_of_a_paper_that_a_list_has_twice_stand_behind_each_other() -> None:
    store = contents()
    entries = [entry(remark="A classic"), entry(line=7, remark="2D"), entry(line=9, remark="2D")]
    take(store, *entries)
    assert [paper.remark for paper in store.papers.values()] == ["A classic; 2D"]
    assert [a.status for a in take(store, *entries)] == ["exists"] * 3
    take(store, entry(remark="A classic of all"))
    [paper] = store.papers.values()
    assert (paper.remark, paper.printed) == ("A classic; 2D", {"remark": "A classic of all"})


def test_no_remark_is_longer_than_one_line_of_the_store() -> None:
    store = contents()
    take(store, entry(remark="x" * 1_500), entry(remark="y " * 1_000))
    [paper] = store.papers.values()
    assert (len(paper.remark), len(paper.printed["remark"])) == (1_500, 1_999)


def test_a_venue_that_is_only_spelt_otherwise_is_no_difference() -> None:
    paper = unet(venue=Venue(name="IEEE TMI", year=2015))
    assert gain(paper, unet(venue=Venue(name="IEEE-TMI", year=2015))) == paper


def test_that_a_paper_is_on_arxiv_is_no_venue() -> None:
    printed = entry(venue="arXiv", year=2015, ids={"arxiv": "1505.04597"})
    assert from_entry(printed).paper.venue is None
    assert from_entry(entry(venue="arXiv", year=2015)).paper.appeared == "arXiv 2015"


PREPRINT_THEN_PUBLISHED = {
    "bibtex": "@article{a, title={U-Net: Networks for Images}, journal={arXiv preprint "
    "arXiv:1512.03385}}\n@inproceedings{b, title={U-Net: Networks for Images}, "
    "booktitle={CVPR}, year=2016}",
    "csv": "title,venue,year\nU-Net: Networks for Images,arXiv:1512.03385,\n"
    "U-Net: Networks for Images,CVPR,2016\n",
    "ris": "TY  - JOUR\nTI  - U-Net: Networks for Images\nJO  - arXiv:1512.03385\nER  - \n"
    "TY  - CONF\nTI  - U-Net: Networks for Images\nT2  - CVPR\nPY  - 2016\nER  - \n",
    "csl": '[{"title": "U-Net: Networks for Images", "container-title": "arXiv:1512.03385"},'
    '{"title": "U-Net: Networks for Images", "container-title": "CVPR", "issued": "2016"}]',
}


@pytest.mark.parametrize("form", PREPRINT_THEN_PUBLISHED)
def test_a_paper_of_a_file_is_completed_like_one_of_a_readme(form: str) -> None:
    items = LOADERS[form](PREPRINT_THEN_PUBLISHED[form]).items
    store = contents()
    adopting.take([adopting.from_item(item, form) for item in items], store, TODAY)
    [(key, paper)] = store.papers.items()
    assert (key, paper.name, paper.year) == ("2015unet", "U-Net", 2015)
    assert (paper.venue, paper.ids) == (Venue(name="CVPR", year=2016), {"arxiv": "1512.03385"})
    assert paper.printed == {}
    assert paper.sources == dict.fromkeys(["title", "ids.arxiv", "venue"], "import")


def test_a_paper_of_json_lines_keeps_its_key_where_that_is_free() -> None:
    lines = [
        {"key": "kept2015key", "title": "A title that was corrected since"},
        {"key": "theirs", "title": "One paper of two"},
        {"key": "theirs", "title": "Another paper of two", "year": 2020},
        {"key": "removed", "title": "A paper under a key that was used", "year": 2021},
        {"key": "../con", "title": "A paper under no key", "year": 2022},
        {"key": "other", "title": TITLE},
    ]
    store = contents(ours=unet())
    store.removed["removed"] = Removed(paper=voxelmorph(), removed="2026-11-01")
    items = LOADERS["jsonl"]("\n".join(map(json.dumps, lines))).items
    taken = adopting.take([adopting.from_item(item, "jsonl") for item in items], store, TODAY)
    assert [(adopted.key, adopted.message) for adopted in taken] == [
        ("kept2015key", ""),
        ("theirs", ""),
        ("2020another", "the key theirs is taken here"),
        ("2021paper", "the key removed is taken here"),
        ("2022paper", ""),
        ("ours", ""),
    ]
    assert [adopted.status for adopted in taken] == ["added"] * 5 + ["exists"]


def test_a_record_of_an_identifier_alone_comes_in_only_if_a_source_knows_it() -> None:
    loaded = LOADERS["csv"]("arxiv,title\n1505.04597,\n1505.04598,A title\n")
    alone, titled = (adopting.from_item(item, "csv") for item in loaded.items)
    assert (alone.only_asked, titled.only_asked) == (True, False)
    found = resolved(alone, Gathered(records=[record()]))
    assert found.paper.title == record().title
    missing = adopting.resolve(alone, Gathered(missing={"arxiv": ""}))
    assert missing == Adopted(2, "not_found", "", "'1505.04597': no source knows it")


def test_an_address_in_the_place_of_a_title_is_no_short_name() -> None:
    assert from_entry(entry(title="", url="https://x.example/paper")).paper.name == ""


def test_links_that_a_person_took_out_do_not_come_back() -> None:
    paper = unet(dismissed=("https://github.com/o/unet", "https://o.example/"))
    said = unet(
        code=(CodeLink(url="https://github.com/O/UNet.git"),),
        links=(Link(url="https://o.example/"),),
    )
    assert gain(paper, said) == paper


@pytest.mark.parametrize(
    "said",
    [
        Paper(title=TITLE, year=2014),
        Paper(title=TITLE, ids={"doi": "10.1000/other"}),
        Paper(title=TITLE, code=(CodeLink(url="https://github.com/o/unet"),)),
        Paper(title=TITLE, tags=("2d",)),
        Paper(title=TITLE, remark="A classic."),
    ],
    ids=["year", "ids.doi", "code", "tags", "remark"],
)
def test_a_field_that_a_person_has_pinned_gains_nothing(said: Paper) -> None:
    bare = Paper(title=TITLE, pinned=("year", "ids.doi", "code", "tags", "remark"))
    after = gain(bare, said)
    assert (after.year, after.ids, after.code, after.tags) == (None, {}, (), ())
    assert after.remark == ""


def test_a_removed_paper_does_not_come_back() -> None:
    store = contents()
    store.removed[UNET] = Removed(paper=unet(), removed="2026-11-01", why="twice")
    by_id, by_title = take(
        store, entry("U-Net", ids={"arxiv": "1505.04597"}), entry(line=2, authors=())
    )
    assert (by_id.status, by_title.status) == ("removed", "removed")
    assert "twice" in by_id.message
    assert store.papers == {}


def test_an_id_on_two_titles_is_believed_once_and_told_with_its_line() -> None:
    store = contents()
    other = "VoxelMorph: A Learning Framework for Deformable Registration"
    code = (CodeLink(url="https://github.com/voxelmorph/voxelmorph"),)
    entries = [
        entry(ids={"arxiv": "1505.04597"}),
        entry(other, 7, ids={"arxiv": "1505.04597", "doi": "10.1000/vm"}, code=code, year=2019),
    ]
    _, second = take(store, *entries)
    assert (second.line, second.status) == (7, "doubted")
    assert TITLE in second.message
    paper = store.papers[second.key]
    assert (paper.ids, paper.code, paper.year) == ({"doi": "10.1000/vm"}, code, 2019)
    assert paper.printed == {"ids.arxiv": "1505.04597"}
    before = msgspec.json.encode(store.papers)
    assert [a.status for a in take(store, *entries)] == ["exists", "exists"]
    assert msgspec.json.encode(store.papers) == before


FPN, FOCAL = (
    "Feature Pyramid Networks for Object Detection",
    "Focal Loss for Dense Object Detection",
)


def test_a_wrong_id_of_a_paper_by_the_same_author_makes_no_paper_disappear() -> None:
    store = contents()
    code = (CodeLink(url="https://github.com/facebookresearch/Detectron"),)
    lin, ids = ("Tsung-Yi Lin", "Piotr Dollár"), {"arxiv": "1612.03144"}
    entries = [
        entry(FPN, 5, authors=lin, ids=ids),
        entry(FOCAL, 6, authors=lin, ids=ids, code=code),
    ]
    first, second = take(store, *entries)
    assert (first.status, second.status) == ("added", "doubted")
    assert second.message == f"arxiv:1612.03144 is that of {first.key}, {FPN!r}"
    assert (store.papers[first.key].ids, store.papers[first.key].code) == (ids, ())
    paper = store.papers[second.key]
    assert (paper.title, paper.ids, paper.code) == (FOCAL, {}, code)
    before = msgspec.json.encode(store.papers)
    assert [a.status for a in take(store, *entries)] == ["exists", "exists"]
    assert msgspec.json.encode(store.papers) == before


def test_an_entry_under_the_title_before_the_last_refresh_is_the_paper_that_it_was() -> None:
    store = contents(key=unet(dismissed=("Networks that look like a letter",)))
    [adopted] = take(store, entry("Networks that look like a letter", ids={"arxiv": "1505.04597"}))
    assert (adopted.key, adopted.message) == ("key", "")


def test_an_id_of_another_paper_is_not_taken_by_one_that_is_known() -> None:
    store = contents(a=unet(ids={"arxiv": "1505.04597"}), b=voxelmorph(ids={"doi": "10.1000/vm"}))
    [adopted] = take(store, entry(ids={"arxiv": "1505.04597", "doi": "10.1000/vm"}))
    assert adopted.key == "a"
    assert "10.1000/vm" in adopted.message
    assert "doi" not in store.papers["a"].ids


def test_a_paper_in_two_sections_is_one_paper_with_a_tag() -> None:
    store = contents()
    ids = {"arxiv": "1505.04597"}
    take(store, entry(ids=ids, section=("Brain",)), entry(ids=ids, section=("Organs", "Heart CT")))
    [paper] = store.papers.values()
    assert (paper.section, paper.tags) == (("Brain",), ("organs-heart-ct",))


@pytest.mark.parametrize(
    ("section", "told"),
    [
        (("Organs",), "stands under Brain / MRI too"),
        (("Brain",), "stands under Brain / MRI too"),
        (("brain", "M.R.I."), ""),
        ((), ""),
    ],
)
def test_where_else_a_paper_stands_is_told(section: tuple[str, ...], told: str) -> None:
    store = contents(key=unet(section=("Brain", "MRI")))
    for status in ("gained", "exists") if told else ("exists",):
        [adopted] = take(store, entry(ids={"arxiv": "1505.04597"}, section=section))
        assert adopted == Adopted(1, status, "key", told)


def test_a_section_without_latin_letters_makes_a_tag_too() -> None:
    assert gain(unet(), unet(section=("分割",))).tags == ("分割",)


@pytest.mark.parametrize(
    ("one", "other"), [("U-Net", "U-Net++"), ("nnU-Net", "nnU-Net v2"), ("C2", "C++2")]
)
def test_short_names_that_are_nearly_the_same_stay_two_papers(one: str, other: str) -> None:
    store = contents()
    assert [a.status for a in take(store, entry(one), entry(other))] == ["added", "added"]


def test_a_name_in_place_of_a_title_means_the_paper_of_its_id() -> None:
    store = contents(key=unet(), other=voxelmorph(name="", title="A Framework for Registration"))
    unet_, voxelmorph_, wrong = take(
        store,
        entry("", name="UNet", ids={"arxiv": "1505.04597"}),
        entry("", name="VoxelMorph", ids={"arxiv": "1809.05231"}),
        entry("", name="U-Net++", ids={"arxiv": "1505.04597"}),
    )
    assert (unet_.key, voxelmorph_.key, wrong.status) == ("key", "other", "doubted")


def test_one_page_under_two_titles_is_two_papers() -> None:
    store = contents()
    page = "https://proceedings.example/2021"
    first, second = take(
        store,
        entry("Segmenting the liver slowly", url=page),
        entry("A registration of brains by hand", url=page),
    )
    assert first.key != second.key


def test_a_table_of_results_is_the_section_only_of_what_is_listed_nowhere_else() -> None:
    ids = [{"arxiv": "1505.04597"}, {"arxiv": "1809.05231"}]
    rows = [entry(f"Paper {n}", n + 3, ids=ids[n], section=("Board",)) for n in range(2)]
    listed = entry("Paper 0", 9, ids=ids[0], section=("Papers",))
    table = FoundTable(lines=range(1, 6), kind="results")
    candidates = adopting.from_reading(Reading(entries=[*rows, listed], tables=[table]))
    store = contents()
    taken = adopting.take(candidates, store, TODAY)
    assert [(a.line, a.status, a.message) for a in taken] == [
        (9, "added", ""),
        (3, "exists", ""),
        (4, "added", ""),
    ]
    found = {p.title: (p.section, p.tags) for p in store.papers.values()}
    assert found == {"Paper 0": (("Papers",), ()), "Paper 1": (("Board",), ())}


# --- what the sources say ------------------------------------------------------------------------


def resolved(candidate: Candidate, found: Gathered) -> Candidate:
    result = adopting.resolve(candidate, found)
    assert isinstance(result, Candidate)
    return result


def test_a_paper_that_a_source_knows_is_completed_and_its_printed_title_kept() -> None:
    printed = entry(TITLE.replace("Biomedical", "Medical"), ids={"arxiv": "1505.04597"}, year=2017)
    after = resolved(from_entry(printed), Gathered(records=[record()])).paper
    assert (after.title, after.year) == (TITLE, 2015)
    assert after.printed == {"title": printed.title, "year": "2017"}
    store = contents(key=after)
    take(store, printed)
    assert store.papers["key"] == after


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Gathered(records=[record(title="Something else", authors=())]), "Something else"),
        (Gathered(records=[record(title="Networks that look like a letter")]), "like a letter"),
        (Gathered(missing={"arxiv": ""}), "unknown"),
    ],
    ids=["another title", "another title by one author", "no paper"],
)
def test_a_wrong_id_is_told_and_never_believed_again(found: Gathered, told: str) -> None:
    printed = entry(ids={"arxiv": "1505.04597"}, year=2015, authors=unet().authors)
    candidate = resolved(from_entry(printed), found)
    assert told in candidate.doubt
    store = contents()
    [adopted] = adopting.take([candidate], store, TODAY)
    paper = store.papers[adopted.key]
    assert (adopted.status, paper.ids) == ("doubted", {})
    assert paper.printed == {"ids.arxiv": "1505.04597"}
    take(store, printed)
    assert store.papers == {adopted.key: paper}


def test_an_outage_leaves_the_printed_facts() -> None:
    candidate = from_entry(entry(ids={"arxiv": "1505.04597"}))
    assert adopting.resolve(candidate, Gathered(failed={"arxiv": Failed("HTTP 503")})) == candidate


def test_a_file_is_not_doubted_where_its_title_is_not_found() -> None:
    [item] = LOADERS["bibtex"]("@article{a, title={A title of nobody}, year={2020}}").items
    candidate = adopting.from_item(item, "bibtex")
    other = Gathered(records=[record(authors=())])
    assert adopting.resolve(candidate, other) == candidate


# --- any list ------------------------------------------------------------------------------------

_urls = st.sampled_from(["https://github.com/o/a", "https://github.com/O/A/", "https://x.example"])
_ids = st.fixed_dictionaries(
    {},
    optional={
        "arxiv": st.sampled_from(["1505.04597", "1809.05231", "1804.03999"]),
        "doi": st.sampled_from(["10.1000/a", "10.1000/b"]),
    },
)
_entries = st.builds(
    Entry,
    lines=st.integers(1, 99).map(lambda n: range(n, n + 1)),
    title=st.sampled_from(
        [
            "",
            TITLE,
            "U-net convolutional networks for medical image segmentation",
            "分割",
            "U-Net",
            "U-Net++",
            "A quite different paper on registration",
            "Learning to Learn",
        ]
    ),
    name=st.sampled_from(["", "U-Net", "VoxelMorph"]),
    authors=st.sampled_from([(), ("Olaf Ronneberger",), ("Balakrishnan, G.", "A. Zhao")]),
    venue=st.sampled_from(["", "arXiv", "CVPR", "IEEE TMI"]),
    year=st.sampled_from([None, 2015, 2018]),
    ids=_ids,
    url=st.sampled_from(["", "https://arxiv.org/abs/1505.04597", "https://x.example/paper"]),
    section=st.sampled_from([(), ("Brain",), ("Organs", "Heart"), ("分割",)]),
    code=st.lists(st.builds(CodeLink, url=_urls), max_size=2).map(tuple),
    links=st.lists(st.builds(Link, url=_urls), max_size=2).map(tuple),
    images=st.sampled_from([(), ("https://img.example/a.svg",)]),
    tags=st.sampled_from([(), ("2d",)]),
    remark=st.sampled_from(["", "A classic.", "A classic. 2D", "★", "x " * 990, "y " * 990]),
)


def test_an_entry_without_a_year_has_that_of_its_arxiv_id_which_nobody_printed() -> None:
    paper = from_entry(entry(title="A title of some words", ids={"arxiv": "2006.04878"})).paper
    assert (paper.year, paper.sources.get("year")) == (2020, None)


@given(st.lists(_entries, max_size=8))
def test_taking_a_list_a_second_time_changes_nothing(entries: list[Entry]) -> None:
    readable = [e for e in entries if e.title or e.name or e.url]
    store = contents()
    take(store, *readable)
    store.papers = dict(sorted(store.papers.items()))  # as they are read from disk
    before = msgspec.json.encode(store.papers)
    assert {a.status for a in take(store, *readable)} <= {"exists"}
    assert msgspec.json.encode(store.papers) == before


@given(st.lists(_entries, max_size=8))
def test_no_identifier_is_that_of_two_papers(entries: list[Entry]) -> None:
    store = contents()
    take(store, *(e for e in entries if e.title or e.name or e.url))
    ids = [pair for paper in store.papers.values() for pair in paper.ids.items()]
    assert len(ids) == len({*ids})


def test_a_title_alone_comes_in_only_if_a_source_knows_it() -> None:
    candidate = Candidate(3, Paper(title="Of nobody"), only_asked=True)
    missing = adopting.resolve(candidate, Gathered(missing={"s2": 'the nearest is "Of all"'}))
    assert missing == Adopted(3, "not_found", "", "'Of nobody': the nearest is \"Of all\"")
    failed = adopting.resolve(candidate, Gathered(failed={"s2": Failed("HTTP 503")}))
    assert isinstance(failed, Adopted)
    assert failed.status == "failed"


def test_what_a_terminal_obeys_does_not_come_into_the_store() -> None:
    dirty = "x\x1b]0;y\x07\u202e\u200b\x9b z"
    entry = Entry(
        lines=range(1, 2),
        section=(dirty,),
        title=dirty,
        name=dirty,
        authors=(dirty,),
        venue=f"{dirty} 2020",
        url=f"https://example.org/{dirty}",
        code=(CodeLink(url="https://github.com/a/b", label=dirty),),
        links=(Link(url="https://example.org/x", label=dirty),),
        images=(f"https://example.org/{dirty}",),
        tags=(dirty,),
        remark=dirty,
    )
    text = encode(to_document(from_entry(entry).paper)).decode()
    assert "x]0;y z" in text
    for char in "\x1b\x07\u202e\u200b\x9b":
        assert char not in text
        assert f"\\u{ord(char):04x}" not in text
