"""The life of a list: commands in any order, against a model that is a dictionary.

Run longer with `PAPERTRACK_LIVES=200 PAPERTRACK_STEPS=50 pytest tests/test_life.py`.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import tempfile
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from papertrack.cli.app import run
from papertrack.library import Library
from papertrack.storage import decode, encode
from tests.services import Services

LIVES = int(os.environ.get("PAPERTRACK_LIVES", "12"))
STEPS = int(os.environ.get("PAPERTRACK_STEPS", "25"))

IDS = [f"2001.0000{n}" for n in range(1, 9)]
"""Papers that the services know."""
FOREIGN = [f"2102.0000{n}" for n in range(1, 4)]
"""Papers that only a file knows."""

GIT = shutil.which("git")

id_ = st.sampled_from(IDS)
any_id = st.sampled_from(IDS + FOREIGN)
words = st.sampled_from(["Ärzte | 2", "a `b` *c*", "[x](y)", "plain", "<!-- papertrack:end -->"])
tags = st.sampled_from(["mri", "ct", "x-ray"])


@dataclass
class Expected:
    """What the list must know of one paper."""

    title: str
    name: str | None = None
    """As a person has set it; None where they have not."""
    tags: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    title_is_pinned: bool = False


class Life(RuleBasedStateMachine):
    """A list, the services that it asks, and what it must hold."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path.cwd()
        self.folder = Path(tempfile.mkdtemp())
        os.chdir(self.folder)
        os.environ["PAPERTRACK_CACHE_DIR"] = str(self.folder / "cache")
        self.services = Services()
        self.services.start()
        os.environ.update(self.services.environment)
        for n, arxiv_id in enumerate(IDS):
            self.services.add(arxiv_id, f"Paper {n} on Hearts", authors=[f"Ada Author{n}"])
        self.papers: dict[str, Expected] = {}
        self.removed: dict[str, Expected] = {}
        assert run(["-q", "init"]) == 0
        if GIT:
            self.git("init")
            self.commit()

    def git(self, *arguments: str) -> None:
        identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        alone = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        subprocess.run(["git", *identity, *arguments], check=True, capture_output=True, env=alone)

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.services.stop()
        os.chdir(self.home)
        shutil.rmtree(self.folder)

    def come_in(self, arxiv_id: str) -> None:
        known = self.services.papers[arxiv_id].title
        if arxiv_id in self.removed:
            back = self.papers[arxiv_id] = self.removed.pop(arxiv_id)
            back.title = back.title if back.title_is_pinned else known
        self.papers.setdefault(arxiv_id, Expected(known))

    @rule(ids=st.lists(id_, min_size=1, max_size=4))
    def add(self, ids: list[str]) -> None:
        assert run(["-q", "add", *ids]) == 0
        for arxiv_id in ids:
            self.come_in(arxiv_id)

    @rule(arxiv_id=any_id, name=words)
    def set_the_name(self, arxiv_id: str, name: str) -> None:
        there = arxiv_id in self.papers
        assert run(["-q", "set", arxiv_id, f"name={name}"]) == (0 if there else 3)
        if there:
            self.papers[arxiv_id].name = name

    @rule(arxiv_id=any_id, title=words)
    def set_the_title(self, arxiv_id: str, title: str) -> None:
        there = arxiv_id in self.papers
        assert run(["-q", "set", arxiv_id, f"title={title}"]) == (0 if there else 3)
        if there:
            paper = self.papers[arxiv_id]
            paper.title, paper.title_is_pinned = title, True

    @rule(arxiv_id=any_id, tag=tags, sign=st.sampled_from("+-"))
    def tag(self, arxiv_id: str, tag: str, sign: str) -> None:
        there = arxiv_id in self.papers
        assert run(["-q", "tag", arxiv_id, f"{sign}{tag}"]) == (0 if there else 3)
        if there:
            change = set.add if sign == "+" else set.discard
            change(self.papers[arxiv_id].tags, tag)

    @rule(arxiv_id=any_id, text=words)
    def note(self, arxiv_id: str, text: str) -> None:
        there = arxiv_id in self.papers
        assert run(["-q", "note", arxiv_id, text]) == (0 if there else 3)
        if there:
            self.papers[arxiv_id].notes.append(text)

    @rule(arxiv_id=any_id)
    def remove(self, arxiv_id: str) -> None:
        there = arxiv_id in self.papers
        assert run(["-q", "remove", arxiv_id]) == (0 if there else 3)
        if there:
            self.removed[arxiv_id] = self.papers.pop(arxiv_id)

    @rule(arxiv_id=any_id)
    def restore(self, arxiv_id: str) -> None:
        there = arxiv_id in self.removed
        assert run(["-q", "restore", arxiv_id]) == (0 if there else 3)
        if there:
            self.papers[arxiv_id] = self.removed.pop(arxiv_id)

    @rule(arxiv_ids=st.lists(st.sampled_from(FOREIGN), min_size=1, unique=True))
    def import_a_file(self, arxiv_ids: list[str]) -> None:
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["title", "arxiv", "authors"])
        writer.writerows([f"Foreign paper {i[-1]}", i, f"Eve Else{i[-1]}"] for i in arxiv_ids)
        Path("papers.csv").write_text(text.getvalue())
        assert run(["-q", "import", "papers.csv"]) == 0
        for arxiv_id in set(arxiv_ids) - self.removed.keys():
            self.papers.setdefault(arxiv_id, Expected(f"Foreign paper {arxiv_id[-1]}"))

    @rule(arxiv_id=id_, version=st.integers(2, 9))
    def a_day_later_a_newer_version_is_out(self, arxiv_id: str, version: int) -> None:
        shutil.rmtree("cache", ignore_errors=True)
        paper = self.services.papers[arxiv_id]
        paper.title = f"{paper.title.split(', version')[0]}, version {version}"

    @precondition(lambda self: self.papers.keys() & set(IDS))
    @rule()
    def refresh(self) -> None:
        known = [arxiv_id for arxiv_id in self.papers if arxiv_id in IDS]
        assert run(["-q", "refresh", *known]) == 0
        for arxiv_id in known:
            paper = self.papers[arxiv_id]
            if not paper.title_is_pinned:
                paper.title = self.services.papers[arxiv_id].title

    @rule()
    def render(self) -> None:
        assert run(["-q", "render"]) == 0
        page = Path("README.md").read_text()
        assert run(["-q", "render", "--check"]) == 0
        assert run(["-q", "render"]) == 0
        assert Path("README.md").read_text() == page

    @precondition(lambda self: self.papers)
    @rule()
    def import_the_page_after_a_render(self) -> None:
        assert run(["-q", "render"]) == 0
        before = self.files()
        assert run(["-q", "import", "README.md"]) == 0
        assert self.files() == before

    @precondition(lambda self: GIT)
    @rule()
    def commit(self) -> None:
        self.git("add", "--all", "store", "README.md")
        self.git("commit", "--allow-empty", "--message", "as it is")
        self.committed = deepcopy((self.papers, self.removed))

    @precondition(lambda self: GIT)
    @rule()
    def undo(self) -> None:
        self.git("restore", "store", "README.md")
        self.git("clean", "--force", "store")
        self.papers, self.removed = deepcopy(self.committed)

    def files(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(Path("store").rglob("*.json"))}

    @invariant()
    def the_store_holds_what_the_model_holds(self) -> None:
        contents = Library(Path()).read()
        assert not contents.problems
        held = {paper.ids["arxiv"]: paper for paper in contents.papers.values()}
        assert held.keys() == self.papers.keys()
        assert {r.paper.ids["arxiv"] for r in contents.removed.values()} == self.removed.keys()
        for arxiv_id, expected in self.papers.items():
            paper = held[arxiv_id]
            assert paper.title == expected.title
            assert expected.name is None or paper.name == expected.name
            assert set(paper.tags) == expected.tags
            assert all(note in paper.notes for note in expected.notes)

    @invariant()
    def every_file_is_as_papertrack_writes_it_and_none_is_left_over(self) -> None:
        assert all(encode(decode(data)) == data for data in self.files().values())
        assert not list(self.folder.rglob("*.tmp"))


def test_a_list_holds_what_was_put_into_it_whatever_the_order_of_commands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in os.environ if name.startswith("PAPERTRACK_")]:
        monkeypatch.setenv(name, os.environ[name])  # taken back at the end, whatever a life sets
    run_state_machine_as_test(
        Life, settings=settings(max_examples=LIVES, stateful_step_count=STEPS, deadline=None)
    )
