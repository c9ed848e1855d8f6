"""What the documentation says holds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from papertrack.cli.app import app
from papertrack.errors import ExitCode
from papertrack.readme import regions
from tests.conftest import Ran

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group: object = None, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """List the commands of the application, those of groups included."""
    group = group or typer.main.get_command(app)
    children = getattr(group, "commands", None)
    if children is None:
        return [path]
    return [c for name, child in children.items() for c in commands(child, (*path, name))]


def test_the_readme_has_two_blocks_that_do_all_the_set_up() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    assert "papertrack demo" in blocks[0]
    assert "pytest" in blocks[1]


def test_the_readme_never_installs_the_package_of_that_name_from_the_index() -> None:
    assert "pip install papertrack" not in README


def test_the_distribution_has_its_own_name_and_carries_the_package_alone() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["name"] == "papertrack-cli"
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["papertrack"]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_has_help_with_an_example(
    command: tuple[str, ...], papertrack: Callable[..., Ran]
) -> None:
    ran = papertrack(*command, "--help")
    assert ran.code == 0
    assert f"Example: papertrack {' '.join(command)}" in ran.out


def test_the_help_lists_every_exit_code(papertrack: Callable[..., Ran]) -> None:
    told = papertrack("--help").out
    assert all(re.search(rf"\b{int(code)} \w", told) for code in ExitCode)


@pytest.mark.parametrize("kind", regions.KINDS)
def test_the_readme_names_every_kind_of_region(kind: str) -> None:
    assert f"`{kind}" in README


def test_the_project_names_no_registry_and_no_path_of_a_machine() -> None:
    hosts = re.compile(r"pypi\.org|pythonhosted|npmjs\.(?:org|com)|/home/[a-z]+/")
    texts = [p for p in ROOT.glob("*.*") if p.suffix in (".md", ".toml")]
    texts += [*(ROOT / "papertrack").rglob("*.py"), *(ROOT / ".github").rglob("*.yml")]
    assert not [p for p in texts if hosts.search(p.read_text(encoding="utf-8"))]
