"""Hostile text in every place of a README reads back as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from benchmarks.safety.hostile import MARKDOWN as PAYLOADS
from papertrack.readme import escape
from papertrack.readme.grid import grid
from papertrack.text import clean_line

PARSERS = {
    "commonmark": MarkdownIt("commonmark"),
    "gfm-like": MarkdownIt("gfm-like", {"linkify": False}),
}


def read(markdown: str, preset: str) -> tuple[list[str], list[str]]:
    """Return the types of a document's blocks, and the text of each; fail for anything inline."""
    types = []
    texts = []
    for token in PARSERS[preset].parse(markdown):
        if token.type != "inline":
            types.append(token.type.removesuffix("_open"))
            continue
        children = token.children or []
        allowed = {"text", "strong_open", "strong_close"}
        assert {child.type for child in children if child.content or child.nesting} <= allowed
        texts.append("".join(child.content for child in children).replace("\u2060", ""))
    return [name for name in types if not name.endswith("_close")], texts


LINES: dict[str, tuple[Callable[[str], str], list[str]]] = {
    "paragraph": (lambda s: escape.line_start(s), ["paragraph"]),
    "heading": (lambda s: f"### {escape.text(s)}", ["heading"]),
    "bold": (lambda s: f"**{escape.text(s)}**", ["paragraph"]),
    "item": (lambda s: f"- {escape.line_start(s)}", ["bullet_list", "list_item", "paragraph"]),
}


def table(value: str) -> str:
    return "\n".join(grid(["a", "b"], [[escape.cell(value), "end"]], ["left", "right"]))


def check_every_place(value: str) -> None:
    for preset in PARSERS:
        for write, blocks in LINES.values():
            assert read(write(value), preset) == (blocks, [clean_line(value)])
        second_line = f"**{escape.text(value)}**\n{escape.line_start(value)}"
        assert read(second_line, preset) == (["paragraph"], [clean_line(value) * 2])
    row = ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    assert read(table(value), "gfm-like") == (row, ["a", "b", clean_line(value), "end"])


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_hostile_text_reads_back_as_one_block_with_the_same_text(payload: str) -> None:
    check_every_place(payload)


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_hostile_label_stays_inside_its_link(payload: str) -> None:
    for parser in PARSERS.values():
        tokens = parser.parse(f"- {escape.link(payload, 'https://example.org')}")
        (inline,) = [token for token in tokens if token.type == "inline"]
        first, *inside, last = inline.children or []
        assert (first.type, first.attrs) == ("link_open", {"href": "https://example.org"})
        assert last.type == "link_close"
        assert {child.type for child in inside if child.content} == {"text"}
        assert "".join(c.content for c in inside).replace("\u2060", "") == clean_line(payload)


def test_what_is_written_is_what_prettier_would_write(golden: Callable[[str, str], None]) -> None:
    # After an update of the golden file: npx prettier --check tests/golden/escape.md
    blocks = []
    for payload in PAYLOADS:
        blocks += [write(payload) for write, _ in LINES.values()]
        blocks += [f"- {escape.link(payload, payload)}", table(payload)]
    golden("escape.md", "\n\n".join(blocks) + "\n")


MARKUP = st.sampled_from(
    [
        *"\\`*_[]<>|~$#+-=.()!&;:@/{}%^\"' \n\ta1é中€",
        *["www.", "http://", "a@b.co", ":a:", "&lt;"],
        *[
            "<b>",
            "<!--",
            "-->",
            "```",
            "~~",
            "**",
            "__",
            "1. ",
            "[x](y)",
            "![",
            "---",
            "|-|",
            "\\|",
        ],
    ]
)
TEXTS = st.lists(MARKUP, min_size=1, max_size=8).map("".join) | st.text(min_size=1)


@given(TEXTS.filter(clean_line))
def test_any_text_reads_back_as_one_block_with_the_same_text(value: str) -> None:
    check_every_place(value)


@given(TEXTS)
def test_no_escaped_text_opens_a_comment_that_could_be_a_marker(value: str) -> None:
    for write in (escape.text, escape.line_start, escape.cell):
        assert not re.search(r"(?<!\\)<!--", write(value))
        assert "\n" not in write(value)


@pytest.mark.parametrize(
    "value",
    [
        "U-Net++",
        "3D U-Net: Learning Dense Volumetric Segmentation from Sparse Annotation",
        "C++ and C#",
        "snake_case",
        "R2U-Net (2018)",
        "AT&T, R&D",
        "x < y, 3 <5 > 2",
        "p(y|x)",
        "-1 or +1",
        "#123 by @somebody",
        "100% (2+1)D {a}",
        "1.5 times",
        "10:30",
        "a:/b",
        "a &; b",
        "ww.a, wwwa",
        "a@b and @me.org",
        "####### a",
        ". a",
        ") a",
        "1234567890. a",
        "",
        r"\alpha",
        "Müller, 网络",
    ],
)
def test_harmless_text_stays_readable(value: str) -> None:
    assert escape.text(value) == value
    assert escape.line_start(value) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("*a* [b] ~c $d `e`", r"\*a\* \[b\] \~c \$d \`e\`"),
        ("_private", r"\_private"),
        ("a <b> &lt;", r"a \<b> \&lt;"),
        ("</B> <I>", r"\</B> \<I>"),
        ("www.a.org http://b.org", r"www\.a.org http\://b.org"),
        ("me@example.org", "me@&#8288;example.org"),
        ("me.@a-b.org +@a.org -@a.org", "me.@&#8288;a-b.org +@&#8288;a.org -@&#8288;a.org"),
        ("a@.org", "a@&#8288;.org"),
        (":smile:", ":&#8288;smile:"),
        (":+1: :-1: :a_b:", ":&#8288;+1: :&#8288;-1: :&#8288;a_b:"),
        ("a\\", r"a\\"),
        ("{{ a }}", r"{\{ a }}"),
    ],
)
def test_markup_in_text_gets_the_smallest_escape(value: str, written: str) -> None:
    assert escape.text(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("# a", r"\# a"),
        ("- a", r"\- a"),
        ("+ a", r"\+ a"),
        ("+", r"\+"),
        ("1. a", r"1\. a"),
        ("12) a", r"12\) a"),
        ("123456789. a", r"123456789\. a"),
        ("> a", r"\> a"),
        ("---", r"\---"),
        ("-- --", r"\-- --"),
        ("===", r"\==="),
        (":-|-:", r"\:-|-:"),
    ],
)
def test_a_line_that_would_open_a_block_gets_one_backslash(value: str, written: str) -> None:
    assert escape.line_start(value) == written
    assert escape.text(value) != written


