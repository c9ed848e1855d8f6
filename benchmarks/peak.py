"""How much memory a process has taken at most."""

from __future__ import annotations

import sys
from resource import struct_rusage


def peak(used: struct_rusage) -> int:
    """Return the peak in bytes; Linux counts it in units of 1024."""
    return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
