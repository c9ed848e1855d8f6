"""Chart regions: the pictures of a README, from the marker to the files beside it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.errors import FileProblem, RegionError
from papertrack.library import Library
from papertrack.model import Benchmark, Paper
from papertrack.publishing import Page, pages
from papertrack.readme import guard, regions
from papertrack.readme.render import Rendered, Shelf, render
from papertrack.text import clean_line
from tests.builders import lines, make_library, region, unet
from tests.conftest import Ran
from tests.test_charts import fair, fair_benchmark

FILE = Path("README.md")
BENCHMARKS = {"synapse": fair_benchmark()}
CHART = region("chart synapse")
LIGHT, DARK = "docs/charts/synapse-light.svg", "docs/charts/synapse-dark.svg"


def rendered(text: str, shelf: dict[str, Paper] | None = None) -> Rendered:
    return render(text, FILE, Shelf(fair() if shelf is None else shelf, BENCHMARKS))


# --- the text of a region -----------------------------------------------------------------------


def test_a_region_shows_the_picture_of_the_readers_theme() -> None:
    assert (
        rendered(CHART).text
        == f"""\
<!-- papertrack:begin chart synapse -->

<picture>
  <source media="(prefers-color-scheme: dark)" srcset="{DARK}">
  <img src="{LIGHT}" alt="Synapse multi-organ CT, Dice (%) by year of the first version: \
5 results, 2016 to 2023, best 81.3 %">
</picture>

