"""READMEs on disk: rendered, refused, and given regions."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from papertrack import publishing
from papertrack.errors import ConfigError, FileProblem, RegionError, StoreError
from papertrack.library import Library
from papertrack.model import Removed
from papertrack.publishing import adopt, pages, with_regions
from papertrack.readme import regions
from tests.builders import attention_unet, make_library, region, unet

PAPERS = region("papers")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return make_library(tmp_path, ronneberger2015unet=unet())


@pytest.fixture
def readme(tmp_path: Path) -> Path:
    path = tmp_path / "README.md"
    path.write_bytes(PAPERS.encode())
    return path


# --- READMEs made anew --------------------------------------------------------------------------


def test_a_page_is_written_once_and_is_then_up_to_date(library: Library, readme: Path) -> None:
    [page] = pages(library, library.read())
    assert page.stale
    assert page.losses == []
    page.write()
    assert "### U-Net" in readme.read_text()
    [again] = pages(library, library.read())
    assert not again.stale
    assert again.diff() == ""


def test_rendering_in_memory_writes_nothing(library: Library, readme: Path) -> None:
    pages(library, library.read())
    assert readme.read_text() == PAPERS


def test_a_page_that_is_up_to_date_is_not_written(library: Library, readme: Path) -> None:
    pages(library, library.read())[0].write()
    os.utime(readme, ns=(1, 1))
    pages(library, library.read())[0].write()
    assert readme.stat().st_mtime_ns == 1


def test_the_mode_of_the_file_stays_and_a_link_to_it_is_followed(
    library: Library, readme: Path, tmp_path: Path
) -> None:
    real = tmp_path / "real.md"
    readme.rename(real)
    real.chmod(0o640)
    readme.symlink_to(real)
    pages(library, library.read())[0].write()
    assert readme.is_symlink()
    assert "### U-Net" in real.read_text()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_that_leads_away_is_refused(
    library: Library, readme: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A checkout may be a stranger's, who would have our files read and written."""
    secret = tmp_path_factory.mktemp("home") / "secret.md"
    secret.write_text(PAPERS)
    readme.unlink()
    readme.symlink_to(secret)
    with pytest.raises(ConfigError, match=r"config\.toml: readme: README\.md lies outside"):
        pages(library, library.read())
    with pytest.raises(FileProblem, match=r"README\.md: is a symbolic link to elsewhere"):
        pages(library, library.read(), [readme])
    [page] = pages(library, library.read(), [secret])
    assert page.stale


@pytest.mark.parametrize("name", ["../README.md", "/etc/passwd", "docs/../../README.md"])
def test_settings_name_no_readme_outside_of_the_list(tmp_path: Path, name: str) -> None:
    library = make_library(tmp_path / "list")
    (library.store / "config.toml").write_text(f'schema = 1\nreadme = ["{name}"]\n')
    with pytest.raises(ConfigError, match="lies outside of"):
        pages(Library(library.root), library.read())


def test_what_a_killed_render_left_is_swept_and_nothing_else(
    library: Library, readme: Path
) -> None:
    left, others = (
        readme.with_name(".README.md.17.tmp"),
        [
            readme.with_name(name)
            for name in (".OTHER.md.17.tmp", ".README.md.swp", "README.md.tmp")
        ],
    )
    for path in (left, *others):
        path.write_bytes(b"")
    pages(library, library.read())[0].write()
    assert [path.exists() for path in (left, *others)] == [False, True, True, True]


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("end", ["", "\n", "\n\nend"], ids=["no last newline", "one", "more"])
def test_the_bytes_around_the_regions_stay(
    library: Library, readme: Path, start: str, newline: str, end: str
) -> None:
    text = f"{start}# Ä list\x0c\n\n  text \n{PAPERS.rstrip()}{end}".replace("\n", newline)
    readme.write_bytes(text.encode())
    pages(library, library.read())[0].write()
    before, after = text.split(f"{newline}{newline}<!-- papertrack:end")
    new = readme.read_bytes().decode()
    assert new.startswith(before + newline)
    assert new.endswith(after)
    assert new.count("\n") == new.count(newline) > text.count("\n")


