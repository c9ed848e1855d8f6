"""Result tables of other people's lists, as benchmarks with metrics and results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from papertrack.library import Contents
from papertrack.model import UNCONFIRMED, CodeLink, Metric, Removed, Result
from papertrack.readme.adopt import FoundTable, read
from papertrack.readme.adopt.results import tabulate
from papertrack.tabulating import take_tables
from tests.builders import synapse, table_row, unet, voxelmorph


def found(
    header: Sequence[str],
    *rows: Sequence[str],
    section: str = "Synapse",
    urls: Sequence[Sequence[str]] = (),
) -> FoundTable:
    links = urls or [()] * len(rows)
    body = [table_row(*row, urls=found) for row, found in zip(rows, links, strict=True)]
    return FoundTable(
        lines=range(1, 9), section=(section,), header=header, body=body, kind="results"
    )


def take(tables: Iterable[FoundTable], contents: Contents) -> dict[str, int]:
    """Take tables in, and tell how many rows each benchmark has gained."""
    taken = take_tables(tables, contents)
    names = dict.fromkeys(table.benchmark for table in taken)
    return {name: sum(t.gained for t in taken if t.benchmark == name) for name in names}


@pytest.mark.parametrize(
    ("head", "metric"),
    [
        ("Dice", Metric(id="dice", name="Dice")),
        ("Dice (%) ↑", Metric(id="dice", name="Dice", unit="%")),
        ("Dice ( % )", Metric(id="dice", name="Dice", unit="%")),
        ("HD95 (mm)", Metric(id="hd95", name="HD95", unit="mm", direction="lower")),
        ("Score ↓", Metric(id="score", name="Score", direction="lower")),
        ("Top-1 error", Metric(id="top-1-error", name="Top-1 error", direction="lower")),
        ("Rank ↑", Metric(id="rank", name="Rank")),
        ("Time", Metric(id="time", name="Time", direction="none")),
        ("#Params (M)", Metric(id="params", name="#Params", unit="M", direction="none")),
        ("精度", Metric(id="column-1", name="精度")),
    ],
)
def test_the_head_of_a_column_tells_the_metric(head: str, metric: Metric) -> None:
    read_ = tabulate(found(["Model", head], ["A", "1.5"]))
    assert read_ is not None
    assert read_.benchmark.metrics == (metric,)


def test_columns_of_one_name_are_two_metrics() -> None:
    read_ = tabulate(found(["Model", "Dice", "Dice"], ["A", "1", "2"]))
    assert read_ is not None
    assert [metric.id for metric in read_.benchmark.metrics] == ["dice", "dice-2"]
    assert read_.rows[0].values == {"dice": "1", "dice-2": "2"}


@pytest.mark.parametrize(
    "table",
    [
        found(["Model", "Venue"], ["A", "CVPR"]),
        found(["Model", "Year"], ["A", "2015"], ["B", "2016"]),
        found(["Model", "When"], ["A", "2018.10"], ["B", "2019.1"]),
        found(["Model", "Date"], ["A", "18.10"], ["B", "19.1"]),
        found(["Model", "arXiv"], ["A", "1505.04597"], ["B", "1809.05231"]),
        found(["Model", "Dice"]),
    ],
    ids=["words", "years", "months", "dates", "ids", "no rows"],
)
def test_a_table_without_numbers_holds_no_results(table: FoundTable) -> None:
    assert tabulate(table) is None


def test_a_benchmark_has_no_name_that_a_store_refuses() -> None:
    contents = Contents()
    take([found(["Model", "Dice"], ["A", "1.5"], section="CON")], contents)
    assert list(contents.benchmarks) == ["con-results"]


def test_rows_go_to_the_papers_that_their_names_and_links_mean() -> None:
    code = CodeLink(url="https://github.com/o/third")
    third = unet(title="Third", name="", ids={}, code=(code,))
    store = Contents(papers={"u": unet(), "v": voxelmorph(), "t": third})
    urls = [[], ["https://arxiv.org/pdf/1809.05231v3"], ["https://github.com/O/Third/"], []]
    rows = [["u-net", "76.85"], ["VM", "70"], ["3rd", "60"], ["Nobody", "50"]]
    gained = take([found(["Method", "Dice"], *rows, urls=urls)], store)
    assert gained == {"synapse": 4}
    shown = {
        key: [(r.model, r.values["dice"]) for r in p.results] for key, p in store.papers.items()
    }
    assert shown == {"u": [("u-net", "76.85")], "v": [("VM", "70")], "t": [("3rd", "60")]}
    [left] = store.benchmarks["synapse"].results
    assert (left.model, left.values) == ("Nobody", {"dice": "50"})
    assert store.benchmarks["synapse"].row_label == "Method"


def test_a_name_that_two_papers_have_means_neither() -> None:
    store = Contents(papers={"a": unet(title="One"), "b": unet(title="Other", ids={})})
    take([found(["Model", "Dice"], ["U-Net", "1"])], store)
    assert [r.model for r in store.benchmarks["synapse"].results] == ["U-Net"]


def test_a_second_time_changes_nothing_and_a_new_row_comes_in() -> None:
    store = Contents(papers={"u": unet()})
    rows = [["U-Net", "76.85"], ["Nobody", "-"], ["", "3"]]
    take([found(["Model", "Dice"], *rows)], store)
    before = msgspec.json.encode([store.papers, store.benchmarks])
    assert take([found(["Model", "Dice"], *rows)], store) == {"synapse": 0}
    assert msgspec.json.encode([store.papers, store.benchmarks]) == before
    more = found(["Model", "Dice"], *rows, ["VNet", "80"])
    assert take([more], store) == {"synapse": 1}


def test_a_table_joins_the_metrics_of_a_benchmark_that_is_there() -> None:
    store = Contents(benchmarks={"synapse": synapse()})
    table = found(["Model", "Dice (%)", "HD95 (mm)", "mIoU"], ["A", "1", "2", "3"])
    take([table], store)
    benchmark = store.benchmarks["synapse"]
    assert [metric.id for metric in benchmark.metrics] == ["dice", "hd95", "miou"]
    assert benchmark.title == "Synapse multi-organ CT"
    assert benchmark.results[0].values == {"dice": "1", "hd95": "2", "miou": "3"}


def test_a_value_that_a_list_calls_unconfirmed_comes_in_as_such() -> None:
    store = Contents(papers={"u": unet()})
    venue = "MICCAI 2018 (unconfirmed)"
    rows = [["U-Net", "79 (unconfirmed)", "-"], ["V", "80", venue]]
    take([found(["Model", "Dice", "Published In"], *rows)], store)
    [result] = store.papers["u"].results
    assert (result.values, result.status) == ({"dice": "79"}, UNCONFIRMED)
    assert [r.status for r in store.benchmarks["synapse"].results] == ["reported-by-other"]


def test_a_column_whose_values_are_unconfirmed_holds_a_metric_all_the_same() -> None:
    store = Contents(papers={"u": unet()})
    rows = [
        ["U-Net", "79 ± 0.5 (unconfirmed)"],
        ["V", "80 (unconfirmed)"],
        ["W", "81 (unconfirmed)"],
    ]
    assert take([found(["Model", "Dice"], *rows)], store) == {"synapse": 3}
    assert store.papers["u"].results[0].values == {"dice": "79 ± 0.5"}


def test_a_value_that_is_there_is_not_overwritten() -> None:
    result = Result(benchmark="synapse", values={"dice": "76.85"})
    store = Contents(papers={"u": unet(results=(result,))}, benchmarks={"synapse": synapse()})
    assert take([found(["Model", "Dice"], ["U-Net", "99"])], store) == {"synapse": 0}
    assert store.papers["u"].results == (result,)


def test_what_a_person_took_out_stays_out() -> None:
    store = Contents(
        papers={"u": unet(dismissed=("U-Net (ours)",))},
        benchmarks={"synapse": synapse(dismissed=("GhostNet",))},
        removed={"v": Removed(paper=voxelmorph(), removed="2026-11-01")},
    )
    urls = [["https://arxiv.org/abs/1505.04597"], []]
    rows = [["U-Net (ours)", "1"], ["VoxelMorph", "2"], ["GhostNet", "3"]]
    table = found(["Model", "Dice"], *rows, urls=[*urls, []])
    assert take([table], store) == {"synapse": 0}
    assert store.benchmarks["synapse"].results == ()


def test_two_tables_of_one_section_are_two_benchmarks_and_a_copy_is_none() -> None:
    store = Contents()
    one = found(["Model", "Dice"], ["A", "1"])
    other = found(["Model", "mIoU"], ["A", "2"])
    assert take([one, other, one], store) == {"synapse": 1, "synapse-2": 1}


def test_the_doubled_table_of_a_list_is_one_benchmark_of_45_rows(seed: Path) -> None:
    store = Contents()
    tables = read((seed / "README.seed.md").read_text(encoding="utf-8")).tables
    gained = take(tables, store)
    assert list(gained.values()) == [45]
    [benchmark] = store.benchmarks.values()
    assert len(benchmark.results) == 45
    assert [m.name for m in benchmark.metrics] == ["ImageNet top1 acc", "ImageNet top5 acc"]


@pytest.mark.parametrize(
    ("header", "rows", "names", "metrics"),
    [
        (["Backbone"], [["R-50"], ["R-101"]], ["A (R-50)", "A (R-101)"], []),
        (["Backbone"], [["R-50"], ["-"]], ["A (R-50)", "A"], []),
        (["Input"], [["512x512"], ["1024x512"]], ["A (512x512)", "A (1024x512)"], []),
        (["Size"], [["224"], ["384"]], ["A (224)", "A (384)"], []),
        (["Size"], [["224"], ["224"]], ["A", "A"], ["Size"]),
        (["Size", "Backbone"], [["224", "S"], ["384", "L"]], ["A (S)", "A (L)"], ["Size"]),
        (["Size", "Input"], [["1", "S"], ["2", "S"]], ["A (1, S)", "A (2, S)"], []),
        (["Data", "Remarks"], [["ACDC", "x"], ["BTCV", "x"]], ["A (ACDC)", "A (BTCV)"], []),
        (["Model"], [["tiny"], ["large"]], ["A (tiny)", "A (large)"], []),
        (["Memory"], [["4G"], ["8G"]], ["A", "A"], []),
        (["Venue"], [["CVPR"], ["ICCV"]], ["A", "A"], []),
        (["Remarks"], [["as the first"], ["w " * 7]], ["A", "A"], []),
    ],
)
def test_what_tells_rows_of_one_name_apart_is_their_variant(
    header: list[str], rows: list[list[str]], names: list[str], metrics: list[str]
) -> None:
    table = found(["Method", "Dice", *header], *(["A", "70.5", *row] for row in rows))
    read_ = tabulate(table)
    assert read_ is not None
    results = [Result(benchmark="", model=r.name, variant=r.variant) for r in read_.rows]
    assert [result.row_name("") for result in results] == names
    assert [metric.name for metric in read_.benchmark.metrics] == ["Dice", *metrics]


def test_the_rows_of_a_paper_keep_their_variants() -> None:
    store = Contents(papers={"u": unet()})
    rows = [[unet().title, "R-50", "76.8"], [unet().title, "R-101", "77.9"], ["V", "R-50", "1"]]
    table = found(["Method", "Backbone", "Dice"], *rows)
    assert take([table], store) == {"synapse": 3}
    assert take([table], store) == {"synapse": 0}
    shown = [(r.row_name("U-Net"), r.values) for r in store.papers["u"].results]
    assert shown == [("U-Net (R-50)", {"dice": "76.8"}), ("U-Net (R-101)", {"dice": "77.9"})]
    assert [r.row_name("") for r in store.benchmarks["synapse"].results] == ["V (R-50)"]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (["#", "Method", "Dice"], ["1", "A", "70.5"]),
        (["Year", "Title", "Dice"], ["2015", "A", "7"]),
    ],
)
def test_the_column_that_is_headed_so_names_the_rows(header: list[str], row: list[str]) -> None:
    read_ = tabulate(found(header, row))
    assert read_ is not None
    assert ([r.name for r in read_.rows], read_.benchmark.row_label) == (["A"], header[1])


def test_a_table_is_that_of_the_benchmark_that_holds_its_values() -> None:
    store = Contents()
    header = ["Model", "Dice"]
    tables = [found(header, ["A", f"{n}.5"], ["B", f"{n}.7"]) for n in range(3)]
    assert take(tables, store) == {"synapse": 2, "synapse-2": 2, "synapse-3": 2}
    assert take(tables[2:], store) == {"synapse-3": 0}
    grown = found(header, ["A", "2.5"], ["C", "9"])
    assert take([tables[0], grown], store) == {"synapse": 0, "synapse-3": 1}


def test_a_table_in_a_region_is_that_of_its_benchmark() -> None:
    store = Contents()
    table = replace(found(["Model", "Dice"], ["A", "1.5"], section="x_y"), benchmark="x_y")
    assert take([table], store) == {"x_y": 1}
