"""The house: imports go down only, and only the command line prints."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "papertrack"

FLOORS = [
    "__init__ errors text settings files waiting",
    "documents",
    "model",
    "identifiers venue_names venues keys config metrics protocol names",
    "repositories corrections counting leaderboard matching conditions near_words filters intake",
    "code_links index merge query demands lookup editing reporting defining charts",
    "rewriting gaining",
    "formats readme suggestions",
    "site",
    "measure sources storage",
    "library gathering",
    "accounting adding adopting checks links panel publishing tabulating taking_results hand_edits",
    "benchmarking converting refreshing website",
    "tracker doctor",
    "cli",
    "__main__",
]
"""From the bottom up; a module may import from its own floor and from those below."""

LEVEL = {name: number for number, floor in enumerate(FLOORS) for name in floor.split()}

SLOW = {"arxiv", "semanticscholar", "requests", "httpx", "tinydb", "pydantic", "rich", "torch"}
"""Packages that cost more than everything that a `--help` needs."""

FILES = sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    """Name the part of the house that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "papertrack":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("papertrack."):
            yield str(node.module).split(".")[1]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down_only(path: Path) -> None:
    own = LEVEL[part(path)]
    above = [name for name in imported(path) if LEVEL.get(name, 0) > own]
    assert not above, f"{path} imports from a higher floor: {above}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
    }
    forbidden = {"print", "sys.exit", "exit", "sys.stdout.write", "sys.stderr.write"}
    if part(path) != "cli":
        assert not calls & forbidden
    assert "print" not in calls


def loaded(*arguments: str) -> set[str]:
    """Run the command line in a process of its own, and return the packages it has imported."""
    script = (
        "import sys; from papertrack.cli.app import run; run(sys.argv[1:]);"
        "sys.stderr.write('\\n' + ' '.join(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in ran.stderr.splitlines()[-1].split()}


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["add", "--help"], ["measure", "--help"], ["site", "--help"], ["--version"]],
)
def test_help_imports_no_slow_package(arguments: list[str]) -> None:
    assert not loaded(*arguments) & SLOW


@pytest.mark.parametrize(
    "arguments", [["render"], ["search", "unet"], ["render", "--check"], ["site", "-o", "{}/out"]]
)
def test_commands_without_network_import_no_network_package(
    arguments: list[str], tmp_path: Path
) -> None:
    loaded("init", str(tmp_path))
    given = [argument.format(tmp_path) for argument in arguments]
    found = loaded("--library", str(tmp_path), *given)
    assert not found & {"arxiv", "semanticscholar", "requests", "httpx", "pydantic"}


def test_rendering_without_a_chart_imports_nothing_that_draws(tmp_path: Path) -> None:
    loaded("init", str(tmp_path))
    script = (
        "import sys; from papertrack.cli.app import run; run(sys.argv[1:]);"
        "sys.exit('papertrack.charts' in sys.modules)"
    )
    arguments = ["--library", str(tmp_path), "render"]
    subprocess.run([sys.executable, "-c", script, *arguments], check=True)
