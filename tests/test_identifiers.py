"""What holds for every identifier, and what people get for a slip."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.errors import InvalidIdentifier
from papertrack.identifiers import Identifier, arxiv_date, normalise, of, parse, split_lines
from papertrack.identifiers.wrapping import unwrap
from papertrack.model import ID_URLS

SHA = "204e3073870fae3d05bcbc2f6a8e263d9b72e776"
UNET = "10.1007/978-3-319-24574-4_28"

SLIPS = [
    ("", "expected an arXiv id"),
    ("...", "expected an arXiv id"),
    ('""', "expected an arXiv id"),
    ("Xception", "a title of two words or more"),
    ("12 34", "expected an arXiv id"),
    ("title: !", "expected an arXiv id"),
    ("1505.0459", "1505 has 5 digits after the dot, not 4"),
    ("1505.045970", "1505 has 5 digits after the dot, not 6"),
    ("0808.05394", "0808 has 4 digits after the dot, not 5"),
    ("1412.69800", "1412 has 4 digits after the dot, not 5"),
    ("1234.12345", "there is no month 34"),
    ("1513.04597", "there is no month 13"),
    ("0000.0000", "there is no month 00"),
    ("0703.0001", "begin in April 2007"),
    ("15O5.04597", "four digits, a dot"),
    ("arXiv:1505.O4597", "four digits, a dot"),
    ("1505,04597", "four digits, a dot"),
    ("1505,04597x", "expected an arXiv id"),
    ("١٥٠٥.04597", "expected an arXiv id"),
    ("١٥٠٥,04597", "expected an arXiv id"),
    ("1505,04597v", "expected an arXiv id"),
    ("x1505,04597", "expected an arXiv id"),
    ("1.1505,04597", "expected an arXiv id"),
    ("arXiv:150504597", "a bare number"),
    ("1505.v1", "expected an arXiv id"),
    ("1505.04597v", "expected an arXiv id"),
    ("1505.04597 []", "more than an identifier"),
    ("1505.04597, 1706.03762", "more than an identifier"),
    ("10.1109/x.1, 10.1109/x.2", "more than an identifier"),
    ("- https://arxiv.org/abs/1505.04597", "more than an identifier"),
    ("* arXiv:1706.03762", "more than an identifier"),
    ("arXiv:1505.04597 (2015)", "more than an identifier"),
    ("1505.04597,1706.03762", "more than an arXiv id"),
    ("1505.04597v2/x", "more than an arXiv id"),
    ("CoRR abs/1505.04597 (2015)", "words around an identifier"),
    ("CoRR abs/1505.0459", "1505 has 5 digits after the dot, not 4"),
    ("9101.00001", "begin in April 2007"),
    ("9901.00001", "begin in April 2007"),
    ("1505.04597 [cs] 18 May", "words around an identifier"),
    ("math/03091", "7 digits behind it, not 5"),
    ("math/030913", "7 digits behind it, not 6"),
    ("math/030913612", "7 digits behind it, not 9"),
    ("math/0309136123", "expected an arXiv id"),
    ("math./0309136", "expected an arXiv id"),
    ("math/0313136", "there is no month 13"),
    ("cs/0704001", "end in March 2007"),
    ("cs/8812001", "end in March 2007"),
    ("foo/0309136", "arXiv has no archive foo"),
    ("foo-a.AB-c/0309136v12", "arXiv has no archive foo-a"),
    ("foo./0309136", "expected an arXiv id"),
    ("foo/٠٣٠٩١٣٦", "expected an arXiv id"),
    ("foo/0309136v", "expected an arXiv id"),
    ("/0309136", "expected an arXiv id"),
    ("28541229", "a bare number"),
    ("7", "a bare number"),
    ("123456789012", "a bare number"),
    ("1234567890123", "expected an arXiv id"),
    ("٢٨٥٤١٢٢٩", "expected an arXiv id"),
    (SHA[:-1], "40 hexadecimal digits, not 39"),
    (SHA[:23], "expected an arXiv id"),
    (SHA[:24], "40 hexadecimal digits, not 24"),
    (SHA + SHA[:24], "40 hexadecimal digits, not 64"),
    (SHA + SHA[:25], "expected an arXiv id"),
    (f"ſ2:{SHA}", "expected an arXiv id"),
    ("10.1007", "a DOI is 10, a dot"),
    ("10.x", "expected an arXiv id"),
    ("doi:10.1007/", "a DOI is 10, a dot"),
    ("10.48550/arXiv.1513.04597", "there is no month 13"),
    ("acl:nothing", "expected an arXiv id"),
    ("pubmed:123456789", "a bare number"),
    ("https://arxiv.org/abs/1505.0459", "1505 has 5 digits"),
    ("https://arxiv.org/abs/15O5.04597", "four digits, a dot"),
    ("https://arxiv.org/abs/1505.04597x", "arxiv.org shows no identifier"),
    ("https://arxiv.org/abs/١٥٠٥.04597", "arxiv.org shows no identifier"),
    ("https://arxiv.org/abs/1505.04597-x", "more than an arXiv id"),
    ("https://arxiv.org/list/cs.CV/recent", "arxiv.org shows no identifier"),
    ("https://arxiv.org/list/cs/2105", "arxiv.org shows no identifier"),
    ("https://arxiv.org/", "arxiv.org shows no identifier"),
    ("https://arxiv.org", "arxiv.org shows no identifier"),
    ("https://arxiv.org#abs", "arxiv.org shows no identifier"),
    ("https://arxiv.org/list#/1505.04597", "arxiv.org shows no identifier"),
    ("https://arxiv.org:٨٠/abs/1505.04597", "more than an arXiv id"),
    ("https://.org/10.1000/x", "expected an arXiv id"),
    ("https://a..org/10.1000/x", "expected an arXiv id"),
    ("https://org/10.1000/x", "expected an arXiv id"),
    ("a.b/10.1000/x", "expected an arXiv id"),
    (".org/10.1000/x", "expected an arXiv id"),
    ("https://arxv.org/abs/1505.04597v2", "arxv.org is not a host of papers that is known"),
    ("https://arxiv.org@evil.example/abs/1505.04597", "more than an arXiv id"),
    ("https://arxiv.org.evil.example/abs/1505.04597", "arxiv.org.evil.example is not a host"),
    ("https://evilarxiv.org/abs/1505.04597", "evilarxiv.org is not a host"),
    ("https://ieeexplore.ieee.org/document/10120761", "does not name a paper"),
    ("https://www.sciencedirect.com/science/article/pii/S1361841522001578", "does not name"),
    ("https://github.com/milesial/Pytorch-UNet", "does not name a paper"),
    ("[code](https://github.com/milesial/Pytorch-UNet)", "does not name a paper"),
    ("https://img.shields.io/badge/DOI-10.24963%2Fijcai.2025%2F1193-blue.svg", "does not name"),
    (f"https://www.semanticscholar.org/paper/{SHA}0", "shows no identifier"),
    ("https://huggingface.co/bioptimus/H-optimus-0", "shows no identifier"),
    ("https://huggingface.co/a/papers/2201.01266", "huggingface.co is not a host"),
    ("https://openreview.net/a/forum?id=S1xh5sYgx", "shows no identifier"),
    ("https://a.org/x10.1000/y", "shows no identifier"),
    ("https://a.org/1.10.1000/y", "shows no identifier"),
    ("https://openreview.net/group?id=ICLR.cc", "shows no identifier"),
    ("https://openreview.net/pdf/01a05d9580a2101283275c60780b243faa2836b0.pdf", "shows no"),
    ("https://aclanthology.org/volumes/2020.acl-main/", "shows no identifier"),
    ("https://aclanthology.org/W04-12134", "shows no identifier"),
    ("https://aclanthology.org/W04-1213v.pdf", "shows no identifier"),
    ("https://openaccess.thecvf.com/CVPR2021?day=all", "shows no identifier"),
    ("https://openaccess.thecvf.com/a/content/html/A_B_paper.html", "shows no identifier"),
    ("https://cv-foundation.org/a/openaccess/content/html/A_B_paper.html", "shows no identifier"),
    ("https://proceedings.mlr.press/a/v139/radford21a.html", "shows no identifier"),
    ("https://jmlr.org/a/proceedings/papers/v37/ioffe15.html", "shows no identifier"),
    ("https://raw.githubusercontent.com/a/mlresearch/v2/main/assets/a24f/b", "shows no identifier"),
    ("https://pubmed.ncbi.nlm.nih.gov/a/28541229/", "shows no identifier"),
    ("https://paperswithcode.com/a/paper/imagenet", "shows no identifier"),
    ("https://dblp.org/rec/journals/corr/abs-2201-012", "2201 has 5 digits after the dot, not 3"),
    ("http://www.jmlr.org/papers/v15/srivastava14a.html", "shows no identifier"),
    ("https://paperswithcode.com/dataset/imagenet", "shows no identifier"),
    ("javascript:alert(1)", "expected an arXiv id"),
    ("file:///etc/passwd", "expected an arXiv id"),
    ("Comment on arXiv:1505.04597", "words around an identifier"),
    ("U-Net https://arxiv.org/abs/1505.04597", "words around an identifier"),
    ("https://arxiv.org/abs/1505.04597 by A. Wu", "words around an identifier"),
    ("U-Net code https://github.com/milesial/Pytorch-UNet", "words around an address"),
    ("x" * 2_001, "more than 2,000 characters"),
]


@pytest.mark.parametrize(("text", "why"), SLIPS, ids=[slip[0][:60] or "empty" for slip in SLIPS])
def test_what_is_none_is_refused_with_the_text_the_reason_and_a_hint(text: str, why: str) -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        parse(text)
    assert why in refused.value.message
    assert refused.value.hint
    assert refused.value.message.startswith(f'"{text[:69]}')
    assert len(refused.value.message) < 200


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("15O5.04597", "if arXiv is meant: 1505.04597"),
        ("l5o5.O4597v2", "if arXiv is meant: 1505.04597"),
        ("i5o5.O459iv12", "if arXiv is meant: 1505.04591"),
        ("1505_0459L", "if arXiv is meant: 1505.04591"),
        ("15O504597", "if arXiv is meant: 1505.04597"),
        ("1505:04597", "if arXiv is meant: 1505.04597"),
        ("1505;04597", "if arXiv is meant: 1505.04597"),
        ("1412-6980", "if arXiv is meant: 1412.6980"),
        ("https://arxv.org/abs/1505.04597v2", "if arXiv is meant: 1505.04597"),
        (
            "https://arxiv.org/list/cs.CV/recent",
            "give the DOI or the arXiv id of the paper, or its title",
        ),
        (
            "https://ieeexplore.ieee.org/document/10120761",
            "copy the DOI from the page; it begins with 10.1109/",
        ),
        (
            "https://www.sciencedirect.com/science/article/pii/S1361841522001578",
            "copy the DOI from the page; it begins with 10.1016/",
        ),
        ("https://github.com/a/b", "give the id of the paper, and the repository with --code"),
        ("https://gitlab.com/a/b", "give the id of the paper, and the repository with --code"),
        ("https://img.shields.io/badge/a-b", "give the address behind the badge"),
        ("28541229", "pubmed:28541229 or CorpusId:28541229"),
        ("Xception", "in quotes one will do: '\"Xception\"'"),
        (
            "Comment on arXiv:1505.04597",
            "give arxiv:1505.04597 alone; a title like this one needs quotes: '\"...\"'",
        ),
        ("1505.04597, 1706.03762", "give arxiv:1505.04597 alone; of several, one a line"),
        ("1505.04597,1706.03762", "if arXiv is meant: 1505.04597"),
        ("?", "for example 1505.04597, 10.1007/978-3-319-24574-4_28, or a title"),
    ],
)
def test_the_hint_is_what_to_type_next(text: str, hint: str) -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        parse(text)
    assert refused.value.hint == hint


def test_a_message_repeats_only_the_beginning_of_a_long_text_and_no_control_characters() -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        parse("\x1b[31m" + "y" * 500)
    assert refused.value.message.startswith(f'"[31m{"y" * 65}…" is no identifier: ')


def test_a_text_is_repeated_whole_up_to_seventy_characters_and_read_up_to_two_thousand() -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        parse("?" * 70)
    assert refused.value.message.startswith(f'"{"?" * 70}" is no identifier: ')
    assert parse(f"a {'x' * 1_998}").kind == "title"


NEW_IDS = st.builds(
    lambda year, month, number: f"{year:02}{month:02}.{number:0{5 if year >= 15 else 4}}",
    st.integers(8, 40),
    st.integers(1, 12),
    st.integers(1, 9_999),
)
OLD_IDS = st.builds(
    lambda archive, year, month, number: f"{archive}/{year % 100:02}{month:02}{number:03}",
    st.sampled_from(["astro-ph", "cs", "hep-th", "math", "physics", "q-bio"]),
    st.integers(1991, 2006),
    st.integers(1, 12),
    st.integers(1, 999),
)
VERSIONS = st.one_of(st.just(""), st.integers(1, 30).map("v{}".format))
HOSTS = st.sampled_from(
    ["arxiv.org", "www.arxiv.org", "export.arxiv.org", "alphaxiv.org", "ar5iv.labs.arxiv.org"]
)
ADDRESSES = st.builds(
    "{}{}/{}/{{}}{}{}".format,
    st.sampled_from(["", "http://", "https://", "HTTPS://"]),
    HOSTS,
    st.sampled_from(["abs", "pdf", "html", "format", "e-print"]),
    st.sampled_from(["", ".pdf", "/"]),
    st.sampled_from(["", "?context=cs", "#S1.F2", "?a=b#page=3"]),
)
PREFIXED = st.builds(
    "{}{{}}{}".format,
    st.sampled_from(["", "arXiv:", "ARXIV:", "arxiv: ", "arXiv ", "10.48550/arXiv."]),
    st.sampled_from(["", ".", ","]),
)
AROUND = st.sampled_from(
    ["{}", " {}\n", "<{}>", "[{}]", "({}).", '"{}"', "[a paper]({})", "\t[[{}]],", "`{}`"]
)


@given(st.one_of(NEW_IDS, OLD_IDS), VERSIONS, st.one_of(ADDRESSES, PREFIXED), AROUND)
def test_an_arxiv_id_is_the_same_in_every_dressing(
    arxiv_id: str, version: str, dressing: str, around: str
) -> None:
    text = around.format(dressing.format(arxiv_id + version))
    assert parse(text) == Identifier("arxiv", arxiv_id)


@given(
    st.integers(1_000, 99_999).filter(lambda n: n != 48_550),
    st.text("abcxyzABCXYZ0123456789-_", min_size=1),
    st.text("abcXYZ0123456789-_.;:/()", max_size=20),
)
def test_a_doi_is_the_same_bare_and_as_an_address(prefix: int, first: str, rest: str) -> None:
    try:
        identifier = parse(f"10.{prefix}/{first}{rest}")
    except InvalidIdentifier:
        return
    assert identifier.kind == "doi"
    assert parse(str(identifier)) == identifier
    assert parse(f"https://doi.org/{identifier.value}") == identifier
    assert parse(f"doi: {identifier.value.upper()}.") == identifier


PIECES = st.sampled_from(
    [
        *"[]()<>{}\"'`“”«».:,;#?%/\\_ -",
        "arXiv:",
        "doi:",
        "title:",
        "pmc",
        "https://",
        "arxiv.org",
        "/abs/",
        "1505.04597",
        "v2",
        "10.1007/",
        "math/0309136",
        "](",
        "Deep",
        "ﬁ",
        "É",
        "\u202e",
        ".pdf",
        "%2F",
        "10.1101/12",
        SHA,
        "openreview.net/forum?id=",
        "content/html/x_paper",
        "www.",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)))
def test_any_text_is_an_identifier_that_is_read_as_itself_or_is_refused(text: str) -> None:
    try:
        identifier = parse(text)
    except InvalidIdentifier:
        return
    assert parse(str(identifier)) == identifier
    if identifier.kind in ID_URLS:
        assert parse(ID_URLS[identifier.kind].format(identifier.value)) == identifier


@pytest.mark.parametrize("size", [1_900, 1_000_000])
@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "1",
        "10.1000/",
        ".pdf",
        "[](",
        "((",
        "'",
        "http://",
        "/html/",
        "=1505.04597x",
        "a-",
        " ",
        "https://a.",
        "&id=",
        "10.1101/1v1",
        "[a](b) ",
    ],
)
@pytest.mark.usefixtures("ends")
def test_long_hostile_texts_are_read_to_their_end(piece: str, size: int) -> None:
    texts = [
        prefix + piece * (size // len(piece)) for prefix in ("", "https://a.b/", "content/html/")
    ]
    for text in texts:
        try:
            parse(text + "!")
        except InvalidIdentifier:
            continue


def test_ids_set_by_hand_are_brought_into_their_normal_form() -> None:
    assert normalise("arxiv", "https://arxiv.org/pdf/1505.04597v1") == "1505.04597"
    assert normalise("doi", f"https://doi.org/{UNET}") == UNET
    assert normalise("openreview", "https://openreview.net/forum?id=S1xh5sYgx") == "S1xh5sYgx"
    assert normalise("pubmed", "28541229") == "28541229"
    assert normalise("arxiv", " arXiv:1606.04797v3") == "1606.04797"
    assert normalise("pubmed", "PMID: 28541229") == "28541229"
    assert normalise("doi", f"DOI:{UNET}") == UNET


@pytest.mark.parametrize(
    ("kind", "value", "why", "hint"),
    [
        ("doi", "10.48550/arXiv.1505.04597", "is of the kind arxiv, not doi", "set ids.arxiv"),
        ("arxiv", UNET, "is no identifier", "for example"),
        ("arxiv", f"https://doi.org/{UNET}", "is of the kind doi, not arxiv", "set ids.doi"),
        ("acl", "Attention Is All You Need", "is of the kind title, not acl", "set ids.title"),
        ("title", "Attention Is All You Need", 'ids have no kind "title"', "one of arxiv, doi,"),
        ("isbn", "978-3-319-24574-4", 'ids have no kind "isbn"', "one of arxiv, doi,"),
    ],
)
def test_an_id_of_another_kind_is_refused(kind: str, value: str, why: str, hint: str) -> None:
    with pytest.raises(InvalidIdentifier, match=re.escape(why)) as refused:
        normalise(kind, value)
    assert refused.value.hint.startswith(hint)


def test_papers_are_the_same_if_they_share_an_identifier() -> None:
    preprint = of({"arxiv": "1505.04597"})
    published = of({"doi": UNET, "arxiv": "1505.04597"})
    assert preprint & published == {Identifier("arxiv", "1505.04597")}
    assert not preprint & of({"doi": UNET})


def test_a_list_has_an_identifier_a_line_and_comments() -> None:
    text = (
        "\ufeff# papers to read\r\n1505.04597  # U-Net\r\n\r\n"
        "  https://arxiv.org/html/2401.00001v1#S1\t# a fragment\n   # indented\n"
        "C# in a Nutshell\nAttention Is All You Need"
    )
    assert split_lines(text) == [
        "1505.04597",
        "https://arxiv.org/html/2401.00001v1#S1",
        "C# in a Nutshell",
        "Attention Is All You Need",
    ]


@pytest.mark.parametrize("mark", ["- ", "* ", "+ ", "\t-\t", "1. ", "12) ", "\u2022 "])
def test_the_mark_of_an_item_is_no_part_of_it(mark: str) -> None:
    text = f"{mark}https://arxiv.org/abs/1505.04597  # U-Net\n{mark}-x {mark}y\n{mark}# later\n"
    assert split_lines(text) == ["https://arxiv.org/abs/1505.04597", f"-x {mark}y".strip()]


@pytest.mark.parametrize("line", ["-x", "1505.04597", "2.5D U-Net", "3D U-Net", "10.1109/x 1. y"])
def test_what_only_looks_like_the_mark_of_an_item_stays(line: str) -> None:
    assert split_lines(line) == [line]


@pytest.mark.parametrize(
    ("identifier", "date"),
    [
        ("1505.04597", (2015, 5)),
        ("math/0309136", (2003, 9)),
        ("hep-th/9108028", (1991, 8)),
        ("9001.01234", (2090, 1)),
        ("2001.00001", (2019, 12)),
        ("2001.01234", (2020, 1)),
        ("2002.00001", (2020, 2)),
        ("", None),
    ],
)
def test_an_arxiv_id_tells_when_it_was_sent_in(
    identifier: str, date: tuple[int, int] | None
) -> None:
    assert arxiv_date(identifier) == date


@pytest.mark.parametrize(
    ("text", "why", "hint"),
    [
        ("12345", "a bare number may be of any kind", "pubmed:12345 or CorpusId:12345"),
        ("On arXiv:1505.04597", "there are words around an identifier", None),
        ("On https://github.com/a/b", "there are words around an address", None),
        ("HEP-XX/0309136", "arXiv has no archive HEP-XX", "for example math/0309136"),
        ("hep-th/0704123", "arXiv ids with a slash end in March 2007, with 0703", None),
        ("math/0713136", "an arXiv id begins with year and month, and there is no month 13", None),
        ("0701.0001", "arXiv ids with a dot begin in April 2007, with 0704", None),
        ("ABCDEF" * 5, "a Semantic Scholar id has 40 hexadecimal digits, not 30", None),
        ("10.1x", "a DOI is 10, a dot, 4 to 9 digits, a slash and a name", None),
        (
            "1505,04597",
            "an arXiv id is four digits, a dot, and four or five digits",
            "if arXiv is meant: 1505.04597",
        ),
        ("(1505.04597)-", "there is more than an arXiv id", "if arXiv is meant: 1505.04597"),
        ("* 1505.04597", "there is more than an identifier", None),
        ("9012.12345x9", "expected an arXiv id, a DOI, the address of a paper, or a title", None),
    ],
)
def test_a_slip_is_explained_word_for_word(text: str, why: str, hint: str | None) -> None:
    with pytest.raises(InvalidIdentifier) as caught:
        parse(text)
    assert caught.value.why == why
    assert hint in (None, caught.value.hint)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("math/0703001", "arxiv:math/0703001"),
        ("math/8901001", "arxiv:math/8901001"),
        ("10.1000/abc?x", "doi:10.1000/abc"),
        ("10.1000/abc#x", "doi:10.1000/abc"),
        ("CorpusId:00123", "corpus:123"),
        ("pmid:0012", "pubmed:12"),
        ("PMC00123", "pmc:123"),
        ("content_x/papers/papers/a b_paper", "cvf:content_x/html/papers/a_b_paper"),
        ("content/papers/a/papers/b_paper", "cvf:content/html/a/papers/b_paper"),
    ],
)
def test_a_value_is_brought_into_its_normal_form(text: str, value: str) -> None:
    assert str(parse(text)) == value


VIEWS = (
    "full full-text fulltext abstract abs short long meta summary references pdf epdf htm html "
    "xml xml/nlm figures/1 tables/12 metrics article-info article-metrics external-links "
    "supplementary-material"
).split()


@pytest.mark.parametrize(
    "behind", [*(f"{sign}{view}" for view in VIEWS for sign in "./"), ".pdf+html", ";jsessionid=A1"]
)
def test_the_view_of_a_paper_is_no_part_of_its_doi(behind: str) -> None:
    assert str(parse(f"https://a.org/10.1000/x{behind}")) == "doi:10.1000/x"
    longer = f"10.1000/x{behind.removesuffix('=A1')}x"
    assert str(parse(longer)) == f"doi:{longer}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10.1101/2024.01.25v12", "10.1101/2024.01.25"),
        ("10.64898/2024.01.25v1", "10.64898/2024.01.25"),
        ("10.1101/abcv1", "10.1101/abcv1"),
        ("10.1101/1v1x", "10.1101/1v1x"),
        ("10.1101/1v1.reviews", "10.1101/1"),
        ("10.64898/1v1/suppl/DC1", "10.64898/1"),
        ("10.1000/1v1", "10.1000/1v1"),
        ("10.1000/1v1.reviews", "10.1000/1v1.reviews"),
        ("10.1093/a/b/12345", "10.1093/a/b"),
        ("10.1093/a/b/12345/b.pdf", "10.1093/a/b"),
        ("10.1093/a/b/1234", "10.1093/a/b/1234"),
        ("10.1093/a/12345", "10.1093/a/12345"),
        ("10.1093/a/b/c/12345", "10.1093/a/b/c/12345"),
        ("10.1093/a/b/12345x", "10.1093/a/b/12345x"),
        ("10.1000/a/b/12345", "10.1000/a/b/12345"),
        *((f"10.{house}/1.2/34/A-title", f"10.{house}/1.2") for house in (1063, 1118, 1162)),
        ("10.1162/a_b/34", "10.1162/a_b"),
        ("10.1162/a_b/34x", "10.1162/a_b/34x"),
        ("10.1000/a_b/34/A-title", "10.1000/a_b/34/a-title"),
        ("10.1021/a.0c1/suppl_file/c_001.pdf", "10.1021/a.0c1"),
        ("10.1021/suppl_file/c_001", "10.1021/suppl_file/c_001"),
        ("10.1000/full", "10.1000/full"),
        ("10.1000/full.pdf", "10.1000/full"),
    ],
)
def test_what_publishers_add_to_a_doi_goes_where_a_doi_remains(text: str, value: str) -> None:
    assert str(parse(text)) == f"doi:{value}"


@pytest.mark.parametrize(
    ("kind", "values", "others"),
    [
        (
            "doi",
            [
                "10.1000/1",
                "10.1000/full",
                "10.123456789/x",
                "10.1000.10.123/x",
                "10.1000/a,b[c]+d*e~f;g:h<i>(j)_k",
            ],
            ["10.100/1", "10.1234567890/x", "10.1000./x", "10.1000/", "10.1000/é"],
        ),
        ("s2", [SHA], [SHA[1:], SHA + "0"]),
        ("corpus", ["1", "123456789012"], ["", "1234567890123"]),
        (
            "acl",
            ["2020.b2b-m3m.7", "2020.acl-main.447", "W04-1213"],
            ["2020.-main.447", "2020.acl-.447", "2020.acl-main.", "W04-121"],
        ),
        ("openreview", ["a-b_c9", "a" * 40], ["a-b_c", "a" * 41]),
        (
            "cvf",
            [
                "content/html/A_paper",
                "content_A-B/c-d/e/papers/A-B.C+D,E'F(G)_paper",
            ],
            [
                "content/htmlA_paper",
                "content/html/_paper",
                "content/html/Apaper",
                "content//html/A_paper",
                "content/a/b/c/html/A_paper",
            ],
        ),
        ("pmlr", ["r4/a", "v139/radford21a-b"], ["v/radford21a", "v139/", "w1/a", "v1/1a"]),
        ("pubmed", ["1", "12345678"], ["", "123456789"]),
        ("pmc", ["1", "PMC123456789"], ["", "PMC", "1234567890"]),
        ("pwc", ["3", "a", "3d-u-net2"], ["", "-a"]),
    ],
)
def test_a_value_has_the_form_of_its_kind(kind: str, values: list[str], others: list[str]) -> None:
    for value in values:
        assert parse(f"{kind}:{value}").kind == kind
    for other in others:
        with pytest.raises(InvalidIdentifier):
            parse(f"{kind}:{other}")


@pytest.mark.parametrize(
    ("text", "inside", "quoted"),
    [
        ("(a) and (b)", "(a) and (b)", False),
        ("((a))", "a", False),
        ("(a", "a", False),
        ("((a", "a", False),
        ("a)", "a", False),
        ("()a(b)", "()a(b)", False),
        ("(a)(b", "a)(b", False),
        ("((a)(b)", "(a)(b)", False),
        ('([a](http://x/(y) "t"))', "http://x/(y)", False),
        ("{a}", "a", False),
        ("„a“", "a", True),
        ("‘a’", "a", True),
        ("«a»", "a", True),
        ('"a" and "b"', '"a" and "b"', False),
        ('"a"b"', '"a"b"', False),
        ('"ab"c"', '"ab"c"', False),
        ('""a"', '""a"', False),
        ('"a""', '"a""', False),
        ('""', "", True),
        ('"', '"', False),
        ("``", "", True),
        ("`", "`", False),
        ("![b](http://x.y/1)", "http://x.y/1", False),
        ("[a](b](c)", "c", False),
        ("a](b", "a](b", False),
        ('[a](http://x "t")', "http://x", False),
    ],
)
def test_what_stands_around_an_identifier_is_taken_off(
    text: str, inside: str, quoted: bool
) -> None:
    assert unwrap(text) == (inside, quoted)
