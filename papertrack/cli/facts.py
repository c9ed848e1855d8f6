"""What `show` tells of a paper, line by line."""

from __future__ import annotations

from typing import Any

from papertrack import protocol
from papertrack.corrections import standing
from papertrack.model import Paper, Result
from papertrack.readme.entries import code_label


def facts(key: str, paper: Paper) -> list[tuple[str, str]]:
    """List what `show` prints, label and value, without what is empty."""
    told: list[tuple[str, Any]] = [
        ("key", key),
        ("name", paper.name),
        ("title", paper.title),
        ("authors", ", ".join(paper.authors)),
        ("year", paper.year),
        ("venue", paper.venue and paper.appeared),
        ("section", " / ".join(paper.section)),
        ("tags", ", ".join(paper.tags)),
        ("status", "withdrawn" if paper.withdrawn else paper.status),
        *((kind, value) for kind, value in paper.ids.items()),
        ("url", paper.url),
        *(("code", f"{c.url} ({code_label(c) or c.source}, {c.state})") for c in paper.code),
        *((link.label, link.url) for link in paper.links),
        *(("result", result) for result in _results(paper)),
        ("citations", paper.citations and f"{paper.citations.count} ({paper.citations.as_of})"),
        ("remark", paper.remark),
        ("comment", paper.comment),
        ("abstract", paper.abstract),
        *(("note", line) for line in paper.notes.splitlines()),
        ("pinned", ", ".join(paper.pinned)),
    ]
    return [(label, str(value)) for label, value in told if value]


def _results(paper: Paper) -> list[str]:
    """Tell the results that stand, with the names of their rows where one is not the paper's."""
    results = standing(paper.results)
    names = [result.row_name(paper.short_name) for result in results]
    is_plain = names in ([], [paper.short_name])
    return [
        told if is_plain else f"{name} on {told}"
        for name, told in zip(names, map(_told, results), strict=True)
    ]


def _told(result: Result) -> str:
    off = {metric: f" ± {by.value}" for metric, by in result.uncertainty.items()}
    values = [f"{metric} {value}{off.get(metric, '')}" for metric, value in result.values.items()]
    known = "; ".join(filter(None, [result.status, protocol.words(result.conditions)]))
    return f"{result.benchmark}: {', '.join(values) or 'no values'} ({known})"
