"""The formats: what a reader of each gets back, over real papers and hostile ones."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from papertrack.documents import from_document, to_document
from papertrack.formats import FORMATS
from papertrack.formats.jsonl import document, encode
from papertrack.model import UNCHECKED, CodeLink, Paper, Venue, replace
from papertrack.text import clean_line

REAL = {
    "ronneberger2015unet": Paper(
        title="U-Net: Convolutional Networks for Biomedical Image Segmentation",
        name="U-Net",
        authors=("Olaf Ronneberger", "Philipp Fischer", "Thomas Brox"),
        year=2015,
        venue=Venue(name="MICCAI", year=2015),
        ids={"arxiv": "1505.04597", "doi": "10.1007/978-3-319-24574-4_28"},
        tags=("unet", "2d"),
        code=(CodeLink(url="https://github.com/milesial/Pytorch-UNet", label="unofficial"),),
        remark="Where to begin; the skip connections are the point.",
        categories=("cs.CV",),
    ),
    "cicek20163d": Paper(
        title="3D U-Net: Learning Dense Volumetric Segmentation from Sparse Annotation",
        authors=("Özgün Çiçek", "Ahmed Abdulkadir", "Soeren S. Lienkamp", "Thomas Brox"),
        year=2016,
        venue=Venue(name="MICCAI", year=2016),
        ids={"arxiv": "1606.06650"},
        categories=("cs.CV",),
    ),
    "isensee2021nnunet": Paper(
        title="nnU-Net: a self-configuring method for deep learning-based biomedical image "
        "segmentation",
        name="nnU-Net",
        authors=("Fabian Isensee", "Paul F. Jaeger", "Simon A. A. Kohl", "Klaus H. Maier-Hein"),
        year=2020,
        venue=Venue(name="Nature Methods", year=2021),
        ids={"doi": "10.1038/s41592-020-01008-z"},
        code=(CodeLink(url="https://github.com/MIC-DKFZ/nnUNet", label="official"),),
    ),
    "iandola2016squeezenet": Paper(
        title="SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size",
        name="SqueezeNet",
        authors=("Forrest N. Iandola", "Song Han", "William J. Dally", "Kurt Keutzer"),
        year=2016,
        ids={"arxiv": "1602.07360"},
        categories=("cs.CV", "cs.AI"),
    ),
    "ribeiro2016trust": Paper(
        title='"Why Should I Trust You?": Explaining the Predictions of Any Classifier',
        name="LIME",
        authors=("Marco Tulio Ribeiro", "Sameer Singh", "Carlos Guestrin"),
        year=2016,
        venue=Venue(name="KDD", year=2016),
        ids={"arxiv": "1602.04938", "doi": "10.1145/2939672.2939778"},
        categories=("cs.LG",),
    ),
    "jack2008alzheimers": Paper(
        title="The Alzheimer's disease neuroimaging initiative (ADNI): MRI methods",
        authors=("Clifford R. Jack Jr.", "Matt A. Bernstein", "Nick C. Fox"),
        year=2008,
        venue=Venue(name="Journal of Magnetic Resonance Imaging", year=2008),
        ids={"doi": "10.1002/jmri.21049"},
    ),
    "collaboration2012observation": Paper(
        title="Observation of a new particle in the search for the Standard Model Higgs boson "
        "with the ATLAS detector at the LHC",
        authors=("ATLAS Collaboration",),
        year=2012,
        venue=Venue(name="Physics Letters B", year=2012),
        ids={"arxiv": "1207.7214", "doi": "10.1016/j.physletb.2012.08.020"},
        categories=("hep-ex",),
    ),
}

HOSTILE = {
    "a second entry": 'A}, note={x}}\n@string{e="x"}\n@article{k2, title={B',
    "a second entry on one line": "A}} @article{k2, title={B}}",
    "opening brace": "a { b",
    "closing brace": "a } b",
    "escaped opening brace": r"a \{ b",
    "escaped closing brace": r"a \} b",
    "braces the wrong way round": "}{",
    "backslash at the end": "a\\",
    "two backslashes at the end": "a\\\\",
    "quotation marks": '"a" and "b',
    "comment": "100% of it",
    "special characters": "R&D #1 $5 a_b x^2 ~c",
    "field and comma": "a, year = 1999, b",
    "at the start": "@misc{x,",
    "hash between words": "a # b",
    "several lines": "one\n\n  two\r\nthree\ttabs",
    "formula": "=cmd|'/c calc'!A1",
    "terminal escape": "\x1b]0;x\x07\x9b2J",
    "bidi and zero-width": "a\u202eb\u2066c\u200bd\ufeffe\U000e0041f",
    "lone surrogate": "a\ud800b",
    "line separators": "a\u2028b\u2029c\x85d",
    "capitals": r"MIC-{DKFZ} \Delta {\'E}t",
    "nothing": "",
}

Entries = dict[str, tuple[dict[str, str], int]]
"""What a reader finds: fields and the number of authors, by key."""


def read_with_bibtexparser(text: str) -> Entries:
    bibtexparser = pytest.importorskip("bibtexparser")
    authors = bibtexparser.middlewares.SeparateCoAuthors()
    library = bibtexparser.parse_string(text, append_middleware=[authors])
    assert library.blocks == library.entries  # no comments, strings or failed blocks besides
    found = {e.key: {f.key: f.value for f in e.fields} for e in library.entries}
    assert len(found) == len(library.entries)
    return {key: (fields, len(fields.pop("author", ()))) for key, fields in found.items()}


def read_with_pybtex(text: str) -> Entries:
    database = pytest.importorskip("pybtex.database").parse_string(text, "bibtex")
    return {
        key: (dict(entry.fields.items()), len(entry.persons.get("author", ())))
        for key, entry in database.entries.items()
    }


READERS = [
    pytest.param(read_with_bibtexparser, id="bibtexparser"),
    pytest.param(read_with_pybtex, id="pybtex"),
]


def untex(value: str) -> str:
    """Read TeX as a person would."""
    return str(LatexNodes2Text(strict_latex_spaces=True).latex_to_text(value))


def without_ligatures(text: str) -> str:
    """Drop the dashes and quotes that TeX joins, and the caret, which pylatexenc reads as `ˆ`."""
    return " ".join(text.translate(dict.fromkeys(map(ord, "-'`!?–—“”¡¿ˆ^"))).split())


def hostile_paper(text: str) -> Paper:
    """Put a text wherever a store edited by hand can hold one."""
    return Paper(
        title=text,
        name=text,
        authors=("Ann Lee", text, f"Ann {text} Lee"),
        year=2020,
        venue=Venue(name=f"MICCAI {text}"),
        ids={"arxiv": text, "doi": text},
        tags=(text,),
        code=(CodeLink(url=text),),
        categories=(text,),
    )


pieces = st.sampled_from([*r"""{}@#%~^&$_\"'=,+-|<>()`!?""", "\n", "\t", " and ", "@misc{x,", "A"])
hostile_text = st.lists(pieces | st.characters(), max_size=12).map("".join)
hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


