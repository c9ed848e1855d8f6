"""The query language: what it finds, in which order, what it marks, suggests and refuses."""

from __future__ import annotations

import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.errors import UsageError
from papertrack.filters import make_filter
from papertrack.matching import squeeze
from papertrack.model import Citations, CodeLink, Paper, Result, Venue
from papertrack.query import FIELDS, SORTS, highlights, parse, search
from papertrack.suggestions import suggest
from papertrack.text import fold

PAPERS = {
    "cicek20163d": Paper(
        title="3D U-Net: Learning Dense Volumetric Segmentation from Sparse Annotation",
        name="3D U-Net",
        authors=("Özgün Çiçek", "Ahmed Abdulkadir", "Soeren S. Lienkamp", "Thomas Brox"),
        year=2016,
        venue=Venue(name="MICCAI", year=2016),
        ids={"arxiv": "1606.06650"},
        section=("Medical", "Segmentation"),
        tags=("unet", "volumetric"),
        citations=Citations(count=5000),
        added="2026-11-03",
    ),
    "he2016deep": Paper(
        title="Deep Residual Learning for Image Recognition",
        name="ResNet",
        authors=("Kaiming He", "Xiangyu Zhang", "Shaoqing Ren", "Jian Sun"),
        year=2015,
        venue=Venue(name="CVPR", year=2016),
        ids={"arxiv": "1512.03385", "doi": "10.1109/cvpr.2016.90"},
        section=("Classification",),
        abstract="Layers learn a residual; shortcuts carry the rest past them.",
        remark="The shortcuts are what everybody took over; begin here.",
        results=(Result(benchmark="imagenet-1k", values={"top1": "77.15"}),),
        citations=Citations(count=200000),
        status="read",
        added="2026-11-04",
    ),
    "isensee2018nnunet": Paper(
        title="nnU-Net: Self-adapting Framework for U-Net-Based Medical Image Segmentation",
        name="nnU-Net",
        authors=("Fabian Isensee", "Jens Petersen", "Andre Klein"),
        year=2018,
        ids={"arxiv": "1809.10486"},
        section=("Medical", "Segmentation"),
        tags=("U-Net",),
        code=(CodeLink(url="https://github.com/MIC-DKFZ/nnUNet"),),
        notes="Compare with the talk in the Goethestraße.",
        status="to-read",
    ),
    "lecun1998gradient": Paper(
        title="Gradient-based learning applied to document recognition",
        authors=("Yann LeCun", "Léon Bottou", "Yoshua Bengio", "Patrick Haffner"),
        year=1998,
        venue=Venue(name="Proceedings of the IEEE", year=1998),
        ids={"doi": "10.1109/5.726791"},
        section=("Classification",),
        added="2026-10-30",
    ),
    "ronneberger2015unet": Paper(
        title="U-Net: Convolutional Networks for Biomedical Image Segmentation",
        name="U-Net",
        authors=("Olaf Ronneberger", "Philipp Fischer", "Thomas Brox"),
        year=2015,
        venue=Venue(name="MICCAI", year=2015),
        ids={"arxiv": "1505.04597", "doi": "10.1007/978-3-319-24574-4_28"},
        section=("Medical", "Segmentation"),
        tags=("unet",),
        code=(CodeLink(url="https://lmb.informatik.uni-freiburg.de/people/ronneber/u-net"),),
        abstract="An encoder–decoder with skip connections, trained on few annotated cells.",
        citations=Citations(count=80000),
        status="read",
    ),
    "simonyan2015very": Paper(
        title="Very Deep Convolutional Networks for Large-Scale Image Recognition",
        name="VGG",
        authors=("Karen Simonyan", "Andrew Zisserman"),
        year=2014,
        venue=Venue(name="ICLR", year=2015),
        ids={"arxiv": "1409.1556"},
        section=("Classification",),
        results=(Result(benchmark="imagenet-1k", values={"top1": "76.3"}),),
        citations=Citations(count=100),
    ),
    "vandermaaten2008visualizing": Paper(
        title="Visualizing Data using t-SNE",
        name="t-SNE",
        authors=("Laurens van der Maaten", "Geoffrey Hinton"),
        year=2008,
        venue=Venue(name="JMLR", year=2008),
        section=("Visualisation",),
        tags=("cœur",),
    ),
    "zhou2018unet": Paper(
        title="UNet++: A Nested U-Net Architecture for Medical Image Segmentation",
        name="UNet++",
        authors=("Zongwei Zhou", "Md Mahfuzur Rahman Siddiquee", "Jianming Liang"),
        year=2018,
        venue=Venue(name="DLMIA", year=2018),
        ids={"arxiv": "1807.10165"},
        section=("Medical", "Segmentation"),
        tags=("unet",),
    ),
    "anonymous": Paper(title="Notes on (Deep) Learning: A & B — Part 1"),
}

