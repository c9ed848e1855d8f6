"""How long papertrack takes to start, beside the import of typer alone.

    python -m benchmarks.startup [RUNS]

Both commands run in turn, so that a machine that slows down slows both; the ratio is that of the
medians of processor time. The bound is the one of the design: at most 1.5.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

BOUND = 1.5

PAPERTRACK = [sys.executable, "-m", "papertrack"]
COMMANDS = {
    "import typer": [sys.executable, "-c", "import typer"],
    "papertrack --help": [*PAPERTRACK, "--help"],
    "papertrack render --check": [*PAPERTRACK, "render", "--check"],
    "papertrack search unet": [*PAPERTRACK, "search", "unet"],
}


def cpu_seconds(command: list[str], folder: Path) -> float:
    """Run a command and return the user and system time of its process."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(runs: int) -> int:
    """Print the medians and their ratios; return 1 when `--help` is beyond the bound."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "list"
        subprocess.run([*PAPERTRACK, "-q", "demo", str(folder)], check=True, capture_output=True)
        times: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(runs):
            for label, command in COMMANDS.items():
                times[label].append(cpu_seconds(command, folder))
    floor = median(times["import typer"])
    for label, measured in times.items():
        middle = median(measured)
        sys.stdout.write(f"{label:28} {middle * 1000:6.0f} ms  {middle / floor:5.2f} x typer\n")
    return int(median(times["papertrack --help"]) > BOUND * floor)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
