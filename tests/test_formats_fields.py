"""Every field that a file can print comes to its place, whichever of its names is used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from papertrack import names
from papertrack.formats import FORMATS, LOADERS
from papertrack.formats.loaded import Item, NotThisFormat
from papertrack.identifiers import Identifier
from papertrack.model import Paper, Venue
from papertrack.text import LONGEST_TEXT

TITLE = "A title of a paper"
ARXIV = {"arxiv": "1505.04597"}
ADDRESS = "https://example.org/page"
CODE = "https://github.com/owner/name"


def ris(*lines: str) -> Item:
    (item,) = LOADERS["ris"]("\n".join(["TY  - JOUR", f"TI  - {TITLE}", *lines, "ER  - "])).items
    return item


def csl(**fields: Any) -> Item:
    (item,) = LOADERS["csl"](json.dumps([{"title": TITLE} | fields])).items
    return item


def csv(**cells: str) -> Item:
    names, values = ",".join(["title", *cells]), ",".join([TITLE, *cells.values()])
    (item,) = LOADERS["csv"](f"{names}\n{values}\n").items
    return item


def paper_of(form: str, text: str) -> Paper:
    (item,) = LOADERS[form](text).items
    return item.paper


# --- RIS -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["TI", "T1", "CT"])
def test_a_ris_title_has_three_names(tag: str) -> None:
    assert paper_of("ris", f"TY  - JOUR\n{tag}  - {TITLE}\nER  - ").title == TITLE


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("ST  - A name", "name", "A name"),
        ("AU  - Last, First", "authors", ("First Last",)),
        ("A1  - Last, First", "authors", ("First Last",)),
        *((f"{tag}  - 2015/05/18", "year", 2015) for tag in ("PY", "Y1", "DA")),
        *(
            (f"{tag}  - MICCAI", "venue", Venue(name="MICCAI"))
            for tag in ("T2", "C3", "JF", "JO", "JA", "J2", "BT")
        ),
        ("DO  - 10.1000/x", "ids", {"doi": "10.1000/x"}),
        *(
            (f"{tag}  - arXiv:1505.04597 [cs]", "ids", ARXIV)
            for tag in ("T2", "JO", "JF", "M1", "N1", "AN", "PB")
        ),
        ("KW  - a tag", "tags", ("a tag",)),
        ("AB  - A text\nof two lines", "abstract", "A text of two lines"),
        ("N2  - A text", "abstract", "A text"),
        ("N1  - A note", "notes", "A note"),
    ],
)
def test_a_ris_tag_comes_to_its_field(line: str, field: str, value: object) -> None:
    assert getattr(ris(line).paper, field) == value


@pytest.mark.parametrize("tag", ["UR", "LK", "L1", "L2"])
def test_a_ris_address_is_a_link(tag: str) -> None:
    assert [link.url for link in ris(f"{tag}  - {ADDRESS}").paper.links] == [ADDRESS]


def test_a_ris_record_ends_at_its_end() -> None:
    loaded = LOADERS["ris"](
        f"\n  \nTY  - JOUR\nTI  - {TITLE}\nKW  -\nER  -   \nstray words\nAB  - of nobody\n"
        "TY  - JOUR\nTI  - Another one\n"
    )
    first, second = loaded.items
    assert (first.paper.title, first.paper.abstract, first.paper.tags) == (TITLE, "", ())
    assert (first.line, second.line, second.paper.title) == (3, 9, "Another one")


def test_a_long_abstract_is_kept_in_ris_and_csl() -> None:
    long = "word " * 1_000
    papers = {"a": Paper(title=TITLE, abstract=long)}
    for form in ("ris", "csl"):
        assert paper_of(form, FORMATS[form](papers)).abstract == long.strip()


def test_a_file_that_is_no_ris_is_refused_in_words_for_people() -> None:
    with pytest.raises(NotThisFormat) as caught:
        LOADERS["ris"]("nothing of the kind")
    assert caught.value.message == "no RIS: there is no line that begins with `TY  -`"
    assert caught.value.line == 1


# --- CSL-JSON ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field", "value"),
    [
        ({"title-short": "A name"}, "name", "A name"),
        ({"shortTitle": "A name"}, "name", "A name"),
        ({"author": ["First Last"]}, "authors", ("First Last",)),
        (
            {"author": [{"given": "A", "dropping-particle": "de", "family": "B", "suffix": "Jr."}]},
            "authors",
            ("A de B Jr.",),
        ),
        ({"issued": "2015"}, "year", 2015),
        ({"issued": {"date-parts": [2015]}}, "year", 2015),
        ({"issued": {"date-parts": [[2015, 5]]}}, "year", 2015),
        ({"issued": {"date-parts": [], "literal": "May 2015"}}, "year", 2015),
        ({"issued": {"raw": "2015-05-18"}}, "year", 2015),
        *(
            ({name: "<i>MICCAI</i>"}, "venue", Venue(name="MICCAI"))
            for name in ("container-title", "event-title", "event")
        ),
        ({"DOI": "10.1000/x"}, "ids", {"doi": "10.1000/x"}),
        ({"PMID": "123"}, "ids", {"pubmed": "123"}),
        ({"archive": "arXiv", "archive_location": "1505.04597"}, "ids", ARXIV),
        ({"publisher": "arXiv", "archive_location": "1505.04597"}, "ids", ARXIV),
        ({"archive_location": "1505.04597"}, "ids", {}),
        *(
            ({name: "arXiv:1505.04597 [cs]"}, "ids", ARXIV)
            for name in ("number", "note", "container-title")
        ),
        ({"keyword": "one, two"}, "tags", ("one", "two")),
        ({"categories": ["one", "two"]}, "tags", ("one", "two")),
        ({"abstract": "A <b>text</b>"}, "abstract", "A text"),
        ({"note": "A note"}, "notes", "A note"),
    ],
)
def test_a_csl_field_comes_to_its_own(fields: Mapping[str, Any], field: str, value: object) -> None:
    assert getattr(csl(**fields).paper, field) == value


def test_an_identifier_of_csl_that_no_paper_keeps_is_asked_for() -> None:
    assert csl(PMCID="PMC123").identifier == Identifier("pmc", "123")


def test_an_address_of_csl_is_a_link() -> None:
    assert [link.url for link in csl(URL=ADDRESS).paper.links] == [ADDRESS]


def test_the_arxiv_id_of_csl_is_what_its_paper_is_asked_for_by() -> None:
    named = csl(archive="arXiv", archive_location="1505.04597", DOI="10.1000/x")
    assert named.paper.ids == ARXIV | {"doi": "10.1000/x"}
    assert [*named.paper.ids] == ["arxiv", "doi"]


def test_csl_writes_the_identifiers_that_it_has_names_for() -> None:
    paper = Paper(title=TITLE, ids={"pubmed": "123", "doi": "10.1000/x"} | ARXIV)
    (item,) = json.loads(FORMATS["csl"]({"a": paper}))
    assert item == {
        "id": "a",
        "type": "article",
        "title": TITLE,
        "DOI": "10.1000/x",
        "PMID": "123",
        "archive": "arXiv",
        "archive_location": "1505.04597",
        "URL": "https://arxiv.org/abs/1505.04597",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nothing of the kind", "no CSL-JSON: it begins neither with `[` nor with `{`"),
        ("[{", "no CSL-JSON: Expecting property name"),
    ],
)
def test_a_file_that_is_no_csl_is_refused_in_words_for_people(text: str, message: str) -> None:
    with pytest.raises(NotThisFormat) as caught:
        LOADERS["csl"](text)
    assert caught.value.message.startswith(message)
    assert caught.value.line == 1


# --- spreadsheets --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cell", "field", "value"),
    [
        ("extra", "arXiv:1505.04597 [cs]", "ids", ARXIV),
        ("abstract", "A text", "abstract", "A text"),
        ("keywords", '"one, two"', "tags", ("one", "two")),
        ("keywords", '"one, two; three"', "tags", ("one, two", "three")),
        ("notes", "A note", "notes", "A note"),
        ("section", "A / B", "section", ("A", "B")),
    ],
)
def test_a_column_comes_to_its_field(column: str, cell: str, field: str, value: object) -> None:
    assert getattr(csv(**{column: cell}).paper, field) == value


def test_a_table_without_abstracts_gives_none() -> None:
    assert csv(year="2015").paper.abstract == ""


def test_the_links_of_a_title_and_of_a_paper_are_both_taken() -> None:
    row = f"[{TITLE}]({ADDRESS}/a),[pdf]({ADDRESS}/b)"
    links = paper_of("csv", f"title,paper\n{row}\n").links
    assert [link.url for link in links] == [f"{ADDRESS}/a", f"{ADDRESS}/b"]


@pytest.mark.parametrize("cell", [ADDRESS, "1505.04597", f"[pdf]({ADDRESS})", "http://[x"])
def test_a_cell_of_papers_that_names_itself_is_no_title(cell: str) -> None:
    assert LOADERS["csv"](f"paper,doi\n{cell},10.1000/x\n").items[0].paper.title == ""


@pytest.mark.parametrize("cell", [TITLE, f"[{TITLE}]({ADDRESS})", "Networks"])
def test_another_cell_of_papers_is_a_title(cell: str) -> None:
    assert cell.strip("[").startswith(LOADERS["csv"](f"paper,doi\n{cell},\n").items[0].paper.title)


def test_several_code_links_stand_in_one_cell() -> None:
    read = csv(code=f"{CODE}; {CODE}2").paper
    assert [link.url for link in read.code] == [CODE, f"{CODE}2"]
    assert f"{CODE}; {CODE}2" in FORMATS["csv"]({"a": read})


# --- JSON Lines and plain text -------------------------------------------------------------------


def test_a_line_of_json_is_known_by_its_number_its_key_and_what_to_ask_for() -> None:
    lines = [{"title": TITLE}, {"title": TITLE, "key": "a", "ids": ARXIV}]
    first, second = LOADERS["jsonl"]("\n".join(map(json.dumps, lines))).items
    assert (first.line, first.key, first.identifier) == (1, "", Identifier("title", TITLE))
    assert (second.line, second.key, second.identifier) == (
        2,
        "a",
        Identifier("arxiv", "1505.04597"),
    )


def test_the_abstract_of_a_line_of_json_may_be_longer_than_other_lines() -> None:
    long = "x" * (LONGEST_TEXT + 1)
    read = paper_of("jsonl", json.dumps({"title": TITLE, "abstract": long, "comment": long}))
    assert (len(read.abstract), len(read.comment)) == (LONGEST_TEXT, 2_000)


@pytest.mark.parametrize(
    ("url", "kept"),
    [(ADDRESS, True), ("http://example.org/", True), ("example.org/a", False), ("https://", False)],
)
def test_a_link_of_a_line_of_json_is_a_web_address(url: str, kept: bool) -> None:
    read = paper_of("jsonl", json.dumps({"title": TITLE, "links": [{"url": url}]}))
    assert [link.url for link in read.links] == ([url] if kept else [])


def test_a_file_without_a_line_of_json_is_refused_with_advice() -> None:
    with pytest.raises(NotThisFormat) as caught:
        LOADERS["jsonl"]("\nnothing of the kind")
    assert caught.value.message.startswith("no JSON: ")
    assert caught.value.hint == "one paper a line, as papertrack export writes them"
    assert caught.value.line == 2


def test_a_line_of_text_is_a_paper_to_resolve() -> None:
    loaded = LOADERS["text"]("- A title - of a paper\n1505.04597\nCorpusId:123")
    title, arxiv, corpus = loaded.items
    assert title.paper == Paper(title="A title - of a paper", sources={"title": "import"})
    assert arxiv.paper == Paper(title="", ids=ARXIV, sources={"ids.arxiv": "import"})
    assert (corpus.paper, corpus.identifier) == (Paper(title=""), Identifier("corpus", "123"))


# --- the door ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("url", "no address", "'no address' is no web address"),
        ("url", "Networks", "'Networks' is no web address"),
        ("url", "x" * 70, f"'{'x' * 60}' is no web address"),
        ("code", "none of yours", "'none of yours' is no address of code"),
        ("code", "https://" + "<" * 70, f"'https://{'<' * 52}' is no address of code"),
        ("year", "y" * 50, f"'{'y' * 40}' is no year"),
    ],
)
def test_what_cannot_come_in_is_named_and_cut(column: str, cell: str, problem: str) -> None:
    found = LOADERS["csv"](f"title,{column}\n{TITLE},{cell}\n")
    assert [p.message for p in found.problems] == [problem]


def test_one_repository_is_one_code_link() -> None:
    read = csv(code=f"{CODE} {CODE}.git {CODE.upper().replace('HTTPS', 'https')}").paper
    assert [link.url for link in read.code] == [CODE]


def test_a_broken_entry_of_bibtex_is_reported_with_what_its_reader_says() -> None:
    (problem,) = LOADERS["bibtex"]("@article{a, title={x},, year = }\n").problems
    assert problem.message == (
        "the entry is broken, and left out: Expected a `=` after entry key, but found `,`."
    )


# --- names of people -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "turned"),
    [
        ("Last, First", "First Last"),
        ("Last, Jr., First", "First Last Jr."),
        ("Last, First, Jr.", "First Last Jr."),
        ("A, B, C", "B A C"),
        ("Alone", "Alone"),
    ],
)
def test_a_turned_name_is_turned_back(name: str, turned: str) -> None:
    assert names.turn(name) == turned


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("A B III", ("A", "B", "III")),
        ("Ada van der B", ("Ada", "van der B", "")),
        ("van B", ("van", "B", "")),
        ("Alone", ("", "Alone", "")),
        ("The ISIC Consortium", ("", "The ISIC Consortium", "")),
    ],
)
def test_a_name_is_parted(name: str, parts: tuple[str, str, str]) -> None:
    assert names.parts(name) == parts


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Ada Lovelace, Alan Turing", ("Ada Lovelace", "Alan Turing")),
        ("Last, First and Other, Name", ("First Last", "Name Other")),
        ("Last, First", ("First Last",)),
        ("Last, F., Other, N.", ("F. Last", "N. Other")),
        ("Last, J.-M., Other, Th., Third, CR", ("J.-M. Last", "Th. Other", "CR Third")),
        ("A. Wu, B. Li", ("A. Wu", "B. Li")),
        ("Ada Lovelace, Bo Li", ("Ada Lovelace", "Bo Li")),
        ("张伟, 李娜, 王芳, 刘洋", ("张伟", "李娜", "王芳", "刘洋")),
        ("van der Last, First", ("First van der Last",)),
        ("de Last, Ann Other", ("de Last", "Ann Other")),
        ("Ann, C., Dan, Fay Gould, H., Ian", ("Ann", "C.", "Dan", "Fay Gould", "H.", "Ian")),
        ("Ada, Alan, Eve", ("Ada", "Alan", "Eve")),
    ],
)
def test_a_cell_of_authors_is_parted(cell: str, authors: tuple[str, ...]) -> None:
    assert names.split(cell) == authors
