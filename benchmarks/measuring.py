"""How long it takes to measure one network, the import of torch included, and in how much memory.

    python -m benchmarks.measuring [RUNS]

Each network is measured several times in processes of their own; the quickest run counts, since
whatever else the machine does only makes a run slower. All runs must say the same. The bounds are
those of the design: 5 s and 1 GB.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.peak import peak

SECONDS, GIGABYTES = 5.0, 1.0

NETWORKS = {
    "papertrack.measure.networks:unet": {},
    "papertrack.measure.networks:unetpp": {},
    "monai.networks.nets:UNETR": {"in_channels": 3, "out_channels": 3, "img_size": 128},
    "monai.networks.nets:SwinUNETR": {"in_channels": 3, "out_channels": 3, "feature_size": 48},
}

PAPERTRACK = [sys.executable, "-m", "papertrack", "-q"]
PROTOCOL = "input=[1,3,128,128,128]"


def run(command: list[str], folder: Path) -> tuple[bytes, float, float, float]:
    """Run a command; return what it prints, its seconds, those of the processor, and its peak."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE)
    assert process.stdout
    printed = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return printed, seconds, used.ru_utime + used.ru_stime, peak(used) / 1e9


def main(runs: int) -> int:
    """Print seconds and gigabytes of each network; return 1 when one is beyond a bound."""
    beyond = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "list"
        subprocess.run([*PAPERTRACK, "demo", str(folder)], check=True, capture_output=True)
        add = [*PAPERTRACK, "benchmark", "add", "fair", "--title", "Fair", "--protocol", PROTOCOL]
        metrics = ["--metric", "params,Params,none,M", "--metric", "macs,MACs,none,G"]
        subprocess.run([*add, *metrics], cwd=folder, check=True)
        for spec, arguments in NETWORKS.items():
            if not importlib.util.find_spec(spec.partition(".")[0]):
                sys.stdout.write(f"{spec:36} is not installed\n")
                continue
            given = [
                part for item in arguments.items() for part in ("--arg", "{}={}".format(*item))
            ]
            what = ["--benchmark", "fair", "--paper", "U-Net", "--dry-run", "--json"]
            told = [run([*PAPERTRACK, "measure", spec, *what, *given], folder) for _ in range(runs)]
            same = len({printed for printed, *_ in told}) == 1
            _, seconds, processor, _ = min(told, key=lambda each: each[1])
            peak = max(peak for *_, peak in told)
            beyond += seconds > SECONDS or peak > GIGABYTES or not same
            sys.stdout.write(
                f"{spec:36} {seconds:5.2f} s  {processor:5.2f} s of processor  {peak:5.2f} GB  "
                f"{'the same each time' if same else 'NOT the same each time'}\n"
            )
    return int(beyond > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
