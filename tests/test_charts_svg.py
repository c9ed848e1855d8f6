"""Charts as pictures: whole, readable by everybody, and the same on every machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.charts import labels, svg
from papertrack.charts.data import Chart
from papertrack.charts.drawing import draw
from papertrack.charts.labels import Box, Name
from papertrack.charts.making import make
from papertrack.charts.svg import DARK, LIGHT, WIDTH, Theme
from papertrack.model import Benchmark, Paper, Result
from papertrack.text import clean_line
from tests.builders import attention_unet, lines, papers, unet, voxelmorph
from tests.test_charts import extremes, fair, fair_benchmark, numbers

SVG = "{http://www.w3.org/2000/svg}"
BENCHMARKS = {"synapse": fair_benchmark()}
PAPERS = {"a": unet(), "b": unet(), "c": voxelmorph(), "d": attention_unet()}


def drawn(what: str, shelf: dict[str, Paper], theme: Theme = LIGHT, **options: str) -> str:
    chart = make(what, shelf, BENCHMARKS, **options)
    assert chart
    return draw(chart, theme)


def read(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)


def texts(picture: str) -> list[str]:
    return [element.text or "" for element in read(picture).iter(f"{SVG}text")]


def titles(picture: str, name: str) -> list[str]:
    return [element.findtext(f"{SVG}title", "") for element in read(picture).iter(SVG + name)]


def lengths(element: ElementTree.Element, *names: str) -> Iterator[float]:
    yield from (float(element.attrib[name]) for name in names)


# --- whole pictures -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "what", "shelf", "theme", "options"),
    [
        ("chart-years-light.svg", "synapse", fair(), LIGHT, {}),
        ("chart-front-dark.svg", "synapse", fair(), DARK, {"x": "params"}),
        ("chart-papers-light.svg", "papers", PAPERS, LIGHT, {}),
    ],
)
def test_whole_pictures(
    golden: Callable[[str, str], None],
    name: str,
    what: str,
    shelf: dict[str, Paper],
    theme: Theme,
    options: dict[str, str],
) -> None:
    golden(name, drawn(what, shelf, theme, **options))


@pytest.mark.parametrize("what", ["synapse", "papers"])
def test_the_order_of_a_library_does_not_matter(what: str) -> None:
    shelf = fair() | PAPERS
    assert drawn(what, dict(reversed(shelf.items()))) == drawn(what, shelf)


@pytest.mark.parametrize("what", ["synapse", "papers"])
def test_the_themes_differ_in_colours_only(what: str) -> None:
    shelf = fair() | PAPERS
    dark = drawn(what, shelf, DARK)
    for name in ("text", "muted", "grid", "accent", "faint"):
        dark = dark.replace(getattr(DARK, name), getattr(LIGHT, name))
    for one, other in zip(DARK.series, LIGHT.series, strict=True):
        dark = dark.replace(one, other)
    assert dark == drawn(what, shelf, LIGHT)


def test_who_cannot_see_a_picture_gets_what_it_shows_and_its_best_points() -> None:
    root = read(drawn("synapse", fair()))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"].endswith("5 results, 2016 to 2023, best 81.3 %")
    assert root.findtext(f"{SVG}title") == "Synapse multi-organ CT"
    assert root.findtext(f"{SVG}desc") == (
        "best so far: U-Net: 76.85 %, 2016; DynUNet: 80.2 %, 2018; Swin UNETR: 81.3 %, 2022"
    )
    assert read(drawn("papers", PAPERS)).findtext(f"{SVG}desc", "").startswith("2015: 2, 2016: 0")


# --- every datum is there -----------------------------------------------------------------------

results = st.lists(
    st.builds(
        Paper,
        title=lines,
        year=st.integers(1, 3000),
        results=st.tuples(
            st.builds(
                Result,
                benchmark=st.just("synapse"),
                values=st.fixed_dictionaries(
                    {"dice": (numbers | extremes).map(str), "params": (numbers | extremes).map(str)}
                ),
            )
        ),
    ),
    min_size=1,
    max_size=12,
)


@given(results, st.sampled_from(["", "params"]))
def test_every_result_lands_inside_the_plot_and_has_a_title(found: list[Paper], x: str) -> None:
    picture = drawn("synapse", {str(n): paper for n, paper in enumerate(found)}, x=x)
    circles = list(read(picture).iter(f"{SVG}circle"))
    told = {title.partition(": ")[0] for title in titles(picture, "circle")}
    assert len(circles) <= len(found)
    assert told == {clean_line(paper.title.partition(": ")[0]) for paper in found}
    grid = [path for path in read(picture).iter(f"{SVG}path") if "H" in path.attrib["d"]]
    heights = [float(path.attrib["d"].partition(" ")[2].partition("H")[0]) for path in grid]
    for circle in circles:
        across, up = lengths(circle, "cx", "cy")
        assert 0 <= across <= WIDTH
        assert min(heights) <= up <= max(heights)


@given(st.lists(papers, min_size=1, max_size=12))
def test_the_bars_count_every_paper_with_a_year(found: list[Paper]) -> None:
    chart = make("papers", {str(n): paper for n, paper in enumerate(found)}, {})
    dated = sum(bool(paper.published) for paper in found)
    assert bool(chart) == bool(dated)
    if chart:
        picture = draw(chart, LIGHT)
        counts = [
            int(title.split(", ")[-1].split()[0]) for title in titles(picture, "rect") if title
        ]
        assert sum(counts) == dated
        for bar in read(picture).iter(f"{SVG}rect"):
            left, top, wide, high = lengths(bar, "x", "y", "width", "height")
            assert 0 <= left <= left + wide <= WIDTH
            assert 0 <= top <= top + high <= float(read(picture).attrib["height"])


# --- names --------------------------------------------------------------------------------------


def inside(box: Box) -> bool:
    return Box(0, 0, 600, 300).holds(box)


def box(label: labels.Label) -> Box:
    wide, size = svg.width(label.name.text, label.name.size), label.name.size
    left = label.x - {"start": 0, "middle": wide / 2, "end": wide}[label.anchor]
    return Box(left, label.y - size * 0.75, left + wide, label.y + size * 0.25)


@given(
    st.lists(
        st.builds(
            Name,
            st.floats(0, 600),
            st.floats(0, 300),
            st.sampled_from(["U-Net", "nnU-Net", "Swin UNETR", "网络"]),
            st.sampled_from([13, 15]),
        ),
        max_size=25,
    )
)
def test_no_name_stands_on_another_on_a_point_or_outside(names: list[Name]) -> None:
    dots = [Box(x - 4, y - 4, x + 4, y + 4) for x, y, *_ in names]
    placed = labels.place(names, dots, Box(0, 0, 600, 300), (-1, -1))
    boxes = [box(label) for label in placed]
    slim = [Box(b.left + 0.01, b.top + 0.01, b.right - 0.01, b.bottom - 0.01) for b in boxes]
    assert all(map(inside, slim))
    for number, one in enumerate(slim):
        assert not any(map(one.overlaps, [*dots, *slim[number + 1 :]]))


def test_a_name_without_room_is_left_out_and_its_tooltip_stays() -> None:
    crowd = {
        str(n): unet(
            name=f"Network {n:02}",
            results=(Result(benchmark="synapse", values={"dice": f"80.{n:02}"}),),
        )
        for n in range(30)
    }
    crowd["far"] = unet(name="Far", results=(Result(benchmark="synapse", values={"dice": "10"}),))
    picture = drawn("synapse", crowd)
    assert 0 < sum(text.startswith("Network") for text in texts(picture)) < 10
    assert sum(title.startswith("Network") for title in titles(picture, "circle")) == 30


def test_the_best_is_named_first() -> None:
    assert {"U-Net", "DynUNet", "Swin UNETR"} < set(texts(drawn("synapse", fair())))


def test_long_names_are_cut() -> None:
    name = "An " + "enormous " * 200 + "network"
    picture = drawn("synapse", {"a": unet(name=name, results=fair()["U-Net"].results)})
    assert max(map(len, texts(picture))) < 60
    assert any(text.endswith("…") for text in texts(picture))


# --- hostile text -------------------------------------------------------------------------------

HOSTILE = "\"'><script>alert(1)</script>&amp;\x00\x1b]0;x\x07\u202e\ud800\uffff\ufffe\u2028 end"


def hostile_charts() -> Sequence[Chart | None]:
    paper = Paper(title=HOSTILE, year=2015, section=(HOSTILE,), results=fair()["U-Net"].results)
    benchmark = Benchmark(title=HOSTILE, metrics=fair_benchmark().metrics)
    shelf = {"a": paper, "b": unet()}
    return [
        make("synapse", shelf, {"synapse": benchmark}),
        make("papers", shelf, {}, asked=HOSTILE),
    ]


def test_hostile_text_is_text() -> None:
    for chart in hostile_charts():
        assert chart
        picture = draw(chart, LIGHT)
        root = read(picture)
        assert {e.tag.removeprefix(SVG) for e in root.iter()} <= set(
            "svg title desc text g path circle rect".split()
        )
        assert "alert(1)" in root.findtext(f"{SVG}title", "")
        assert all(char == "\n" or char.isprintable() for char in picture)


@given(lines)
def test_any_text_reads_back(text: str) -> None:
    assert read(svg.element("text", text)).text == text


@pytest.mark.parametrize(
    ("length", "expected"), [(1.25, "1.2"), (3.0, "3"), (-0.04, "0"), (0.04, "0"), (-1.5, "-1.5")]
)
def test_lengths_are_written_to_a_tenth(length: float, expected: str) -> None:
    assert svg.rounded(length) == expected
