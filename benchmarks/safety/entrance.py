"""Hostile text on its way into the store.

The same text stands in every field of a file, of a README, of an answer of a service. What comes
out of the loaders and converters must be clean: lines without a character that nobody sees. What
looks like Markdown or like a marker of ours stays: it is text, and is escaped where it is printed.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.safety import hostile
from benchmarks.safety.report import Outcome, Row, scaled
from papertrack import adopting, editing, reporting, rewriting, tabulating
from papertrack.documents import to_document
from papertrack.errors import PapertrackError
from papertrack.formats import LOADERS
from papertrack.library import Contents
from papertrack.model import Benchmark, Metric, Paper, Record, Result, Venue
from papertrack.readme import adopt
from papertrack.sources import arxiv, hugging_face, semantic_scholar, snapshot
from papertrack.storage import decode
from papertrack.text import clean_line, clean_text

_ADDRESS = "https://github.com/example/"
"""What stands before a text to make an address of it; others are the text alone."""

_ONE_LINE = frozenset(Paper.__struct_fields__) - {"notes"}
"""Fields whose texts have no line breaks; what a newer version has written may have some."""

Documents = Iterator[Mapping[str, Any]]
"""What a door would put into the store."""


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Count the texts that come in as they should not."""
    texts = [*hostile.PAYLOADS, *hostile.draw(scaled(5_000, scale, least=50))]
    if scale < 1:
        texts = texts[::5]
    obvious = Outcome(sum(clean_line(text) != text for text in texts), len(texts))
    for name, door in _DOORS.items():
        wrong = sum(not all(map(is_clean, door(text))) for text in texts)
        yield Row(f"texts that are not clean behind {name}", Outcome(wrong, len(texts)), obvious)


def is_clean(document: Mapping[str, Any]) -> bool:
    """Tell whether a document may stand in the store."""
    return all(
        clean_text(text) == text and ("\n" not in text or field not in _ONE_LINE)
        for field, value in document.items()
        for text in _texts(value)
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from (name, *_texts(inner))
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner)


def _loaded(form: str, text: str) -> Documents:
    try:
        loaded = LOADERS[form](text)
    except PapertrackError:  # nothing comes in
        return
    for item in loaded.items:
        yield to_document(adopting.from_item(item, form).paper)
        yield {"key": item.key}


def _bibtex(text: str) -> Documents:
    names = ("title", "author", "journal", "booktitle", "keywords", "abstract", "note", "doi")
    fields = [f"{name} = {{{text}}}" for name in (*names, "eprint", "year")]
    fields += [f"url = {{{_ADDRESS}{text}}}", f"shorttitle = {{{text}}}"]
    return _loaded("bibtex", ",\n".join([f"@article{{key{text}", *fields]) + "\n}")


def _ris(text: str) -> Documents:
    tags = ("TI", "ST", "AU", "T2", "JO", "KW", "AB", "N1", "DO", "PY", "ID")
    lines = [f"{tag}  - {text}" for tag in tags] + [f"UR  - {_ADDRESS}{text}"]
    return _loaded("ris", "\n".join(["TY  - JOUR", *lines, "ER  - "]))


def _csl(text: str) -> Documents:
    names = ("id", "title", "title-short", "container-title", "keyword", "abstract", "note", "DOI")
    item: dict[str, Any] = dict.fromkeys(names, text)
    item |= {"author": [{"family": text, "given": text}, {"literal": text}]}
    item |= {"URL": _ADDRESS + text, "issued": {"raw": text}}
    return _loaded("csl", json.dumps([item]))


def _csv(text: str) -> Documents:
    names = ("key", "title", "name", "authors", "year", "venue", "tags", "section", "notes", "doi")
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([*names, "url", "code"])
    writer.writerow([*[text] * len(names), text, _ADDRESS + text])
    return _loaded("csv", table.getvalue())


def _jsonl(text: str) -> Documents:
    link = {"url": _ADDRESS + text, "label": text}
    document = {
        **dict.fromkeys(("key", "title", "name", "abstract", "comment", "notes", "status"), text),
        **{name: [text] for name in ("authors", "section", "tags", "categories", "images")},
        "venue": {"name": text, "url": _ADDRESS + text, "note": text},
        "ids": {"doi": text, f"x{text}": text},
        "code": [link, {"url": text, "framework": text}],
        "links": [link, {"url": text}],
        "results": [{"benchmark": text, "values": {text: text}, "source": {"url": text}}],
        "sources": {text: text},
        f"x{text}": {text: [text]},
    }
    return _loaded("jsonl", json.dumps(document))


def _plain(text: str) -> Documents:
    return _loaded("text", f"{text}\n{_ADDRESS}{text}\ndoi:{text}\nA title: {text}")


