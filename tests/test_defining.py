"""Benchmarks and metrics as people type them."""

from __future__ import annotations

from typing import Any

import pytest

from papertrack.defining import define, read_metric
from papertrack.errors import NotFound, UsageError
from papertrack.model import Benchmark, Dataset, Metric, replace
from tests.builders import synapse


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("dice", Metric(id="dice")),
        ("hd95, HD95, lower, mm", Metric(id="hd95", name="HD95", direction="lower", unit="mm")),
        ("size,,none", Metric(id="size", direction="none")),
        (
            "macs,MACs,,G,decimals=2",
            Metric(id="macs", name="MACs", unit="G", decimals=2),
        ),
        ("x,decimals=0", Metric(id="x", decimals=0)),
        ("x, range = 0..100", Metric(id="x", range=("0", "100"))),
        ("x,range=0..", Metric(id="x", range=("0", ""))),
        ("x,range=..-1.5", Metric(id="x", range=("", "-1.5"))),
        ("x,alias=DSC,alias=F1 score", Metric(id="x", aliases=("DSC", "F1 score"))),
        ("x,unit=%,name=X,direction=lower", Metric(id="x", name="X", unit="%", direction="lower")),
    ],
)
def test_a_metric_is_read(text: str, metric: Metric) -> None:
    assert read_metric(text) == metric


@pytest.mark.parametrize(
    "text",
    [
        *("", "Dice", "dice,Dice,up", "a,b,higher,%,more", "x,decimals=two", "x,decimals=-1"),
        *(
            "x,range=5",
            "x,range=9..1",
            "x,range=low..high",
            "x,range=..",
            "x,colour=red",
            "x,colour=",
        ),
    ],
)
def test_another_text_is_no_metric(text: str) -> None:
    with pytest.raises(UsageError, match="is no metric"):
        read_metric(text)


def test_a_metric_that_is_known_keeps_what_is_not_said() -> None:
    known = Metric(id="dice", name="Dice", direction="lower", unit="%", aliases=("DSC",))
    changed = read_metric("dice,decimals=1,alias=F1", [known])
    assert changed == replace(known, decimals=1, aliases=("DSC", "F1"))


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("dice,name=", {"name": ""}),
        ("dice,direction=", {"direction": "higher"}),
        ("dice,unit=", {"unit": ""}),
        ("dice, decimals = ", {"decimals": None}),
        ("dice,range=", {"range": ()}),
        ("dice,alias=", {"aliases": ()}),
        ("dice,alias=,alias=F1", {"aliases": ("F1",)}),
        ("dice,alias=F1,alias=", {"aliases": ()}),
        ("dice,,,", {}),
    ],
)
def test_an_empty_value_takes_off_what_it_names(text: str, changes: dict[str, Any]) -> None:
    known = Metric(
        id="dice",
        name="Dice",
        direction="lower",
        unit="%",
        decimals=0,
        range=("0", "100"),
        aliases=("DSC", "F"),
    )
    assert read_metric(text, [known]) == replace(known, **changes)


def test_a_metric_is_taken_off_and_ranks_no_more() -> None:
    held = synapse(primary="hd95")
    changed = define("synapse", held, {"metric": ["hd95 ="]})
    assert (changed.metrics, changed.primary) == (held.metrics[:1], "")
    changed = define("synapse", held, {"metric": ["dice=", "hd95,decimals=1"]})
    assert [(m.id, m.decimals) for m in changed.metrics] == [("hd95", 1)]
    assert changed.primary == "hd95"
    other = define("synapse", held, {"metric": ["dice=", "hd95=", "asd"]})
    assert [m.id for m in other.metrics] == ["asd"]


def test_a_benchmark_is_made_of_what_is_given() -> None:
    given = {
        "title": "Synapse CT",
        "description": "Two lines:\n30 scans.",
        "task": "segmentation",
        "dataset": "Synapse",
        "dataset_version": "2015",
        "split": "test",
        "row_label": "Network",
        "metric": ["dice,Dice,higher,%", "hd95,HD95,lower,mm"],
        "primary": "HD95",
        "protocol": {"crop": 224, "views": "one"},
    }
    made = define("synapse", Benchmark(title=""), given)
    assert made == synapse(
        title="Synapse CT",
        description="Two lines:\n30 scans.",
        task="segmentation",
        dataset=Dataset(name="Synapse", version="2015", split="test"),
        row_label="Network",
        primary="hd95",
        protocol={"crop": 224, "views": "one"},
    )


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {}),
        ({"title": None, "dataset": None, "metric": None}, {}),
        ({"title": "New"}, {"title": "New"}),
        ({"dataset_version": "2"}, {"dataset": Dataset(name="ACDC", version="2", split="test")}),
        ({"dataset": ""}, {"dataset": None}),
        ({"protocol": {"crop": "", "views": 10}}, {"protocol": {"views": 10}}),
        ({"protocol": {"crop": ""}}, {"protocol": {}}),
        ({"primary": "hd95"}, {"primary": "hd95"}),
        ({"primary": ""}, {"primary": ""}),
        ({"row_label": ""}, {"row_label": "Model"}),
    ],
)
def test_what_is_not_said_stays(given: dict[str, Any], changes: dict[str, Any]) -> None:
    data = Dataset(name="ACDC", split="test")
    held = synapse(dataset=data, protocol={"crop": 224}, primary="dice", row_label="Net")
    if given.get("dataset") == "":
        given |= {"split": ""}
    assert define("synapse", held, given) == replace(held, **changes)


def test_a_metric_is_added_or_changed_in_its_place() -> None:
    changed = define("synapse", synapse(), {"metric": ["dice,decimals=2", "asd,ASD,lower,mm"]})
    assert [(m.id, m.name, m.decimals) for m in changed.metrics] == [
        ("dice", "Dice", 2),
        ("hd95", "HD95", None),
        ("asd", "ASD", None),
    ]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"title": " "}, UsageError),
        ({"split": "test"}, UsageError),
        ({"metric": ["x,range=1"]}, UsageError),
        ({"metric": ["dice=", "hd95="]}, UsageError),
        ({"metric": ["gone="]}, NotFound),
        ({"metric": ["dice="], "primary": "dice"}, NotFound),
        ({"primary": "gone"}, NotFound),
        ({"protocol": {"gone": ""}}, NotFound),
    ],
)
def test_what_makes_no_benchmark_is_refused(given: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        define("synapse", synapse(), given)
