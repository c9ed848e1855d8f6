"""`papertrack measure`: networks that behave and networks that do not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from papertrack.library import Library
from papertrack.model import Result
from tests.builders import fair_comparison, make_library, unet
from tests.conftest import Ran

pytest.importorskip("torch", reason="PyTorch is not installed")

Measure = Callable[..., Ran]


@pytest.fixture
def measure(papertrack: Callable[..., Ran]) -> Measure:
    """Return `measure(code, spec, *options)`, which has the code of a file `nets.py` measured."""
    library = make_library(Path.cwd(), ronneberger2015unet=unet())
    benchmark = fair_comparison()
    small = {**benchmark.protocol, "input": [1, 3, 16, 16, 16], "levels": 1, "base_channels": 4}
    with library.change() as contents:
        contents.benchmarks["fair"] = fair_comparison(protocol=small)

    def run(code: str, spec: str, *options: str) -> Ran:
        Path("nets.py").write_text(code)
        return papertrack("measure", spec, "--benchmark", "fair", "--paper", "U-Net", *options)

    return run


def results() -> tuple[Result, ...]:
    return Library(Path.cwd()).read().papers["ronneberger2015unet"].results


GOOD = """
import sys
from torch import nn

print("a network that prints")
print("and complains", file=sys.stderr)

def make(width=4, norm=True):
    layers = [nn.Conv3d(3, width, 1), nn.BatchNorm3d(width), nn.ReLU(), nn.Conv3d(width, 3, 1)]
    return nn.Sequential(*layers)

class Refuses(nn.Module):
    def forward(self, x):
        raise ValueError("out channels should be divisible by in_channels")
"""

MACS = 16**3 * (3 * 4 + 4 * 3)


def test_a_measured_network_gets_its_row(measure: Measure) -> None:
    ran = measure(GOOD, "nets:make", "--model", "Tiny", "--variant", "4", "--arg", "norm=False")
    assert ran.code == 0, ran.err
    assert f"macs\t{MACS:,}" in ran.out
    assert "deviations\tnone" in ran.out
    assert "prints" not in ran.out + ran.err
    assert "saved" in ran.err
    (row,) = results()
    assert (row.model, row.variant, row.status, row.convention) == (
        "Tiny",
        "4",
        "measured",
        "torch",
    )
    assert row.values == {"params": "0.000039", "macs": "0.000098304"}
    assert row.source is not None
    assert row.source.kind == "measured"
    assert row.measurement is not None
    assert row.measurement.spec == "nets:make"
    assert row.measurement.arguments == {"norm": False}
    assert row.measurement.code["file"] == "nets.py"


def test_a_second_time_changes_nothing(measure: Measure) -> None:
    first = measure(GOOD, "nets:make")
    before = results()
    second = measure(GOOD, "nets:make")
    assert (first.code, second.code) == (0, 0)
    assert first.out == second.out
    assert "saved" not in second.err
    assert results() == before


def test_a_dry_run_saves_nothing_and_json_is_all_there_is(measure: Measure) -> None:
    ran = measure(GOOD, "nets:make", "--dry-run", "--json", "--counter", "ptflops", "--memory")
    assert ran.json["key"] == "ronneberger2015unet"
    assert ran.json["convention"] == "ptflops"
    elements = 16**3 * 4
    expected = MACS + 16**3 * (4 + 3) + 3 * elements
    assert ran.json["measurement"]["counts"]["macs"] == str(expected)
    assert int(ran.json["measurement"]["counts"]["activation_bytes"]) > 0
    assert results() == ()


def test_a_network_that_refuses_the_protocol_gets_a_row_that_says_so(measure: Measure) -> None:
    ran = measure(GOOD, "nets:Refuses", "--model", "Tiny")
    assert ran.code == 0
    assert "nets:Refuses does not run under the protocol of fair" in ran.err
    (row,) = results()
    assert row.status == "not-applicable"
    assert row.note.startswith("ValueError: out channels should be divisible by in_channels")


def test_with_v_one_sees_what_a_network_prints(measure: Measure) -> None:
    measure("print('hello')\n1 / 0", "nets:make")
    command = [sys.executable, "-m", "papertrack", "-v", "measure", "nets:make"]
    wanted = ["--benchmark", "fair", "--paper", "U-Net"]
    ran = subprocess.run([*command, *wanted], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("hello")
    assert ran.stdout == ""


FORKS = """
import os
from filelock import FileLock
lock = FileLock("nets.lock")
lock.acquire()
os.fork()
while True:
    pass
"""
THREAD = f"import threading, time\n{GOOD}\nthreading.Thread(target=time.sleep, args=(60,)).start()"


@pytest.mark.parametrize(
    ("code", "spec", "exit_code", "told"),
    [
        ("", "nets", 2, "package.module:factory"),
        ("", "nets:make", 3, "nets has no 'make'"),
        ("", "net:make", 3, "there is no module 'net'"),
        ("import no_such", "nets:make", 1, "No module named 'no_such' (nets.py:1)"),
        ("1 / 0", "nets:make", 1, "ZeroDivisionError: division by zero (nets.py:1)"),
        ("def (", "nets:make", 1, "SyntaxError"),
        ("raise SystemExit('bye')", "nets:make", 1, "SystemExit: bye"),
        ("import os\nos._exit(7)", "nets:make", 1, "without an answer: exit code 7"),
        ("import os\nos.abort()", "nets:make", 1, "without an answer: SIGABRT"),
        ("import ctypes\nctypes.string_at(0)", "nets:make", 1, "without an answer: SIGSEGV"),
        ("while True: pass", "nets:make", 1, "nets:make took longer than 1 s"),
        ("make = 3", "nets:make", 2, "nets:make cannot be called: it is a int"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_goes_wrong_is_said_and_changes_nothing(
    measure: Measure, code: str, spec: str, exit_code: int, told: str
) -> None:
    slow = ["--timeout", "1"] if code.startswith("while") else []
    ran = measure(code, spec, *slow)
    assert ran.code == exit_code
    assert told in ran.err
    assert "hint: " in ran.err
    assert "Traceback" not in ran.err
    assert results() == ()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_what_a_network_has_started_ends_with_it(measure: Measure) -> None:
    assert measure(FORKS, "nets:make", "--timeout", "3").code == 1
    FileLock("nets.lock", timeout=30).acquire()


def test_a_thread_that_a_network_leaves_behind_does_not_keep_it_alive(measure: Measure) -> None:
    assert measure(THREAD, "nets:make", "--timeout", "55").code == 0


def test_a_network_sees_no_api_key(measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("S2_API_KEY", "secret")
    ran = measure("import os\nraise OSError(os.environ.get('S2_API_KEY'))", "nets:make")
    assert "OSError: None" in ran.err


def test_modules_of_the_folder_come_after_those_of_papertrack(measure: Measure) -> None:
    Path("msgspec.py").write_text("raise OSError('the wrong one')")
    assert "ZeroDivisionError" in measure("1 / 0", "nets:make").err


def test_an_unknown_paper_or_benchmark_is_told_before_anything_runs(
    measure: Measure,
) -> None:
    marked = "open('ran', 'w')"
    assert measure(marked, "nets:make", "--paper", "nobody").code == 3
    assert measure(marked, "nets:make", "--benchmark", "nothing").code == 3
    assert measure(marked, "nets:make", "--arg", "width").code == 2
    assert not Path("ran").exists()