def test_a_cell_keeps_its_pipes() -> None:
    assert escape.cell("p(y|x)") == r"p(y\|x)"


def test_a_label_shows_its_tags() -> None:
    assert escape.link("<B>a</B>", "#a") == r"[\<B>a\</B>](#a)"


def test_an_address_as_label_stays_as_it_is() -> None:
    address = "https://github.com/some_one/a_b_c"
    assert escape.link(address, address) == f"[{address}]({address})"


@pytest.mark.parametrize(
    "escaper", [escape.text, escape.line_start, escape.cell, escape.url, escape.attribute]
)
def test_a_text_stays_whole_up_to_a_length_that_none_has(escaper: Callable[[str], str]) -> None:
    long = "word" * 25_000
    assert escaper(long) == long
    assert escaper(f"{long}s") == long


def test_a_label_begins_no_footnote() -> None:
    assert escape.link("^a]: b", "#a") == r"[\^a\]: b](#a)"
    assert escape.link("a^b", "#a") == "[a^b](#a)"


def test_an_anchor_keeps_its_accents_as_they_are() -> None:
    assert escape.url("#e\u0301") == "#e\u0301"


def test_a_link_to_nowhere_is_its_label() -> None:
    assert escape.link("a|[b]", "javascript:alert(1)") == r"a\|\[b\]"


@pytest.mark.parametrize(
    "address",
    [
        "https://arxiv.org/abs/1505.04597",
        "http://example.org/a_b~c?d=e&f=g#h",
        "https://example.org/%20%C3%a9?a&;b",
        "HTTPS://example.org",
        "https://zh.example.org/网络",
        "#u-net",
        "docs/list.md",
        "../a/b:c",
        "?a=b:c",
    ],
)
def test_a_good_address_stays_as_it_is(address: str) -> None:
    assert escape.url(address) == address


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://x.org/a b", "https://x.org/a%20b"),
        ("https://x.org/a)b(c", "https://x.org/a%29b%28c"),
        ("https://x.org/<\"'>", "https://x.org/%3C%22%27%3E"),
        ("https://x.org/a\\b|c`d", "https://x.org/a%5Cb%7Cc%60d"),
        ("https://x.org/100%", "https://x.org/100%25"),
        ("https://x.org/%4g", "https://x.org/%254g"),
        ("https://x.org/\x00\x1ba\u202eb", "https://x.org/ab"),
        ("https://x.org/a\nb", "https://x.org/a%20b"),
        ("https://x.org/?a&colon;b", "https://x.org/?a&colon%3Bb"),
        ("javascript&colon;alert(1)", "javascript&colon%3Balert%281%29"),
        ("/\\evil.example", "/%5Cevil.example"),
    ],
)
def test_what_breaks_a_destination_is_encoded(address: str, written: str) -> None:
    assert escape.url(address) == written


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "java\u200bscript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "ftp://example.org",
        "//evil.example",
        "https://",
        "https:evil.example",
        "http:///evil.example",
        "",
    ],
    ids=ascii,
)
def test_an_address_of_another_scheme_or_without_host_is_no_link(address: str) -> None:
    assert escape.url(address) == ""


@given(TEXTS)
def test_any_address_makes_one_link_to_the_web_or_none(value: str) -> None:
    for address in (value, f"https://example.org/{value}"):
        if not (destination := escape.url(address)):
            continue
        tokens = PARSERS["gfm-like"].parse(f"| h |\n| - |\n| [label]({destination}) |")
        (link,) = [t for t in tokens if t.type == "inline" and t.content != "h"]
        opened, _, _ = link.children or []
        href = str(opened.attrs["href"])
        scheme = re.match(r"[^/?#]*:", href)
        assert scheme is None or scheme[0].lower() in ("http:", "https:")
        assert not href.startswith("//")


class _Attributes(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen = (tag, attrs)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("&<>\"'`", "&#38;&#60;&#62;&#34;&#39;&#96;"),
        ("|[]{}", "&#124;&#91;&#93;&#123;&#125;"),
        ("http://a.org WWW.a.org", "http&#58;//a.org WWW&#46;a.org"),
        ("a:/b ww.a wwwa 1.5: a_b*c", "a:/b ww.a wwwa 1.5: a_b*c"),
    ],
)
def test_only_what_could_end_an_attribute_or_begin_a_link_is_written_as_a_number(
    value: str, written: str
) -> None:
    assert escape.attribute(value) == written


@given(TEXTS)
def test_an_attribute_reads_back_and_holds_no_link(value: str) -> None:
    written = escape.attribute(value)
    parser = _Attributes()
    parser.feed(f'<img alt="{written}">')
    assert parser.seen == ("img", [("alt", clean_line(value))])
    assert not re.search(r"://|www\.|\]\(|<", written, re.IGNORECASE)
