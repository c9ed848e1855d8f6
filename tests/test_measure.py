"""What measuring makes of a protocol and of what was seen; none of it needs torch."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.errors import PapertrackError, UsageError
from papertrack.measure import Network, read_arguments, rows, running, telling
from papertrack.measure.deviations import deviations
from papertrack.measure.exchange import Answer, Failure, Observed, Request
from papertrack.measure.origins import origin, public_address
from papertrack.model import Metric
from tests.builders import fair_comparison

SEEN = Observed(
    levels=5,
    downsampling=(16, 16, 16),
    first_width=32,
    norms={"batch": 18},
    activations={"relu": 18, "sigmoid": 3},
    outputs=((1, 3, 128, 128, 128),),
)
"""What a network does that keeps to the protocol."""

ANSWER = Answer(
    counts={"parameters": 23539971, "trainable": 23539971, "macs": 580021911552},
    by_operation={"convolution": 580021911552},
    uncounted={},
    observed=SEEN,
    code={},
    counter="torch.utils.flop_counter",
    environment={"torch": "2.13.0"},
)

NETWORK = Network(spec="nets:unet", model="U-Net")


def seen(**changes: Any) -> Observed:
    return Observed(**({f: getattr(SEEN, f) for f in SEEN.__struct_fields__} | changes))


def test_a_network_that_keeps_to_the_protocol_deviates_nowhere() -> None:
    assert list(deviations(fair_comparison().protocol, SEEN)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"outputs": ((1, 4, 8, 8, 8),)}, "4 output channels instead of 3"),
        (
            {"outputs": ((1, 3, 8), (1, 2, 8), (1, 1, 8))},
            "1, 2 and 3 output channels instead of 3",
        ),
        ({"outputs": ()}, "no output channels instead of 3"),
        ({"levels": 6}, "6 levels instead of 5"),
        ({"first_width": 24}, "24 channels after the first convolution instead of 32"),
        ({"norms": {"layer": 1, "batch": 2}}, "batch and layer norm instead of batch"),
        ({"norms": {}}, "no norm instead of batch"),
        ({"activations": {"gelu": 1}}, "gelu activation instead of relu"),
        ({"activations": {"softmax": 1}}, "no activation instead of relu"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_deviation_is_told_in_words(change: dict[str, Any], told: str) -> None:
    assert list(deviations(fair_comparison().protocol, seen(**change))) == [told]


@pytest.mark.parametrize(
    ("wanted", "factors", "told"),
    [
        (16, (16, 16, 16), []),
        ([4, 16, 16], (4, 16, 16), []),
        (16, (32, 32, 32), ["down-samples 32 instead of 16 times"]),
        (16, (4, 16, 16), ["down-samples 4 x 16 x 16 instead of 16 times"]),
        (16, (), ["down-samples 1 instead of 16 times"]),
    ],
)
def test_downsampling_is_compared_by_axis(
    wanted: object, factors: tuple[int, ...], told: list[str]
) -> None:
    assert list(deviations({"downsampling": wanted}, seen(downsampling=factors))) == told


@pytest.mark.parametrize("word", ["LeakyReLU", "leaky_relu", "leaky relu"])
def test_the_protocol_may_write_an_activation_in_any_way(word: str) -> None:
    assert not list(deviations({"act": word}, seen(activations={"leaky_relu": 2})))


def test_output_channels_go_before_classes() -> None:
    protocol = {"classes": 3, "output_channels": 4}
    assert not list(deviations(protocol, seen(outputs=((1, 4, 8),))))


def test_a_protocol_that_says_nothing_is_met_by_everything() -> None:
    assert not list(deviations({}, Observed()))


def test_a_row_has_exact_values_and_everything_that_was_seen() -> None:
    row = rows.row(NETWORK, "fair", fair_comparison(), ANSWER, "2026-11-23")
    assert row.values == {"params": "23.539971", "macs": "580.021911552"}
    assert (row.model, row.status, row.convention) == ("U-Net", "measured", "torch")
    assert row.measurement is not None
    assert row.measurement.counts["macs"] == "580021911552"
    assert row.measurement.observed["norms"] == {"batch": 18}
    assert row.measurement.day == "2026-11-23"


def test_floating_point_operations_are_two_for_each_multiply_accumulate() -> None:
    benchmark = fair_comparison(metrics=(Metric(id="flops", unit="T"),))
    assert rows.row(NETWORK, "f", benchmark, ANSWER, "").values == {"flops": "1.160043823104"}
    counted = Network(spec="nets:unet", counter="ptflops")
    assert rows.row(counted, "f", benchmark, ANSWER, "").values == {}


def test_what_a_row_is_called_is_cleaned() -> None:
    network = Network(spec="nets:unet", model=" U-Net\x1b[31m\n", variant="\u202elarge")
    row = rows.row(network, "fair", fair_comparison(), ANSWER, "2026-11-23")
    assert (row.model, row.variant) == ("U-Net[31m", "large")


def test_a_network_that_refuses_its_input_is_not_applicable_and_says_why() -> None:
    refused = Failure(kind="network", message="ValueError: 3 channels")
    row = rows.row(NETWORK, "fair", fair_comparison(), refused, "2026-11-23")
    assert (row.status, row.note, row.values) == ("not-applicable", "ValueError: 3 channels", {})


def test_people_are_told_every_fact_on_a_line_of_its_own() -> None:
    answer = Answer(
        counts=ANSWER.counts | {"activation_bytes": 3 * 2**20, "latency_us": 12345},
        by_operation={"convolution": 580021911000, "bmm": 552},
        uncounted={"_fft_r2c": 2},
        observed=seen(levels=6, downsampling=(16, 32, 32)),
        code={"packages": {"monai": "1.6.1"}, "file": "n.py", "commit": "abc", "dirty": True},
        counter="",
        environment={"device": "cpu: one", "dtype": "float32", "threads": "2"},
    )
    measurement = rows.row(NETWORK, "fair", fair_comparison(), answer, "").measurement
    assert measurement is not None
    assert dict(telling.lines(measurement)) == {
        "parameters": "23,539,971",
        "macs": "580,021,911,552",
        "operations": "convolution 580,021,911,000, bmm 552",
        "memory": "3 MiB of activations (estimated)",
        "latency": "12.3 ms on cpu: one, float32, 2 threads",
        "levels": "6, down-samples 16 x 32 x 32 times",
        "width": "32 channels after the first convolution",
        "norms": "18 x batch",
        "acts": "18 x relu, 3 x sigmoid",
        "output": "[1, 3, 128, 128, 128]",
        "uncounted": "2 x _fft_r2c",
        "deviations": "6 levels instead of 5",
        "code": "monai 1.6.1, n.py at abc and changes that are in no commit",
    }


EVERY_UNIT = [(metric, unit) for metric, units in rows.UNITS.items() for unit in units]


@given(st.integers(0, 10**18), st.sampled_from(EVERY_UNIT))
def test_a_value_times_its_unit_is_the_count_again(count: int, given: tuple[str, str]) -> None:
    metric, unit = given
    written = rows.exact(count, Metric(id=metric, unit=unit))
    assert Decimal(written) * rows.UNITS[metric][unit] == count
    assert "E" not in written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a=3", 3),
        ("a=(1, 2)", [1, 2]),
        ("a=[1,2]", [1, 2]),
        ("a=True", True),
        ("a=true", True),
        ("a=None", None),
        ("a=null", None),
        ("a='3'", "3"),
        ("a=relu", "relu"),
        ("a=x=y", "x=y"),
        ("a=", ""),
        ("a={'inplace': True}", {"inplace": True}),
        ("a={1}", "{1}"),
        ("a=1e999", "1e999"),
        ("a='\\x1b[2J'", "[2J"),
        ("a=__import__('os')", "__import__('os')"),
    ],
)
def test_arguments_read_as_python_or_json_writes_them(text: str, value: object) -> None:
    assert read_arguments([text]) == {"a": value}


@pytest.mark.parametrize("text", ["a", "=3", "a b=3", "a.b=3"])
def test_what_is_no_argument_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no argument"):
        read_arguments([text])


@pytest.mark.parametrize(
    ("changes", "spec", "message"),
    [
        ({}, "nets.py", "names no network"),
        ({}, "nets", "names no network"),
        ({}, "a/b:c", "names no network"),
        ({}, "nets:", "names no network"),
        ({"protocol": {}}, "n:u", "fixes no input"),
        ({"protocol": {"input": 3}}, "n:u", "fixes no input"),
        ({"protocol": {"input": [1, 3, 0]}}, "n:u", "fixes no input"),
        ({"protocol": {"input": [1, True]}}, "n:u", "fixes no input"),
        ({"metrics": (Metric(id="dice"),)}, "n:u", "no metric that can be measured"),
        ({"metrics": (Metric(id="macs", unit="GMAC/s"),)}, "n:u", "macs cannot be given in"),
        ({"metrics": (Metric(id="params", unit="MB"),)}, "n:u", "params cannot be given in 'MB'"),
        ({"metrics": (Metric(id="latency", unit="M"),)}, "n:u", "latency cannot be given in 'M'"),
        ({"metrics": (Metric(id="latency"),)}, "n:u", "latency cannot be given without a unit"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_runs(
    changes: dict[str, Any], spec: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        rows.request(Network(spec=spec), "fair", fair_comparison(**changes))
    assert raised.value.hint


@pytest.mark.parametrize(
    ("remote", "told"),
    [
        ("https://github.com/o/r.git", "https://github.com/o/r.git"),
        ("https://user:secret@github.com:8443/o/r", "https://github.com:8443/o/r"),
        ("git@github.com:o/r.git", "github.com:o/r.git"),
        ("ssh://git@host/o/r", "ssh://host/o/r"),
        ("ssh://git@github.com:o/r.git", ""),
        ("/srv/repositories/r", ""),
        ("../r", ""),
        ("file:///srv/r", ""),
        (r"C:\r", ""),
        ("C:/r", ""),
        ("", ""),
    ],
)
def test_a_remote_is_told_without_credentials_and_a_folder_not_at_all(
    remote: str, told: str
) -> None:
    assert public_address(remote) == told


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=n", "-c", "user.email=n@example.org"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True)


def test_the_origin_of_code_is_its_file_and_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "repository" / "nets"
    folder.mkdir(parents=True)
    file = folder / "papertrack_test_origin.py"
    file.write_text("def make():\n    pass\n")
    monkeypatch.syspath_prepend(folder)
    import papertrack_test_origin as nets

    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert origin(nets.make, []) == {"file": "papertrack_test_origin.py", "sha256": digest}
    _git(folder.parent, "init", "-q")
    _git(folder.parent, "remote", "add", "origin", "https://me:secret@example.org/o/r.git")
    _git(folder.parent, "add", ".")
    _git(folder.parent, "commit", "-qm", "first")
    told = origin(nets.make, [])
    assert told["file"] == "nets/papertrack_test_origin.py"
    assert told["repository"] == "https://example.org/o/r.git"
    assert len(told["commit"]) == 40
    assert told["dirty"] is False
    (folder.parent / "README.md").write_text("a list, say")
    assert origin(nets.make, [])["dirty"] is False
    (folder / "more.py").write_text("")
    assert origin(nets.make, [])["dirty"] is True


def test_the_origin_of_an_installed_network_is_its_package_with_the_version() -> None:
    told = origin(pytest.raises, [pytest.Item, dict])
    assert told["packages"] == {"pytest": pytest.__version__}
    assert "commit" not in told
    assert origin(len, []) == {}


def test_without_torch_measuring_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(PapertrackError, match="PyTorch") as raised:
        running.run(Request(spec="a:b", shape=(1, 3)), limit=1)
    assert "pip install torch" in raised.value.hint
