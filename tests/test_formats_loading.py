"""Reading CSL-JSON, RIS, JSON Lines and plain text, and telling the formats apart."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.formats import FORMATS, LOADERS, NotThisFormat, format_of
from papertrack.formats.loaded import LeftOut
from papertrack.identifiers import Identifier
from papertrack.model import Venue
from tests.test_formats import REAL

ZOTERO_CSL: list[dict[str, Any]] = [
    {
        "id": "http://zotero.org/users/1/items/N5XQ",
        "type": "article",
        "abstract": "We propose a novel attention gate.",
        "DOI": "10.48550/arXiv.1804.03999",
        "note": "arXiv:1804.03999 [cs]",
        "number": "arXiv:1804.03999",
        "publisher": "arXiv",
        "title": "Attention U-Net: Learning Where to Look for the Pancreas",
        "title-short": "Attention U-Net",
        "URL": "http://arxiv.org/abs/1804.03999",
        "author": [
            {"family": "Oktay", "given": "Ozan"},
            {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"},
            {"literal": "ISIC Consortium"},
        ],
        "issued": {"date-parts": [["2018", 5, 20]]},
    },
    {
        "id": "vnet",
        "type": "paper-conference",
        "container-title": "2016 Fourth International Conference on 3D Vision (3DV)",
        "DOI": "10.1109/3DV.2016.79",
        "title": "V-Net: <i>Fully</i> Convolutional Neural Networks",
        "keyword": "prostate, MRI",
        "author": [{"family": "Milletari", "given": "Fausto"}],
        "issued": {"literal": "October 2016"},
    },
]

SPRINGER = """TY  - CONF
AU  - Ronneberger, Olaf
AU  - Fischer, Philipp
AU  - Brox, Thomas
ED  - Navab, Nassir
PY  - 2015
DA  - 2015//
TI  - U-Net: Convolutional Networks for Biomedical Image Segmentation
BT  - Medical Image Computing and Computer-Assisted Intervention – MICCAI 2015
SP  - 234
EP  - 241
PB  - Springer International Publishing
AB  - There is large consent that successful training of deep networks requires
many annotated samples.
SN  - 978-3-319-24574-4
ID  - 10.1007/978-3-319-24574-4_28
ER  -
"""

IEEE = """TY  - JOUR
TI  - VoxelMorph: A Learning Framework for Deformable Medical Image Registration
T2  - IEEE Transactions on Medical Imaging
AU  - G. Balakrishnan
AU  - A. Zhao
PY  - 2019
DO  - 10.1109/TMI.2019.2897538
JO  - IEEE Transactions on Medical Imaging
KW  - Image registration
KW  - Machine learning
UR  - https://github.com/voxelmorph/voxelmorph
Y1  - Aug. 2019
ER  -
"""


# --- CSL-JSON ---------------------------------------------------------------------------------


def test_zotero_csl_is_understood() -> None:
    text = json.dumps(ZOTERO_CSL, indent=2)
    found = LOADERS["csl"](text)
    assert not found.problems
    attention, vnet = (item.paper for item in found.items)
    assert attention.authors == ("Ozan Oktay", "Laurens van der Maaten", "ISIC Consortium")
    assert (attention.name, attention.year) == ("Attention U-Net", 2018)
    assert (attention.ids, attention.notes) == ({"arxiv": "1804.03999"}, "")
    assert vnet.title == "V-Net: Fully Convolutional Neural Networks"
    assert vnet.venue == Venue(name="3DV", year=2016)
    assert vnet.tags == ("prostate", "MRI")
    assert vnet.ids == {"doi": "10.1109/3dv.2016.79"}
    begins = [n for n, line in enumerate(text.split("\n"), 1) if line == "  {"]
    assert [item.line for item in found.items] == begins


@pytest.mark.parametrize("wrap", ['{"items": %s}', "%s", "\ufeff\n%s"])
def test_csl_items_may_be_wrapped(wrap: str) -> None:
    assert len(LOADERS["csl"](wrap % json.dumps(ZOTERO_CSL)).items) == 2
    assert len(LOADERS["csl"](json.dumps(ZOTERO_CSL[0])).items) == 1


def test_csl_of_the_wrong_types_is_reported_and_not_believed() -> None:
    text = json.dumps(
        [
            "a word",
            {"title": {"a": 1}},
            {"title": ["From Crossref"], "author": "x", "issued": [], "keyword": {}},
            {"title": "T", "author": [7, {"family": []}], "issued": {"date-parts": [[None]]}},
        ],
        indent=1,
    )
    found = LOADERS["csl"](text)
    assert [item.paper.title for item in found.items] == ["From Crossref", "T"]
    assert found.problems == [
        (2, "this is no item: an item is an object with a title"),
        (3, "neither a title nor an identifier; left out"),
    ]


def test_csl_that_breaks_off_keeps_what_stands_before() -> None:
    found = LOADERS["csl"]('[{"title": "A"},\n {"title": "B"}, {"title" oops')
    assert [item.paper.title for item in found.items] == ["A", "B"]
    [(line, message)] = found.problems
    assert line == 2
    assert "nothing behind it is read" in message


OWN: dict[str, Any] = {
    "key": "ronneberger2015unet",
    "title": "U-Net",
    "authors": ["Olaf Ronneberger", "Ronneberger, O."],
    "ids": {"arxiv": "arXiv:1505.04597v1"},
    "code": [{"url": "javascript:x"}],
    "sources": {"title": "arxiv"},
    "newer": {"a": [1]},
}
"""A paper in papertrack's own form, as `list --json` prints it."""


