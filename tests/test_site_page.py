"""The page of a site: every text of the list in it, and nothing that a browser would run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertrack.formats import FORMATS
from papertrack.matching import Forms, term, to_plain
from papertrack.model import Benchmark, CodeLink, Link, Paper, Result, Venue, replace
from papertrack.query import SORTS
from papertrack.site import search
from papertrack.site.content import Site
from papertrack.site.data import ORDERS, document, encoded
from papertrack.site.html import address, plain
from papertrack.site.page import page
from papertrack.text import clean_line
from tests.builders import (
    HOSTILE,
    attention_unet,
    libraries,
    lines,
    papers,
    synapse,
    unet,
    voxelmorph,
)

ATTACKS = [
    *HOSTILE,
    "</script><img src=x onerror=alert(1)>",
    "</noscript><script>alert(1)</script>",
    "</style><svg/onload=alert(1)>",
    "<!-- <script>",
    "]]>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "&lt;script&gt;",
    "javascript:alert(1)",
    "\u2028alert(1)\u2029",
    "a\x00b\x1b[2J\u202e\ud800c\ufffe",
]

ELEMENTS = set(
    "html head meta title link style body a header h1 h2 h3 p nav ul li button main div label "
    "input select option noscript section table thead tbody tr th td strong br figure svg desc "
    "text g path circle rect footer script".split()
)
ATTRIBUTES = set(
    "lang charset http-equiv content name rel type title href class id role aria-label hidden for "
    "autocomplete spellcheck value tabindex scope".split()
)


def site(shelf: Mapping[str, Paper] = {}, **changes: Any) -> Site:
    fields: dict[str, Any] = {"title": "A list", "papers": shelf, "benchmarks": {}}
    return Site(**(fields | changes))


def hostile(text: str) -> Site:
    """Put a text into every place of a list."""
    result = Result(benchmark="synapse", model=text, values={"dice": "80.10"}, note=text)
    paper = Paper(
        title=text,
        name=text,
        authors=(text, text),
        year=2016,
        venue=Venue(name=text, note=text, url=text),
        section=(text, text),
        tags=(text,),
        remark=text,
        code=(CodeLink(url="https://example.org/" + text, label=text), CodeLink(url=text)),
        links=(Link(url=text, label=text),),
        results=(result, replace(result, extra_data=text)),
    )
    metrics = (replace(synapse().metrics[0], name=text, unit=text),)
    benchmark = synapse(title=text, description=text, row_label=text, metrics=metrics)
    return site({"x": paper}, title=text, description=text, benchmarks={"synapse": benchmark})


def read(text: str) -> Any:
    return lxml.html.document_fromstring(text)


def data(root: Any) -> Any:
    [script] = root.xpath("//script[@type='application/json']")
    return json.loads(script.text)


def pictureless(root: Any) -> list[Any]:
    return [element for element in root.iter() if not element.xpath("ancestor-or-self::svg")]


# --- the whole page -----------------------------------------------------------------------------


def small() -> Site:
    result = Result(benchmark="synapse", values={"dice": "76.85", "hd95": "39.70"})
    return site(
        {
            "ronneberger2015unet": unet(results=(result,), tags=("microscopy",)),
            "oktay2018attention": attention_unet(
                results=(replace(result, values={"dice": "77.77", "hd95": "36.02"}),)
            ),
            "balakrishnan2018voxelmorph": voxelmorph(),
        },
        description="Papers & codes.",
        benchmarks={"synapse": synapse()},
        sections=("Segmentation", "Registration"),
        url="https://example.org/papers/",
    )


def test_a_whole_page(golden: Callable[[str, str], None]) -> None:
    text = page(small())
    text = re.sub(r"(<(style|script)>).*?(</\2>)", r"\1...\3", text, flags=re.DOTALL)
    text = re.sub(r"'sha256-.*?'", "'sha256-...'", text.replace("&#x27;", "'"))
    whole = re.compile(r'(?<=id="Data">).*(?=</script>)')
    golden("site.html", whole.sub(lambda m: json.dumps(json.loads(m[0]), indent=1), text))


def test_the_order_of_a_library_does_not_matter() -> None:
    one = small()
    other = replace_papers(one, dict(reversed(one.papers.items())))
    assert page(one) == page(other)


def replace_papers(one: Site, shelf: Mapping[str, Paper]) -> Site:
    fields = {**vars(one), "papers": shelf}
    return Site(**{name: fields[name] for name in Site.__dataclass_fields__})


def test_a_list_without_papers_says_so() -> None:
    assert "There are no papers in this list yet." in read(page(site())).text_content()


def test_the_sources_are_thanked_as_they_ask_for() -> None:
    [footer] = read(page(site())).iter("footer")
    assert (
        "Thank you to arXiv for use of its open access interoperability." in footer.text_content()
    )
    [link] = footer.iter("a")
    assert (link.text, link.get("href")) == ("Semantic Scholar", "https://www.semanticscholar.org/")


# --- nothing else runs, and nothing is asked for ------------------------------------------------


def test_the_policy_lets_in_the_one_style_and_the_one_script_that_are_there() -> None:
    root = read(page(small()))
    [policy] = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    [style] = root.iter("style")
    [script] = root.xpath("//script[not(@type)]")
    assert policy.split("; ") == [
        "default-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        f"style-src {digest(style.text)}",
        f"script-src {digest(script.text)}",
    ]
    assert len(root.xpath("//script")) == 2


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_nothing_in_the_page_is_fetched_from_elsewhere() -> None:
    root = read(page(small()))
    assert not root.xpath("//@src | //@srcset | //@action | //@style | //@background")
    assert {link.get("rel") for link in root.iter("link")} == {"canonical", "alternate"}
    [style] = root.iter("style")
    assert not re.search(r"url\(|@import|@font-face", style.text)


def test_the_script_reads_no_text_as_html_or_as_code() -> None:
    [script] = read(page(small())).xpath("//script[not(@type)]")
    unsafe = (
        r"(?:inner|outer)HTML|insertAdjacent|document\.write|\beval\b|Function\(|srcdoc|fetch\("
    )
    assert not re.search(unsafe, script.text)
    assert "\r" not in script.text


def test_every_part_that_the_script_asks_for_is_in_the_page() -> None:
    root = read(page(small()))
    [script] = root.xpath("//script[not(@type)]")
    asked = set(re.findall(r'(?:part|getElementById)\("(\w+)"\)', script.text))
    assert asked
    assert asked <= set(root.xpath("//@id"))


@settings(max_examples=30)
@given(libraries)
def test_no_element_and_no_attribute_comes_from_data(shelf: dict[str, Paper]) -> None:
    root = read(page(site(shelf, benchmarks={"synapse": synapse()})))
    assert {element.tag for element in root.iter()} <= ELEMENTS
    assert {name for element in pictureless(root) for name in element.attrib} <= ATTRIBUTES
    kinds = {re.sub(r"(https?://|#|feed\.xml$).*", r"\1", href) for href in root.xpath("//@href")}
    assert kinds <= {"https://", "http://", "#", "feed.xml"}
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("text", ATTACKS)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    root = read(page(hostile(text)))
    assert {element.tag for element in root.iter()} <= ELEMENTS
    assert {name for element in pictureless(root) for name in element.attrib} <= ATTRIBUTES
    shown = plain(text)
    assert root.findtext("head/title") == shown
    assert root.find("body//h1").text_content() == shown
    [entry] = root.xpath("//noscript//li")
    assert entry.text_content().startswith(f"{shown} · {shown}, {shown} · ")
    [record] = data(root)["papers"]
    assert (record["title"], record["tags"], record["remark"]) == (shown, [shown], shown)
    assert [element.text_content() for element in root.xpath("//section/h3")] == [shown]
    assert shown in root.xpath("//tbody/tr/th")[0].text_content()


def test_only_web_addresses_are_linked() -> None:
    addresses = ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//x.example", "x.html"]
    addresses += [
        "file:///etc/passwd",
        "https://",
        "https:///x",
        "java\nscript:x",
        "\x01javascript:x",
    ]
    code = tuple(CodeLink(url=url, label="bad") for url in addresses)
    shelf = {"x": Paper(title="T", code=code, links=tuple(Link(url=url) for url in addresses))}
    root = read(page(site(shelf)))
    assert "bad" not in root.text_content()
    assert set(data(root)["papers"][0]) == {"key", "title", "text", "bibtex"}


# --- the papers without a script ----------------------------------------------------------------


@settings(max_examples=30)
@given(libraries)
def test_every_paper_stands_in_the_page_without_its_script(shelf: dict[str, Paper]) -> None:
    entries = read(page(site(shelf))).xpath("//noscript//li")
    told = {entry.get("id"): entry.text_content() for entry in entries}
    assert told.keys() == shelf.keys()
    for key, paper in shelf.items():
        name = "" if paper.title.startswith(paper.name) else f"{paper.name}: "
        assert told[key].startswith(plain(f"{name}{paper.title}"))


def test_a_paper_leads_to_its_page_its_pdf_and_its_code() -> None:
    [entry] = read(page(site({"x": voxelmorph()}))).xpath("//noscript//li")
    assert {link.text: link.get("href") for link in entry.iter("a")} == {
        voxelmorph().title: "https://arxiv.org/abs/1809.05231",
        "PDF": "https://arxiv.org/pdf/1809.05231",
        "official": "https://github.com/voxelmorph/voxelmorph",
    }
    assert {link.get("rel") for link in entry.iter("a")} == {"noopener noreferrer"}


def test_sections_stand_as_the_settings_order_them() -> None:
    headings = read(page(small())).xpath("//noscript/h3/text()")
    assert headings == ["Segmentation", "Segmentation / Abdomen", "Registration"]


# --- the data of the script ---------------------------------------------------------------------


@settings(max_examples=30)
@given(libraries)
def test_the_data_come_back_as_they_were_put_in(shelf: dict[str, Paper]) -> None:
    made = site(shelf)
    written = encoded(document(made))
    assert not re.search("[<>&\u2028\u2029]", written)
    assert data(read(page(made))) == document(made)


def test_a_citation_is_the_one_that_is_exported() -> None:
    shelf = dict(small().papers)
    records = document(small())["papers"]
    assert {record["key"]: record["bibtex"] for record in records} == {
        key: FORMATS["bibtex"]({key: paper}) for key, paper in shelf.items()
    }


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(["a", "b", "c", "d", "e"]), papers))
def test_the_orders_are_those_of_the_command_line(shelf: dict[str, Paper]) -> None:
    said = document(site(shelf))
    keys = [record["key"] for record in said["papers"]]
    for name in ORDERS:
        ordered = [key for key, _ in sorted(shelf.items(), key=SORTS[name])]
        assert [keys[place] for place in said["orders"][name]] == ordered


def test_a_section_is_found_with_those_inside_of_it_however_it_is_spelled() -> None:
    shelf = {
        "a": unet(section=("Segmentation", "Brain")),
        "b": unet(section=("segmentation",)),
        "c": unet(section=()),
    }
    said = document(site(shelf))
    assert [(section["label"], section["in"]) for section in said["sections"]] == [
        ("segmentation", [0]),
        ("Segmentation / Brain", [0, 1]),
    ]
    assert {r["key"]: r.get("section") for r in said["papers"]} == {"a": 1, "b": 0, "c": None}


def test_what_can_be_chosen_stands_in_the_order_in_which_it_is_looked_for() -> None:
    facets = document(small())["facets"]
    assert facets == {
        "venue": ["arXiv", "IEEE TMI", "MICCAI"],
        "year": ["2019", "2018", "2015"],
        "tag": ["microscopy"],
        "code": ["yes", "no"],
    }


def test_notes_and_abstracts_stay_at_home() -> None:
    kept = unet(notes="private", status="to-read", abstract="long")
    text = page(site({"x": kept}))
    assert not re.search("private|to-read|long<", text)


def test_a_remark_is_shown_and_found_with_and_without_the_script() -> None:
    said = unet(remark="A <classic> of Müller's & co.")
    root = read(page(site({"x": said})))
    [record] = data(root)["papers"]
    assert record["remark"] == said.remark
    assert finds(record["text"], "classic")
    [entry] = root.xpath("//noscript//li")
    assert entry.text_content().endswith(f" · {said.remark}")
    assert "remark" not in data(read(page(site({"x": unet()}))))["papers"][0]


# --- search -------------------------------------------------------------------------------------


def finds(haystack: str, word: str) -> bool:
    """Search as the script of the page does."""
    found = term(word)
    if found is None:
        return True
    parted = f" {found.spaced}" if " " in found.spaced else found.spaced
    return parted in haystack or found.joined in haystack


words = st.one_of(
    st.sampled_from(
        ["u-net", "unet", "u net", "net", "segmentation", "muller", "Müller", "++", "é"]
    ),
    st.text(max_size=4),
).filter(lambda word: len(word.split()) == 1)


@given(papers, words, st.booleans())
def test_the_page_finds_what_the_command_line_finds(paper: Paper, word: str, own: bool) -> None:
    texts = (paper.name, paper.title, *paper.authors, *paper.tags, *paper.section)
    texts = (*texts, str(paper.venue or ""), paper.remark)
    if own and (pieces := " ".join(texts).split()):
        word = pieces[len(word) % len(pieces)][: 1 + len(word)]
    wanted = term(word)
    expected = wanted is None or wanted.grade(Forms(texts)) > 0
    assert finds(search.haystack(paper), word) == expected


@pytest.mark.parametrize("word", ["u-net", "UNET", "unet", "ronneb", "MICCAI", "segmentation"])
def test_a_word_is_found_however_it_is_written(word: str) -> None:
    assert finds(search.haystack(unet()), word)


@given(st.lists(lines))
def test_a_browser_folds_every_letter_of_a_list_as_python_does(texts: list[str]) -> None:
    known = search.letters(texts)
    for char in {*"".join(texts)}:
        if not char.isascii():
            assert known.get(char, search.by_browser(char)) == to_plain(char)


def test_letters_that_people_type_are_folded_in_every_list() -> None:
    known = search.letters([])
    assert (known["ø"], known["Ł"], known["æ"], known["ß"]) == ("o", "L".lower(), "ae", "ss")


# --- results ------------------------------------------------------------------------------------


def table(root: Any) -> list[list[str]]:
    return [[cell.text_content() for cell in row] for row in root.xpath("//table//tr")]


def with_results(*values: tuple[str, str], **changes: Any) -> Site:
    shelf = {
        f"k{number}": unet(
            name=f"Net {number}",
            results=(Result(benchmark="synapse", values={"dice": dice, "hd95": hd95}),),
        )
        for number, (dice, hd95) in enumerate(values)
    }
    return site(shelf, benchmarks={"synapse": synapse(**changes)})


def test_a_leaderboard_shows_values_as_they_were_printed_and_the_best_bold() -> None:
    root = read(page(with_results(("76.80", "39.7"), ("80.10", "21"), ("80.10", "18.80"))))
    assert table(root) == [
        ["Rank", "Model", "Dice (%) ↑", "HD95 (mm) ↓", "Published In", "Code"],
        ["1", "Net 1", "80.10", "21", "MICCAI 2015", ""],
        ["1", "Net 2", "80.10", "18.80", "MICCAI 2015", ""],
        ["3", "Net 0", "76.80", "39.7", "MICCAI 2015", ""],
    ]
    assert root.xpath("//td/strong/text()") == ["80.10", "80.10", "18.80"]
    assert root.xpath("//tbody//a/@href") == ["#k1", "#k2", "#k0"]


def test_two_rows_are_no_ranking() -> None:
    rows = table(read(page(with_results(("76.80", "39.7"), ("80.10", "21")))))
    assert [row[0] for row in rows] == ["Model", "Net 1", "Net 0"]


def test_a_benchmark_without_results_says_so() -> None:
    assert "No results yet." in read(page(with_results())).text_content()


def test_a_chart_takes_its_colours_from_the_theme_of_the_page() -> None:
    root = read(page(with_results(("76.80", "39.7"), ("80.10", "21"))))
    pictures = root.xpath("//svg")
    assert len(pictures) == 2
    colours = set(root.xpath("//svg//@fill | //svg//@stroke"))
    [style] = root.iter("style")
    names = {re.fullmatch(r"var\((--[\w-]+)\)|none", colour)[1] for colour in colours} - {None}
    assert names
    assert all(f"{name}:" in style.text for name in names)


def test_sizes_that_rank_nothing_are_charted_by_each_other() -> None:
    metrics = tuple(replace(metric, direction="none") for metric in synapse().metrics)
    made = with_results(("76.80", "39.7"), ("80.10", "21"), metrics=metrics)
    [picture] = read(page(made)).xpath("//section//svg")
    assert "HD95 (mm) by Dice (%)" in picture.get("aria-label")


def test_a_value_that_no_chart_can_hold_stands_in_the_table() -> None:
    made = with_results(("1e999999", "39.7"), ("80.10", "21"))
    assert "1e999999" in read(page(made)).text_content()


def test_a_legend_explains_the_marks() -> None:
    extra = Result(benchmark="synapse", values={"dice": "81"}, extra_data="a|b & <c>")
    shelf = {"a": unet(results=(extra,)), "b": voxelmorph(results=(replace(extra, extra_data=""),))}
    root = read(page(site(shelf, benchmarks={"synapse": synapse()})))
    [legend] = root.xpath("//p[@class='legend']")
    assert legend.text_content() == "⁺ trained on extra data: a|b & <c>."


@settings(max_examples=30)
@given(libraries, st.text(max_size=8).map(clean_line))
def test_any_benchmark_can_be_shown(shelf: dict[str, Paper], text: str) -> None:
    benchmark = Benchmark(title=text or "x", description=text, metrics=synapse().metrics)
    root = read(page(site(shelf, benchmarks={"synapse": benchmark})))
    [heading] = root.xpath("//section/h3")
    assert heading.text_content() == plain(text or "x")


@given(lines)
def test_an_address_that_is_linked_is_one_of_the_web(text: str) -> None:
    for url in (text, f"https://example.org/{text}"):
        found = address(url)
        assert not found or re.fullmatch(r"https?://\w[^\s<>\"']*", found)