@pytest.mark.parametrize("name", FORMATS)
def test_real_papers_look_as_expected(name: str, golden: Callable[[str, str], None]) -> None:
    suffix = {"bibtex": "bib", "csl": "json"}.get(name, name)
    golden(f"papers.{suffix}", FORMATS[name](REAL))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bibtex", ""),
        ("jsonl", ""),
        ("ris", ""),
        ("csl", "[]\n"),
    ],
)
def test_no_papers_give_no_entries(name: str, expected: str) -> None:
    assert FORMATS[name]({}) == expected


@pytest.mark.parametrize("name", FORMATS)
@given(text=hostile_text | st.sampled_from(list(HOSTILE.values())))
def test_nothing_that_does_not_show_is_printed(name: str, text: str) -> None:
    dumped = FORMATS[name]({"a2020": hostile_paper(text)})
    shown = dumped.replace("\n", "").replace("\t", "")
    assert not {"Cc", "Cf", "Cs", "Zl", "Zp"} & set(map(unicodedata.category, shown))


# --- BibTeX -----------------------------------------------------------------------------------


@pytest.mark.parametrize("read", READERS)
def test_every_reader_finds_the_real_papers(read: Callable[[str], Entries]) -> None:
    found = read(FORMATS["bibtex"](REAL))
    assert list(found) == list(REAL)
    assert [authors for _, authors in found.values()] == [len(p.authors) for p in REAL.values()]


