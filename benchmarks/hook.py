"""How long the hook before each commit takes: `papertrack render --check`, by number of papers.

    python -m benchmarks.hook [RUNS]

The commands run in turn, so that a machine that slows down slows all; times are medians of
processor time, beside the import of typer, which no command can do without. The lists are made
of the papers of this repository, each taken many times under other keys and names.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from benchmarks.startup import COMMANDS, PAPERTRACK, cpu_seconds
from papertrack import library
from papertrack.model import replace
from papertrack.publishing import adopt, pages

SIZES = (12, 200, 1000)


def make_list(root: Path, size: int) -> None:
    """Make a list of so many papers whose README is up to date."""
    papers = library.Library(Path(__file__).parent.parent).read().papers
    made = library.create(root)
    with made.change() as contents:
        for number, (key, paper) in enumerate(islice(cycle(papers.items()), size)):
            ids = {"arxiv": f"2001.{number:05}"}
            named = replace(paper, name=f"{paper.short_name} {number}", ids=ids)
            contents.papers[f"{key}{number}"] = named
    adopt(root / "README.md", "List")
    for page in pages(made, made.read()):
        page.write()


def main(runs: int) -> int:
    """Print the medians and their ratios to the import of typer."""
    with tempfile.TemporaryDirectory() as name:
        folders = {size: Path(name) / str(size) for size in SIZES}
        for size, folder in folders.items():
            folder.mkdir()
            make_list(folder, size)
        check = [*PAPERTRACK, "render", "--check"]
        commands = {f"{size} papers": (check, folder) for size, folder in folders.items()}
        commands["import typer"] = (COMMANDS["import typer"], Path(name))
        times: dict[str, list[float]] = {label: [] for label in commands}
        for _ in range(runs):
            for label, (command, folder) in commands.items():
                times[label].append(cpu_seconds(command, folder))
    floor = median(times["import typer"])
    for label, measured in times.items():
        middle = median(measured)
        sys.stdout.write(f"{label:14} {middle * 1000:6.0f} ms  {middle / floor:5.2f} x typer\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
