"""Results as people type them."""

from __future__ import annotations

from typing import Any

import pytest

from papertrack.errors import NotFound, UsageError
from papertrack.model import Result, ResultSource, Uncertainty
from papertrack.reporting import assignments, condition, read_result
from tests.builders import synapse


def given(values: dict[str, str], **more: Any) -> Result:
    return read_result("synapse", synapse(), values, **more)


def test_a_result_keeps_values_as_they_are_printed() -> None:
    fields = {"model": " U-Net ", "url": "https://arxiv.org/abs/2102.04306", "locator": "Table 1"}
    assert given({"Dice": "76.850", "hd95": "39.70 ± 0.2 mm"}, fields=fields) == Result(
        benchmark="synapse",
        model="U-Net",
        values={"dice": "76.850", "hd95": "39.70"},
        uncertainty={"hd95": Uncertainty(value="0.2")},
        source=ResultSource(url="https://arxiv.org/abs/2102.04306", locator="Table 1"),
    )
    assert given({}).source is None


def test_every_field_of_a_result_can_be_given() -> None:
    texts = {"model": "M", "variant": "large", "extra_data": "JFT", "convention": "torch"}
    fields = {**texts, "status": "reproduced", "kind": "leaderboard"}
    read = given({"dice": "1"}, fields=fields, conditions={"crop": 224, "views": "ten"})
    assert read == Result(
        benchmark="synapse",
        values={"dice": "1"},
        conditions={"crop": 224, "views": "ten"},
        status="reproduced",
        source=ResultSource(kind="leaderboard"),
        **texts,
    )


@pytest.mark.parametrize(
    ("told", "uncertainty"),
    [
        ("0.4", Uncertainty(value="0.4")),
        ("0.40, sd", Uncertainty(value="0.40", kind="sd")),
        ("0.4,ci95,5", Uncertainty(value="0.4", kind="ci95", n=5)),
    ],
)
def test_an_uncertainty_may_say_its_kind_and_the_number_of_runs(
    told: str, uncertainty: Uncertainty
) -> None:
    assert given({"dice": "1"}, uncertainty={"dice": told}).uncertainty == {"dice": uncertainty}


@pytest.mark.parametrize(
    ("values", "more", "message"),
    [
        ({"dice": "high"}, {}, "is no value of a metric"),
        ({"dice": ""}, {}, "is no value of a metric"),
        ({"dice": "1"}, {"fields": {"status": "believed"}}, "'believed' is no status"),
        ({"dice": "1"}, {"fields": {"kind": "rumour"}}, "'rumour' is no kind of source"),
        ({"dice": "1"}, {"fields": {"url": "table 4"}}, "is no web address"),
        ({"dice": "1"}, {"uncertainty": {"dice": "much"}}, "is no uncertainty"),
        ({"dice": "1"}, {"uncertainty": {"dice": "-1"}}, "is no uncertainty"),
        ({"dice": "1"}, {"uncertainty": {"dice": "0.4%"}}, "is no uncertainty"),
        ({"dice": "1"}, {"uncertainty": {"dice": "0.4 ± 0.1,sd,5"}}, "is no uncertainty"),
        ({"dice": "1"}, {"uncertainty": {"dice": "1,sd,5,6"}}, "is no uncertainty"),
        ({"dice": "1"}, {"uncertainty": {"dice": "1,sd,five"}}, "is no uncertainty"),
        ({"dice": "1"}, {"uncertainty": {"dice": "1,guess"}}, "is no kind of uncertainty"),
    ],
)
def test_what_cannot_be_a_result_is_refused(
    values: dict[str, str], more: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        given(values, **more)


def test_an_unknown_metric_is_named_with_those_that_there_are() -> None:
    with pytest.raises(NotFound, match="synapse has no metric 'dce'") as error:
        given({"dce": "1"})
    assert error.value.hint == "one of dice, hd95"


def test_assignments_part_at_the_first_equals_sign() -> None:
    assert assignments([" dice = 76.3±0.4 ", "note=a=b"]) == {"dice": "76.3±0.4", "note": "a=b"}


@pytest.mark.parametrize("text", ["dice", "=1", ""])
def test_a_text_without_a_name_or_an_equals_sign_assigns_nothing(text: str) -> None:
    with pytest.raises(UsageError, match="METRIC=VALUE"):
        assignments([text])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("224", 224),
        ("[1, 3]", [1, 3]),
        ("true", True),
        (" ten  crops ", "ten crops"),
        ("", ""),
        ("NaN", "NaN"),
        ("1e999", "1e999"),
        ('{"a\\u001b": ["\\u202eb"]}', {"a": ["b"]}),
    ],
)
def test_a_condition_is_json_that_a_file_can_hold_else_a_text_and_clean(
    text: str, value: object
) -> None:
    assert condition(text) == value