def assert_read_back(read: Callable[[str], Entries], text: str) -> None:
    paper = hostile_paper(text)
    found = read(FORMATS["bibtex"]({"a2020": paper, "b2020": REAL["ronneberger2015unet"]}))
    assert list(found) == ["a2020", "b2020"]
    fields, authors = found["a2020"]
    title = untex(fields.get("title", ""))
    assert without_ligatures(title) == without_ligatures(clean_line(text))
    assert authors == sum(bool(clean_line(name)) for name in paper.authors)
    assert set(fields) <= {
        *("title", "booktitle", "journal", "year", "doi", "url"),
        *("eprint", "archivePrefix", "primaryClass"),
    }


@pytest.mark.parametrize("read", READERS)
@hostile
def test_a_hostile_paper_stays_one_bibtex_entry(read: Callable[[str], Entries], text: str) -> None:
    assert_read_back(read, text)


@pytest.mark.parametrize("read", READERS)
@given(text=hostile_text)
def test_any_paper_stays_one_bibtex_entry(read: Callable[[str], Entries], text: str) -> None:
    assert_read_back(read, text)


def bibtex(**fields: Any) -> str:
    return FORMATS["bibtex"]({"a2020": Paper(**{"title": "A title"} | fields)})


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("U-Net: networks", "{U-Net}: networks"),
        ("the nnU-Net (and V-Net)", "the {nnU-Net} (and {V-Net})"),
        ("A Survey of Deep Learning", "A Survey of Deep Learning"),
        ("3D MRI, in 2d", "{3D} {MRI}, in 2d"),
        ("«ÉtÉ» $Home", r"«{ÉtÉ}» {\$}Home"),
        ("O(N) and x_T", r"{O(N}) and {x{\_}T}"),
        ("a\\B{C", r"{a{\textbackslash}B{$\lbrace$}C}"),
    ],
)
def test_capitals_that_must_survive_stand_in_braces(title: str, written: str) -> None:
    assert f"  title = {{{written}}},\n" in bibtex(title=title)


def test_what_tex_would_read_is_written_by_name() -> None:
    written = (
        r"{\&} {\%} {\$} {\#} {\_} {\textbackslash} {$\lbrace$} {$\rbrace$} "
        r"{\textasciitilde} {\textasciicircum} {$<$} {$>$} {$|$} {@}"
    )
    assert f"  title = {{{written}}},\n" in bibtex(title=r"& % $ # _ \ { } ~ ^ < > | @")


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("Laurens van der Maaten", "Laurens van der Maaten"),
        ("José Núñez", "José Núñez"),
        ("Sammy Davis Jr.", "Sammy {Davis Jr.}"),
        ("John Smith III", "John {Smith III}"),
        ("Jane Doe, MD", "{Jane Doe, MD}"),
        ("Doe and Sons", "{Doe and Sons}"),
        ("Research AND Development", "{Research AND Development}"),
        ("Anderson Andrade", "Anderson Andrade"),
        ("the ISIC Consortium", "{the ISIC Consortium}"),
        ("others", "{others}"),
        ("R&D {Lab}", r"R{\&}D {$\lbrace$}Lab{$\rbrace$}"),
    ],
)
def test_an_author_is_one_name_to_bibtex(author: str, written: str) -> None:
    assert f"  author = {{{written} and Ann Lee}},\n" in bibtex(authors=(author, "Ann Lee"))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("bibtex", "  author = {N. Tustison and others},\n"),
        ("csl", '{ "literal": "et al." }'),
        ("ris", "AU  - Tustison, N.\nAU  - et al.\n"),
    ],
)
def test_authors_that_are_not_all_are_no_sole_authors(name: str, written: str) -> None:
    paper = Paper(title="T", authors=("N. Tustison", "et al."))
    assert " ".join(written.split()) in " ".join(FORMATS[name]({"t": paper}).split())


@pytest.mark.parametrize(
    ("venue", "start"),
    [
        ("MICCAI", "@inproceedings"),
        ("ICCV Workshop", "@inproceedings"),
        ("PMLR", "@inproceedings"),
        ("Conference on Document Analysis and Recognition", "@inproceedings"),
        ("IEEE TMI", "@article"),
        ("JMLR", "@article"),
        ("Medical Image Analysis", "@article"),
        ("Nature Methods", "@article"),
        ("Physics Letters B", "@article"),
        ("Journal of Digital Imaging", "@article"),
        ("ACM Transactions on Graphics", "@article"),
        ("Naturecraft", "@inproceedings"),
        ("arXiv", "@misc"),
        ("bioRxiv", "@misc"),
    ],
)
def test_the_venue_tells_the_type_of_an_entry(venue: str, start: str) -> None:
    field = {"@article": "journal", "@inproceedings": "booktitle", "@misc": "howpublished"}[start]
    entry = bibtex(venue=Venue(name=venue))
    assert entry.startswith(f"{start}{{a2020,\n")
    assert f"  {field} = {{{venue}}},\n" in entry


