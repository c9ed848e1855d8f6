"""`papertrack export`: whole files for other programs, and nothing overwritten by mistake."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import make_library, unet, voxelmorph
from tests.conftest import Ran

Command = Callable[..., Ran]

UNET, VOXEL = "ronneberger2015unet", "balakrishnan2018voxelmorph"


@pytest.fixture
def library(papertrack: Command) -> Command:
    """Return the command line in a list of two papers."""
    papertrack("init")
    make_library(Path(), **{UNET: unet(), VOXEL: voxelmorph()})
    return papertrack


def test_without_a_file_bibtex_goes_to_stdout_by_key(library: Command) -> None:
    ran = library("export")
    assert ran.code == 0
    assert ran.out.index(f"@article{{{VOXEL},") < ran.out.index(f"@inproceedings{{{UNET},")
    assert ran.out == library("list", "--format", "bibtex").out


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("refs.bib", "@article{"),
        ("refs.json", "["),
        ("refs.csv", "key,"),
        ("REFS.TSV", "key\t"),
        ("refs.jsonl", '{"key": "'),
        ("refs.ris", "TY  - "),
        ("refs.md", "## Registration\n\n### VoxelMorph\n"),
    ],
)
def test_the_name_of_the_file_tells_the_format(name: str, begins: str, library: Command) -> None:
    ran = library("export", "-o", name)
    assert (ran.code, ran.out, ran.err) == (0, "", f"{name}: 2 papers written\n")
    assert Path(name).read_text(encoding="utf-8-sig").startswith(begins)


@pytest.mark.parametrize("form", ["bibtex", "csl", "csv", "jsonl", "markdown", "ris", "tsv"])
def test_import_reads_back_what_export_writes(
    form: str, library: Command, papertrack: Command
) -> None:
    suffix = "md" if form == "markdown" else "dat"
    assert library("export", "--format", form, "-o", f"out.{suffix}").code == 0
    papertrack("init", "other")
    assert papertrack("--library", "other", "import", f"out.{suffix}").code == 0
    found = papertrack("--library", "other", "list", "--format", "json").json
    assert {paper["ids"]["arxiv"] for paper in found} == {"1505.04597", "1809.05231"}
    assert {paper["title"] for paper in found} == {unet().title, voxelmorph().title}


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("list.jsonl", ["list", "--format", "jsonl"]),
        ("list.jsonl", ["export", "--format", "jsonl"]),
        ("list.json", ["list", "--format", "json"]),
        ("one.json", ["show", UNET, "--json"]),
    ],
)
def test_papers_move_to_another_list_byte_by_byte(
    library: Command, papertrack: Command, name: str, command: list[str]
) -> None:
    note = "tags+=a, b", "status=read", "notes=one\ntwo", "title=Another title", "name="
    assert library("set", UNET, *note).code == 0
    Path(name).write_text(library(*command).out)
    assert papertrack("init", "other").code == 0
    for _ in range(2):
        assert papertrack("--library", "other", "import", name).code == 0
    moved = {path.name: path.read_bytes() for path in Path("other/store/papers").iterdir()}
    assert f"{UNET}.json" in moved
    assert len(moved) == (1 if "show" in command else 2)
    for file, data in moved.items():
        assert Path(f"store/papers/{file}").read_bytes() == data


def test_a_query_an_order_and_a_number_choose_the_papers(library: Command) -> None:
    assert library("export", "code:yes", "--format", "jsonl").out.startswith(f'{{"key": "{VOXEL}"')
    [line] = library("export", "--sort", "newest", "-n", "1", "--format", "jsonl").out.splitlines()
    assert VOXEL in line


def test_markdown_stands_in_the_order_of_the_sections_of_the_list(library: Command) -> None:
    settings = Path("store/config.toml")
    settings.write_text(f'{settings.read_text()}\nsections = ["Segmentation", "Registration"]\n')
    out = library("export", "--format", "markdown").out
    assert out.index("## Segmentation") < out.index("### U-Net") < out.index("## Registration")
    assert out.endswith("\n")


def test_a_file_that_is_there_is_replaced_but_not_by_nothing(library: Command) -> None:
    Path("refs.bib").write_text("@misc{old}\n")
    ran = library("export", "no such paper", "-o", "refs.bib")
    assert (ran.code, ran.out) == (3, "")
    assert "nothing to write to refs.bib" in ran.err
    assert "nothing matches" in ran.err
    assert Path("refs.bib").read_text() == "@misc{old}\n"
    library("export", "-o", "refs.bib")
    assert "old" not in Path("refs.bib").read_text()
    assert library("export", "no such paper").code == 0


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("README.md", "README.md is the README of the list"),
        ("store/papers/refs.bib", "store/papers/refs.bib lies in the store"),
        ("refs.txt", "the name 'refs.txt' tells no format"),
        ("refs", "the name 'refs' tells no format"),
    ],
)
def test_the_list_itself_and_a_name_that_says_nothing_are_refused(
    target: str, told: str, library: Command
) -> None:
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    ran = library("export", "-o", target)
    assert ran.code == 2
    assert told in ran.err
    assert before == {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def test_a_store_that_cannot_be_read_whole_is_not_exported(library: Command) -> None:
    Path(f"store/papers/{UNET}.json").write_text("{")
    ran = library("export", "-o", "refs.bib")
    assert (ran.code, ran.out) == (1, "")
    assert f"{UNET}.json" in ran.err
    assert not Path("refs.bib").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize("command", [["export"], ["chart"]])
def test_nothing_is_written_through_a_link_that_leads_away(
    command: list[str], library: Command, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "profile"
    elsewhere.write_text("mine\n")
    Path("out.csv").symlink_to(elsewhere)
    ran = library(*command, "-o", "out.csv")
    assert ran.code == 1
    assert "is a symbolic link to elsewhere" in ran.err
    assert elsewhere.read_text() == "mine\n"