SHORT = {key: key[:3] for key in PAPERS}
"""`ron` stands for ronneberger2015unet in the tables below."""

UNETS = "cic ise ron zho"
ALL = " ".join(sorted(SHORT.values()))


def found(query: str) -> str:
    wanted = parse(query)
    return " ".join(sorted(SHORT[k] for k, paper in PAPERS.items() if wanted.matches(paper, k)))


def ranked(query: str) -> list[str]:
    return [SHORT[hit.key] for hit in search(parse(query), PAPERS)]


def problem(query: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        parse(query)
    return caught.value


# --- What matches -----------------------------------------------------------------------------

WORDS = [
    ("", ALL),
    ("   ", ALL),
    ("segmentation", UNETS),
    ("SEGMENTATION", UNETS),
    ("segment", UNETS),
    ("sparse segmentation", "cic"),
    ("nothing-like-it", ""),
    ("cicek", "cic"),
    ("Çiçek", "cic"),
    ("ozgun", "cic"),
    ("leon bottou", "lec"),
    ("strasse", "ise"),
    ("STRASSE", "ise"),
    ("goethestraße", "ise"),
    ("coeur", "van"),
    ("CŒUR", "van"),
    ("miccai", "cic ron"),
    ("shortcuts", "he2"),
    ("classification", "he2 lec sim"),
    ("volumetric", "cic"),
    ("goethe", "ise"),
]
HYPHENS = [
    ("u-net", UNETS),
    ("unet", UNETS),
    ("UNet", UNETS),
    ("u_net", UNETS),
    ("U–Net", UNETS),
    ("U-Net:", UNETS),
    ("unet++", "zho"),
    ("U-Net++", "zho"),
    ("nnunet", "ise"),
    ("nnU-Net", "ise"),
    ("nn-unet", "ise"),
    ("tsne", "van"),
    ("t-sne", "van"),
    ("largescale", "sim"),
    ('"large scale"', "sim"),
    ("encoder-decoder", "ron"),
    ("decoder", "ron"),
    ("work-for", ""),
]
PHRASES = [
    ('"image segmentation"', "ise ron zho"),
    ('"Image  Segmentation"', "ise ron zho"),
    ('"segmentation image"', ""),
    ('"image segment"', ""),
    ('"deep"', "ano he2 sim"),
    ('"net"', UNETS),
    ('"work"', ""),
    ('"unet"', UNETS),
    ("“image segmentation”", "ise ron zho"),
    ("“segmentation image”", ""),
    ('"image recognition" residual', "he2"),
    ('"resnet deep"', ""),
    ('"thomas brox medical"', ""),
    ('"fischer thomas"', ""),
]
FILTERS = [
    ("author:ronneberger", "ron"),
    ("author:brox", "cic ron"),
    ("author:berger", ""),
    ('author:"van der Maaten"', "van"),
    ('author:"VAN DER maaten" hinton', "van"),
    ('author:"Olaf Ronneberger"', "ron"),
    ("author:li", "cic zho"),
    ('author:"li"', ""),
    ('author:"he"', "he2"),
    ("Author:çiçek", "cic"),
    ("title:deep", "ano he2 sim"),
    ("title:vgg", "sim"),
    ("title:net", "cic he2 ise ron sim zho"),
    ("title:miccai", ""),
    ('title:"deep residual"', "he2"),
    ("venue:miccai", "cic ron"),
    ('venue:"MICCAI 2015"', "ron"),
    ("venue:ieee", "lec"),
    ("venue:lmia", ""),
    ("tag:unet", UNETS),
    ("tag:U-Net", UNETS),
    ("tag:vol", ""),
    ("tag:cœur", "van"),
    ("section:Segmentation", UNETS),
    ("section:medical", UNETS),
    ('section:"Medical / Segmentation"', UNETS),
    ("section:segment", ""),
    ('in:"Medical / Segmentation"', UNETS),
    ("in:Medical", ""),
    ("status:read", "he2 ron"),
    ("status:to-read", "ise"),
    ("benchmark:imagenet-1k", "he2 sim"),
    ("benchmark:imagenet", ""),
    ("code:yes", "ise ron"),
    ("code:YES", "ise ron"),
    ("code:no", "ano cic he2 lec sim van zho"),
    ("has:code", "ise ron"),
    ("has:abstract", "he2 ron"),
    ("has:venue", "cic he2 lec ron sim van zho"),
    ("has:results", "he2 sim"),
    ("has:notes", "ise"),
    ("has:remark", "he2"),
    ('"took over"', "he2"),
    ("has:arxiv", "cic he2 ise ron sim zho"),
    ("has:DOI", "he2 lec ron"),
    ("has:pubmed", ""),
    ("arxiv:1505.04597", "ron"),
    ("arxiv:1505.04597v4", "ron"),
    ("https://arxiv.org/abs/1505.04597v1", "ron"),
    ("doi:10.1007/978-3-319-24574-4_28", "ron"),
    ("doi:10.48550/arXiv.1505.04597", "ron"),
    ("doi:10.1109/CVPR.2016.90", "he2"),
    ("doi:10.1016/S0140-6736(20)30183-5", ""),
    ("key:he2016deep", "he2"),
    ("key:HE2016deep", "he2"),
    ("key:he2016", ""),
]
NUMBERS = [
    ("year:2015", "ron sim"),
    ("year:2015..2015", "ron sim"),
    ("year:2015..2016", "cic he2 ron sim"),
    ("year:2018..", "ise zho"),
    ("year:..2008", "lec van"),
    ("year:>2016", "ise zho"),
    ("year:>=2016", "cic he2 ise zho"),
    ("year:<2008", "lec"),
    ("year:<=2008", "lec van"),
    ("year:=1998", "lec"),
    ("cites:>5000", "he2 ron"),
    ("cites:>=5000", "cic he2 ron"),
    ("cites:<5000", "sim"),
    ("cites:<=5000", "cic sim"),
    ("cites:100", "sim"),
    ("cites:100..5000", "cic sim"),
    ("cites:0..", "cic he2 ron sim"),
]
COMBINATIONS = [
    ("miccai -volumetric", "ron"),
    ("segmentation -tag:volumetric -author:zhou", "ise ron"),
    ('-"image segmentation" miccai', "cic"),
    ("tsne OR vgg", "sim van"),
    ("resnet OR tsne OR vgg", "he2 sim van"),
    ("miccai year:2015 OR vgg", "ron sim"),
    ("miccai (year:2015 OR vgg)", "ron"),
    ("(tsne OR vgg) year:2015", "sim"),
    ("-(tsne OR vgg) year:..2015", "lec ron"),
    ("-(-(vgg))", "sim"),
    ("--vgg", "sim"),
    ("((vgg))", "sim"),
    ("tsne or vgg", ""),
    ('vgg "OR"', ""),
]
PASTED = [
    ("U-Net: Convolutional Networks for Biomedical Image Segmentation", "ron"),
    ("Notes on (Deep) Learning: A & B — Part 1", "ano"),
    ("notes on deep learning - a & b -- part 1", "ano"),
    ("UNet++: a nested", "zho"),
    ("recognition:", "he2 lec sim"),
    ("std::vector", ""),
    ("& - — ...", ALL),
    ('""', ALL),
    ("()", ALL),
    ("-() -& vgg", "sim"),
    ("(vgg OR tsne", "sim van"),
    ('vgg "image recog', ""),
    ('vgg "image recognition', "sim"),
    ('author:"van der maaten', "van"),
    ("recognition(s)", ""),
]


@pytest.mark.parametrize(
    ("query", "keys"), WORDS + HYPHENS + PHRASES + FILTERS + NUMBERS + COMBINATIONS + PASTED
)
def test_a_query_finds_these_papers(query: str, keys: str) -> None:
    assert found(query) == keys


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_explained_and_in_the_tables(field: str) -> None:
    assert FIELDS[field]
    assert any(f"{field}:" in query.lower() for query, _ in FILTERS + NUMBERS)


def test_the_parts_known_to_has_are_fields_of_a_paper() -> None:
    hint = problem("has:everything").hint
    known = hint.removeprefix("has: takes ").split(", ")
    assert "results" in known
    for part in known:
        parse(f"has:{part}").matches(Paper(title="Bare"))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("Medical", True),
        ("CNN", True),
        ("Medical / Segmentation", True),
        ("Segmentation / CNN", True),
        ("medical / segmentation / cnn", True),
        ("Medical / CNN", False),
        ("Medical / Segment", False),
        ("CNN / Segmentation", False),
    ],
)
def test_a_section_is_found_by_every_part_of_its_path(path: str, found: bool) -> None:
    paper = Paper(title="X", section=("Medical", "Segmentation", "CNN"))
    assert parse(f'section:"{path}"').matches(paper) is found
    assert not parse('section:"Medical / Segmentation"').matches(Paper(title="X"))


