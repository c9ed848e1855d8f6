"""Benchmarks and results in a library, changed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from papertrack.benchmarking import add_benchmark, add_result, remove_results
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


def test_a_benchmark_is_never_replaced_and_has_an_id_that_is_a_file_name(tmp_path: Path) -> None:
    library = make_library(tmp_path)
    add_benchmark(library, "synapse", synapse())
    with pytest.raises(Refused, match="a benchmark synapse already"):
        add_benchmark(library, "synapse", Benchmark(title="Other"))
    with pytest.raises(UsageError, match="is no id of a benchmark"):
        add_benchmark(library, "../synapse", synapse())
    assert library.read().benchmarks == {"synapse": synapse()}
