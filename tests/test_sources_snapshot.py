"""A snapshot: papers looked up in a file."""

from __future__ import annotations

import gzip
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from papertrack.identifiers import Identifier
from papertrack.model import Venue
from papertrack.sources import Failed, Found, Missing, Outcome, collect
from papertrack.sources.snapshot import SnapshotSource

UNET: dict[str, Any] = {
    "id": "1505.04597",
    "submitter": "Olaf Ronneberger",
    "authors": "Olaf Ronneberger, Philipp Fischer and Thomas Brox",
    "title": "U-Net: Convolutional Networks for Biomedical Image\n  Segmentation",
    "comments": "conditionally accepted at MICCAI 2015",
    "journal-ref": None,
    "doi": None,
    "report-no": None,
    "categories": "cs.CV cs.LG",
    "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
    "abstract": "  There is large consent that ...\n",
    "versions": [{"version": "v1", "created": "Mon, 18 May 2015 11:28:37 GMT"}],
    "update_date": "2015-05-19",
    "authors_parsed": [
        ["Ronneberger", "Olaf", ""],
        ["Fischer", "Philipp", ""],
        ["Brox", "T.", "Jr."],
    ],
}
OTHER: dict[str, Any] = {
    "id": "0704.0001",
    "title": "Calculation of prompt diphoton production",
    "authors_parsed": [["Bal\\'azs", "C.", "", "Argonne"], ["Mausam", ""]],
    "doi": "10.1103/PhysRevD.76.013009",
    "journal-ref": "Phys.Rev.D76:013009,2007",
}


def write(path: Path, *lines: object) -> Path:
    text = "".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def ask(path: Path, *identifiers: Identifier) -> list[Outcome]:
    answers = collect(SnapshotSource(path), identifiers, lambda *_: None)
    return [answers[identifier] for identifier in identifiers]


def arxiv(value: str) -> Identifier:
    return Identifier("arxiv", value)


@pytest.mark.parametrize("name", ["papers.jsonl", "papers.jsonl.gz"])
def test_a_paper_is_found_by_identifier(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, OTHER, UNET)
    [found, missing] = ask(path, arxiv("1505.04597"), arxiv("2001.00001"))
    assert isinstance(found, Found)
    record = found.record
    assert record.title == "U-Net: Convolutional Networks for Biomedical Image Segmentation"
    assert record.authors == ("Olaf Ronneberger", "Philipp Fischer", "T. Brox Jr.")
    assert (record.source, record.year) == ("snapshot", 2015)
    assert record.ids == {"arxiv": "1505.04597"}
    assert record.categories == ("cs.CV", "cs.LG")
    assert record.abstract == "There is large consent that ..."
    assert record.venue == Venue(name="MICCAI", year=2015)
    assert missing == Missing()


def test_a_paper_is_found_by_its_title_in_any_spelling(tmp_path: Path) -> None:
    path = write(tmp_path / "papers.jsonl", OTHER, UNET)
    titles = [
        Identifier("title", "u-net convolutional networks for biomedical image segmentation"),
        Identifier("title", "U-NET: Convolutional networks for biomedical image segmentation."),
    ]
    first, second, third = ask(path, *titles, Identifier("title", "U-Net"))
    assert first == second
    assert isinstance(first, Found)
    assert third == Missing()


def test_names_and_identifiers_are_cleaned(tmp_path: Path) -> None:
    [found] = ask(write(tmp_path / "papers.jsonl", OTHER), arxiv("0704.0001"))
    assert isinstance(found, Found)
    assert found.record.authors == ("C. Balázs", "Mausam")
    assert found.record.ids["doi"] == "10.1103/physrevd.76.013009"
    assert found.record.year is None


def test_lines_that_cannot_be_read_are_passed_over_and_reported_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    odd = [
        "no json",
        "[]",
        "{}",
        '{"id": 7, "title": "x"}',
        '{"id": "1505.04597", "title": 1}',
        "[",
    ]
    path = write(tmp_path / "papers.jsonl", *odd, UNET)
    with caplog.at_level(logging.WARNING, "papertrack"):
        assert isinstance(ask(path, arxiv("1505.04597"))[0], Found)
    assert [record.getMessage() for record in caplog.records] == [
        "line 1 of the snapshot cannot be read and is passed over"
    ]


def test_reading_ends_with_the_last_paper_that_is_wanted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = write(tmp_path / "papers.jsonl", UNET, "no json")
    ask(path, arxiv("1505.04597"))
    assert not caplog.records


def test_a_file_that_cannot_be_read_is_an_outage(tmp_path: Path) -> None:
    whole = gzip.compress(json.dumps(UNET).encode())
    (tmp_path / "cut.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "no.gz").write_bytes(b"no gzip")
    (tmp_path / "damaged.gz").write_bytes(whole[:20] + b"\xff" * 40)
    for name in ("none.jsonl", "cut.gz", "no.gz", "damaged.gz", "."):
        outcomes = ask(tmp_path / name, arxiv("1505.04597"), arxiv("0704.0001"))
        assert [type(outcome) for outcome in outcomes] == [Failed, Failed], name


def test_it_accepts_arxiv_identifiers_and_titles(tmp_path: Path) -> None:
    kinds = [
        k for k in ("arxiv", "title", "doi") if SnapshotSource(tmp_path).accepts(Identifier(k, "x"))
    ]
    assert kinds == ["arxiv", "title"]