def _readme(text: str) -> Documents:
    """Read entries of the usual forms, and a table of results, with the text in each place."""
    line = " ".join(text.splitlines())
    reading = adopt.read(
        f"# List\n\n## {line}\n\n- [{text}](https://arxiv.org/abs/1505.04597) - {text}, {text}. "
        f"[[code]({_ADDRESS}{text})] [{text}](https://example.org/{text}) ![{text}]({text})\n"
        f"- **{text}** {text} et al. *{text} 2015* [pdf]({text})\n\n"
        f"### {line}\n\n**A title of {line}**\n{line}, Some One\n"
        f"- pdf: [x](https://example.org/{line})\n- code: [{line}]({_ADDRESS}{line})\n\n"
        f"| Title | Venue | Code |\n| --- | --- | --- |\n| {line} | {line} | [{line}]({line}) |\n\n"
        f"## Results\n\n| {line} | Dice ({line}) |\n| --- | --- |\n| {line} | 80.1 |\n"
    )
    for entry in reading.entries:
        yield to_document(adopting.from_entry(entry).paper)
    contents = Contents()
    tabulating.take_tables(reading.tables, contents)
    yield from map(to_document, contents.benchmarks.values())


def _arxiv(text: str) -> Documents:
    import arxiv as client

    result = client.Result(
        entry_id=f"http://arxiv.org/abs/{text}",
        published=datetime(2015, 5, 18, tzinfo=UTC),
        title=text,
        authors=[client.Result.Author(text)],
        summary=f"{text} Our code is available at {_ADDRESS}{text}",
        comment=f"{text} Code: {_ADDRESS}{text}",
        journal_ref=text,
        doi=text,
        primary_category=text,
        categories=[text],
    )
    yield _record(arxiv.to_record(result))


def _semantic_scholar(text: str) -> Documents:
    raw = {
        **dict.fromkeys(("paperId", "title", "venue"), text),
        "abstract": f"{text} Our code is available at {_ADDRESS}{text}",
        "externalIds": dict.fromkeys(("ArXiv", "DOI", "DBLP", "ACL", "PubMed"), text),
        "authors": [{"name": text}],
        "publicationVenue": {"name": text},
        "journal": {"name": text},
    }
    yield _record(semantic_scholar.to_record(raw, "2026-11"))


def _hugging_face(text: str) -> Documents:
    for address in (text, _ADDRESS + text):
        page = hugging_face.Page("1505.04597", text, address, address)
        yield _record(hugging_face.to_record(page))


def _snapshot(text: str) -> Documents:
    line = snapshot.Line(
        id=text,
        title=text,
        authors_parsed=[[text, text, text]],
        abstract=f"{text} Our code is available at {_ADDRESS}{text}",
        comments=f"Code: {_ADDRESS}{text}",
        journal_ref=text,
        doi=text,
        categories=text,
    )
    yield _record(snapshot.to_record(line))


def _record(record: Record) -> Mapping[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(record)
    return document


def _hand(text: str) -> Documents:
    """Set every field, and add what has a command of its own."""
    paper = Paper(title="Title", venue=Venue(name="MICCAI"))
    changes: list[Callable[[], Paper]] = [
        *(
            partial(editing.assign, paper, f"{field}{sign}{before}{text}")
            for field in (*editing.FIELDS, "ids.doi", "venue.url", "venue.note", "venue.year", text)
            for sign in ("=", "+=")
            for before in ("", _ADDRESS)
        ),
        lambda: editing.retag(paper, [text]),
        lambda: editing.annotate(paper, text),
        lambda: editing.add_result(paper, _result(text)),
        *(partial(_edited, paper, said) for said in _fields_of_documents(text)),
    ]
    for change in changes:
        with suppress(PapertrackError, ValueError):
            yield to_document(change())


def _edited(paper: Paper, said: Mapping[str, Any]) -> Paper:
    document = decode(json.dumps(to_document(paper) | said).encode())
    return rewriting.read_back(paper, document, {})


def _fields_of_documents(text: str) -> Iterator[dict[str, Any]]:
    """Yield documents of one field, which an editor may leave of a paper."""
    link = {"url": _ADDRESS + text, "label": text, "framework": text}
    yield from ({field: text} for field in ("title", "name", "abstract", "notes", "status", text))
    yield from ({field: [text]} for field in ("authors", "section", "tags", "pinned", "images"))
    yield from ({field: [link]} for field in ("code", "links"))
    yield {"venue": {"name": text, "note": text, "url": _ADDRESS + text}}
    yield {"ids": {"doi": text}}
    yield {"sources": {text: text}, "printed": {text: text}}


def _result(text: str) -> Result:
    task = Benchmark(title="Task", metrics=(Metric(id="x"),))
    fields = ("model", "variant", "note", "locator", "convention")
    said = dict.fromkeys(fields, text) | {"url": _ADDRESS + text}
    return reporting.read_result("task", task, {"x": f"1{text}", f"x{text}": "2"}, fields=said)


_DOORS: dict[str, Callable[[str], Documents]] = {
    "the BibTeX loader": _bibtex,
    "the RIS loader": _ris,
    "the CSL loader": _csl,
    "the CSV loader": _csv,
    "the JSON Lines loader": _jsonl,
    "the loader of plain text": _plain,
    "the reader of READMEs": _readme,
    "the converter of arXiv": _arxiv,
    "the converter of Semantic Scholar": _semantic_scholar,
    "the converter of Hugging Face": _hugging_face,
    "the converter of snapshots": _snapshot,
    "commands that edit": _hand,
}
"""All ways into the store, each a function that puts one text into every place it takes."""
