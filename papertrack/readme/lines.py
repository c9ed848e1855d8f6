"""What each line of a Markdown file is: code, a heading, other text.

This is the block half of CommonMark with GitHub's tables, as far as it decides whether a line is
code or a heading: quotations, lists, fences, indented code, HTML, tables. It is written out here
because a git hook has a tenth of a second for a whole README, which is less than a parser takes.
Two simplifications: link definitions count as text, and an HTML tag alone on its line is
recognised without reading its attributes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from io import StringIO
from typing import Literal, NamedTuple

Kind = Literal["text", "heading", "underline", "code", "other"]

_DEEPEST = 100
"""How deep quotations and lists are followed; without a bound, one hostile line takes seconds."""

_QUOTATION = 0
"""Marks a quotation among the open containers; a list item is its content's indentation."""

_ITEM = re.compile(r"(?:[-+*]|(?P<number>\d{1,9})[.)])(?P<space> +|\Z)")
_HEADING = re.compile(r"#{1,6}(?: |\Z)")
_UNDERLINE = re.compile(r"(?:=+|-+) *\Z")
_FENCE = re.compile(r"(`{3,})[^`]*\Z|(~{3,})")
_COLUMN_RULE = re.compile(r" *:?-+:? *\Z")
_PIPE = re.compile(r"(?<!\\)\|")