NAMES = [
    ("ronneberger2015unet", "ron"),
    ("RONNEBERGER2015unet", "ron"),
    ("ronneberger2015", ""),
    ("1505.04597", "ron"),
    ("1505.04597v4", "ron"),
    ("1505.0459", ""),
    ("10.1109/CVPR.2016.90", "he2"),
    ("10.1109/cvpr.2016", ""),
    ("tsne OR 1505.04597", "ron van"),
    ("unet -1505.04597", "cic ise zho"),
    ("unet 1505.04597", "ron"),
    ("anonymous", "ano"),
]


@pytest.mark.parametrize(("query", "keys"), NAMES)
def test_a_key_or_an_identifier_finds_its_paper(query: str, keys: str) -> None:
    assert found(query) == keys


def test_an_identifier_is_looked_for_as_it_is_kept() -> None:
    paper = Paper(title="X", ids={"openreview": "ByxBFsRqYm", "acl": "P19-1001"})
    for name in ("ByxBFsRqYm", "P19-1001", "p19-1001"):
        assert parse(name).matches(paper), name


def test_the_paper_of_an_identifier_comes_before_those_that_only_name_it() -> None:
    papers = {"a": Paper(title="Other", notes="see 1505.04597", year=2026)} | PAPERS
    hits = search(parse("1505.04597"), papers)
    assert [hit.key for hit in hits] == ["ronneberger2015unet", "a"]


