"""Rules about the links of a README."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from papertrack import identifiers
from papertrack.checks.addresses import mended_address
from papertrack.checks.findings import Fix, Note, Rule
from papertrack.checks.links import Failure, Link
from papertrack.checks.readme import HTML_HEADING, Readme
from papertrack.errors import InvalidIdentifier
from papertrack.readme.anchors import headings, slug

_UNSAFE = re.compile(r"\s*(javascript|vbscript|data|file):", re.IGNORECASE)
_ARXIV = re.compile(
    r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf|html)/(?P<id>[^?#\s]+)", re.IGNORECASE
)
_GITHUB = re.compile(r"https?://(?:www\.)?github\.com/?(?P<path>[^?#]*)", re.IGNORECASE)
_SAYS_CODE = re.compile(
    r"\b(?:codes?|github|pytorch|tensorflow|implementation|official)\b", re.IGNORECASE
)

_HTML_ANCHOR = re.compile(
    r"""<[a-z][a-z0-9]*\b[^<>]{0,500}?\s(?:id|name)\s*=\s*["']?([^"'\s<>]+)""", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\([^()\s]*\)")
_WORD = re.compile(r"\w+")
_LONGEST_LABEL = 3
"""Most words of a label; more are the title of a paper: `Code Generation with Large Models`."""


def empty_link(readme: Readme) -> Iterator[Note]:
    """Report a link that leads nowhere.

    The label promises a page and a click goes to the top of the README.

        [[Code]()]

    Put the address in, or take the link away until there is one.
    """
    for link in readme.links:
        if not link.target.strip():
            what = "image" if link.image else "link"
            yield Note(readme.place(link.start), f"the {what} {_named(link)} has no address")


def bad_link(readme: Readme) -> Iterator[Note]:
    """Report an address that no browser opens: a scheme that is misspelt, doubled or missing.

    Without a scheme GitHub takes `github.com/owner/name` for a file of the repository, and the
    reader gets a page that is not found.

        [paper](ttps://arxiv.org/abs/2112.01406)
        [project](owner.github.io/project)

    `--fix` puts the scheme right.
    """
    for link in readme.links:
        if mended := mended_address(link.target):
            fix = Fix(link.at, link.at + len(link.target), mended)
            message = f"the address {link.target} must read {mended}"
            yield Note(readme.place(link.at), message, fix)
        elif (unsafe := _UNSAFE.match(link.target)) and not link.image:
            yield Note(readme.place(link.at), f"no README may lead to a {unsafe[1]}: address")


def space_before_target(readme: Readme) -> Iterator[Note]:
    """Report a space between the label and the address of a link.

    Markdown then shows both as text.

        [[Code]] (https://github.com/owner/name)

    `--fix` takes the space out.
    """
    for gap in readme.broken:
        if gap.kind == "space":
            fix = Fix(gap.start, gap.end, "")
            yield Note(
                readme.place(gap.start), "a space before ( keeps this from being a link", fix
            )


def nested_link(readme: Readme) -> Iterator[Note]:
    """Report a link inside the label or the address of another one.

    Markdown has no such links: the outer one is shown as text.

        [pull requests]([https://github.com/owner/name/pulls](https://github.com/owner/name))

    Keep one of the two.
    """
    for broken in readme.broken:
        if broken.kind == "nested":
            yield Note(
                readme.place(broken.start),
                f"a link inside a link: {_excerpt(readme, broken.start)}",
            )


_WHAT_FAILED: dict[Failure, str] = {
    "unclosed": "no ) closes the address",
    "unopened": "no [ opens the label",
    "label": "no ] closes the label",
    "words": "an address must not hold spaces",
}


def broken_link(readme: Readme) -> Iterator[Note]:
    """Report a link that Markdown shows as text, as a bracket is missing or a space too many.

        [Pytorch]](https://github.com/owner/name)
        [paper](https://arxiv.org/abs/2112.01406
        [title](A title where the address belongs)

    Complete the brackets; write a space in an address as %20.
    """
    for broken in readme.broken:
        if why := _WHAT_FAILED.get(broken.kind):
            yield Note(readme.place(broken.start), f"{why}: {_excerpt(readme, broken.start)}")


def dead_anchor(readme: Readme) -> Iterator[Note]:
    """Report a link to a heading of the README that is not there.

    A table of contents drifts when headings are renamed; a click then does nothing.

        - [Methods](#method)     while the heading reads "Methods"

    Write the anchor of the heading: lower case, a hyphen for each space, no punctuation. HTML
    anchors (`<a id=...>`, `<a name=...>`) count as well, and so do `#top` and `#readme`, which
    GitHub's page has.
    """
    inside = [link for link in readme.links if link.target.startswith("#")]
    known = {"", "top", "readme"} | _anchors(readme) if inside else set()
    for link in inside:
        anchor = unquote(link.target[1:]).removeprefix("user-content-")
        if anchor.casefold() not in known:
            near = _nearest(anchor, known)
            hint = f"; near: #{near}" if near else ""
            yield Note(readme.place(link.at), f"no heading has the anchor #{anchor}{hint}")


def _anchors(readme: Readme) -> set[str]:
    found = {heading.slug.casefold() for heading in headings(readme.text)}
    for heading in HTML_HEADING.finditer(readme.shown):
        base = slug(" ".join(_TAG.sub("", heading[1]).split())).casefold()
        number = 1
        anchor = base
        while anchor in found:
            anchor = f"{base}-{number}"
            number += 1
        found.add(anchor)
    return found | {unquote(match[1]).casefold() for match in _HTML_ANCHOR.finditer(readme.shown)}


def _nearest(anchor: str, known: set[str]) -> str:
    from rapidfuzz.process import extractOne

    near = extractOne(anchor, sorted(known), score_cutoff=75)
    return near[0] if near else ""


def bad_identifier(readme: Readme) -> Iterator[Note]:
    """Report a link to arXiv whose id cannot be one.

    A digit too many or a month 13: arXiv answers that there is no such paper.

        [paper](https://arxiv.org/abs/2313.01234)

    Look the paper up and write its id.
    """
    for link in readme.links:
        match = _ARXIV.match(link.target)
        if not match or link.image:
            continue
        try:
            identifiers.parse(link.target)
        except InvalidIdentifier as error:
            why = error.message.partition("is no identifier: ")[2]
            yield Note(readme.place(link.at), f"{match['id']} is no arXiv id: {why}")


def code_link_malformed(readme: Readme) -> Iterator[Note]:
    """Report a link that says it is code, and leads to no repository.

        [[Code]](https://github.com/)
        [[Code]](https://arxiv.org/abs/1505.04597)

    Write the address of the repository: https://github.com/OWNER/NAME.
    """
    for link in readme.links:
        if link.image or not _promises_code(link):
            continue
        if _ARXIV.match(link.target):
            why = "leads to the paper on arXiv"
        elif (github := _GITHUB.fullmatch(link.target)) and not github["path"].strip("/"):
            why = "leads to GitHub's front page"
        else:
            continue
        yield Note(readme.place(link.start), f"the link {_named(link)} {why}, not to code")


def _promises_code(link: Link) -> bool:
    """Tell whether a label promises code, and is no title that speaks of it."""
    label = _TAG.sub("", _PICTURE.sub(r"\1", link.label))
    return bool(_SAYS_CODE.search(label)) and len(_WORD.findall(label)) <= _LONGEST_LABEL


def _named(link: Link) -> str:
    label = " ".join(link.label.split()).strip("[]* ")
    return f'"{label[:40]}"' if label else "without a label"


def _excerpt(readme: Readme, start: int) -> str:
    line = readme.text[start : start + 120].split("\n")[0].strip()
    return line if len(line) <= 70 else line[:69] + "…"


RULES: dict[str, Rule[Readme]] = {
    "empty-link": Rule("error", empty_link),
    "bad-link": Rule("error", bad_link),
    "space-before-target": Rule("error", space_before_target),
    "nested-link": Rule("error", nested_link),
    "broken-link": Rule("error", broken_link),
    "dead-anchor": Rule("error", dead_anchor),
    "bad-identifier": Rule("error", bad_identifier),
    "code-link-malformed": Rule("warning", code_link_malformed),
}
