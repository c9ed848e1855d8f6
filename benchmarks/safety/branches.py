"""Two branches merged by plain git."""

from __future__ import annotations

import io
import json
import random
import subprocess
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from benchmarks.safety.report import Outcome, Row, scaled
from papertrack import library
from papertrack.cli.app import run
from papertrack.documents import to_document
from papertrack.keys import citation_key
from papertrack.model import Citations, Paper, Venue, replace
from papertrack.publishing import adopt, pages
from papertrack.storage import encode

Papers = dict[str, Paper]
Files = dict[str, bytes]
Side = Callable[[Papers, random.Random], Papers]
"""What one of two people does to a list."""

_PAPERS = 200
_SURNAMES = [
    a + b for a in "Bar Del Fen Gor Hal Kim Lin Mar Nov".split() for b in "a en os ul".split()
]
_WORDS = "Segmentation Registration Diffusion Attention Unet Synthesis Detection Priors".split()


def _paper(number: int, dice: random.Random) -> Paper:
    """Make up a paper of a month; its number is the end of its arXiv id."""
    title = " ".join(dice.sample(_WORDS, 3))
    return Paper(
        title=f"{title} {number}",
        authors=(
            f"Ada {dice.choice(_SURNAMES)}{dice.choice(_SURNAMES).lower()}",
            "Charles Babbage",
        ),
        year=dice.randrange(2015, 2027),
        ids={"arxiv": f"2611.{number:05}"},
        section=(dice.choice(_WORDS),),
        abstract=f"We study {title.lower()}. " * 5,
        citations=Citations(count=number % 7, influential=0, as_of="2026-10"),
        added="2026-11-24",
        sources={"title": "arxiv", "authors": "arxiv"},
    )


def _adding(count: int, numbers: Callable[[random.Random], int]) -> Side:
    def add(papers: Papers, dice: random.Random) -> Papers:
        new = dict(papers)
        for _ in range(count):
            paper = _paper(numbers(dice), dice)
            new[citation_key(paper.title, paper.authors, paper.year, new)] = paper
        return new

    return add


def _refresh(papers: Papers, dice: random.Random) -> Papers:
    """Count citations anew for all papers; some have come out since."""
    new = {}
    for key, paper in papers.items():
        counted = replace(paper, citations=Citations(count=dice.randrange(7, 99), as_of="2026-11"))
        venue = Venue(name="MICCAI", year=2026)
        sources = paper.sources | {"venue": "semantic-scholar"}
        out = dice.random() < 0.1
        new[key] = replace(counted, venue=venue, sources=sources) if out else counted
    return new


def _edit(papers: Papers, dice: random.Random) -> Papers:
    """Write notes on a few papers, tag others, and mark others as read."""
    changes: list[dict[str, Any]] = [{"notes": "Mine."}, {"tags": ("mine",)}, {"status": "read"}]
    edited = {
        key: replace(papers[key], **dice.choice(changes)) for key in dice.sample([*papers], 5)
    }
    return papers | edited