def test_a_paper_without_key_is_matched_by_its_content() -> None:
    assert parse("u-net year:2015").matches(PAPERS["ronneberger2015unet"])


def test_a_query_reads_as_it_was_typed() -> None:
    assert str(parse(" vgg  OR “t-SNE” ")) == " vgg  OR “t-SNE” "


# --- What is wrong ----------------------------------------------------------------------------

MISTAKES = [
    ("autor:li", 1, 'no field "autor:"', "did you mean author:? fields are title:"),
    ("unet UNet:foo", 6, 'no field "UNet:"', 'goes in quotes: "UNet:foo"'),
    ("(vgg -yaer:2015)", 7, 'no field "yaer:"', "did you mean year:?"),
    ("12:30", 1, 'no field "12:"', "quotes"),
    ('author:""', 1, "needs a value", "author: takes"),
    ("tag:++", 1, "needs a value", "tag: takes a whole tag"),
    ("tag:(a OR b)", 1, "needs a value", "tag: takes"),
    ("year:..", 1, "needs a value", "2015..2018"),
    ("year:2015-2018", 1, "year:2015-2018 is no number and no range", "2015..2018"),
    ("cites:many", 1, "no number and no range", ">100"),
    ("year:٢٠١٥", 1, "no number", "2015"),
    ("cites:>1..2", 1, "no number", "50..100"),
    ("vgg year:2018..2015", 5, "empty range", "write year:2015..2018"),
    ("code:maybe", 1, "code:maybe", "code:yes or code:no"),
    ("has:tag", 1, "has:tag", "did you mean tags?"),
    ("arxiv:1505.0459x", 1, "1505.0459x", ""),
    ("doi:1505.04597", 1, "1505.04597", "arXiv"),
    ('arxiv:"u net"', 1, '"arxiv:u net" is no identifier', "arxiv:1505.04597"),
    ("https://paperswithcode.com/paper/u-net", 1, "no identifier that a paper", "of the title"),
    ("https://example.org/x", 1, "example.org", ""),
    ("vgg) unet", 4, "closes nothing", "quote"),
    ("OR vgg", 1, "nothing on its left", "a OR b"),
    ("vgg OR OR unet", 8, "nothing on its left", "a OR b"),
    ("vgg OR", 5, "nothing on its right", "a OR b"),
    ("(vgg OR ) unet", 6, "nothing on its right", "a OR b"),
    ("vgg OR &", 5, "nothing on its right", "a OR b"),
    ("(" * 51, 51, "more than 50 brackets", "fewer"),
]


