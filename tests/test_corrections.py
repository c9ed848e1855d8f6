"""Results are corrected by adding, and taken out with what they corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.corrections import fingerprint, put, standing, take_out
from papertrack.documents import from_document, to_document
from papertrack.model import Measurement, Result, ResultSource, Uncertainty, replace

PAPER = ResultSource(url="https://arxiv.org/abs/1505.04597", locator="Table 1")
OTHER = ResultSource(url="https://arxiv.org/abs/2102.04306", locator="Table 4")

made = st.builds(
    Result,
    benchmark=st.sampled_from(["synapse", "acdc"]),
    model=st.sampled_from(["", "U-Net", "R50"]),
    variant=st.sampled_from(["", "large"]),
    values=st.dictionaries(st.sampled_from(["dice", "hd95"]), st.sampled_from(["1", "2", "1.0"])),
    extra_data=st.sampled_from(["", "JFT"]),
    convention=st.sampled_from(["", "torch"]),
    source=st.sampled_from([None, PAPER, OTHER]),
    note=st.sampled_from(["", "10-crop"]),
)


def result(dice: str = "76.85", **changes: Any) -> Result:
    return Result(**({"benchmark": "synapse", "values": {"dice": dice}} | changes))


def kept(*results: Result) -> tuple[Result, ...]:
    """Put results in, one after the other."""
    held: tuple[Result, ...] = ()
    for one in results:
        held = put(held, one, "U-Net")
    return held


def dices(results: Sequence[Result]) -> list[str]:
    return [result.values["dice"] for result in results]


def test_a_fingerprint_is_that_of_the_content() -> None:
    assert fingerprint(result()) == "79185f66184e"
    assert fingerprint(result()) == fingerprint(from_document(Result, to_document(result())))
    assert len({fingerprint(result(note=str(n))) for n in range(100)}) == 100


def test_a_correction_names_what_it_supersedes_and_stands_in_its_place() -> None:
    first, other = result("70"), result("60", model="R50")
    held = kept(first, other, result("71"), result("72"))
    assert dices(held) == ["70", "71", "72", "60"]
    assert [r.supersedes for r in held] == ["", fingerprint(held[0]), fingerprint(held[1]), ""]
    assert dices(standing(held)) == ["72", "60"]


def test_a_correction_stands_behind_its_own_row_where_another_differs_by_a_type() -> None:
    one, true = result("70", conditions={"flip": 1}), result("70", conditions={"flip": True})
    held = kept(one, true, result("71", conditions={"flip": True}))
    assert dices(held) == ["70", "70", "71"]
    assert held[2].supersedes == fingerprint(true)


def test_a_correction_may_bring_the_old_value_back() -> None:
    held = kept(result("70"), result("71"), result("70"))
    assert dices(held) == ["70", "71", "70"]
    assert standing(held) == [held[2]]


@pytest.mark.parametrize(
    "again",
    [
        result(),
        result(model="U-Net"),
        replace(result(), uncertainty={}, source=None),
        result(source=PAPER),
    ],
    ids=["same", "by its name", "says less", "same source"],
)
def test_what_says_nothing_new_changes_nothing(again: Result) -> None:
    first = result(source=PAPER, uncertainty={"dice": Uncertainty(value="0.4")}, note="x")
    assert kept(first, again) == (first,)


def test_a_correction_keeps_what_it_does_not_say() -> None:
    first = result(source=PAPER, note="10-crop")
    first = replace(first, values={"dice": "70", "hd95": "9"}, status="reproduced")
    first = replace(first, uncertainty={m: Uncertainty(value="1") for m in ("dice", "hd95")})
    [_, correction] = kept(first, result("71"))
    assert correction.values == {"dice": "71", "hd95": "9"}
    assert correction.uncertainty == {"hd95": Uncertainty(value="1")}
    assert (correction.source, correction.note, correction.status) == (
        PAPER,
        "10-crop",
        "reproduced",
    )


def test_a_correction_of_the_place_keeps_the_page() -> None:
    first = result(source=PAPER)
    [_, moved] = kept(first, result(source=ResultSource(locator="Table 2")))
    assert moved.source == replace(PAPER, locator="Table 2")
    [_, other] = kept(first, result(source=ResultSource(kind="list", locator="row 3")))
    assert other.source == ResultSource(kind="list", locator="row 3")


def test_a_model_that_cannot_be_run_has_no_values_and_one_that_has_values_can_be() -> None:
    first = result(uncertainty={"dice": Uncertainty(value="0.4")}, source=PAPER)
    cannot = result(values={}, status="not-applicable", note="Takes one channel.")
    held = kept(first, cannot)
    assert held[0] == first
    [stands] = standing(held)
    assert (stands.values, stands.uncertainty, stands.source) == ({}, {}, PAPER)
    assert kept(*held, cannot) == held
    [stands] = standing(kept(*held, result("78")))
    assert (stands.values, stands.status, stands.note) == ({"dice": "78"}, "self-reported", "")
    noted = kept(*held, result(values={}, note="Takes two."))
    assert standing(noted)[0].status == "not-applicable"


def test_what_is_said_counts_although_it_is_what_silence_means() -> None:
    source = ResultSource(kind="list", url=PAPER.url)
    held = (result(status="unconfirmed", source=source),)
    assert put(held, result(), "U-Net") == held
    [_, sure] = put(held, result(), "U-Net", ["status"])
    assert (sure.status, sure.source) == ("self-reported", source)
    again = result(source=ResultSource())
    assert put(held, again, "U-Net") == held
    [_, read] = put(held, again, "U-Net", ["kind"])
    assert read.source == ResultSource()


@pytest.mark.parametrize(
    "changes",
    [
        {"benchmark": "acdc"},
        {"model": "R50"},
        {"variant": "large"},
        {"convention": "ptflops"},
        {"conditions": {"crop": 320}},
        {"source": OTHER},
        {"measurement": Measurement(spec="nets:UNet")},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_another_row_is_no_correction(changes: dict[str, Any]) -> None:
    first, other = result("70", source=PAPER), result("71", **changes)
    assert kept(first, other) == (first, other)


def test_a_second_run_that_measures_the_same_changes_nothing() -> None:
    run = Measurement(spec="nets:UNet", protocol="a", counts={"macs": "1"}, day="2026-11-23")
    first = result(measurement=run)
    assert kept(first, result(measurement=replace(run, day="2026-11-24"))) == (first,)
    newer = kept(first, result(measurement=replace(run, protocol="b")))
    assert [r.measurement and r.measurement.protocol for r in standing(newer)] == ["b"]


def test_a_result_is_taken_out_with_all_that_it_corrected() -> None:
    held = kept(result("70"), result("71"), result("72"), result("60", model="R50"))
    assert take_out(held, [held[2]]) == (held[3],)


def test_corrections_in_a_circle_come_to_an_end() -> None:
    one = result("1", supersedes="@")
    assert take_out((one,), [one]) == ()


@given(st.lists(made, max_size=6))
def test_whatever_is_put_in_a_second_time_changes_nothing(results: list[Result]) -> None:
    held = kept(*results)
    assert all(put(held, one, "U-Net") == held for one in standing(held))
    assert not take_out(held, standing(held))