@pytest.mark.parametrize("wrap", ["[%s]", "%s", '[{"title": "A", "type": "article"},\n%s]'])
def test_papers_in_papertrack_s_own_form_are_read_as_in_json_lines(wrap: str) -> None:
    found = LOADERS["csl"](wrap % json.dumps(OWN, indent=2))
    [theirs] = LOADERS["jsonl"](json.dumps(OWN)).items
    item = found.items[-1]
    assert (item.key, item.paper, item.identifier) == (
        "ronneberger2015unet",
        theirs.paper,
        Identifier("arxiv", "1505.04597"),
    )
    assert item.paper.extra == {"newer": {"a": [1]}}
    line = 2 if wrap.startswith("[{") else 1
    assert found.problems == [(line, "'javascript:x' is no web address")]


def test_a_paper_of_a_store_without_its_key_is_in_papertrack_s_own_form() -> None:
    document = {name: value for name, value in OWN.items() if name != "key"}
    [item] = LOADERS["csl"](json.dumps(document, indent=2)).items
    assert (item.key, item.paper.sources) == ("", {"title": "arxiv"})


@pytest.mark.parametrize(
    "item",
    [
        {"title": "A paper"},
        {"title": "A paper", "abstract": "", "categories": ["x"], "status": "", "section": "1"},
        {"key": "N5XQ", "version": 1, "itemType": "book", "title": "A paper", "tags": []},
        {"paperId": "1", "title": "A paper", "year": 2015, "authors": [{"name": "A"}], "venue": ""},
        {"id": "1", "ids": {"mag": 1}, "title": "A paper", "type": "article", "doi": "", "x": 1},
    ],
)
def test_json_of_other_programs_is_not_taken_for_papertrack_s_own_form(
    item: dict[str, Any],
) -> None:
    found = LOADERS["csl"](json.dumps([item]))
    assert [item.paper.title for item in found.items] == ["A paper"]
    assert (found.items[0].key, found.items[0].paper.extra, found.problems) == ("", {}, [])


@pytest.mark.parametrize("wrong", [{"year": "2015"}, {"newer": float("inf")}, {"title": ""}])
def test_a_paper_in_papertrack_s_own_form_that_cannot_be_is_left_out(wrong: dict[str, Any]) -> None:
    found = LOADERS["csl"](json.dumps([{"key": "a", "title": "A", "tags": []} | wrong, OWN]))
    assert [item.key for item in found.items] == [OWN["key"]]
    assert isinstance(found.problems[-1], LeftOut)


# --- RIS --------------------------------------------------------------------------------------


