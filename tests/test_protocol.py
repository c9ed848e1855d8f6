"""Protocols: what they hash, and what they say to people."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import protocol
from papertrack.model import Measurement, Result

SEED = {"input": [1, 3, 128, 128, 128], "classes": 3, "base_channels": 32, "norm": "batch"}

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
conditions = st.dictionaries(st.text(), values, max_size=4)


def test_the_hash_of_a_protocol_is_known() -> None:
    assert protocol.short(protocol.digest({})) == "44136fa355b3"
    assert protocol.short(protocol.digest(SEED)) == "07de2ddc427a"


@given(conditions)
def test_the_hash_is_that_of_the_content(held: dict[str, Any]) -> None:
    backwards = dict(reversed(held.items()))
    read_back = json.loads(json.dumps(held, indent=2))
    assert protocol.digest(held) == protocol.digest(backwards) == protocol.digest(read_back)


@given(conditions, conditions)
def test_protocols_that_differ_have_different_hashes(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (protocol.digest(one) == protocol.digest(other)) == same


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ({}, ""),
        (SEED, "input [1, 3, 128, 128, 128], 3 classes, 32 base channels, norm batch"),
        ({"folds": 1, "crop": 224, "lr": 0.1}, "folds 1, crop 224, lr 0.1"),
        ({"flips": True, "ensemble": False, "seed": None}, "flips, no ensemble, seed null"),
        ({"train": {"epochs": 90, "optimizer": "SGD"}}, "train (90 epochs, optimizer SGD)"),
    ],
)
def test_conditions_are_told_in_words(conditions: dict[str, Any], words: str) -> None:
    assert protocol.words(conditions) == words


def test_differences_name_both_sides_and_what_is_new() -> None:
    told = protocol.differences(SEED, {"classes": 4, "norm": "batch", "crop": 96})
    assert list(told) == ["4 classes instead of 3 classes", "crop 96"]


def test_true_and_one_are_two_conditions() -> None:
    assert list(protocol.differences({"flip": 1}, {"flip": True})) == ["flip instead of flip 1"]
    assert list(protocol.differences({"scale": 1}, {"scale": 1.0})) == [
        "scale 1.0 instead of scale 1"
    ]


def test_a_result_stands_under_its_own_conditions_before_those_of_the_benchmark() -> None:
    result = Result(benchmark="b", conditions={"classes": 4})
    assert protocol.effective(SEED, result) == SEED | {"classes": 4}
    assert protocol.in_force(SEED, result) == protocol.digest(SEED | {"classes": 4})
    same = Result(benchmark="b", conditions={"classes": 3})
    assert protocol.in_force(SEED, same) == protocol.digest(SEED)


@pytest.mark.parametrize(
    ("measured", "stale"),
    [(None, False), ("", False), (protocol.digest(SEED), False), ("0" * 64, True)],
)
def test_a_measured_result_is_stale_when_its_protocol_has_changed(
    measured: str | None, stale: bool
) -> None:
    run = None if measured is None else Measurement(spec="nets:UNet", protocol=measured)
    assert protocol.is_stale(SEED, Result(benchmark="b", measurement=run)) == stale