_RANDOM = range(1_000, 99_999)
SCENARIOS: dict[str, tuple[Side, Side]] = {
    "one recent paper each": (
        _adding(1, lambda dice: dice.choice(_RANDOM)),
        _adding(1, lambda dice: dice.choice(_RANDOM)),
    ),
    "adjacent papers": (_adding(1, lambda _: 500), _adding(1, lambda _: 501)),
    "five recent papers each": (
        _adding(5, lambda dice: dice.choice(_RANDOM)),
        _adding(5, lambda dice: dice.choice(_RANDOM)),
    ),
    "refresh of all papers against edits": (_refresh, _edit),
}


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Merge pairs of branches, and compare what comes out with what both people meant."""
    if why := _unfit(work):
        yield Row("two branches merged with plain git", f"not tried: {why}")
        return
    trials = scaled(200, scale, least=5)
    for number, (name, sides) in enumerate(SCENARIOS.items()):
        yield Row(
            f"two branches merged with plain git, {name}: conflicts, or something lost",
            _merge(work / f"{number}-ours", sides, _store, trials),
            _merge(work / f"{number}-obvious", sides, _one_file, trials),
        )
    unsaid, stale, clean = _stale(work / "readme", trials)
    yield Row(
        "README.md is stale after a merge without conflict: not caught by `render --check`",
        Outcome(unsaid, stale),
        Outcome(stale, clean),
        "a list that prints its number of papers; git alone says nothing",
    )


def _unfit(work: Path) -> str:
    try:
        _git(work, "init", "-q")
        usage = subprocess.run(
            ["git", "merge-tree", "-h"], cwd=work, capture_output=True, text=True
        )
    except OSError:
        return "there is no git"
    told = usage.stdout + usage.stderr
    return "" if "--write-tree" in told else "this git merges only in a working tree"


def _merge(
    folder: Path, sides: tuple[Side, Side], saved: Callable[[Papers], Files], trials: int
) -> Outcome:
    """Merge the work of two people again and again."""
    dice = random.Random(17)
    base = {f"old{n}": _paper(n, dice) for n in range(_PAPERS)}
    both = []
    branches = {"base": saved(base)}
    for trial in range(trials):
        ours, theirs = (side(base, dice) for side in sides)
        branches |= {f"ours{trial}": saved(ours), f"theirs{trial}": saved(theirs)}
        both.append(saved(_joined(base, ours, theirs)))
    _commit(folder, branches)
    merged = (_merged(folder, f"ours{trial}", f"theirs{trial}") for trial in range(trials))
    return Outcome(sum(m != meant for m, meant in zip(merged, both, strict=True)), trials)


def _joined(base: Papers, ours: Papers, theirs: Papers) -> Papers:
    """Put together what two people meant, field by field."""
    joined = base | ours | {key: paper for key, paper in theirs.items() if key not in base}
    for key, paper in base.items():
        names = [n for n in paper.__struct_fields__ if getattr(theirs[key], n) != getattr(paper, n)]
        joined[key] = replace(joined[key], **{name: getattr(theirs[key], name) for name in names})
    return joined


def _store(papers: Papers) -> Files:
    """Save papers as papertrack does: a file each."""
    return {f"store/papers/{key}.json": encode(to_document(p)) for key, p in papers.items()}


def _one_file(papers: Papers) -> Files:
    """Save papers as TinyDB does: a file for all of them."""
    documents = {str(n): to_document(p) for n, p in enumerate(papers.values(), 1)}
    return {"papers.json": json.dumps({"_default": documents}).encode()}


def _commit(folder: Path, branches: Mapping[str, Files]) -> None:
    """Make a repository of branches, each with its files; the first one is the base of all."""
    folder.mkdir()
    _git(folder, "init", "-q", "--bare")
    base, *_ = branches
    told = bytearray()
    for name, held in branches.items():
        told += f"commit refs/heads/{name}\ncommitter A <a@b.example> 0 +0000\ndata 0\n".encode()
        told += f"from refs/heads/{base}\n".encode() if name != base else b""
        for path, data in held.items():
            if name == base or branches[base].get(path) != data:
                told += b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(data), data)
    _git(folder, "fast-import", "--quiet", stdin=bytes(told))


def _merged(folder: Path, ours: str, theirs: str) -> Files | None:
    """Merge two branches; return the files, None where there are conflicts."""
    command = ["git", "merge-tree", "--write-tree", ours, theirs]
    ran = subprocess.run(command, cwd=folder, capture_output=True)
    if ran.returncode:
        return None
    archive = _git(folder, "archive", "--format=tar", ran.stdout.decode().strip())
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        members = [(member.name, tar.extractfile(member)) for member in tar]
        return {name: file.read() for name, file in members if file}


def _git(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=folder, input=stdin, check=True, stdout=subprocess.PIPE
    ).stdout


def _stale(folder: Path, trials: int) -> tuple[int, int, int]:
    """Count the stale READMEs that are not caught, all stale ones, and all clean merges."""
    dice = random.Random(17)
    base = {f"old{n}": _paper(n, dice) for n in range(40)}
    add = _adding(1, lambda dice: dice.choice(_RANDOM))
    branches = {"base": _with_readme(folder / "base", base)}
    for trial in range(trials):
        for side in ("ours", "theirs"):
            name = f"{side}{trial}"
            branches[name] = _with_readme(folder / name, add(base, dice))
    _commit(folder / "git", branches)
    merged = [_merged(folder / "git", f"ours{n}", f"theirs{n}") for n in range(trials)]
    clean = [files for files in merged if files is not None]
    stale = [files for files in clean if b"42 papers" not in files["README.md"]]
    caught = [_caught(folder / f"merged{n}", files) for n, files in enumerate(stale)]
    return caught.count(False), len(stale), len(clean)


def _with_readme(root: Path, papers: Papers) -> Files:
    """Make a list on disk whose README says how many papers it has."""
    root.mkdir(parents=True)
    made = library.create(root)
    adopt(root / "README.md", "List")
    region = "\n<!-- papertrack:begin stats -->\n<!-- papertrack:end stats -->\n"
    (root / "README.md").write_text((root / "README.md").read_text() + region)
    with made.change() as contents:
        contents.papers.update(papers)
    [page] = pages(made, made.read())
    page.write()
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def _caught(root: Path, files: Files) -> bool:
    """Tell whether `render --check` finds a README stale, and fresh once it is rendered."""
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        command = ["--library", str(root), "render"]
        return [run([*command, "--check"]), run(command), run([*command, "--check"])] == [1, 0, 0]