def test_publishers_ris_is_understood() -> None:
    found = LOADERS["ris"](SPRINGER + "\n" + IEEE)
    assert not found.problems
    unet, voxelmorph = (item.paper for item in found.items)
    assert unet.authors == ("Olaf Ronneberger", "Philipp Fischer", "Thomas Brox")
    assert unet.venue == Venue(name="MICCAI", year=2015)
    assert unet.abstract.endswith("deep networks requires many annotated samples.")
    assert voxelmorph.venue == Venue(name="IEEE TMI", year=2019)
    assert voxelmorph.ids == {"doi": "10.1109/tmi.2019.2897538"}
    assert voxelmorph.tags == ("Image registration", "Machine learning")
    assert [link.url for link in voxelmorph.code] == ["https://github.com/voxelmorph/voxelmorph"]
    assert [item.line for item in found.items] == [1, 19]


def test_a_ris_record_without_an_end_or_a_title_spoils_no_other() -> None:
    found = LOADERS["ris"]("TY  - JOUR\nAU  - Lee, Ann\nTY  - JOUR\r\nTI  - Two\r\n" + IEEE)
    assert [item.paper.title.split(":")[0] for item in found.items] == ["Two", "VoxelMorph"]
    assert found.problems == [(1, "neither a title nor an identifier; left out")]


# --- JSON Lines -------------------------------------------------------------------------------


def test_json_lines_keep_the_word_of_their_sources() -> None:
    text = '{"key": "k", "title": "A", "sources": {"title": "arxiv"}, "pinned": ["title"]}\n'
    [item] = LOADERS["jsonl"](text).items
    assert item.paper.sources == {"title": "arxiv"}
    assert item.paper.pinned == ("title",)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("not json", "no JSON"),
        ("[1]", "a paper is a JSON object"),
        ('{"year": 2015}', "no paper"),
        ('{"title": 7}', "no paper"),
        ('{"title": ""}', "neither a title nor an identifier"),
        ('{"title": "\\u200b", "year": 2015}', "neither a title nor an identifier"),
        ('{"title": "A", "year": NaN}', "no JSON"),
        ("[" * 100_000, "no JSON"),
        ('{"title": "A", "ids": {"arxiv": "../../x"}}', "no identifier"),
        ('{"title": "A", "links": [{"url": "javascript:alert(1)"}]}', "no web address"),
        ('{"title": "A", "code": [{"url": "file:///etc/passwd"}]}', "no web address"),
        ('{"title": "A", "rating": 1e999}', "no paper"),
        ('{"title": "A", "year": 99999}', "99999 is no year"),
        ('{"title": "A", "venue": {"name": "V", "year": 12}}', "12 is no year"),
        ('{"title": "A", "venue": {"name": "V", "url": "javascript:x"}}', "no web address"),
        (
            '{"title": "A", "results": [{"benchmark": "b", "source": {"url": "javascript:x"}}]}',
            "no web address",
        ),
    ],
)
def test_a_line_that_is_no_paper_is_reported_and_spoils_no_other(line: str, message: str) -> None:
    found = LOADERS["jsonl"](f'{line}\n\n{{"title": "Last"}}\n')
    assert found.items[-1].paper.title == "Last"
    [problem] = found.problems
    assert (problem.line, message in problem.message) == (1, True)
    papers = [item.paper for item in found.items]
    assert not any(paper.ids or paper.links or paper.code or paper.urls for paper in papers)
    assert not any(paper.published for paper in papers)


def test_texts_of_json_lines_are_cleaned_at_the_door() -> None:
    text = json.dumps({"title": "a\u202eb\nc", "notes": "one\x1b\ntwo", "newer": ["x\x00\ny"]})
    [item] = LOADERS["jsonl"](text).items
    assert (item.paper.title, item.paper.notes) == ("ab c", "one\ntwo")
    assert item.paper.extra == {"newer": ["x\ny"]}


# --- Plain text -------------------------------------------------------------------------------


