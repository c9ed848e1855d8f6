"""Result tables of other people's lists, as benchmarks with metrics and results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from papertrack.library import Contents
from papertrack.model import UNCONFIRMED, CodeLink, Metric, Removed, Result
from papertrack.readme.adopt import FoundTable, read
from papertrack.tabulating import tabulate, take_tables
from tests.builders import synapse, unet, voxelmorph


def found(
    header: Sequence[str],
    *rows: Sequence[str],
    section: str = "Synapse",
    urls: Sequence[Sequence[str]] = (),
) -> FoundTable:
    return FoundTable(
        lines=range(1, 9), section=(section,), header=header, rows=rows, urls=urls, kind="results"
    )


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
    take_tables([found(["Model", "Dice"], ["A", "1.5"], section="CON")], contents)
    assert list(contents.benchmarks) == ["con-results"]


def test_rows_go_to_the_papers_that_their_names_and_links_mean() -> None:
    code = CodeLink(url="https://github.com/o/third")
    third = unet(title="Third", name="", ids={}, code=(code,))
    store = Contents(papers={"u": unet(), "v": voxelmorph(), "t": third})
    urls = [[], ["https://arxiv.org/pdf/1809.05231v3"], ["https://github.com/O/Third/"], []]
    rows = [["u-net", "76.85"], ["VM", "70"], ["3rd", "60"], ["Nobody", "50"]]
    gained = take_tables([found(["Method", "Dice"], *rows, urls=urls)], store)
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
    take_tables([found(["Model", "Dice"], ["U-Net", "1"])], store)
    assert [r.model for r in store.benchmarks["synapse"].results] == ["U-Net"]


def test_a_second_time_changes_nothing_and_a_new_row_comes_in() -> None:
    store = Contents(papers={"u": unet()})
    rows = [["U-Net", "76.85"], ["Nobody", "-"], ["", "3"]]
    take_tables([found(["Model", "Dice"], *rows)], store)
    before = msgspec.json.encode([store.papers, store.benchmarks])
    assert take_tables([found(["Model", "Dice"], *rows)], store) == {"synapse": 0}
    assert msgspec.json.encode([store.papers, store.benchmarks]) == before
    more = found(["Model", "Dice"], *rows, ["VNet", "80"])
    assert take_tables([more], store) == {"synapse": 1}


def test_a_table_joins_the_metrics_of_a_benchmark_that_is_there() -> None:
    store = Contents(benchmarks={"synapse": synapse()})
    table = found(["Model", "Dice (%)", "HD95 (mm)", "mIoU"], ["A", "1", "2", "3"])
    take_tables([table], store)
    benchmark = store.benchmarks["synapse"]
    assert [metric.id for metric in benchmark.metrics] == ["dice", "hd95", "miou"]
    assert benchmark.title == "Synapse multi-organ CT"
    assert benchmark.results[0].values == {"dice": "1", "hd95": "2", "miou": "3"}


def test_a_value_that_a_list_calls_unconfirmed_comes_in_as_such() -> None:
    store = Contents(papers={"u": unet()})
    venue = "MICCAI 2018 (unconfirmed)"
    rows = [["U-Net", "79 (unconfirmed)", "-"], ["V", "80", venue]]
    take_tables([found(["Model", "Dice", "Published In"], *rows)], store)
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
    assert take_tables([found(["Model", "Dice"], *rows)], store) == {"synapse": 3}
    assert store.papers["u"].results[0].values == {"dice": "79 ± 0.5"}


def test_a_value_that_is_there_is_not_overwritten() -> None:
    result = Result(benchmark="synapse", values={"dice": "76.85"})
    store = Contents(papers={"u": unet(results=(result,))}, benchmarks={"synapse": synapse()})
    assert take_tables([found(["Model", "Dice"], ["U-Net", "99"])], store) == {"synapse": 0}
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
    assert take_tables([table], store) == {"synapse": 0}
    assert store.benchmarks["synapse"].results == ()


def test_two_tables_of_one_section_are_two_benchmarks_and_a_copy_is_none() -> None:
    store = Contents()
    one = found(["Model", "Dice"], ["A", "1"])
    other = found(["Model", "mIoU"], ["A", "2"])
    assert take_tables([one, other, one], store) == {"synapse": 1, "synapse-2": 1}


def test_the_doubled_table_of_a_list_is_one_benchmark_of_45_rows(seed: Path) -> None:
    store = Contents()
    tables = read((seed / "README.seed.md").read_text(encoding="utf-8")).tables
    gained = take_tables(tables, store)
    assert list(gained.values()) == [45]
    [benchmark] = store.benchmarks.values()
    assert len(benchmark.results) == 45
    assert [m.name for m in benchmark.metrics] == ["ImageNet top1 acc", "ImageNet top5 acc"]
