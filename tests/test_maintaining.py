"""Every command of docs/maintaining.md runs, in the order in which a maintainer reads it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from tests.clones import HOOKS, ROOT, Clone
from tests.services import Services

TEXT = (ROOT / "docs" / "maintaining.md").read_text(encoding="utf-8")

LIST = """\
# A list

## Segmentation

- U-Net: Convolutional Networks for Biomedical Image Segmentation, MICCAI 2015.
  [Paper](https://arxiv.org/abs/1505.04597), [code](https://github.com/o/unet)
- V-Net: Fully Convolutional Neural Networks for Volumetric Segmentation, 3DV 2016.
  [Paper](https://arxiv.org/abs/1606.04797), [code](https://github.com/o/vnet)
"""
PAPERS = {
    "1505.04597": "U-Net: Convolutional Networks for Biomedical Image Segmentation",
    "1606.04797": "V-Net: Fully Convolutional Neural Networks for Volumetric Segmentation",
    "2201.01266": "Swin UNETR: Swin Transformers for Semantic Segmentation of Brain Tumors",
    "2109.03201": "nnFormer: Interleaved Transformer for Volumetric Segmentation",
    "2103.10504": "UNETR: Transformers for 3D Medical Image Segmentation",
    "2102.04306": "TransUNet: Transformers Make Strong Encoders for Segmentation",
}
EDIT = """\

- [Attention U-Net: Learning Where to Look](https://arxiv.org/abs/1804.03999)

<!-- papertrack:end"""


def sections() -> Iterator[tuple[str, str]]:
    """Yield the headings of the page, each with the text below it."""
    for part in re.split(r"^#+ ", TEXT, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        yield heading, body


def commands(body: str) -> list[str]:
    blocks = re.findall(r"^```console\n(.*?)^```$", body, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert all(line.startswith("$ ") for line in lines)
    return [line.removeprefix("$ ") for line in lines]


# --- What others do before the maintainer goes on -------------------------------------------------


def _somebody_has_a_list(clone: Clone) -> None:
    clone.readme.write_text(LIST)
    assert clone.commit().returncode == 0


def _somebody_configures_the_hook(clone: Clone) -> None:
    clone.configure("papertrack-render")


def _on_a_branch(clone: Clone, name: str, *lines: str) -> None:
    """Do something on a new branch, by somebody without the hooks."""
    clone.commit("--no-verify")
    clone.done(f"git switch --create {name}")
    for line in lines:
        clone.done(line)
    assert clone.commit("--no-verify").returncode == 0
    clone.done("git switch main")


def _somebody_adds_a_paper(clone: Clone) -> None:
    _on_a_branch(clone, "add-a-paper", "papertrack add 2109.03201 --section Segmentation")


def _somebody_edits_the_readme(clone: Clone) -> None:
    text = clone.readme.read_text().replace("\n<!-- papertrack:end", EDIT, 1)
    (clone.root.parent / "edited.md").write_text(text)
    _on_a_branch(clone, "edit-the-readme", "mv ../edited.md README.md")


def _two_people_add_papers(clone: Clone) -> None:
    add = "papertrack add {} --section Segmentation && papertrack render"
    _on_a_branch(clone, "one-more-paper", add.format("2103.10504"))
    clone.done(add.format("2102.04306"))
    assert clone.commit().returncode == 0
    assert "CONFLICT" in clone.run("git merge --no-commit one-more-paper").stdout
    clone.done("git merge --abort")


def _somebody_makes_a_mistake(clone: Clone) -> None:
    clone.done("papertrack set V-Net venue= && papertrack render")
    assert clone.commit().returncode == 0


def _somebody_writes_a_new_version(clone: Clone) -> None:
    (clone.root / "CHANGELOG.md").write_text("## [0.2.0]\n")
    clone.done("git init --quiet --bare ../origin.git && git remote add origin ../origin.git")


BEFORE: dict[str, Callable[[Clone], None]] = {
    "Adopt a list": _somebody_has_a_list,
    "Before each commit": _somebody_configures_the_hook,
    "It adds a file to the store": _somebody_adds_a_paper,
    "It edits the README by hand": _somebody_edits_the_readme,
    "It conflicts": _two_people_add_papers,
    "Undo": _somebody_makes_a_mistake,
    "Release papertrack": _somebody_writes_a_new_version,
}


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_every_command_runs_in_the_order_of_the_page(services: Services, tmp_path: Path) -> None:
    for arxiv_id, title in PAPERS.items():
        services.add(arxiv_id, title)
    clone = Clone(tmp_path / "list")
    assert BEFORE.keys() <= {heading for heading, _ in sections()}
    for heading, body in sections():
        BEFORE.get(heading, lambda _: None)(clone)
        for command in commands(body):
            clone.done(command)
    assert clone.done("papertrack render --check") == "README.md: is up to date\n"
    readme = clone.readme.read_text()
    titles = [*PAPERS.values(), "Attention U-Net: Learning Where to Look"]
    assert [title for title in titles if f"[{title}](" not in readme] == []
    assert "<<<<<<<" not in readme
    assert "3DV 2016" in readme
    assert clone.done("git -C ../origin.git tag --list") == "v0.2.0\n"


def test_the_settings_on_the_page_are_those_of_the_hooks() -> None:
    [hooks, steps, workflow] = map(
        yaml.safe_load, re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.M | re.S)
    )
    assert [hook["id"] for hook in hooks["repos"][0]["hooks"]] == ["papertrack-render"]
    assert steps[-1]["run"].startswith(HOOKS["papertrack-check"]["entry"])
    runs = [step.get("run", "") for step in workflow["jobs"]["site"]["steps"]]
    assert any(run.startswith("papertrack site -o public --url https://") for run in runs)