def test_a_text_holds_titles_and_identifiers_one_a_line() -> None:
    found = LOADERS["text"](
        "\ufeff# MICCAI 2015\r\n\r\n"
        "U-Net: Convolutional Networks for Biomedical Image Segmentation\r\n"
        "- 1606.06650   # 3D U-Net\r\n"
        "1. V-Net: Fully Convolutional Neural Networks\r\n"
        "https://doi.org/10.1038/s41592-020-01008-z\r\n"
        "CorpusId:3719281\r\n"
        "oneword\r\n"
    )
    assert [(item.line, str(item.identifier)) for item in found.items] == [
        (3, "title:U-Net: Convolutional Networks for Biomedical Image Segmentation"),
        (4, "arxiv:1606.06650"),
        (5, "title:V-Net: Fully Convolutional Neural Networks"),
        (6, "doi:10.1038/s41592-020-01008-z"),
        (7, "corpus:3719281"),
    ]
    assert found.items[0].paper.sources == {"title": "import"}
    assert found.items[1].paper.ids == {"arxiv": "1606.06650"}
    [problem] = found.problems
    assert problem.line == 8
    assert "in quotes one will do" in problem.message


# --- All of them ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("my.bib", "", "bibtex"),
        ("my.CSV", "", "csv"),
        ("my.json", "[]", "csl"),
        ("my.jsonl", "", "jsonl"),
        ("export.txt", SPRINGER, "ris"),
        ("export.txt", "@article{k,\n title={A}}", "bibtex"),
        ("-", json.dumps(ZOTERO_CSL), "csl"),
        ("-", json.dumps(ZOTERO_CSL, indent=2), "csl"),
        ("-", '{\n "items": []}', "csl"),
        ("-", "title\tyear\nA\t2015", "tsv"),
        ("-", "Year;Title\n2015;A", "csv"),
        ("titles.txt", "U-Net: Convolutional Networks\nV-Net, or so", "text"),
        ("titles.txt", "[1] Ronneberger, O.: U-Net", "text"),
        ("titles.txt", "Deep learning, code, data and models in medicine", "text"),
        ("-", "", "text"),
    ],
)
def test_the_extension_tells_the_format_or_else_the_content(
    name: str, text: str, expected: str
) -> None:
    assert format_of(name, text) == expected


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_dumped_is_known_by_its_content(name: str) -> None:
    assert format_of("-", FORMATS[name](REAL)) == name


@pytest.mark.parametrize("name", LOADERS)
def test_an_empty_file_holds_nothing(name: str) -> None:
    found = LOADERS[name](" \n\n")
    assert (found.items, found.problems) == ([], [])


@pytest.mark.parametrize(
    ("name", "text"),
    [("csl", "hello"), ("csl", "[oops"), ("jsonl", "hello"), ("ris", "hello"), ("csv", "a,b")],
)
def test_a_file_of_another_format_is_refused_with_the_line(name: str, text: str) -> None:
    with pytest.raises(NotThisFormat) as refused:
        LOADERS[name](text)
    assert refused.value.line == 1


def test_a_record_that_has_only_an_identifier_is_a_paper_to_resolve() -> None:
    [item] = LOADERS["csv"]("arxiv\n1505.04597\n").items
    assert (item.paper.title, item.identifier) == ("", Identifier("arxiv", "1505.04597"))


pieces = st.sampled_from(
    [
        *("{", "}", "[", "]", '"title"', ":", ",", ";", "\t", "\n", '"', "TY  - ", "TI  - ", "x"),
        *("ER  - ", "title,", "doi", "http://", "'", "=", "1", "null", '"author"', '"issued"'),
        *("[a](b)", "\u202e"),
    ]
)


@pytest.mark.parametrize("name", LOADERS)
@given(text=st.lists(pieces, max_size=30).map("".join))
def test_no_text_makes_a_loader_fail(name: str, text: str) -> None:
    lines: list[int] = []
    try:
        found = LOADERS[name](text)
    except NotThisFormat as refused:
        lines.append(refused.line)
    else:
        lines += [item.line for item in found.items]
        lines += [problem.line for problem in found.problems]
    assert all(0 < line <= text.count("\n") + 1 for line in lines)
