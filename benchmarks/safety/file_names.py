"""Hostile names of files, and links that lead out of the store.

Keys of hostile papers must be names of files that stay in their folder, on every system, and
never two that a system takes for the same. What a symbolic link or a setting names outside of the
list stays as it is.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

from benchmarks.safety import hostile
from benchmarks.safety.report import Outcome, Row, scaled
from benchmarks.safety.terminal import PLAIN, printed
from papertrack import tabulating
from papertrack.keys import citation_key
from papertrack.library import Contents, create
from papertrack.model import Paper
from papertrack.readme.adopt import FoundTable, document
from papertrack.readme.adopt.document import Span, Text

_NAMES = [
    *("../../x", "/etc/passwd", "..", ".", "CON", "con", "NUL", "Com1", "LPT9", "AUX", "hep-th"),
    *("a/b", r"a\b", "a:b", "C:x", "~", "-rf", "x" * 300, "é", "e\u0301", "ﬁ", "ß", "SS", "ı"),
]
"""Names that mean more than a name, or the same as another one, on some system."""

_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever the extension."""


_ADD = "--offline add 1505.04597"

_LINKS: dict[str, tuple[str, list[str]]] = {
    "store": ("folder", [_ADD, "init", "render"]),
    "store/papers": ("folder", [_ADD, "set kept year=2016", "remove kept"]),
    "store/removed": ("folder", ["remove kept"]),
    "store/benchmarks": ("folder", ["benchmark add task --metric dice"]),
    "store/papers/kept.json": ("file", ["set kept year=2016", "remove kept", _ADD]),
    "store/papers/ronneberger2015unet.json": ("nothing", [_ADD]),
    "store/config.toml": ("file", ["init", _ADD, "render", "--offline doctor --fix"]),
    "store/config.toml ": ("nothing", ["init", "--offline doctor --fix"]),
    "store/.gitignore": ("nothing", ["init", "--offline doctor --fix"]),
    "store/.gitignore ": ("file", ["init", "--offline doctor --fix"]),
    "store/.lock": ("file", [_ADD]),
    "store/.lock ": ("nothing", [_ADD]),
    "README.md": (
        "file",
        [
            *("init", _ADD, "render", "render README.md --force"),
            *("import README.md --into-regions", "check README.md --fix"),
        ],
    ),
    "README.md ": ("nothing", ["init", "render"]),
    "docs": ("folder", ["render"]),
    "public": ("folder", ["site -o public", "site -o public/inside"]),
    "public/index.html": ("file", ["site -o public"]),
    "public/index.html ": ("nothing", ["site -o public"]),
    "public/feed.xml": ("file", ["site -o public"]),
    "public/feed.xml ": ("nothing", ["site -o public"]),
}
"""What is a symbolic link in a list, to what outside of it, and the commands that are then run."""