def test_a_paper_without_a_venue_is_a_preprint() -> None:
    assert bibtex().startswith("@misc{")


def test_identifiers_keep_the_characters_that_addresses_hold() -> None:
    doi = "10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2_a%b#c"
    assert f"  doi = {{{doi}}},\n  url = {{https://doi.org/{doi}}},\n" in bibtex(ids={"doi": doi})


# --- JSON Lines -------------------------------------------------------------------------------


def assert_same_documents(papers: dict[str, Paper]) -> None:
    documents = [json.loads(line) for line in FORMATS["jsonl"](papers).splitlines()]
    assert [next(iter(found)) for found in documents] == ["key"] * len(papers)
    assert {found.pop("key"): from_document(Paper, found) for found in documents} == papers


def test_jsonl_reads_back_as_the_real_papers() -> None:
    assert_same_documents(REAL)


@hostile
def test_jsonl_reads_back_as_the_hostile_paper(text: str) -> None:
    assert_same_documents({"a2020": hostile_paper(text)})


@given(text=hostile_text)
def test_jsonl_reads_back_as_any_paper(text: str) -> None:
    assert_same_documents({"a2020": hostile_paper(text)})


def test_a_document_is_the_paper_as_on_disk_behind_its_key() -> None:
    paper = REAL["ronneberger2015unet"]
    assert list(document("k", paper).items()) == [("key", "k"), *to_document(paper).items()]


def test_a_field_called_key_in_a_file_does_not_hide_the_key() -> None:
    paper = from_document(Paper, {"title": "A", "key": "wrong"})
    assert list(document("right", paper).items()) == [("key", "right"), ("title", "A")]


def test_indented_json_keeps_its_lines_and_shows_every_character() -> None:
    assert encode(["é\u202e\x7f"], indent=2) == '[\n  "é\\u202e\\u007f"\n]'


def test_json_holds_no_command_for_the_log_of_a_job() -> None:
    assert encode(["##[error]x"]) == '["##\\u005berror]x"]'
    assert json.loads(encode(["##[error]x"])) == ["##[error]x"]


# --- Spreadsheets -----------------------------------------------------------------------------


def rows(text: str, dialect: str = "excel-tab") -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(), dialect=dialect))


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_no_papers_leave_the_names_of_the_columns(name: str) -> None:
    [header] = FORMATS[name]({}).splitlines()
    first = ["key", "year", "venue", "name", "title", "authors", "url", "code", "tags"]
    assert header.split("\t" if name == "tsv" else ",")[:9] == first


@hostile
def test_commas_and_tabs_part_the_same_cells(text: str) -> None:
    papers = {"a2020": hostile_paper(text)}
    assert rows(FORMATS["csv"](papers), "excel") == rows(FORMATS["tsv"](papers))


@hostile
def test_a_hostile_paper_stays_one_line_of_cells(text: str) -> None:
    [header, line] = FORMATS["tsv"]({"a2020": hostile_paper(text)}).splitlines()
    assert line.count("\t") == header.count("\t")


@given(text=hostile_text)
def test_a_spreadsheet_reads_the_title_and_runs_nothing(text: str) -> None:
    [row] = rows(FORMATS["tsv"]({"a2020": hostile_paper(text)}))
    assert row["title"] in (clean_line(text), f"'{clean_line(text)}")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@A1", "＝1+1", "\t=1", "\u200b=1", "'=1"])
def test_an_apostrophe_stands_before_what_would_be_a_formula(title: str) -> None:
    [row] = rows(FORMATS["tsv"]({"a2020": Paper(title=title)}))
    assert row["title"] == "'" + clean_line(title)


@pytest.mark.parametrize("name", ["bibtex", "csl", "ris"])
def test_a_citation_names_no_venue_that_nobody_has_confirmed(name: str) -> None:
    paper = REAL[next(iter(REAL))]
    assert paper.venue
    assert paper.venue.name in FORMATS[name]({"a": paper})
    unsure = replace(paper, sources={"venue": UNCHECKED})
    assert FORMATS[name]({"a": unsure}) == FORMATS[name]({"a": replace(paper, venue=None)})