@pytest.mark.parametrize(("query", "at", "what", "hint"), MISTAKES)
def test_a_mistake_is_named_with_its_place_and_what_to_write(
    query: str, at: int, what: str, hint: str
) -> None:
    error = problem(query)
    assert error.message.startswith(f"query, character {at}: ")
    assert what in error.message
    assert hint in error.hint


PIECES = [*'()"-:<>=. ', "..", "OR", "vgg", "u-net", "2015", *(f"{field}:" for field in FIELDS)]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_is_a_query_or_a_usage_error(text: str) -> None:
    try:
        query = parse(text)
    except UsageError:
        return
    assert len(search(query, PAPERS)) == len(found(text).split())
    highlights(query, text)


def test_brackets_may_be_as_deep_as_people_could_want() -> None:
    assert found("-(tsne OR vgg " * 50 + "vgg") == found("-tsne")


CONDITION = st.sampled_from(
    ["unet", "u-net", '"deep"', "author:brox", "year:2015..", "code:yes", "has:doi", "tag:unet"]
)


@given(CONDITION, CONDITION)
def test_negation_turns_or_into_and(a: str, b: str) -> None:
    assert found(f"-({a} OR {b})") == found(f"-{a} -{b}")
    assert found(f"-({a} {b})") == found(f"-{a} OR -{b}")


@given(CONDITION)
def test_a_condition_and_its_opposite_part_the_papers(condition: str) -> None:
    inside, outside = found(condition).split(), found(f"-{condition}").split()
    assert sorted(inside + outside) == ALL.split()
    assert found(f"-(-({condition}))") == found(condition)


@given(CONDITION, CONDITION, CONDITION)
def test_standing_side_by_side_binds_more_than_or(a: str, b: str, c: str) -> None:
    assert found(f"{a} {b} OR {c}") == found(f"({a} {b}) OR {c}")
    assert found(f"{a} ({b} OR {c})") == found(f"{a} {b} OR {a} {c}")


@pytest.mark.parametrize("key", PAPERS)
def test_every_paper_is_found_by_its_title_and_each_word_of_it(key: str) -> None:
    title = PAPERS[key].title
    for query in (title, title.upper(), f'"{title}"', *title.split()):
        assert key in [hit.key for hit in search(parse(query), PAPERS)]


@given(st.text(st.characters(exclude_characters='()"“”:-', exclude_categories=["Cs", "Cc"])))
def test_any_title_without_signs_of_the_language_finds_its_paper(title: str) -> None:
    words = [word for word in title.split() if word != "OR"]
    assert parse(" ".join(words)).matches(Paper(title=title))