_OUTSIDE = """\
# Precious
## Papers
-  [Kept](https://example.org/a b)
<!-- papertrack:begin papers -->
<!-- papertrack:end papers -->
"""
"""A README that every command would like to write."""


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Count keys that no store should have, and files written through links."""
    papers = list(_papers(scaled(100_000, scale, least=1_000)))
    taken: dict[str, None] = {}
    for paper in papers:
        taken[citation_key(paper.title, paper.authors, paper.year, taken)] = None
    obvious = [f"{paper.authors[0]}{paper.year or ''}{paper.title}" for paper in papers]
    yield Row("keys that leave the folder or that a system refuses", *_pair(_unfit, taken, obvious))
    yield Row("keys that a system takes for the same", *_pair(_same, taken, obvious))
    yield Row("keys that a store on disk gives back as another", _kept(taken, work / "kept"))
    yield Row("result tables whose name a store refuses", _tables(papers[: len(papers) // 10]))
    with patch.dict(os.environ, PLAIN), chdir(work):
        yield _through_links()


def _papers(count: int) -> Iterator[Paper]:
    """Draw papers of hostile titles and authors."""
    chance = random.Random(count)
    texts = hostile.draw(2 * count)
    for title, author in zip(texts, texts, strict=True):
        if chance.random() < 0.2:
            title, author = chance.choice(_NAMES), chance.choice(_NAMES)
        yield Paper(title=title, authors=(author,), year=chance.choice([None, 2015, 2016]))


def _pair(
    wrong: Callable[[Sequence[str]], int], ours: Iterable[str], obvious: Iterable[str]
) -> tuple[Outcome, Outcome]:
    named, control = [*ours], [*obvious]
    return Outcome(wrong(named), len(named)), Outcome(wrong(control), len(control))


def _unfit(names: Sequence[str]) -> int:
    return sum(map(_is_unfit, names))


def _is_unfit(name: str) -> bool:
    """Tell whether a name cannot be that of a file in a folder, on one system or another."""
    file = f"{name}.json"
    return (
        not file.isprintable()
        or any(char in file for char in '/\\<>:"|?*')
        or file.startswith((".", "-", "~"))
        or _DEVICE.fullmatch(file) is not None
        or len(file.encode()) > 255
    )


def _same(names: Sequence[str]) -> int:
    """Count the names that are taken already where case and Unicode forms do not count."""
    return len(names) - len({unicodedata.normalize("NFKC", name.casefold()) for name in names})


def _kept(keys: Iterable[str], root: Path) -> Outcome:
    """Write papers under some of the keys, and count those that do not come back."""
    papers = {key: Paper(title=key) for key in list(keys)[:5_000]}
    library = create(root)
    with library.change() as contents:
        contents.papers.update(papers)
    back = library.read().papers
    return Outcome(sum(back.get(key) != paper for key, paper in papers.items()), len(papers))


def _tables(papers: Sequence[Paper]) -> Outcome:
    """Take result tables under hostile headings in, and count the benchmarks that are unfit."""
    contents = Contents()
    found = [
        FoundTable(
            lines=range(1),
            section=(paper.title,),
            header=("Model", "Dice"),
            body=(_row(f"Model {number}", "80.1"),),
            kind="results",
        )
        for number, paper in enumerate(papers)
    ]
    for table in found:
        tabulating.take_tables([table], contents)
    names = list(contents.benchmarks)
    return Outcome(_unfit(names) + _same(names), len(names))


def _row(*cells: str) -> document.Row:
    return document.Row(tuple(Text((Span(cell, 1),)) for cell in cells), range(1, 2))


def _through_links() -> Row:
    """Put a link in each place of a list, run commands, and look at what is behind the link."""
    what = "links out of a list that a command writes through"
    scenes = [(name, kind, command) for name, (kind, all_) in _LINKS.items() for command in all_]
    try:
        changed = [_is_written_through(*scene) for scene in scenes]
    except OSError as error:  # Windows asks for a privilege
        return Row(what, f"no links here: {error.strerror}")
    control = [_is_opened_through(kind) for _, kind, _ in scenes]
    return Row(what, Outcome(sum(changed), len(scenes)), Outcome(sum(control), len(scenes)))


def _is_written_through(name: str, kind: str, command: str) -> bool:
    """Run a command in a list with a link; tell whether anything outside has changed."""
    _make_list()
    place = Path("list") / name.strip()
    if name == "docs":
        Path("list/store/config.toml").write_text('readme = ["docs/README.md"]', encoding="utf-8")
    place.parent.mkdir(exist_ok=True)
    _link(place, kind)
    before = _tree(Path("outside"))
    with chdir("list"):
        printed(command.split())
    return _tree(Path("outside")) != before


def _is_opened_through(kind: str) -> bool:
    """Write as `open` does: the control."""
    _make_list()
    place = Path("list/there")
    _link(place, kind)
    before = _tree(Path("outside"))
    target = place / "x.json" if kind == "folder" else place
    target.write_text("{}", encoding="utf-8")
    return _tree(Path("outside")) != before


def _make_list() -> None:
    for folder in ("list", "outside"):
        shutil.rmtree(folder, ignore_errors=True)
    printed(["init", "list"])
    Path("list/store/papers/kept.json").write_text('{"title": "Kept"}', encoding="utf-8")
    Path("outside").mkdir()


def _link(place: Path, kind: str) -> None:
    """Move what stands in a place to the outside, if it is to be there, and leave a link to it."""
    behind = Path("outside").resolve() / "behind"
    if place.is_dir():
        shutil.move(place, behind)
    elif kind == "folder":
        behind.mkdir()
    elif kind == "file":
        behind.write_bytes(place.read_bytes() if place.exists() else b"")
    if kind == "folder":
        (behind / "README.md").write_text(_OUTSIDE, encoding="utf-8")
    if place.name == "README.md" and kind == "file":
        behind.write_text(_OUTSIDE, encoding="utf-8")
    place.unlink(missing_ok=True)
    place.symlink_to(behind, target_is_directory=kind == "folder")


def _tree(folder: Path) -> Mapping[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