def test_the_files_of_the_settings_are_rendered_or_those_that_are_named(
    library: Library, tmp_path: Path
) -> None:
    (library.store / "config.toml").write_text('readme = ["A.md", "B.md"]\n')
    for name in ("A.md", "B.md", "C.md"):
        (tmp_path / name).write_text(PAPERS)
    fresh = Library(tmp_path)
    assert [page.path.name for page in pages(fresh, fresh.read())] == ["A.md", "B.md"]
    named = pages(fresh, fresh.read(), [tmp_path / "C.md"])
    assert [page.path.name for page in named] == ["C.md"]


def test_the_sections_stand_in_the_order_of_the_settings(library: Library, readme: Path) -> None:
    with library.change() as contents:
        contents.papers["other"] = attention_unet(section=("A",))
    (library.store / "config.toml").write_text('sections = ["Segmentation", "A"]\n')
    fresh = Library(library.root)
    [page] = pages(fresh, fresh.read())
    assert page.new.index("## Segmentation") < page.new.index("## A\n")


def test_papers_that_were_removed_are_known_and_what_is_written_by_hand_is_not(
    library: Library, readme: Path
) -> None:
    with library.change() as contents:
        contents.papers["other"] = attention_unet()
    pages(library, library.read())[0].write()
    with library.change() as contents:
        contents.removed["other"] = Removed(
            paper=contents.papers.pop("other"), removed="2026-11-23"
        )
    assert pages(library, library.read())[0].losses == []
    with readme.open("a") as file:
        file.write("after\n")
    text = readme.read_text().replace(
        "<!-- papertrack:end", "- https://x.example\n\n<!-- papertrack:end"
    )
    readme.write_text(text)
    [loss] = pages(library, library.read())[0].losses
    assert text.split("\n")[loss.line - 1] == "- https://x.example"


def test_the_diff_names_the_file_and_what_changes(library: Library, readme: Path) -> None:
    [page] = pages(library, library.read())
    assert page.diff().startswith(f"--- {readme}\n+++ {readme}\n")
    assert "+### U-Net" in page.diff().split("\n")


def test_the_size_is_that_of_the_file(library: Library, readme: Path) -> None:
    readme.write_text("é\n" + PAPERS, encoding="utf-8")
    [page] = pages(library, library.read())
    page.write()
    assert page.size == readme.stat().st_size


# --- what is refused ----------------------------------------------------------------------------


def test_a_store_with_a_broken_file_is_not_rendered(library: Library, readme: Path) -> None:
    (library.store / "papers" / "broken.json").write_text("{\n<<<<<<< HEAD\n}")
    contents = library.read()
    assert "ronneberger2015unet" in contents.papers
    with pytest.raises(StoreError, match=r"broken\.json"):
        pages(library, contents)
    assert readme.read_text() == PAPERS


def test_a_readme_that_is_not_utf8_is_named_with_its_line(library: Library, readme: Path) -> None:
    readme.write_bytes(b"one\n\ntwo \xe9\n")
    with pytest.raises(FileProblem, match=r"README\.md:3: is not UTF-8"):
        pages(library, library.read())


def test_a_readme_that_is_missing_says_how_to_make_it(library: Library) -> None:
    with pytest.raises(FileProblem, match=r"README\.md: cannot be read") as caught:
        pages(library, library.read())
    assert caught.value.hint == "papertrack init makes it"


