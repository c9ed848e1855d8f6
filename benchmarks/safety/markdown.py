"""Hostile text in a README.

Every text of a paper is hostile at once, in all styles, in a table and in the contents, and two
parsers read the README back: the one is markdown-it, the other cmark-gfm, which GitHub runs. It
must have the structure of a README of plain words, with each text and each link in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch
from urllib.parse import unquote, urlsplit

from benchmarks.safety import hostile
from benchmarks.safety.report import Outcome, Row, scaled
from papertrack.model import Benchmark, CodeLink, Link, Metric, Paper, Result, Venue
from papertrack.readme import escape
from papertrack.readme.anchors import Anchors
from papertrack.readme.render import Shelf, render
from papertrack.text import clean_line

_REGIONS = {
    "toc": "toc",
    "papers style=entry": "papers",
    "papers style=bullet": "papers",
    "papers style=row": "papers",
    "table task": "table task",
    "chart task y=size": "chart task",
}
README = "# List\n\n## Papers&Codes\n\n" + "".join(
    f"<!-- papertrack:begin {begin} -->\n<!-- papertrack:end {end} -->\n\n"
    for begin, end in _REGIONS.items()
)

_TEXTS = (
    *("title", "name", "author", "venue", "note", "label", "framework", "page", "section"),
    *("model", "metric", "unit", "value", "task", "description", "row"),
)
_PAGE = "https://example.org/page"
_PLAIN = {field: f"{field.upper()}{field.upper()}" for field in _TEXTS} | {"address": _PAGE}
"""A plain word for each text of a paper and its benchmark."""

_F_STRINGS: dict[str, Callable[..., str]] = {
    "text": str,
    "line_start": str,
    "cell": str,
    "url": str,
    "attribute": str,
    "link": lambda label, address: f"[{label}]({address})" if address else label,
}
"""The control: texts as they come."""

_EMOJI = re.compile(r":[a-z0-9_+-]+:", re.IGNORECASE)
_WORD_JOINER = "\u2060"

Structure = list[str | tuple[str, str]]
"""What a page is made of: tags, `("text", ...)`, and `("href", ...)` behind the tag of a link."""


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Count the papers whose README reads back as another one."""
    drawn = scaled(20_000, scale, least=100)
    written = hostile.PAYLOADS[:: 1 if scale == 1 else 5]
    texts = [dict.fromkeys(_TEXTS, text) for text in written]
    yield _compared("written texts, each in every field", texts, texts)
    yield _compared("random papers, another text in each field", _drawn(drawn), _drawn(drawn // 10))
    addresses = [*hostile.ADDRESSES, *(f"https://example.org/{text}" for text in written)]
    papers = [{"address": address} for address in addresses]
    yield _compared("written addresses", papers, papers)


def broken(texts: Mapping[str, str]) -> bool:
    """Tell whether a paper of these texts makes a README that reads back as another one."""
    said = _PLAIN | {field: _trimmed(text) for field, text in texts.items()}
    try:
        markdown = _readme(said)
    except Exception:  # only the control raises; what is not made cannot be read back
        return True
    return any(read(html(markdown)) not in _expected(said, name) for name, html in _readers())


def _compared(
    what: str, ours: Iterable[Mapping[str, str]], obvious: Iterable[Mapping[str, str]]
) -> Row:
    outcome = _count(ours)
    with patch.multiple(escape, **_F_STRINGS):
        control = _count(obvious)
    return Row(what, outcome, control, f"read by {' and '.join(name for name, _ in _readers())}")


def _count(papers: Iterable[Mapping[str, str]]) -> Outcome:
    found = [broken(texts) for texts in papers]
    return Outcome(sum(found), len(found))


def _drawn(count: int) -> Iterator[dict[str, str]]:
    texts = filter(clean_line, hostile.draw(2 * count * len(_TEXTS)))
    for _ in range(count):
        yield dict(zip(_TEXTS, texts, strict=False))


@cache
def _readers() -> list[tuple[str, Callable[[str], str]]]:
    """List what makes HTML of Markdown, by name; cmark-gfm only where it is installed."""
    from markdown_it import MarkdownIt

    found = [("markdown-it", MarkdownIt("gfm-like", {"linkify": False}).render)]
    return found + ([("cmark-gfm", _cmark)] if find_spec("cmarkgfm") else [])


def _cmark(markdown: str) -> str:
    from cmarkgfm import cmark

    options = cmark.Options.CMARK_OPT_UNSAFE | cmark.Options.CMARK_OPT_FOOTNOTES
    extensions = ["table", "autolink", "strikethrough", "tasklist"]
    html: str = cmark.markdown_to_html_with_extensions(markdown, options, extensions)
    return html


def read(html: str) -> Structure:
    """Read a page: its tags, its texts, and where its links lead.

    A link to a heading of the page becomes the text of that heading.
    """
    page = _Page()
    page.feed(html)
    page.close()
    parts = list(_joined(page.parts))
    headings = dict(_headings(parts))
    return [_place(part, headings) for part in parts]


class _Page(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: Structure = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(tag)
        self.parts += [("href", _read(v or "")) for n, v in attrs if n in ("href", "src")]
        self.parts += [("alt", v or "") for n, v in attrs if n == "alt"]

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.parts.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"!--{data}")

    handle_decl = unknown_decl = handle_pi = handle_comment


def _read(address: str) -> str:
    """Read an address as a browser shows it; an anchor is taken letter by letter."""
    shown = unquote(address)
    return shown if shown.startswith("#") else unicodedata.normalize("NFC", shown)


def _joined(parts: Iterable[str | tuple[str, str]]) -> Iterator[str | tuple[str, str]]:
    """Put neighbouring texts together, and drop the space between blocks."""
    text = ""
    for part in (*parts, "end"):
        if isinstance(part, tuple) and part[0] == "text":
            text += part[1]
            continue
        if text.strip():
            shown = " ".join(text.split())
            if _EMOJI.search(shown):
                yield "!emoji"
            yield "text", shown.replace(_WORD_JOINER, "")
        text = ""
        yield part


def _headings(parts: Structure) -> Iterator[tuple[str, str]]:
    """Yield the anchor and the text of each heading."""
    anchors = Anchors()
    for tag, part in pairwise(parts):
        if isinstance(tag, str) and re.fullmatch(r"h[1-6]", tag) and isinstance(part, tuple):
            yield anchors.add(part[1]), part[1]


def _place(part: str | tuple[str, str], headings: Mapping[str, str]) -> str | tuple[str, str]:
    if isinstance(part, str) or part[0] != "href" or not part[1].startswith("#"):
        return part
    return "place", headings.get(part[1][1:], f"no heading {part[1]}")


def _readme(said: Mapping[str, str]) -> str:
    """Render the README of a hostile paper, between two plain ones, and of its benchmark."""
    result = Result(
        benchmark="task", model=said["model"], values={"metric": said["value"], "size": "1"}
    )
    paper = Paper(
        title=said["title"],
        name=said["name"],
        authors=(said["author"], said["author"]),
        year=2015,
        venue=Venue(name=said["venue"], note=said["note"], url=said["address"]),
        section=(said["section"],),
        code=(CodeLink(url=said["address"], label=said["label"], framework=said["framework"]),),
        links=(
            Link(label="paper", url=said["address"]),
            Link(label=said["page"], url="https://example.org/other"),
        ),
        results=(result,),
    )
    plain = Paper(title="Plain title", year=2014, ids={"arxiv": "1505.04597"})
    benchmark = Benchmark(
        title=said["task"],
        description=said["description"],
        row_label=said["row"],
        metrics=(
            Metric(id="metric", name=said["metric"], unit=said["unit"], direction="none"),
            Metric(id="size", name=said["metric"], unit=said["unit"], direction="none"),
        ),
    )
    papers = {"before": plain, "hostile": paper, "last": Paper(title="The last one", year=2016)}
    shelf = Shelf(papers, {"task": benchmark}, sections=[said["section"]])
    return render(README, Path("README.md"), shelf).text


def _expected(said: Mapping[str, str], reader: str) -> list[Structure]:
    """Return what may be read back: the structure of the plain README, with these texts in it.

    An address of the web must be a link; another one must be none, but for relative ones.
    """
    address = clean_line(said["address"])
    web = _is_web(address)
    linked, unlinked = _plain_structure(reader, _PAGE), _plain_structure(reader, "")
    allowed = [linked] if web else [unlinked] if web is False else [linked, unlinked]
    return [_filled(structure, said) for structure in allowed]


def _trimmed(text: str) -> str:
    """Take off what does not show at both ends: where two texts meet it would be a space."""
    shown = [place for place, char in enumerate(text) if clean_line(char)]
    return text[shown[0] : shown[-1] + 1] if shown else ""


def _is_web(address: str) -> bool | None:
    """Tell whether an address is of the web, with a host; None for a relative one."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme or address.startswith(("//", "<")):
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    return None


@cache
def _plain_structure(reader: str, address: str) -> Structure:
    return read(dict(_readers())[reader](_readme(_PLAIN | {"address": address})))


def _filled(structure: Structure, said: Mapping[str, str]) -> Structure:
    """Put texts in the places of the plain words, and clean what they make together."""
    texts = {_PLAIN[field]: text for field, text in said.items()}
    word = re.compile("|".join(map(re.escape, texts)))

    def fill(part: str | tuple[str, str]) -> str | tuple[str, str]:
        if isinstance(part, str):
            return part
        filled = clean_line(word.sub(lambda found: texts[found[0]], part[1]), limit=1_000_000)
        return part[0], _read(filled) if part[0] == "href" else filled

    return [fill(part) for part in structure]