# --- What comes first -------------------------------------------------------------------------

RANKED = [
    ("u-net", ["ron", "ise", "zho", "cic"], "the very name, whole words, then the newest"),
    ("unet++", ["zho"], "a plus sign counts as a letter"),
    ("3d u-net", ["cic"], "several words are one name"),
    ("miccai", ["cic", "ron"], "equal: the newest first"),
    ("imagenet OR miccai", ["cic", "ron"], "an id of a benchmark is no text"),
    ("year:2015", ["ron", "sim"], "filters alone: equal, then by key"),
    ("year:..2015", ["ron", "sim", "van", "lec"], "filters alone: the newest first"),
    ("image segmentation", ["ise", "zho", "ron"], "whole, side by side"),
]


@pytest.mark.parametrize(
    ("query", "keys"), [case[:2] for case in RANKED], ids=[c[2] for c in RANKED]
)
def test_papers_come_in_this_order(query: str, keys: list[str]) -> None:
    assert [key for key in ranked(query) if key in keys] == keys


PLACES = {
    "whole name": Paper(title="Other", name="Lung"),
    "whole word of the title": Paper(title="A lung atlas", name="Atlas"),
    "start of a word of the title": Paper(title="Lungs at rest"),
    "part of a word of the title": Paper(title="Plunges"),
    "whole author": Paper(title="Other", authors=("Lung",)),
    "word of the section": Paper(title="Other", section=("CT", "Lung nodules")),
    "start of a tag": Paper(title="Other", tags=("lungs",)),
    "part of the venue": Paper(title="Other", venue=Venue(name="Plunge")),
    "word of the abstract": Paper(title="Other", abstract="The lung of a child."),
    "word of the remark": Paper(title="Other", remark="For the lung.", added="2026-11-01"),
    "start of a word of the notes": Paper(title="Other", notes="Two lungs."),
    "part of a word of the abstract": Paper(title="Other", abstract="It plunges."),
}


def test_a_find_counts_by_its_place_and_then_by_how_whole_it_is() -> None:
    backwards = dict(reversed(PLACES.items()))
    assert [hit.key for hit in search(parse("lung"), backwards)] == list(PLACES)


def test_words_side_by_side_in_the_title_outweigh_anything_else() -> None:
    papers = {
        "apart": Paper(title="Brain, lung and tumour: brain", tags=("brain", "tumour"), year=2026),
        "together": Paper(title="On brain tumours", year=1990),
    }
    assert [hit.key for hit in search(parse("brain tumour"), papers)] == ["together", "apart"]


def test_filters_do_not_score() -> None:
    plain, filtered = (search(parse(q), PAPERS) for q in ("vgg", "vgg author:simonyan year:2015"))
    assert plain == filtered
    assert [hit.score for hit in search(parse("author:simonyan"), PAPERS)] == [0]


# --- What is highlighted ----------------------------------------------------------------------

HIGHLIGHTS = [
    ("u-net", "The U-Net, a unet", ["U-Net", "unet"]),
    ("unet", "nnU-Net and U Net", ["U-Net"]),
    ("u-net", "a U Net here", ["U Net"]),
    ("muller", "Herr Müller, MULLER", ["Müller", "MULLER"]),
    ("müller", "Mu\u0308ller", ["Mu\u0308ller"]),
    ("resume", "a re\u0301sume\u0301.", ["re\u0301sume\u0301"]),
    ("strasse", "Goethestraße 5", ["straße"]),
    ("straße", "STRASSE", ["STRASSE"]),
    ("s", "ß", ["ß"]),
    ("isik", "Işık yolu", ["Işık"]),
    ("ırmak", "IRMAK irmak", ["IRMAK", "irmak"]),
    ("istanbul", "İstanbul", ["İstanbul"]),
    ("efficient", "an eﬃcient net", ["eﬃcient"]),
    ("fic", "eﬃcient", ["ﬃc"]),
    ("coeur", "le cœur bat", ["cœur"]),
    ('"image segmentation"', "Image  segmentation of images", ["Image  segmentation"]),
    ('"image segmentation"', "image-segmentation", ["image-segmentation"]),
    ('"net"', "U-Net networks", ["Net"]),
    ('"a"', "a a a", ["a", "a", "a"]),
    ("net work", "networks", ["network"]),
    ("aa", "aaa", ["aaa"]),
    ("image mag", "images", ["image"]),
    ("deepnet", "deep\u2028net", []),
    ("deep", "deep\u2028net", ["deep"]),
    ("image -segmentation", "image segmentation", ["image"]),
    ("-(-image)", "image", ["image"]),
    ("author:image year:2015", "image 2015", []),
    ("vgg OR resnet", "ResNet beats VGG", ["ResNet", "VGG"]),
    ("image", "", []),
    ("", "image", []),
]


