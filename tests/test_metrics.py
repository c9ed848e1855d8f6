"""Metrics: their columns, and their values as printed, read and shown."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.errors import UsageError
from papertrack.metrics import find, is_within, number, read, shown, words
from papertrack.model import Metric

DICE = Metric(id="dice", name="Dice", unit="%", range=("0", "100"), aliases=("DSC", "F1 score"))
PARAMS = Metric(id="params", name="Params", direction="none", unit="M", decimals=2)
METRICS = (DICE, PARAMS, Metric(id="top1", name="ImageNet top1 acc", aliases=("Top 1 Accuracy",)))

decimals = st.decimals(
    min_value=Decimal(-(10**12)), max_value=Decimal(10**12), allow_nan=False, places=6
)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("76.3", "76.3"),
        (" 76.30 % ", "76.30"),
        ("76.3 ± 0.4", "76.3"),
        ("76.3±0.4%", "76.3"),
        ("-1.5", "-1.5"),
        ("1e-3", "0.001"),
        ("\N{MINUS SIGN}0.3", "-0.3"),
        (".5", "0.5"),
    ],
)
def test_a_printed_value_is_read_as_a_number(printed: str, value: str) -> None:
    assert number(printed) == Decimal(value)


@pytest.mark.parametrize(
    "printed",
    [
        *("", "-", "n/a", "nan", "inf", "76,3", "± 0.4", "76.3 (0.4)", "1_0", "٣"),
        *("76.3 (unconfirmed)", "76.3 ± 0.4 (unconfirmed)"),
    ],
)
def test_what_is_no_number_has_none(printed: str) -> None:
    assert number(printed) is None


@pytest.mark.parametrize(
    ("printed", "metric", "parts"),
    [
        ("76.850", DICE, ("76.850", "")),
        ("76.3±0.4", DICE, ("76.3", "0.4")),
        ("76.3 % ± 0.4 %", DICE, ("76.3", "0.4")),
        ("76.3 +/- 0.40", DICE, ("76.3", "0.40")),
        ("76.3+-0.4", DICE, ("76.3", "0.4")),
        (r"$76.3 \pm 0.4$", DICE, ("76.3", "0.4")),
        (r"$76.3\pm0.4$", DICE, ("76.3", "0.4")),
        ("\N{MINUS SIGN}0.30 M", PARAMS, ("-0.30", "")),
        ("23.54 M", PARAMS, ("23.54", "")),
        ("84.3%", METRICS[2], ("84.3", "")),
    ],
)
def test_a_value_is_parted_from_its_uncertainty_and_its_unit(
    printed: str, metric: Metric, parts: tuple[str, str]
) -> None:
    assert read(printed, metric) == parts


@pytest.mark.parametrize(
    ("printed", "metric"),
    [
        ("", DICE),
        ("high", DICE),
        ("nan", DICE),
        ("76.3 mm", DICE),
        ("1±2±3", DICE),
        ("1±", DICE),
        ("1±-1", DICE),
        (r"1\pmb2", DICE),
        ("1_0", DICE),
        ("50 G", PARAMS),
        ("50%", PARAMS),
    ],
)
def test_another_text_is_no_value(printed: str, metric: Metric) -> None:
    with pytest.raises(UsageError, match="is no value of a metric"):
        read(printed, metric)


@pytest.mark.parametrize("printed", ["768.5", "-0.1", "100.01 ± 3"])
def test_a_value_outside_of_the_range_is_refused(printed: str) -> None:
    with pytest.raises(UsageError, match=r"lies outside of 0\.\.100"):
        read(printed, DICE)


@pytest.mark.parametrize(
    ("value", "ends", "within"),
    [
        ("0", ("0", "100"), True),
        ("100", ("0", "100"), True),
        ("-1", ("0", ""), False),
        ("1000", ("0", ""), True),
        ("1", ("", "0.5"), False),
        ("7", (), True),
        ("7", ("1",), True),
        ("7", ("low", "high"), True),
    ],
)
def test_a_range_holds_its_ends_and_may_be_open(
    value: str, ends: tuple[str, ...], within: bool
) -> None:
    assert is_within(Decimal(value), ends) == within


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("23.539971", "23.54"),
        ("581.785", "581.78"),
        ("581.775", "581.78"),
        ("79", "79"),
        ("79.0", "79.0"),
        ("79.00", "79.00"),
        ("79.000", "79.00"),
        ("-0.125", "-0.12"),
        ("1e3", "1e3"),
        ("12345678901234567890123456789.999", "12345678901234567890123456790.00"),
        ("n/a", "n/a"),
        ("", ""),
    ],
)
def test_a_value_is_cut_to_the_decimals_of_its_metric_half_to_even(
    value: str, printed: str
) -> None:
    assert shown(value, PARAMS) == printed


def test_a_value_of_a_metric_without_decimals_stays_as_it_is() -> None:
    assert shown("76.8500000", DICE) == "76.8500000"


@given(decimals)
def test_cutting_moves_a_value_by_half_a_unit_at_most_and_once_only(value: Decimal) -> None:
    cut = shown(str(value), PARAMS)
    assert Decimal(cut) == value.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    assert shown(cut, PARAMS) == cut


@given(decimals, st.decimals(min_value=0, max_value=9, places=3))
def test_what_is_shown_with_its_uncertainty_is_read_back(value: Decimal, off: Decimal) -> None:
    assert read(f"{value} ± {off}", PARAMS) == (str(value), str(off))


@pytest.mark.parametrize(
    ("label", "metric"),
    [
        ("dice", "dice"),
        ("DICE (%) ↑", "dice"),
        ("DSC", "dice"),
        ("F1-score", "dice"),
        ("Top-1 accuracy", "top1"),
        ("ImageNet top1 acc", "top1"),
        ("Params (M)", "params"),
        ("dice 2", None),
        ("", None),
        ("#", None),
    ],
)
def test_a_column_is_found_by_id_name_or_alias(label: str, metric: str | None) -> None:
    found = find(label, METRICS)
    assert (found and found.id) == metric


@pytest.mark.parametrize(
    ("metric", "told"),
    [
        (DICE, "dice: Dice (%), higher is better, 0..100, also called DSC, F1 score"),
        (PARAMS, "params: Params (M), no value is better, 2 decimals"),
        (
            Metric(id="hd95", direction="lower", decimals=1, range=("0", "")),
            "hd95: hd95, lower is better, 0.., 1 decimal",
        ),
        (Metric(id="n", decimals=0), "n: n, higher is better, 0 decimals"),
    ],
)
def test_a_metric_is_told_in_words(metric: Metric, told: str) -> None:
    assert words(metric) == told