def test_a_readme_that_is_a_folder_cannot_be_read(library: Library, tmp_path: Path) -> None:
    (tmp_path / "README.md").mkdir()
    with pytest.raises(FileProblem, match="cannot be read"):
        pages(library, library.read())


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC, errno.EACCES])
def test_a_readme_that_cannot_be_written_stays_as_it_is(
    library: Library, readme: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    [page] = pages(library, library.read())
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(FileProblem, match=os.strerror(number)) as caught:
        page.write()
    assert "papertrack render" in caught.value.hint
    assert readme.read_text() == PAPERS
    assert not list(readme.parent.glob(".README*"))


# --- READMEs that get regions -------------------------------------------------------------------


def test_a_new_readme_has_contents_papers_and_thanks(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    assert adopt(readme, "My *List*")
    text = readme.read_text()
    assert text.startswith("# My \\*List\\*\n")
    assert [found.name for found in regions.parse(text, readme)] == ["toc", "papers", "thanks"]
    assert not adopt(readme, "My *List*")
    assert readme.read_text() == text


def test_an_empty_readme_is_a_new_one(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.touch()
    assert adopt(readme, "List")
    assert readme.read_text().startswith("# List\n")


def test_a_new_readme_renders_to_something_that_needs_no_second_time(
    library: Library, tmp_path: Path
) -> None:
    adopt(tmp_path / "README.md", "List")
    pages(library, library.read())[0].write()
    assert not pages(library, library.read())[0].stale


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# L\n\n## Papers&Codes\n\nold\n", f"# L\n\n## Papers&Codes\n\n{PAPERS}\nold\n"),
        ("# L\n\n## Papers&Codes\nold\n", f"# L\n\n## Papers&Codes\n\n{PAPERS}\nold\n"),
        ("## Papers & Code\n", f"## Papers & Code\n\n{PAPERS}"),
        ("## Papers&Codes", f"## Papers&Codes\n\n{PAPERS}"),
        ("## [Papers and Codes](x) ##\n\n", f"## [Papers and Codes](x) ##\n\n{PAPERS}\n"),
        ("Papers&Codes\n---\n\nold", f"Papers&Codes\n---\n\n{PAPERS}\nold"),
        ("# L\n", f"# L\n\n## Papers&Codes\n\n{PAPERS}"),
        ("# L", f"# L\n\n## Papers&Codes\n\n{PAPERS}"),
        (
            "```\n## Papers&Codes\n```\n",
            f"```\n## Papers&Codes\n```\n\n## Papers&Codes\n\n{PAPERS}",
        ),
        ("# a\x0cb\n## Papers&Codes\nc\n", f"# a\x0cb\n## Papers&Codes\n\n{PAPERS}\nc\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_readme_gets_a_region_under_its_heading_or_at_its_end(
    text: str, expected: str, newline: str
) -> None:
    ends = newline if "\n" in text else "\n"
    old, new = text.replace("\n", ends), expected.replace("\n", ends)
    assert with_regions(old, Path("README.md")) == new


def test_a_readme_that_has_regions_stays_as_it_is(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"## Papers&Codes\n\n{region('toc')}")
    assert not adopt(readme, "List")
    assert readme.read_text() == f"## Papers&Codes\n\n{region('toc')}"


def test_a_readme_with_crossed_markers_is_not_touched(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("<!-- papertrack:begin papers -->\n")
    with pytest.raises(RegionError, match=r"README\.md:1"):
        adopt(readme, "List")
    assert readme.read_text() == "<!-- papertrack:begin papers -->\n"


def test_a_readme_that_ends_inside_a_code_fence_is_refused(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# List\n\n```sh\nls\n")
    with pytest.raises(RegionError, match=r"README\.md:4: ends inside a code block"):
        adopt(readme, "List")
    assert readme.read_text() == "# List\n\n```sh\nls\n"


def test_a_readme_in_a_folder_that_is_missing_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="cannot be written"):
        adopt(tmp_path / "docs" / "README.md", "List")


def test_the_limit_of_github_is_warned_of_before_it_is_reached() -> None:
    assert publishing.WARN_AT < publishing.CUT_OFF == 512_000
