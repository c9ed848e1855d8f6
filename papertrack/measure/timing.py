"""How long a network takes for real, and on what. This module imports torch."""

from __future__ import annotations

import platform
import time
from pathlib import Path
from statistics import median

import torch
from torch import nn

RUNS = 5
"""Timed runs, after one that is not."""


def latency(network: nn.Module, shape: tuple[int, ...]) -> int:
    """Return the median time of a forward pass, in microseconds, on the GPU if there is one."""
    device = _device()
    network = network.to(device).eval()
    given = torch.zeros(shape, device=device)
    with torch.no_grad():
        seconds = [_run(network, given) for _ in range(RUNS + 1)]
    return round(median(seconds[1:]) * 1_000_000)


def _run(network: nn.Module, given: torch.Tensor) -> float:
    start = time.perf_counter()
    network(given)
    if given.is_cuda:
        torch.cuda.synchronize()
    return time.perf_counter() - start


def hardware() -> dict[str, str]:
    """Name what a latency depends on."""
    device = _device()
    name = torch.cuda.get_device_name() if device == "cuda" else _processor()
    return {
        "device": f"{device}: {name}",
        "threads": str(torch.get_num_threads()),
        "dtype": str(torch.get_default_dtype()).removeprefix("torch."),
        "timed runs": str(RUNS),
    }


def _device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def _processor() -> str:
    """Name the processor as its system does."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()
