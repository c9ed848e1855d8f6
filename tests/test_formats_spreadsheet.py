"""Reading spreadsheets: whatever the columns are called, and however the cells are quoted."""

from __future__ import annotations

import pytest

from papertrack.formats import LOADERS, Item, NotThisFormat
from papertrack.model import UNCHECKED, CodeLink, Link, Venue

load = LOADERS["csv"]

ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url",'
    '"Abstract Note","Date","Manual Tags","Automatic Tags","Extra","Conference Name"\n'
    '"N5XQ","preprint","2018","Oktay, Ozan; Schlemper, Jo; Folgoc, Loic Le",'
    '"Attention U-Net: Learning Where to Look for the Pancreas","","",'
    '"http://arxiv.org/abs/1804.03999","We propose a gate,\nand more.","2018-05-20",'
    '"attention; pancreas","gate","arXiv:1804.03999 [cs]",""\n'
    '"7GHB","conferencePaper","2016","Milletari, Fausto; Navab, Nassir",'
    '"V-Net: Fully Convolutional Neural Networks","2016 Fourth International Conference on 3D '
    'Vision (3DV)","10.1109/3DV.2016.79","https://ieeexplore.ieee.org/document/7785132","",'
    '"2016-10","","","","2016 Fourth International Conference on 3D Vision (3DV)"\n'
)

SCHOLAR = (
    "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n"
    '"Ronneberger, Olaf; Fischer, Philipp; Brox, Thomas; ",U-Net: Convolutional networks for '
    "biomedical image segmentation,International Conference on Medical image computing and "
    "computer-assisted intervention,,,234-241,2015,Springer\n"
)

EXCEL = (
    "\ufeffModel;Paper;Venue;Code;Task\r\n"
    "U-Net;https://arxiv.org/abs/1505.04597;MICCAI'15;-;Segmentation\r\n"
    "nnU-Net;[nnU-Net: self-configuring](https://doi.org/10.1038/s41592-020-01008-z);"
    "Nature Methods 2021;[official](https://github.com/MIC-DKFZ/nnUNet);Segmentation / 3D\r\n"
)


def items(text: str, *problems: str) -> list[Item]:
    found = load(text)
    assert [problem.message for problem in found.problems] == list(problems)
    return list(found.items)


def test_zotero_is_understood() -> None:
    attention, vnet = items(ZOTERO, "columns that are not read: Item Type")
    assert attention.paper.title == "Attention U-Net: Learning Where to Look for the Pancreas"
    assert attention.paper.authors == ("Ozan Oktay", "Jo Schlemper", "Loic Le Folgoc")
    assert attention.paper.ids == {"arxiv": "1804.03999"}
    assert attention.paper.tags == ("attention", "pancreas", "gate")
    assert attention.paper.abstract == "We propose a gate, and more."
    assert (attention.paper.year, attention.paper.venue) == (2018, None)
    assert vnet.line == 4  # a cell of the paper above has two lines
    assert vnet.paper.venue == Venue(name="3DV", year=2016)
    assert vnet.paper.ids == {"doi": "10.1109/3dv.2016.79"}
    link = Link(url="https://ieeexplore.ieee.org/document/7785132", label="paper")
    assert vnet.paper.links == (link,)


def test_google_scholar_is_understood() -> None:
    [unet] = items(SCHOLAR, "columns that are not read: Volume, Number, Pages, Publisher")
    assert unet.paper.authors == ("Olaf Ronneberger", "Philipp Fischer", "Thomas Brox")
    assert unet.paper.venue == Venue(name="MICCAI", year=2015)


def test_a_sheet_kept_by_hand_is_understood() -> None:
    unet, nnunet = items(EXCEL)
    assert (unet.paper.name, unet.paper.title) == ("U-Net", "")
    assert unet.paper.ids == {"arxiv": "1505.04597"}
    assert unet.paper.venue == Venue(name="MICCAI", year=2015)
    assert unet.paper.code == ()
    assert nnunet.paper.title == "nnU-Net: self-configuring"
    assert nnunet.paper.ids == {"doi": "10.1038/s41592-020-01008-z"}
    assert nnunet.paper.section == ("Segmentation", "3D")
    [code] = nnunet.paper.code
    assert code == CodeLink(url="https://github.com/MIC-DKFZ/nnUNet", source="import")


@pytest.mark.parametrize(
    "header",
    ["title,year", "YEAR,Paper Title", "Year;TITLE", "title\tyear", "Publication Year,title"],
)
def test_columns_are_known_by_usual_names_in_any_order(header: str) -> None:
    mark = next(mark for mark in "\t;," if mark in header)
    row = mark.join("2015" if "ear" in c.lower() else "U-Net" for c in header.split(mark))
    [item] = items(f"{header}\n{row}\n")
    assert (item.paper.title, item.paper.year) == ("U-Net", 2015)


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Olaf Ronneberger, Philipp Fischer, Thomas Brox", 3),
        ("Olaf Ronneberger, Philipp Fischer and Thomas Brox", 3),
        ("Ronneberger, Olaf and Fischer, Philipp and Brox, Thomas", 3),
        ("Ronneberger, O., Fischer, P., Brox, T.", 3),
        ("Olaf Ronneberger & Philipp Fischer", 2),
        ("Ronneberger, Olaf", 1),
        ("Olaf Ronneberger et al.", 1),
    ],
)
def test_authors_are_parted_however_they_are_joined(cell: str, authors: int) -> None:
    [item] = items(f'title,authors\nU-Net,"{cell}"\n')
    assert len(item.paper.authors) == authors
    assert item.paper.authors[0].split()[-1] == "Ronneberger"