@pytest.mark.parametrize(("query", "text", "marked"), HIGHLIGHTS)
def test_highlights_are_the_letters_as_written(query: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in highlights(parse(query), text)] == marked


@given(st.text("aeéßﬁıİ-+ \u0301\0", max_size=20), st.text("aeiß-+", min_size=1, max_size=3))
def test_a_title_is_highlighted_if_and_only_if_the_word_matches_it(title: str, word: str) -> None:
    query = parse(f"x{word}")
    text = f"x{title}"
    marked = highlights(query, text)
    assert bool(marked) == query.matches(Paper(title=text))
    assert marked == sorted(set(marked))
    assert all(0 <= start < end <= len(text) for start, end in marked)
    assert all(before[1] < after[0] for before, after in pairwise(marked))


# --- What is suggested ------------------------------------------------------------------------

SUGGESTIONS = [
    ("segmnetation", ["Segmentation"], "letters that changed places"),
    ("ronnenberger", ["Ronneberger"], "a name in its own spelling"),
    ("vizualizing data", ["Visualizing"], "only the unknown word"),
    ('"residul learning"', ["Residual"], "a word of a phrase"),
    ("recogniton author:simonyan", ["recognition"], "beside a filter"),
    ("author:ronneburger", ["author:Ronneberger"], "an author"),
    ('author:"thomas broks"', ['author:"Thomas Brox"'], "a whole author"),
    ("venue:micai", ["venue:MICCAI"], "a venue"),
    ("title:recogniton", ["title:Recognition"], "a word of a title"),
    ("tag:volumtric", ["tag:volumetric"], "a tag"),
    ("tag:vol", ["tag:volumetric"], "the beginning of a tag"),
    ("section:Clasification", ["section:Classification"], "a section"),
    ('in:"Medical / Segmentaton"', ['in:"Medical / Segmentation"'], "a path of sections"),
    ("in:medical", ['in:"Medical / Segmentation"'], "what a shell leaves of a quoted path"),
    ("status:reed", ["status:read"], "a status"),
    ("benchmark:imagenet", ["benchmark:imagenet-1k"], "a benchmark"),
    ("key:he2016", ["key:he2016deep"], "a key"),
    ("tag:unet section:Clasification", ["section:Classification"], "only what fits no paper"),
    ("recogniton tag:volumtric", ["tag:volumetric"], "a filter before a word"),
    ("-tag:volumtric qqqqqqqq", [], "a filter that is not wanted"),
    ("year:1700 has:pubmed arxiv:2201.01266", [], "what has no near value"),
    ("1505.04597 qqqqqqqq", [], "an identifier that is there"),
    ("-ronnenberger", [], "a word that is not wanted"),
    ("image -image", [], "words that all exist"),
    ("qqqqqqqq", [], "nothing near"),
    ("", [], "no word at all"),
]


@pytest.mark.parametrize(
    ("query", "nearest"), [case[:2] for case in SUGGESTIONS], ids=[c[2] for c in SUGGESTIONS]
)
def test_the_nearest_word_of_the_list_is_suggested_first(query: str, nearest: list[str]) -> None:
    suggested = suggest(parse(query), PAPERS)
    assert [word.lower() for word in suggested[:1]] == [word.lower() for word in nearest]