<!-- papertrack:end chart synapse -->
"""
    )


def test_a_region_without_data_has_a_sentence_and_no_picture() -> None:
    found = rendered(CHART + region("chart papers"), {})
    assert found.text.count("\nNothing to draw yet.\n") == 2
    assert found.pictures == {}


def test_regions_that_ask_for_different_charts_have_different_pictures() -> None:
    asked = [
        ("chart synapse",),
        ("chart synapse", "x=params"),
        ("chart synapse", "y=params"),
        ("chart synapse", "x-params"),
        ("chart synapse", "UNETR"),
        ("chart synapse", "unetr"),
        ("chart synapse", "dice", "x=params"),
        ("chart papers",),
        ("chart papers", "year:2016.."),
        ("chart papers", "year:2016"),
    ]
    found = rendered("\n".join(region(*words) for words in asked))
    shown = found.text.count("<picture>")
    assert shown > 4
    assert len({name.casefold() for name in found.pictures}) == 2 * shown
    assert {"docs/charts/synapse_x-params-light.svg", LIGHT, DARK} <= {*found.pictures}


@pytest.mark.parametrize(
    ("marker", "told"),
    [
        (("chart nope",), r"README.md:1: there is no benchmark 'nope'"),
        (("chart synapse", "x=nope"), r"README.md:1: synapse has no metric 'nope'"),
        (("chart papers", "y=dice"), r"README.md:1: a chart of papers has no metrics"),
        (("chart",), r"README.md:1: region `chart` names no benchmark"),
        (("chart synapse", "z=1"), r"README.md:1: region `chart` has no option `z`"),
    ],
)
def test_what_a_marker_asks_for_and_is_not_there_is_named_with_its_line(
    marker: tuple[str, ...], told: str
) -> None:
    with pytest.raises(RegionError, match=told) as caught:
        rendered(region(*marker))
    assert caught.value.hint


class _Alternative(HTMLParser):
    found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = dict(attrs).get("alt") or self.found


@given(lines)
def test_any_title_reads_back_and_is_no_loss_and_no_link(title: str) -> None:
    benchmarks = {"synapse": Benchmark(title=title, metrics=fair_benchmark().metrics)}
    text = render(CHART, FILE, Shelf(fair(), benchmarks)).text
    parser = _Alternative()
    parser.feed(text)
    assert parser.found.startswith(clean_line(f"{title}, Dice (%) by year"))
    found = regions.parse(text, FILE)
    assert guard.losses(text, found, guard.known([], {})) == []


@given(st.sampled_from(["y=params", "x=params", "UNETR"]))
def test_the_picture_of_an_older_marker_is_no_loss(options: str) -> None:
    old = rendered(region("chart synapse", options)).text
    assert guard.losses(old, regions.parse(old, FILE), guard.known([], {})) == []


def test_a_link_written_into_a_chart_by_hand_is_named() -> None:
    old = rendered(CHART).text.replace("</picture>", "</picture>\n\n![mine](img/mine.svg)")
    [loss] = guard.losses(old, regions.parse(old, FILE), guard.known([], {}))
    assert loss.what == "the link img/mine.svg"


# --- the files ----------------------------------------------------------------------------------


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = make_library(
        tmp_path, **{name.replace(" ", "-").lower(): p for name, p in fair().items()}
    )
    with made.change() as contents:
        contents.benchmarks["synapse"] = fair_benchmark()
    (tmp_path / "README.md").write_text(CHART)
    return made


def page(library: Library) -> Page:
    [found] = pages(library, library.read())
    return found


def test_the_pictures_are_written_with_the_readme(library: Library) -> None:
    page(library).write()
    for name, theme in ((LIGHT, "#1f2328"), (DARK, "#f0f6fc")):
        assert theme in (library.root / name).read_text()
    assert not page(library).stale


def test_a_picture_that_is_up_to_date_is_not_written(library: Library) -> None:
    page(library).write()
    os.utime(library.root / LIGHT, ns=(1, 1))
    (library.root / DARK).unlink()
    page(library).write()
    assert (library.root / LIGHT).stat().st_mtime_ns == 1
    assert not page(library).stale


@pytest.mark.parametrize(
    "spoil",
    [Path.unlink, lambda p: p.write_text("<svg/>"), lambda p: p.write_bytes(b"\xff")],
    ids=["missing", "other", "not text"],
)
def test_a_picture_that_is_missing_or_differs_makes_its_page_stale(
    library: Library, spoil: Callable[[Path], object]
) -> None:
    page(library).write()
    spoil(library.root / LIGHT)
    found = page(library)
    assert found.stale
    assert found.new == found.old
    assert LIGHT in found.diff()
    assert DARK not in found.diff()


def test_line_ends_that_git_has_changed_are_no_difference(library: Library) -> None:
    page(library).write()
    path = library.root / LIGHT
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert not page(library).stale


def test_the_pictures_lie_beside_their_readme(library: Library) -> None:
    inner = library.root / "sub" / "README.md"
    inner.parent.mkdir()
    inner.write_text(CHART)
    [found] = pages(library, library.read(), [inner])
    found.write()
    assert (library.root / "sub" / LIGHT).exists()


@pytest.mark.parametrize("name", ["docs", "docs/charts", LIGHT])
@pytest.mark.parametrize("dangling", [True, False])
def test_a_picture_is_never_written_through_a_link(
    library: Library, tmp_path_factory: pytest.TempPathFactory, name: str, dangling: bool
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "target"
    if not dangling:
        outside.touch() if name == LIGHT else outside.mkdir()
    link = library.root / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside)
    with pytest.raises(FileProblem, match=rf"{name}: is a link"):
        page(library)
    assert outside.exists() != dangling
    if outside.is_dir():
        assert not list(outside.iterdir())


def test_a_picture_is_never_written_outside_of_the_list(
    library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "README.md"
    other.write_text(CHART)
    with pytest.raises(FileProblem, match="lies outside of the list's folder"):
        pages(library, library.read(), [other])


def test_a_file_in_the_place_of_the_folder_is_named(library: Library) -> None:
    (library.root / "docs").touch()
    with pytest.raises(FileProblem, match=r"synapse-light\.svg: cannot be"):
        page(library).write()


def test_a_picture_that_cannot_be_written_leaves_the_readme_as_it_is(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    found = page(library)
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(FileProblem, match=r"synapse-light\.svg: cannot be written"):
        found.write()
    assert (library.root / "README.md").read_text() == CHART
    assert not list((library.root / "docs/charts").iterdir())


# --- the commands -------------------------------------------------------------------------------


@pytest.fixture
def command(papertrack: Callable[..., Ran]) -> Callable[..., Ran]:
    papertrack("init")
    library = Library(Path.cwd())
    with library.change() as contents:
        contents.papers |= {"unet": unet(results=fair()["U-Net"].results)}
        contents.benchmarks["synapse"] = fair_benchmark()
    return papertrack


def test_render_says_which_picture_is_missing_and_which_is_stale(
    command: Callable[..., Ran],
) -> None:
    FILE.write_text(CHART)
    assert f"{LIGHT}: is missing" in command("render", "--check").err
    assert not Path("docs").exists()
    assert f"{LIGHT}: rendered" in command("render").err
    assert command("render", "--check").code == 0
    Path(LIGHT).write_text("<svg/>")
    ran = command("render", "--check", "--diff")
    assert ran.code == 1
    assert f"{LIGHT}: is stale" in ran.err
    assert f"{DARK}:" not in ran.err
    assert "-<svg/>" in ran.out.splitlines()


def test_chart_prints_a_picture_or_writes_it(command: Callable[..., Ran]) -> None:
    light = command("chart", "synapse", "--x", "params")
    assert light.code == 0
    assert light.out.startswith("<svg")
    assert light.err == ""
    ran = command("chart", "synapse", "--x", "params", "-o", "chart.svg")
    assert ran.out == ""
    assert Path("chart.svg").read_text() == light.out
    assert command("chart", "synapse", "--x", "params", "--dark").out != light.out


def test_chart_draws_papers_and_takes_a_query(command: Callable[..., Ran]) -> None:
    assert "Papers per year" in command("chart").out
    assert "section:Segmentation" in command("chart", "papers", "section:Segmentation").out
    ran = command("chart", "papers", "section:Registration")
    assert ran.code == 3
    assert "nothing to draw" in ran.err


def test_chart_draws_in_the_terminal_and_a_pipe_gets_no_colours(
    command: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    ran = command("chart", "synapse", "--terminal")
    assert "●" in ran.out
    assert "\x1b" not in ran.out
    assert max(map(len, ran.out.splitlines())) <= 40


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("nope",), 3, "a chart can be of papers, synapse"),
        (("synapse", "--y", "nope"), 3, "one of dice, hd95, params"),
        (("synapse", "--terminal", "--dark"), 2, "--terminal draws no file"),
        (("synapse", "-o", "missing/x.svg"), 1, "missing/x.svg: cannot be written"),
        (("synapse", "year:x"), 2, "hint:"),
    ],
)
def test_chart_says_what_is_wrong(
    command: Callable[..., Ran], arguments: tuple[str, ...], code: int, told: str
) -> None:
    ran = command("chart", *arguments)
    assert ran.code == code
    assert told in ran.err
    assert ran.out == ""
