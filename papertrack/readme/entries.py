"""The styles in which papers stand in Papers&Codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from papertrack.model import CodeLink, Link, Paper
from papertrack.names import OTHERS
from papertrack.readme import escape
from papertrack.readme.grid import grid

Style = Callable[[Sequence[Paper], int], str]
"""Writes the papers of one section as Markdown; the number is the level of an entry's heading."""


def entry(papers: Sequence[Paper], level: int) -> str:
    """Write a heading, the facts, and a list of labelled links for each paper."""
    return "\n\n".join(_entry(paper, level) for paper in papers)


def bullet(papers: Sequence[Paper], level: int) -> str:
    """Write one list item for each paper."""
    return "\n".join(_bullet(paper) for paper in papers)


def row(papers: Sequence[Paper], level: int) -> str:
    """Write a table with a row for each paper."""
    links = "Code and links" if any(map(_pages, papers)) else "Code"
    header = ["Name", "Paper", "Published In", links]
    cells = [
        [
            escape.cell(paper.name),
            escape.link(paper.title, paper.url),
            venue(paper, escape.cell),
            ", ".join(escape.link(label, url) for label, url in _labelled(paper)),
        ]
        for paper in papers
    ]
    if any(paper.remark for paper in papers):
        header.append("Remark")
        cells = [
            [*row, escape.cell(paper.remark)] for row, paper in zip(cells, papers, strict=True)
        ]
    return "\n".join(grid(header, cells, ["left"] * len(header)))


_ENDED = re.compile(r"[.!?…][)\]'\"’”]*\Z")
"""The end of a sentence."""

STYLES: dict[str, Style] = {"entry": entry, "bullet": bullet, "row": row}


def heading(text: str, level: int) -> str:
    """Write a heading; Markdown knows six levels, and deeper ones are written as the sixth."""
    return f"{'#' * min(level, 6)} {escape.text(text)}"


def code_label(code: CodeLink) -> str:
    """Say what a code link is: `official`, `unofficial-tensorflow`, `caffe`."""
    return "-".join(filter(None, (code.label, code.framework)))


def venue(paper: Paper, escaper: Callable[[str], str] = escape.text) -> str:
    """Write where a paper appeared, with its remark, and withdrawn where it was."""
    parts = [escaper(paper.appeared)]
    if paper.venue and paper.venue.note:
        parts.append(f"({escape.link(paper.venue.note, paper.venue.url)})")
    if paper.withdrawn:
        parts.append("(withdrawn)")
    return " ".join(filter(None, parts))


def _entry(paper: Paper, level: int) -> str:
    facts = [f"**{escape.text(paper.title)}**"]
    if paper.authors:
        facts.append(escape.line_start(", ".join(paper.authors)))
    if appeared := venue(paper):
        facts.append(f"_{appeared}_")
    links = [_item("pdf" if "arxiv" in paper.ids else "paper", "", paper.url)] if paper.url else []
    links += [_item("code", code_label(code), code.url) for code in paper.code]
    links += [_item(link.label, "", link.url) for link in _pages(paper)]
    blocks = [heading(paper.short_name, level), "\\\n".join(facts)]
    blocks += [escape.line_start(paper.remark), "\n".join(filter(None, links))]
    return "\n\n".join(filter(None, blocks))


def _item(kind: str, label: str, url: str) -> str:
    """Write a link whose text is its address, so that it can be read on paper."""
    if not escape.url(url):
        return ""
    text = f"{label} : {url}" if label else url
    return f"- {escape.line_start(f'{kind}:')} {escape.link(text, url)}"


def _bullet(paper: Paper) -> str:
    linked = bool(escape.url(paper.url))
    title = escape.link(paper.title, paper.url) if linked else escape.line_start(paper.title)
    facts = [escape.text(_et_al(paper.authors)), venue(paper)]
    facts += [escape.link(label, url) for label, url in _labelled(paper)]
    told = ", ".join(filter(None, facts)).removesuffix(".")
    said = [f"{told}."] if told else []
    said += [f"{escape.text(paper.remark)}{_stop(paper.remark)}"] if paper.remark else []
    return f"- {title} - {' '.join(said)}" if said else f"- {title}"


def _stop(sentence: str) -> str:
    """Return the full stop that a sentence lacks."""
    return "" if _ENDED.search(sentence) else "."


def _labelled(paper: Paper) -> list[tuple[str, str]]:
    """List code and other pages, each under its label."""
    code = [(code_label(code) or "code", code.url) for code in paper.code]
    return code + [(link.label, link.url) for link in _pages(paper)]


def _pages(paper: Paper) -> list[Link]:
    """List the pages beside the one to which the title leads."""
    return [link for link in paper.links if link.url != paper.url]


def _et_al(authors: Sequence[str]) -> str:
    if len(authors) > 2 or OTHERS in authors:
        return f"{authors[0]} {OTHERS}"
    return " and ".join(authors)
