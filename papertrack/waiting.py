"""Waiting that a signal ends.

Python runs the handler of a signal between two steps of the main thread. A signal that comes when
the thread has just decided to wait is handled when the wait is over, and no sooner: in a wait
without an end Ctrl-C would be lost. So a wait is made of short turns.
"""

from __future__ import annotations

import math
import time
from queue import Empty, SimpleQueue
from typing import TypeVar

_TURN = 0.2
"""Seconds by which a signal may be late."""

T = TypeVar("T")


def wait_for(items: SimpleQueue[T], seconds: float = math.inf) -> T:
    """Take the next item; raise `queue.Empty` where none has come within the seconds."""
    end = time.monotonic() + seconds
    while True:
        left = end - time.monotonic()
        try:
            return items.get(timeout=max(0.0, min(left, _TURN)))
        except Empty:
            if left <= _TURN:
                raise
