"""The styles in which papers stand in Papers&Codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from papertrack.model import CodeLink, Paper
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
    cells = [
        (
            escape.cell(paper.name),
            escape.link(paper.title, paper.url),
            escape.cell(paper.appeared),
            ", ".join(escape.link(code_label(code) or "code", code.url) for code in paper.code),
        )
        for paper in papers
    ]
    return "\n".join(grid(("Name", "Paper", "Published In", "Code"), cells, ["left"] * 4))


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
    if venue(paper):
        facts.append(f"_{venue(paper)}_")
    links = [_item("pdf" if "arxiv" in paper.ids else "paper", "", paper.url)] if paper.url else []
    links += [_item("code", code_label(code), code.url) for code in paper.code]
    links += [_item(escape.text(link.label), "", link.url) for link in paper.links]
    blocks = [heading(paper.short_name, level), "\\\n".join(facts), "\n".join(filter(None, links))]
    return "\n\n".join(filter(None, blocks))


def _item(kind: str, label: str, url: str) -> str:
    """Write a link whose text is its address, so that it can be read on paper."""
    text = f"{label} : {url}" if label else url
    return f"- {kind}: {escape.link(text, url)}" if escape.url(url) else ""


def _bullet(paper: Paper) -> str:
    told = [_et_al(paper.authors), paper.appeared]
    links = [(code_label(code) or "code", code.url) for code in paper.code]
    links += [(link.label, link.url) for link in paper.links]
    facts = [escape.text(fact) for fact in told if fact]
    facts += [escape.link(label, url) for label, url in links]
    title = escape.link(paper.title, paper.url)
    return f"- {title} - {', '.join(facts)}." if facts else f"- {title}."


def _et_al(authors: Sequence[str]) -> str:
    return f"{authors[0]} et al." if len(authors) > 2 else " and ".join(authors)