@pytest.mark.parametrize("field", ["author", "venue", "title", "tag", "section", "in", "key"])
@given(data=st.data())
def test_a_suggested_filter_finds_papers(field: str, data: st.DataObject) -> None:
    value = data.draw(st.sampled_from(WORDS))[0].replace('"', "")
    odd = Paper(title='A (B) "c"', tags=('say "x"', "C++ (14)"), section=("A: b", "(c)"))
    for suggested in suggest(parse(f'{field}:"x{value}"'), PAPERS | {"odd": odd}):
        if ":" in suggested:
            assert search(parse(suggested), PAPERS | {"odd": odd}), suggested


def test_what_a_filter_would_find_is_written_as_a_query() -> None:
    papers = {"odd": Paper(title="X", tags=('say "this"', "C (14)", "plain"))}
    assert suggest(parse("tag:say"), papers) == ['tag:"say this"']
    assert suggest(parse("tag:c14x"), papers) == ['tag:"C (14)"']
    assert suggest(parse("tag:plan"), papers) == ["tag:plain"]


def test_no_more_than_five_words_are_suggested_for_all_unknown_ones() -> None:
    near = " ".join(f"abcdefg{n} hijklmn{n}" for n in range(5))
    assert len(suggest(parse("abcdefgh hijklmno"), {"x": Paper(title=near)})) == 5


def test_the_nearest_word_is_suggested_before_more_frequent_ones() -> None:
    papers = {"x": Paper(title="abcdefxx abcdefgx abcdefxx")}
    assert suggest(parse("abcdefgh"), papers) == ["abcdefgx", "abcdefxx"]


def test_the_more_frequent_of_two_spellings_is_suggested() -> None:
    papers = {"x": Paper(title="UNet. U-Net, (U-Net)")}
    assert suggest(parse("unett"), papers) == ["U-Net"]


def test_of_equally_near_words_the_more_frequent_is_suggested_first() -> None:
    papers = {"x": Paper(title="abcx abcy abcw abcy")}
    assert suggest(parse("abcz"), papers)[0] == "abcy"


# --- Orders -----------------------------------------------------------------------------------

ORDERS = {
    "year": "lec van ron sim cic he2 ise zho ano",
    "newest": "ise zho cic he2 ron sim van lec ano",
    "title": "cic he2 lec ise ano ron zho sim van",
    "author": "cic he2 ise lec van ron sim zho ano",
    "venue": "he2 zho sim van ron cic lec ise ano",
    "citations": "he2 ron cic sim ano ise lec van zho",
    "added": "he2 cic lec ano ise ron sim van zho",
    "key": "ano cic he2 ise lec ron sim van zho",
}


@pytest.mark.parametrize("name", SORTS)
def test_papers_stand_in_this_order(name: str) -> None:
    backwards = reversed(PAPERS.items())
    assert " ".join(SHORT[key] for key, _ in sorted(backwards, key=SORTS[name])) == ORDERS[name]


@pytest.mark.parametrize("name", SORTS)
def test_the_key_decides_between_equal_papers(name: str) -> None:
    twins = [("b", Paper(title="Same")), ("c", Paper(title="Same")), ("a", Paper(title="Same"))]
    assert [key for key, _ in sorted(twins, key=SORTS[name])] == ["a", "b", "c"]


def test_an_unknown_number_of_citations_comes_behind_none() -> None:
    papers = {"unknown": Paper(title="A"), "zero": Paper(title="A", citations=Citations(count=0))}
    assert sorted(papers.items(), key=SORTS["citations"])[0][0] == "zero"


# --- Folding ----------------------------------------------------------------------------------


def test_folding_for_search_leaves_the_letters_that_fold_leaves() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) not in ("Cn", "Co", "Cs"):
            letters = [c for c in fold(char) if c.isalnum() or c == "+"]
            assert squeeze(char).replace("\0", "") == "".join(letters)


def test_a_filter_made_alone_names_no_character() -> None:
    with pytest.raises(UsageError, match=r"^code:maybe is not known$"):
        make_filter("code", "maybe")