@pytest.mark.parametrize(
    ("column", "cell", "ids"),
    [
        ("arXiv", "arXiv:1505.04597v1", {"arxiv": "1505.04597"}),
        ("arxiv id", "https://arxiv.org/pdf/1505.04597.pdf", {"arxiv": "1505.04597"}),
        ("DOI", "doi: 10.1016/0031-3203(95)00077-1", {"doi": "10.1016/0031-3203(95)00077-1"}),
        ("PDF", "https://arxiv.org/pdf/1505.04597", {"arxiv": "1505.04597"}),
        ("Link", "10.1016/0031-3203(95)", {"doi": "10.1016/0031-3203(95)"}),
        ("Link", "https://doi.org/10.1016/0031-3203(95)", {"doi": "10.1016/0031-3203(95)"}),
        ("PMID", "28092573", {"pubmed": "28092573"}),
        ("Paper", "[pdf](https://openreview.net/pdf?id=Hkljfj)", {"openreview": "Hkljfj"}),
    ],
)  # fmt: skip
def test_identifiers_are_read_in_any_form(column: str, cell: str, ids: dict[str, str]) -> None:
    [item] = items(f"title,{column}\nA title,{cell}\n")
    assert (item.paper.title, item.paper.ids) == ("A title", ids)


@pytest.mark.parametrize("cell", ["-", "", "n/a", "No", "None", "—"])
def test_a_cell_that_says_nothing_is_no_problem(cell: str) -> None:
    [item] = items(f"title,code,doi,url,year,venue\nU-Net,{','.join([cell] * 5)}\n")
    assert (item.paper.code, item.paper.ids, item.paper.venue) == ((), {}, None)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("A,,,PyTorch", "'PyTorch' is no address of code"),
        ("A,soon,,", "'soon' is no year"),
        ("A,,10.1/x,", '"doi:10.1/x" is no identifier: a DOI is 10, a dot, 4 to 9 digits, a slash '
         "and a name"),
        ("A,2015,,,more", "5 cells under 4 columns"),
        (",2015,,", "neither a title nor an identifier; left out"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_reported_with_its_line(row: str, problem: str) -> None:
    found = load(f"title,year,doi,code\n\n{row}\nB,2016,,\n")
    assert found.items[-1].paper.title == "B"
    assert found.problems == [(3, problem)]


def test_two_identifiers_of_one_kind_are_reported() -> None:
    [item] = items(
        "title,arxiv,url\nA,1505.04597,https://arxiv.org/abs/1606.06650\n",
        "it names arxiv:1606.06650 beside arxiv:1505.04597, which is taken",
    )
    assert item.paper.ids == {"arxiv": "1505.04597"}


@pytest.mark.parametrize("mark", [",", "\t"])
def test_a_quotation_mark_that_does_not_close_costs_one_line_at_most(mark: str) -> None:
    rows = [("title", "year"), ('"Why Should I Trust You?": LIME', "2016"), ('"Open', "2017")]
    text = "\n".join(mark.join(row) for row in [*rows, ("U-Net", "2015"), ("V-Net", "2016")])
    found = load(text)
    assert [item.paper.title for item in found.items] == [
        '"Why Should I Trust You?": LIME',
        '"Open',
        "U-Net",
        "V-Net",
    ]
    assert [problem.line for problem in found.problems] == [2, 3]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "U-Net\nV-Net\n", "\n\nyear;venue\n2015;MICCAI\n"])
def test_a_table_without_a_column_of_papers_is_refused_with_advice(text: str) -> None:
    with pytest.raises(NotThisFormat) as refused:
        load(text)
    assert "no column is called title" in refused.value.message
    assert ".txt" in refused.value.hint


@pytest.mark.parametrize("cell", ["'=1+1", "''=1", "'@x"])
def test_the_apostrophe_before_a_formula_is_taken_off(cell: str) -> None:
    assert items(f"title\n{cell}\n")[0].paper.title == cell[1:]
    assert items("title\n'tis a title\n")[0].paper.title == "'tis a title"


def test_hostile_cells_reach_the_store_as_plain_lines() -> None:
    [item] = items(
        'title,venue,code,tags,name\n"a\u202eb\x1b]0;x\x07\nc",MI\x00CCAI,"javascript:alert(1)",'
        "x\u200b;y,n\r\n",
        "'javascript:alert(1)' is no address of code",
    )
    assert (item.paper.title, item.paper.tags, item.paper.code) == ("ab]0;x c", ("x", "y"), ())
    assert item.paper.venue == Venue(name="MICCAI")


def test_what_is_known_about_code_and_venue_has_columns_of_its_own() -> None:
    vgg, squeeze, unet = items(
        "name,title,year,venue,venue source,printed venue,code,code label,framework,date added\n"
        "VGG,A,2014,ICLR 2015,,,https://github.com/o/n,unofficial,keras,2026-11-23 10:12:00\n"
        "SqueezeNet,B,2016,arXiv 2016 ([rejected by ICLR 2017](https://x.example/f)),openreview,"
        "arXiv2017,,,,-\n"
        "U-Net,C,2015,MICCAI 2015,unchecked,,,,,\n"
    )
    assert vgg.paper.code == (
        CodeLink(
            url="https://github.com/o/n", label="unofficial", framework="keras", source="import"
        ),
    )
    assert (vgg.paper.sources["venue"], vgg.paper.printed) == ("import", {})
    assert (vgg.paper.added, squeeze.paper.added) == ("2026-11-23", "")
    assert squeeze.paper.venue == Venue(
        name="arXiv", year=2016, url="https://x.example/f", note="rejected by ICLR 2017"
    )
    assert squeeze.paper.sources["venue"] == "openreview"
    assert squeeze.paper.printed == {"venue": "arXiv2017"}
    assert unet.paper.sources["venue"] == UNCHECKED
