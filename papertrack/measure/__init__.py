"""Count the parameters and operations of a network under the protocol of a benchmark.

Only `child` and the modules that it imports need torch, and they run in a process of their own.
"""

from __future__ import annotations

from papertrack.measure.rows import Network, read_arguments, request, row
from papertrack.measure.running import run
from papertrack.model import Benchmark, Result

__all__ = ["Network", "measure", "read_arguments"]


def measure(network: Network, name: str, benchmark: Benchmark, day: str, limit: float) -> Result:
    """Measure a network for a benchmark of a name, in at most `limit` seconds.

    This runs the code that the spec names.
    Raises UsageError, NotFound or PapertrackError where nothing can be said of the network.
    """
    told = run(request(network, name, benchmark), limit)
    return row(network, name, benchmark, told, day)
