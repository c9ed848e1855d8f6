"""Benchmarks and results in a library, changed by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from papertrack.benchmarking import (
    add_benchmark,
    add_result,
    edit_benchmark,
    remove_benchmark,
    remove_results,
)
from papertrack.defining import define
from papertrack.errors import NotFound, Refused, UsageError
from papertrack.model import Benchmark, Result
from tests.builders import make_library, synapse, unet


def test_a_result_needs_its_benchmark_and_its_metrics(tmp_path: Path) -> None:
    library = make_library(tmp_path, unet=unet())
    with pytest.raises(NotFound, match="no benchmark 'synapse'"):
        add_result(library, "unet", Result(benchmark="synapse"))
    add_benchmark(library, "synapse", synapse())
    with pytest.raises(NotFound, match="synapse has no metric 'miou'") as caught:
        add_result(library, "unet", Result(benchmark="synapse", values={"miou": "1"}))
    assert caught.value.hint == "one of dice, hd95"
    result = Result(benchmark="synapse", values={"dice": "76.85"})
    assert add_result(library, "U-Net", result) == ("unet", "added")
    assert add_result(library, "U-Net", result) == ("unet", "exists")
    assert library.read().papers["unet"].results == (result,)
    assert remove_results(library, "unet", "synapse", "U-Net") == ("unet", 1)
    with pytest.raises(NotFound, match="unet has no such result"):
        remove_results(library, "unet", "synapse", None)


@pytest.mark.parametrize("where", ["paper", "benchmark"])
def test_a_metric_that_a_row_has_stays(where: str, tmp_path: Path) -> None:
    result = Result(benchmark="synapse", model="Nobody", values={"hd95": "9"})
    library = make_library(tmp_path, unet=unet(results=(result,) if where == "paper" else ()))
    add_benchmark(library, "synapse", synapse(results=(result,) if where == "benchmark" else ()))

    def take_off(metric: str) -> Callable[[Benchmark], Benchmark]:
        return lambda held: define("synapse", held, {"metric": [f"{metric}="]})

    with pytest.raises(Refused, match="hd95 has values in rows of synapse: ") as caught:
        edit_benchmark(library, "synapse", take_off("hd95"))
    row = "unet" if where == "paper" else "Nobody"
    assert caught.value.hint.startswith(f"papertrack result remove {row} synapse")
    assert library.read().benchmarks["synapse"].metrics == synapse().metrics
    assert edit_benchmark(library, "synapse", take_off("dice"))
    assert library.read().benchmarks["synapse"].metrics == synapse().metrics[1:]


@pytest.mark.parametrize("where", ["paper", "benchmark", "both"])
def test_a_benchmark_goes_only_when_its_rows_have_gone(where: str, tmp_path: Path) -> None:
    result = Result(benchmark="synapse", model="Ghost Net")
    other = Result(benchmark="acdc")
    in_paper, in_benchmark = where != "benchmark", where != "paper"
    library = make_library(tmp_path, unet=unet(results=(result, other) if in_paper else (other,)))
    add_benchmark(library, "synapse", synapse(results=(result,) if in_benchmark else ()))
    add_benchmark(library, "acdc", synapse())
    with pytest.raises(Refused, match="synapse has rows: ") as caught:
        remove_benchmark(library, "synapse")
    if in_paper:
        told = "papertrack result remove unet synapse"
        assert caught.value.hint == told + (", and so on" if in_benchmark else "")
        remove_results(library, "unet", "synapse", None)
    if in_benchmark:
        with pytest.raises(Refused) as caught:
            remove_benchmark(library, "synapse")
        assert caught.value.hint == "papertrack result remove 'Ghost Net' synapse"
        remove_results(library, "Ghost Net", "synapse", None)
    remove_benchmark(library, "synapse")
    contents = library.read()
    assert list(contents.benchmarks) == ["acdc"]
    assert contents.papers["unet"].results == (other,)
    with pytest.raises(NotFound, match="there is no benchmark 'synapse'"):
        remove_benchmark(library, "synapse")


def test_a_benchmark_is_never_replaced_and_has_an_id_that_is_a_file_name(tmp_path: Path) -> None:
    library = make_library(tmp_path)
    add_benchmark(library, "synapse", synapse())
    with pytest.raises(Refused, match="a benchmark synapse already"):
        add_benchmark(library, "synapse", Benchmark(title="Other"))
    with pytest.raises(UsageError, match="is no id of a benchmark"):
        add_benchmark(library, "../synapse", synapse())
    assert library.read().benchmarks == {"synapse": synapse()}
