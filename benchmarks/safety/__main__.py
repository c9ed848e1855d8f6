"""Run as `python -m benchmarks.safety`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import safety
from benchmarks.safety.report import Row, markdown


def main() -> int:
    """Try all scenarios; return 1 when one of ours went wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.safety", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer trials: under a minute")
    parser.add_argument("--only", action="append", choices=safety.names(), help="one part alone")
    parser.add_argument("-o", dest="output", type=Path, help="write the report to a file")
    arguments = parser.parse_args()
    scale = safety.SHORT if arguments.short else 1.0
    parts: dict[str, list[Row]] = {}
    for name in arguments.only or safety.names():
        part = safety.part(name)
        parts[part.heading] = _run(name, part, scale)
    report = markdown(parts, short=arguments.short)
    if arguments.output:
        arguments.output.write_text(report, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(report)
    return int(any(row.failed for rows in parts.values() for row in rows))


def _run(name: str, part: safety.Part, scale: float) -> list[Row]:
    """Try the scenarios of a part, each said on standard error as soon as it is done."""
    rows = []
    with tempfile.TemporaryDirectory(prefix=f"papertrack-{name}-") as work:
        begun = time.perf_counter()
        for row in part.rows(scale, Path(work)):
            seconds = time.perf_counter() - begun
            weak = "  (the control passed too)" * row.powerless
            sys.stderr.write(
                f"{name}: {row.what}: {row.ours}; obvious {row.obvious}{weak} [{seconds:.1f} s]\n"
            )
            rows.append(row)
            begun = time.perf_counter()
    return rows


if __name__ == "__main__":
    sys.exit(main())