_BLANK = re.compile(r"\A *\Z")
_TAGS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details "
    "dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 "
    "head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option "
    "p param search section summary table tbody td tfoot th thead title tr track ul"
)
_HTML_STARTS_AND_ENDS = [
    (re.compile(start, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for start, end in [
        (r"<(?:script|pre|style|textarea)(?:[ >]|\Z)", r"</(?:script|pre|style|textarea)>"),
        (r"<!--", r"-->"),
        (r"<\?", r"\?>"),
        (r"<![a-z]", r">"),
        (r"<!\[CDATA\[", r"\]\]>"),
        (rf"</?(?:{_TAGS.replace(' ', '|')})(?:[ >]|/>|\Z)", _BLANK.pattern),
    ]
]
_LONE_TAG = re.compile(r"</?[a-z][a-z0-9-]*(?: [^<>]*)?/?> *\Z", re.IGNORECASE)


class Line(NamedTuple):
    """A line: its number from 1, what it is, and what is left of it inside its containers.

    `paragraph` is, for text and for the underline of a heading, the number of the line on which
    the paragraph began, else 0.
    """

    number: int
    kind: Kind
    content: str
    paragraph: int = 0


def split(text: str) -> list[str]:
    r"""Split a text into lines that keep their ends: `\n`, `\r\n` or `\r`, as in CommonMark."""
    return StringIO(text, newline="").readlines()


@lru_cache(maxsize=8)
def scan(text: str) -> tuple[Line, ...]:
    """Say of each line of a file what it is; kept, since a render asks for the same text often."""
    blocks = _Blocks()
    bare = (line.rstrip("\r\n").expandtabs(4) for line in split(text.removeprefix("\ufeff")))
    return tuple(blocks.read(number, line) for number, line in enumerate(bare, 1))


class _Blocks:
    """The blocks that are open after the lines read so far."""

    def __init__(self) -> None:
        self.containers: list[int] = []
        self.empty_item = False
        """Whether the innermost list item holds nothing yet: a blank line would end it."""
        self.leaf: Literal["", "paragraph", "table", "fence", "html"] = ""
        self.paragraph = 0
        self.last_text = ""
        self.fence = ""
        self.html_end = _BLANK

    def read(self, number: int, line: str) -> Line:
        """Read one line, and open and close blocks as it says."""
        if not self.containers and self.leaf in ("", "paragraph") and line[:1].isalpha():
            return self._text(number, line)  # a short cut for most lines of most files
        depth, rest = self._enter_containers(line)
        if self.leaf != "paragraph":
            self._close(depth)  # only a paragraph goes on in a line without its containers' marks
        self.empty_item = False
        if self.leaf == "fence":
            return self._in_fence(number, rest)
        if self.leaf == "html":
            return self._in_html(number, rest)
        depth, rest = self._open_containers(depth, rest)
        return self._open_leaf(number, rest, depth)

    def _close(self, depth: int) -> None:
        """Close the containers below a depth, and with them what they hold."""
        if depth < len(self.containers):
            del self.containers[depth:]
            self.leaf = ""

    def _begin(self, depth: int) -> None:
        """Make room for a new block at a depth."""
        self._close(depth)
        self.leaf = ""

    def _enter_containers(self, line: str) -> tuple[int, str]:
        """Count the open containers that go on in this line; return what they hold of it."""
        rest = line
        for depth, container in enumerate(self.containers):
            content = rest.lstrip(" ")
            indent = len(rest) - len(content)
            if container == _QUOTATION:
                if indent > 3 or not content.startswith(">"):
                    return depth, rest
                rest = content[1:].removeprefix(" ")
            elif (content and indent < container) or (
                not content and self.empty_item and depth == len(self.containers) - 1
            ):
                return depth, rest
            else:
                rest = rest[container:]
        return len(self.containers), rest

    def _open_containers(self, depth: int, rest: str) -> tuple[int, str]:
        """Open the quotations and list items that begin on this line."""
        while depth < _DEEPEST:
            content = rest.lstrip(" ")
            indent = len(rest) - len(content)
            if indent > 3:
                return depth, rest
            if content.startswith(">"):
                container, rest = _QUOTATION, content[1:].removeprefix(" ")
            elif (item := _ITEM.match(content)) and self._may_open(item, content, depth):
                space = len(item["space"])
                blank = item.end() == len(content)
                width = item.end() if space < 5 and not blank else item.end() - space + 1
                container, rest = indent + width, content[width:]
                self.empty_item = blank
            else:
                return depth, rest
            self._begin(depth)
            self.containers.append(container)
            depth += 1
        return depth, rest

    def _may_open(self, item: re.Match[str], content: str, depth: int) -> bool:
        if _is_rule(content):
            return False
        interrupts = self.leaf == "paragraph" and depth == len(self.containers)
        return not interrupts or (item.end() < len(content) and int(item["number"] or 1) == 1)

    def _open_leaf(self, number: int, rest: str, depth: int) -> Line:
        """Begin the block that this line begins, else go on with the open one."""
        content = rest.lstrip(" ")
        if not content:
            self._begin(depth)
            return Line(number, "other", "")
        if len(rest) - len(content) > 3:
            if self.leaf == "paragraph":
                return self._text(number, content)
            self._begin(depth)
            return Line(number, "code", rest)
        if _HEADING.match(content):
            self._begin(depth)
            return Line(number, "heading", content)
        if fence := _FENCE.match(content):
            self._begin(depth)
            self.leaf, self.fence = "fence", fence[1] or fence[2]
            return Line(number, "code", rest)
        if end := self._html_end(content):
            self._begin(depth)
            self.leaf, self.html_end = "html", end
            return self._in_html(number, content)
        if self.leaf == "paragraph" and depth == len(self.containers):
            if _UNDERLINE.match(content):
                self.leaf = ""
                return Line(number, "underline", content, self.paragraph)
            if _is_table(self.last_text, content):
                self.leaf = "table"
                return Line(number, "other", content)
        if _is_rule(content):
            self._begin(depth)
            return Line(number, "other", content)
        if self.leaf == "table":
            return Line(number, "other", content)
        return self._text(number, content)

    def _text(self, number: int, content: str) -> Line:
        if self.leaf != "paragraph":
            self.leaf, self.paragraph = "paragraph", number
        self.last_text = content
        return Line(number, "text", content, self.paragraph)

    def _in_fence(self, number: int, rest: str) -> Line:
        content = rest.strip(" ")
        closes = len(content) >= len(self.fence) and not content.strip(self.fence[0])
        if closes and not rest.startswith("    "):
            self.leaf = ""
        return Line(number, "code", rest)

    def _html_end(self, content: str) -> re.Pattern[str] | None:
        if not content.startswith("<"):
            return None
        for start, end in _HTML_STARTS_AND_ENDS:
            if start.match(content):
                return end
        return _BLANK if self.leaf != "paragraph" and _LONE_TAG.match(content) else None

    def _in_html(self, number: int, rest: str) -> Line:
        if self.html_end.search(rest):
            self.leaf = ""
        return Line(number, "other", rest)


def _is_rule(content: str) -> bool:
    marks = content.replace(" ", "")
    return len(marks) > 2 and marks[0] in "-_*" and not marks.strip(marks[0])


def _is_table(header: str, rule: str) -> bool:
    if "|" not in header or "-" not in rule:
        return False
    columns = _columns(rule)
    return all(map(_COLUMN_RULE.match, columns)) and len(columns) == len(_columns(header))


def _columns(row: str) -> list[str]:
    return _PIPE.split(row.strip(" ").removeprefix("|").removesuffix("|"))
