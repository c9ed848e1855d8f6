"""The hooks for pre-commit, with the real pre-commit on a real git repository."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.builders import make_library, region, unet, voxelmorph
from tests.clones import HOOKS, ROOT, Clone

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """Return a clone of a list whose README is up to date."""
    made = Clone(tmp_path / "list")
    make_library(made.root, ronneberger2015unet=unet(), balakrishnan2018voxelmorph=voxelmorph())
    made.done("papertrack init . && papertrack render")
    return made


def use(hook: str, clone: Clone) -> None:
    """Run a hook before each commit from now on."""
    clone.configure(hook)
    clone.done("pre-commit install")
    assert clone.commit("--no-verify").returncode == 0


def test_a_commit_with_a_stale_readme_rewrites_it_and_passes_once_it_is_added(clone: Clone) -> None:
    use("papertrack-render", clone)
    clone.done("papertrack set U-Net 'venue=CVPR 2016'")
    first = clone.commit()
    assert first.returncode == 1
    assert "files were modified by this hook" in first.stdout
    assert "_CVPR 2016_" in clone.readme.read_text()
    second = clone.commit()
    assert second.returncode == 0, second.stdout
    assert clone.done("git status --porcelain") == ""


def test_the_check_fails_without_a_change_and_says_what_to_type(clone: Clone) -> None:
    use("papertrack-check", clone)
    before = clone.readme.read_bytes()
    clone.done("papertrack set U-Net 'venue=CVPR 2016'")
    refused = clone.commit()
    assert refused.returncode == 1
    assert "README.md: is stale\nnext: papertrack render\n" in refused.stdout
    assert clone.readme.read_bytes() == before
    clone.done("papertrack render")
    assert clone.commit().returncode == 0


@pytest.mark.parametrize("hook", HOOKS)
def test_a_commit_that_does_not_touch_the_list_runs_no_hook(clone: Clone, hook: str) -> None:
    use(hook, clone)
    (clone.root / "notes.txt").write_text("x")
    ran = clone.commit()
    assert ran.returncode == 0
    assert "(no files to check)Skipped" in ran.stdout


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('{\n  "title": "A",\n  "year": "soon"\n}\n', ":3: is no entry of the store"),
        ('{\n  "title": "A"\n  "year": 2015\n}\n', ":3: is not JSON"),
        (
            '{\n<<<<<<< HEAD\n  "title": "A"\n=======\n  "title": "B"\n>>>>>>> b\n}\n',
            ":2: holds git conflict markers",
        ),
    ],
    ids=["wrong type", "no JSON", "conflict"],
)
def test_a_file_that_is_no_paper_stops_the_commit_with_its_line(
    clone: Clone, text: str, where: str
) -> None:
    use("papertrack-render", clone)
    (clone.root / "store" / "papers" / "a2015.json").write_text(text)
    refused = clone.commit()
    assert refused.returncode == 1
    assert f"store/papers/a2015.json{where}" in refused.stdout


@pytest.mark.parametrize("hook", HOOKS)
def test_an_entry_written_by_hand_is_named_and_stays(clone: Clone, hook: str) -> None:
    use(hook, clone)
    by_hand = "- [nnFormer](https://arxiv.org/abs/2109.03201)\n\n<!-- papertrack:end papers -->"
    text = clone.readme.read_text().replace("<!-- papertrack:end papers -->", by_hand)
    clone.readme.write_text(text)
    refused = clone.commit()
    assert refused.returncode == 1
    assert "the entry 'nnFormer'" in refused.stdout
    assert "papertrack import README.md" in refused.stdout
    assert clone.readme.read_text() == text


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("name", ["docs/segmentation.md", "list.markdown"])
def test_each_readme_of_the_settings_is_looked_at(clone: Clone, hook: str, name: str) -> None:
    (clone.root / "store" / "config.toml").write_text(
        f'schema = 1\nreadme = ["README.md", "{name}"]\n'
    )
    other = clone.root / name
    other.parent.mkdir(exist_ok=True)
    other.write_text(f"# Another page\n\n{region('papers')}")
    clone.done("papertrack render")
    use(hook, clone)
    by_hand = "- [nnFormer](https://arxiv.org/abs/2109.03201)\n\n<!-- papertrack:end papers -->"
    other.write_text(other.read_text().replace("<!-- papertrack:end papers -->", by_hand))
    refused = clone.commit()
    assert refused.returncode == 1
    assert "the entry 'nnFormer'" in refused.stdout
    assert f"papertrack import {name} takes" in refused.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate-manifest", ".pre-commit-hooks.yaml"],
        ["validate-config", ".pre-commit-config.yaml"],
    ],
    ids=" ".join,
)
def test_pre_commit_accepts_both_files(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "pre_commit", *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout


def test_the_project_runs_its_own_hook() -> None:
    [own] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert own["repo"] == "local"
    for hook in own["hooks"]:
        offered = HOOKS[hook["id"]]
        assert hook == {name: offered[name] for name in hook} | {"language": "system"}
