"""Processes that start in a few milliseconds, as they have imported everything already."""

from __future__ import annotations

from multiprocessing import get_context

FORK = get_context("forkserver")
FORK.set_forkserver_preload(
    [
        *("__main__", "encodings.utf_8_sig", "filelock", "rapidfuzz.fuzz", "sqlite3", "tinydb"),
        *("arxiv", "semanticscholar", "httpx", "papertrack.sources.s2_client"),
        *("papertrack.cli.app", "papertrack.tracker", "papertrack.publishing"),
        *(f"benchmarks.safety.{name}" for name in ("_commands", "calls", "crowds", "kills")),
    ]
)
