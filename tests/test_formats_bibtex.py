"""Reading BibTeX: what each program writes, what people write, and what is broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.formats import LOADERS, Item, NotThisFormat
from papertrack.formats.tex import plain
from papertrack.identifiers import Identifier
from papertrack.model import Paper, Venue

load = LOADERS["bibtex"]

DBLP = r"""
@inproceedings{DBLP:conf/miccai/RonnebergerFB15,
  author       = {Olaf Ronneberger and
                  Philipp Fischer and
                  Thomas Brox},
  editor       = {Nassir Navab and
                  Joachim Hornegger},
  title        = {U-Net: Convolutional Networks for Biomedical Image Segmentation},
  booktitle    = {Medical Image Computing and Computer-Assisted Intervention - {MICCAI}
                  2015 - 18th International Conference Munich, Germany, October 5 - 9,
                  2015, Proceedings, Part {III}},
  series       = {Lecture Notes in Computer Science},
  volume       = {9351},
  pages        = {234--241},
  publisher    = {Springer},
  year         = {2015},
  url          = {https://doi.org/10.1007/978-3-319-24574-4\_28},
  doi          = {10.1007/978-3-319-24574-4\_28},
  biburl       = {https://dblp.org/rec/conf/miccai/RonnebergerFB15.bib},
  bibsource    = {dblp computer science bibliography, https://dblp.org}
}
"""

DBLP_CORR = r"""
@article{DBLP:journals/corr/CicekALBR16,
  author       = {{\"{O}}zg{\"{u}}n {\c{C}}i{\c{c}}ek and
                  Ahmed Abdulkadir and
                  Soeren S. Lienkamp},
  title        = {3D U-Net: Learning Dense Volumetric Segmentation from Sparse Annotation},
  journal      = {CoRR},
  volume       = {abs/1606.06650},
  year         = {2016},
  url          = {http://arxiv.org/abs/1606.06650},
}
"""

JABREF = r"""
% Encoding: UTF-8

@InProceedings{Milletari2016,
  author        = {Milletari, Fausto and Navab, Nassir and Ahmadi, Seyed-Ahmad},
  booktitle     = {2016 Fourth International Conference on 3D Vision (3DV)},
  title         = {V-Net: Fully Convolutional Neural Networks for Volumetric Segmentation},
  year          = {2016},
  month         = oct,
  archiveprefix = {arXiv},
  eprint        = {1606.04797},
  file          = {:papers/vnet.pdf:PDF;:C\:/x.pdf:PDF},
  groups        = {Segmentation},
  keywords      = {prostate, MRI},
  primaryclass  = {cs.CV},
  comment       = {Dice loss},
}

@Comment{jabref-meta: databaseType:bibtex;}
"""

BETTER_BIBTEX = r"""
@article{isensee2021,
  title = {{{nnU-Net}}: A Self-Configuring Method for Deep Learning-Based Biomedical Image
           Segmentation},
  shorttitle = {{{nnU-Net}}},
  author = {Isensee, Fabian and Jaeger, Paul F. and Kohl, Simon A. A. and
            Petersen, Jens and Maier-Hein, Klaus H.},
  year = 2021,
  month = feb,
  journal = {Nature Methods},
  volume = {18},
  number = {2},
  pages = {203--211},
  doi = {10.1038/s41592-020-01008-z},
  urldate = {2024-01-05},
  langid = {english},
}
"""

BETTER_BIBLATEX = r"""
@online{oktayAttentionUNetLearning2018,
  title = {Attention {{U-Net}}},
  subtitle = {Learning {{Where}} to {{Look}} for the {{Pancreas}}},
  author = {Oktay, Ozan and Schlemper, Jo and Folgoc, Loic Le},
  date = {2018-05-20},
  eprint = {1804.03999},
  eprinttype = {arXiv},
  eprintclass = {cs},
  doi = {10.48550/arXiv.1804.03999},
  pubstate = {prepublished},
  note = {Comment: Accepted to MIDL 2018},
  file = {/home/me/Zotero/storage/X/oktay.pdf}
}
"""

SEMANTIC_SCHOLAR = r"""
@Article{Ronneberger2015UNetCN,
 author = {O. Ronneberger and P. Fischer and T. Brox},
 booktitle = {International Conference on Medical Image Computing and Computer-Assisted
   Intervention},
 journal = {ArXiv},
 title = {U-Net: Convolutional Networks for Biomedical Image Segmentation},
 volume = {abs/1505.04597},
 year = {2015},
 url = {https://api.semanticscholar.org/CorpusID:3719281}
}
"""

PAPIS = r"""
@article{Swin_Transforme_Liu_2021,
  author = {Liu, Ze and Lin, Yutong},
  doc_url = {http://arxiv.org/pdf/2103.14030v2},
  eprint = {2103.14030},
  note = {arXiv:2103.14030 [cs]},
  title = {Swin Transformer: Hierarchical Vision Transformer using Shifted Windows},
  year = {2021},
}
"""


def only(text: str) -> Item:
    found = load(text)
    assert not found.problems
    [item] = found.items
    return item


def entry(**fields: str) -> Item:
    written = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return only(f"@misc{{k,\n{written}}}")


@pytest.mark.parametrize(
    ("text", "title", "authors", "venue", "ids"),
    [
        pytest.param(
            DBLP,
            "U-Net: Convolutional Networks for Biomedical Image Segmentation",
            ("Olaf Ronneberger", "Philipp Fischer", "Thomas Brox"),
            Venue(name="MICCAI", year=2015),
            {"doi": "10.1007/978-3-319-24574-4_28"},
            id="DBLP",
        ),
        pytest.param(
            DBLP_CORR,
            "3D U-Net: Learning Dense Volumetric Segmentation from Sparse Annotation",
            ("Özgün Çiçek", "Ahmed Abdulkadir", "Soeren S. Lienkamp"),
            None,
            {"arxiv": "1606.06650"},
            id="DBLP, CoRR",
        ),
        pytest.param(
            JABREF,
            "V-Net: Fully Convolutional Neural Networks for Volumetric Segmentation",
            ("Fausto Milletari", "Nassir Navab", "Seyed-Ahmad Ahmadi"),
            Venue(name="3DV", year=2016),
            {"arxiv": "1606.04797"},
            id="JabRef",
        ),
        pytest.param(
            BETTER_BIBTEX,
            "nnU-Net: A Self-Configuring Method for Deep Learning-Based Biomedical Image "
            "Segmentation",
            (
                *("Fabian Isensee", "Paul F. Jaeger", "Simon A. A. Kohl", "Jens Petersen"),
                "Klaus H. Maier-Hein",
            ),
            Venue(name="Nature Methods", year=2021),
            {"doi": "10.1038/s41592-020-01008-z"},
            id="Better BibTeX",
        ),
        pytest.param(
            BETTER_BIBLATEX,
            "Attention U-Net: Learning Where to Look for the Pancreas",
            ("Ozan Oktay", "Jo Schlemper", "Loic Le Folgoc"),
            None,
            {"arxiv": "1804.03999"},
            id="Better BibLaTeX",
        ),
        pytest.param(
            SEMANTIC_SCHOLAR,
            "U-Net: Convolutional Networks for Biomedical Image Segmentation",
            ("O. Ronneberger", "P. Fischer", "T. Brox"),
            Venue(name="MICCAI", year=2015),
            {"arxiv": "1505.04597"},
            id="Semantic Scholar",
        ),
        pytest.param(
            PAPIS,
            "Swin Transformer: Hierarchical Vision Transformer using Shifted Windows",
            ("Ze Liu", "Yutong Lin"),
            None,
            {"arxiv": "2103.14030"},
            id="papis",
        ),
    ],
)
def test_each_program_is_understood(
    text: str, title: str, authors: tuple[str, ...], venue: Venue | None, ids: dict[str, str]
) -> None:
    paper = only(text).paper
    assert (paper.title, paper.authors, paper.venue, paper.ids) == (title, authors, venue, ids)
    assert not paper.links
    assert set(paper.sources.values()) == {"import"}


def test_what_reference_managers_add_is_kept_where_a_paper_has_a_place_for_it() -> None:
    vnet = only(JABREF).paper
    assert vnet.tags == ("prostate", "MRI", "Segmentation")
    assert vnet.categories == ("cs.CV",)
    assert vnet.notes == "Dice loss"
    assert only(BETTER_BIBTEX).paper.name == "nnU-Net"
    assert only(BETTER_BIBLATEX).paper.year == 2018
    assert only(PAPIS).paper.notes == ""  # it says no more than the identifier


def test_a_paper_is_resolved_by_the_id_that_services_know_best() -> None:
    assert only(SEMANTIC_SCHOLAR).identifier == Identifier("arxiv", "1505.04597")
    assert only(DBLP).identifier == Identifier("doi", "10.1007/978-3-319-24574-4_28")
    assert entry(title="Deep Learning").identifier == Identifier("title", "Deep Learning")


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({"doi": "https://doi.org/10.1109/TMI.2018.2858752"}, {"doi": "10.1109/tmi.2018.2858752"}),
        ({"doi": "10.48550/arXiv.1505.04597"}, {"arxiv": "1505.04597"}),
        ({"eprint": "1505.04597v3"}, {"arxiv": "1505.04597"}),
        ({"eprint": "28092573", "eprinttype": "pubmed"}, {"pubmed": "28092573"}),
        ({"eprint": "https://academic.oup.com/x/y.pdf"}, {}),
        ({"eprint": "hal-01234567", "eprinttype": "hal"}, {}),
        ({"journal": "arXiv preprint arXiv:1505.04597"}, {"arxiv": "1505.04597"}),
        ({"number": "arXiv:1505.04597"}, {"arxiv": "1505.04597"}),
        ({"howpublished": r"\url{http://arxiv.org/abs/1505.04597}"}, {"arxiv": "1505.04597"}),
        ({"url": "https://www.nature.com/articles/s41592-020-1"}, {"doi": "10.1038/s41592-020-1"}),
        (
            {"url": "http://arxiv.org/abs/1505.04597 https://doi.org/10.1007/x{\\_}1"},
            {"arxiv": "1505.04597", "doi": "10.1007/x_1"},
        ),
    ],
    ids=lambda value: next(iter(value.values()), "") if isinstance(value, dict) else "",
)
def test_identifiers_are_found_where_programs_put_them(
    fields: dict[str, str], ids: dict[str, str]
) -> None:
    assert entry(title="A title", **fields).paper.ids == ids


def test_an_address_that_names_no_paper_is_code_or_a_link() -> None:
    paper = entry(title="A title", url="https://github.com/MIC-DKFZ/nnUNet").paper
    assert [link.url for link in paper.code] == ["https://github.com/MIC-DKFZ/nnUNet"]
    paper = entry(title="A title", url="https://ieeexplore.ieee.org/document/8363737/").paper
    assert [link.url for link in paper.links] == ["https://ieeexplore.ieee.org/document/8363737"]


def test_macros_and_joined_parts_make_one_value() -> None:
    text = (
        '@string{miccai = "Medical Image Computing and Computer-Assisted Intervention"}\n'
        "@STRING(full = Miccai # { -- } # MICCAI)\n"
        '@inproceedings{k, title = {A } # {{B}} # " {"}C{"}" # { D}, booktitle = FULL # " 2019",\n'
        "  month = 10 # oct, year = 2019}"
    )
    paper = only(text).paper
    assert (paper.title, paper.venue) == ('A B "C" D', Venue(name="MICCAI", year=2019))


def test_a_macro_that_stands_twice_is_no_broken_entry() -> None:
    text = '@string{m = "MICCAI"}\n@string{m = "CVPR"}\n@misc{k, title={A}, booktitle=m}'
    assert only(text).paper.venue == Venue(name="MICCAI")


def test_macros_made_of_macros_do_not_grow_without_bounds() -> None:
    lines = ['@string{a0 = "xxxxxxxxxx"}']
    lines += [f"@string{{a{n} = a{n - 1} # a{n - 1}}}" for n in range(1, 200)]
    assert len(only("\n".join([*lines, "@misc{k, title = a199}"])).paper.title) == 2_000


VOLUME = """@Proceedings{Conf/MICCAI/2015,
  title = {Medical Image Computing and Computer-Assisted Intervention - {MICCAI} 2015},
  year = {2015}, publisher = {Springer}, doi = {10.1007/978-3-319-24574-4}}
"""


@pytest.mark.parametrize("is_first", [True, False], ids=["volume first", "volume last"])
def test_an_entry_has_venue_and_year_of_the_volume_that_it_refers_to(is_first: bool) -> None:
    child = "@inproceedings{k, title={A paper}, crossref={conf/miccai/2015}}\n"
    found = load(f"{VOLUME}{child}" if is_first else f"{child}{VOLUME}")
    [item] = found.items
    assert (item.paper.venue, item.paper.year) == (Venue(name="MICCAI", year=2015), 2015)
    assert item.paper.ids == {}
    assert [message for _, message in found.problems] == ["@proceedings is no paper; left out"]


@pytest.mark.parametrize(
    ("child", "volume", "venue", "year"),
    [
        ("booktitle={CVPR}", "title={MICCAI}, year=2015", Venue(name="CVPR", year=2015), 2015),
        (
            "journal={IEEE TMI}",
            "title={MICCAI}, date={2015}",
            Venue(name="IEEE TMI", year=2015),
            2015,
        ),
        (
            "date={2014-12}",
            "title={Volume}, booktitle={MICCAI}",
            Venue(name="MICCAI", year=2014),
            2014,
        ),
    ],
    ids=["book title", "journal", "date"],
)
def test_what_an_entry_says_itself_counts_more_than_its_volume(
    child: str, volume: str, venue: Venue, year: int
) -> None:
    text = f"@inproceedings{{k, title={{A paper}}, crossref={{v}}, {child}}}\n@book{{v, {volume}}}"
    paper = load(text).items[0].paper
    assert (paper.venue, paper.year) == (venue, year)


def test_the_title_of_another_paper_is_no_venue() -> None:
    found = load(
        "@inproceedings{a, title={A}, crossref={b}}\n"
        "@inproceedings{b, title={B}, booktitle={CVPR}, year=2016}\n"
        "@misc{c, title={C}, crossref={d}}\n"
        "@misc{d, title={D}}\n"
    )
    papers = [item.paper for item in found.items]
    assert [paper.venue for paper in papers] == [*[Venue(name="CVPR", year=2016)] * 2, None, None]


def test_a_reference_into_the_void_is_told_where_something_is_lacking_for_it() -> None:
    text = "@misc{k, title={A}, crossref={x}}\n@misc{l, title={B}, crossref={x}, %s}"
    assert load(text % "booktitle={CVPR}, year=2016").problems == [
        (1, "crossref: there is no entry 'x', which may have told venue and year")
    ]


@pytest.mark.parametrize(
    ("field", "authors"),
    [
        ("van der Maaten, Laurens and Hinton, G.", ("Laurens van der Maaten", "G. Hinton")),
        ("Jack, Jr., Clifford R.", ("Clifford R. Jack Jr.",)),
        ("{ATLAS Collaboration} and others", ("ATLAS Collaboration",)),
        ("{Barnes and Noble}", ("Barnes and Noble",)),
        (r"K{\"u}chler, J{\'e}r{\^o}me and {\L}ukasz Kaiser", ("Jérôme Küchler", "Łukasz Kaiser")),
        ("Ho,", ("Ho",)),
    ],
)
def test_names_are_written_first_name_first(field: str, authors: tuple[str, ...]) -> None:
    assert entry(title="A title", author=field).paper.authors == authors


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Schr{\"{o}}dinger, \'Etude, {\o}re, na{\"\i}ve", "Schrödinger, Étude, øre, naïve"),
        ("pages 1--2 --- ``so''", "pages 1–2 — “so”"),
        (r"R\&D, R & D, 5\% and 5%", "R&D, R & D, 5% and 5%"),
        (r"M$^{2}$ and $\alpha$-GAN, H$_2$O", "M^2 and α-GAN, H_2O"),
        ("from $5 to $10", "from $5 to $10"),
        ("costs $5", "costs $5"),
        (r"{\textless}0.5MB {\textgreater} {\textbar} \^{}", "<0.5MB > | ^"),
        (r"\emph{Deep} \textbf{Learning} in~3D", "Deep Learning in 3D"),
        ("unbalanced } braces {", "unbalanced braces"),
        (r"\href{x}", "x"),
        ("{" * 5000 + "deep" + "}" * 5000, "deep"),
    ],
)
def test_tex_reads_as_a_person_reads_it(tex: str, text: str) -> None:
    assert plain(tex) == text


@pytest.mark.parametrize(
    ("broken", "where"),
    [
        pytest.param("@article{x,\n  title = {Not closed,\n  year = 2015\n", (1, "broken"), id="{"),
        pytest.param('@article{x,\n  title = "Not closed,\n', (1, "broken"), id='"'),
        pytest.param("@article{x,\n  title\n}", (1, "broken"), id="no value"),
        pytest.param(
            "@article{x, title = {A}},\n  year = {2015}\n}", (1, "brace too many"), id="}"
        ),
        pytest.param("@article{x, title = {A}\n  year = 2015}", (1, "comma"), id="comma"),
        pytest.param("@article{x, year = 2015}", (1, "neither a title"), id="no title"),
        pytest.param("@article{x, title={A}, doi={tba}}", (1, "tba"), id="no DOI"),
        pytest.param("@article{x, title={A}, year={forthcoming}}", (1, "forthcoming"), id="year"),
        pytest.param("@proceedings{x, title={MICCAI 2015}}", (1, "no paper"), id="proceedings"),
    ],
)
def test_a_broken_entry_is_reported_and_spoils_no_other(
    broken: str, where: tuple[int, str]
) -> None:
    found = load(f"{broken}\n{DBLP}")
    assert found.items[-1].paper == only(DBLP).paper
    [problem] = found.problems
    assert (problem.line, where[1] in problem.message) == (where[0], True)


def test_an_entry_without_a_comma_keeps_the_value_before_it() -> None:
    assert load("@article{x, title = {A}\n  year = {2015}}").items[0].paper.title == "A"


def test_entries_with_the_same_key_and_fields_that_stand_twice_are_read() -> None:
    found = load("@misc{k, title={One}, title={Two}}\n@misc{k, title={Three}}")
    assert [item.paper.title for item in found.items] == ["One", "Three"]


def test_every_paper_has_the_line_where_its_entry_begins() -> None:
    text = DBLP + DBLP_CORR
    begins = [n for n, line in enumerate(text.split("\n"), 1) if line.startswith("@")]
    assert [item.line for item in load(text).items] == begins


@pytest.mark.parametrize("text", ["no BibTeX at all", "[]", "title,year\nA,2015"])
def test_a_text_without_entries_is_not_bibtex(text: str) -> None:
    with pytest.raises(NotThisFormat):
        load(text)


def test_an_empty_file_holds_nothing() -> None:
    assert load(" \n") == LOADERS["text"]("")


tokens = st.sampled_from(
    [
        *("@article{k,", "@string{", "title", "=", "{", "}", '"', "#", ",", "\n", "\\", "$", "%"),
        *("&", "doi", "author", " and ", "url", "http://", "\\href", "\\frac", "\\begin{x}"),
        *("a", "\u202e"),
    ]
)


@given(st.lists(tokens, max_size=40).map("".join))
def test_no_text_makes_the_reader_fail_or_lose_the_last_entry(text: str) -> None:
    found = load(f"{text}\n\n@misc{{last, title = {{The last}}}}")
    assert all(isinstance(item.paper, Paper) for item in found.items)
    titles = [item.paper.title for item in found.items]
    assert "The last" in titles or found.problems
