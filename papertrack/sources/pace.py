"""A time between requests that all processes of one person keep together."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_QUEUE = 60.0
"""Longest wait, in seconds, for other processes that stand before us."""

log = logging.getLogger("papertrack")


class Pace:
    """Waits until `delay` seconds have passed since the last request of any process.

    The time of the last request is the time stamp of a file. Without a folder that can be
    written to, the requests of this process alone are kept apart.
    """

    def __init__(
        self,
        stamp: Path,
        delay: float,
        *,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._stamp = stamp
        self._delay = delay
        self._now = now
        self._sleep = sleep
        self._last = 0.0

    def __call__(self) -> None:
        """Wait, and take the turn."""
        if self._delay:
            with self._turn():
                self._wait()

    def _wait(self) -> None:
        wait = max(self._last, self._stamped()) + self._delay - self._now()
        # A clock that was set back makes the last request one of the future.
        self._sleep(min(max(wait, 0.0), self._delay))
        self._last = self._now()
        with contextlib.suppress(OSError):
            self._stamp.touch()

    def _stamped(self) -> float:
        try:
            return self._stamp.stat().st_mtime
        except OSError:
            return 0.0

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        from filelock import FileLock

        lock = FileLock(f"{self._stamp}.lock", timeout=_QUEUE)
        try:
            self._stamp.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except OSError as error:
            log.info("requests are not kept apart from those of other processes: %s", error)
        try:
            yield
        finally:
            lock.release()
