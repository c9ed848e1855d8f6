"""Fields that a newer version has written."""

from __future__ import annotations

import io
import json
import os
import random
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.safety.report import Outcome, Row, scaled
from papertrack import library
from papertrack.cli.app import run
from papertrack.formats import FORMATS
from papertrack.publishing import adopt
from papertrack.storage import encode
from tests.services import Services

_PAPERS = 30

COMMANDS = (
    "set {key} notes=more",
    "set {key} venue=MICCAI",
    "set {key} code+=https://github.com/a/b",
    "tag {key} +new",
    "note {key} more",
    "add {id} --on-duplicate update --note again",
    "refresh {key}",
    "import {other}",
    "remove {key}",
    "render --force",
)


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Run each command on papers that have unknown fields at every depth."""
    trials = scaled(1000, scale, least=20)
    with Services() as services, patch.dict(os.environ, services.environment):
        lost = _lost(work / "list", trials, services)
    yield Row(
        "fields unknown to this version after any command: lost",
        Outcome(lost, trials),
        "dropped",
        "in the paper, its venue, its code links and its results",
    )


def _lost(root: Path, trials: int, services: Services) -> int:
    """Count the commands after which an unknown field is not there any more."""
    dice = random.Random(17)
    made = library.create(root)
    adopt(root / "README.md", "List")
    keys = [f"k{number}" for number in range(_PAPERS)]
    for number, key in enumerate(keys):
        services.add(f"2001.{number:05}", title=f"Paper {number}")
        (made.store / "papers" / f"{key}.json").write_bytes(encode(_document(number)))
    (root / "other.jsonl").write_text(FORMATS["jsonl"](made.read().papers))
    lost = 0
    for trial in range(trials):
        key = dice.choice(keys)
        words = COMMANDS[trial % len(COMMANDS)].format(
            key=key, id=f"2001.{int(key[1:]):05}", other=root / "other.jsonl"
        )
        with redirect_stderr(io.StringIO()), redirect_stdout(io.StringIO()):
            code = run(["--library", str(root), *words.split()])
        path = made.store / "papers" / f"{key}.json"
        if words.startswith("remove"):
            removed = made.store / "removed" / path.name
            held = json.loads(removed.read_bytes())["paper"]
            path.write_bytes(encode(_document(int(key[1:]))))
            removed.unlink()
        else:
            held = json.loads(path.read_bytes())
        lost += code != 0 or not _kept(held)
    return lost


def _document(number: int) -> dict[str, Any]:
    """Write a paper as a newer version might."""
    return {
        "title": f"Paper {number}",
        "authors": ["Ada Lovelace", "Charles Babbage"],
        "year": 2020,
        "venue": {"name": "MIDL", "year": 2020, "city": "X"},
        "ids": {"arxiv": f"2001.{number:05}"},
        "code": [{"url": f"https://github.com/a/{number}", "stars": [1, {"day": 2}]}],
        "results": [{"benchmark": "synapse", "values": {"dice": "1"}, "seeds": 3}],
        "rating": {"of": 5, "stars": 4},
    }


def _kept(held: dict[str, Any]) -> bool:
    """Tell whether the unknown fields are there; a new venue has none of the old one's."""
    code = [link["stars"] for link in held["code"] if "stars" in link]
    venue = held["venue"]
    return (
        held["rating"] == {"of": 5, "stars": 4}
        and code == [[1, {"day": 2}]]
        and held["results"][0]["seeds"] == 3
        and (venue["name"] != "MIDL" or venue["city"] == "X")
    )
