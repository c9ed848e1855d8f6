"""The process that runs somebody's network: `python -Pu -m papertrack.measure.child IN OUT`.

It reads a request from one file and leaves the answer in another, whatever the network prints.
torch is imported here and in the modules that this one imports in its functions.
"""

from __future__ import annotations

import importlib
import inspect
import os
import platform
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from papertrack.measure.exchange import Answer, Failure, FailureKind, Request
from papertrack.measure.origins import origin

if TYPE_CHECKING:
    from torch import nn

_ABSENT = re.compile(r"\b[Mm]eta\b|\bCUDA\b|\ballocate\b")
"""What PyTorch says of a value, a device or memory that is asked for and not there."""

_LONGEST = 300
"""Characters of another program's error message that are passed on."""


class _Failed(Exception):
    def __init__(self, kind: FailureKind, message: str) -> None:
        self.failure = Failure(kind=kind, message=message)


def main(question: str, answer: str) -> None:
    """Answer the request in one file in another one, which appears whole or not at all."""
    process = os.getpid()
    sys.path.insert(0, str(Path.cwd()))
    told = measure(msgspec.json.decode(Path(question).read_bytes(), type=Request))
    if os.getpid() == process:  # and not one that the network has forked
        written = Path(f"{answer}.part")
        written.write_bytes(msgspec.json.encode(told))
        written.replace(answer)
    os._exit(0)  # a thread that the network has left behind would keep the process alive


def measure(request: Request) -> Answer | Failure:
    """Import, build and run a network, and tell what was seen or why nothing was."""
    try:
        return _measure(request)
    except _Failed as failed:
        return failed.failure


def _measure(request: Request) -> Answer:
    factory = _find(request.spec)
    with _failing("torch"):
        import torch

        from papertrack.measure import counting, observing
    network, built_on = _build(factory, request)
    counter = counting.COUNTERS[request.counter](network)
    functions, operations = observing.Functions(), observing.Operations(counter.counts)
    given = torch.empty(request.shape, device="meta")
    with _running(), torch.no_grad(), torch.device("meta"), functions, counter, operations:
        output = network(given)
    counts = _weights(network) | {"macs": sum(counter.by_operation.values())}
    environment = {
        "torch": str(torch.__version__),
        "python": platform.python_version(),
        "built on": built_on,
    }
    if request.memory:
        counts["activation_bytes"] = _peak(network, request.shape)
    if request.time:
        from papertrack.measure.timing import hardware, latency

        with _failing("time"):
            counts["latency_us"] = latency(factory(**request.arguments), request.shape)
        environment |= hardware()
    return Answer(
        counts=counts,
        by_operation=dict(counter.by_operation),
        uncounted=dict(operations.uncounted),
        observed=observing.observe(functions, operations, request.shape, output),
        code=origin(factory, {type(module) for module in network.modules()}),
        counter=counter.name,
        environment=environment,
    )


def _find(spec: str) -> Callable[..., Any]:
    """Import the module of a spec and return the factory in it."""
    module, _, name = spec.partition(":")
    with _failing("import"):
        try:
            found = importlib.import_module(module)
        except ModuleNotFoundError as error:
            if error.name and f"{module}.".startswith(f"{error.name}."):
                raise _Failed("spec", f"there is no module {error.name!r}") from None
            raise
        try:
            factory = attrgetter(name)(found)
        except AttributeError as error:
            raise _Failed("spec", f"{module} has no {name!r}") from error
    if not callable(factory):
        raise _Failed("result", f"{spec} cannot be called: it is a {type(factory).__name__}")
    result: Callable[..., Any] = factory
    return result


def _build(factory: Callable[..., Any], request: Request) -> tuple[nn.Module, str]:
    """Build a network without memory for its weights, or with it where there is no other way."""
    import torch

    _check_arguments(factory, request)
    try:
        with torch.device("meta"):
            network, built_on = factory(**request.arguments), "meta"
    except BaseException:
        with _running():
            network, built_on = factory(**request.arguments), "cpu"
    if not isinstance(network, torch.nn.Module):
        kind = type(network).__name__
        raise _Failed("result", f"{request.spec} returns a {kind}, and no torch.nn.Module")
    return network.to("meta").eval(), built_on


def _check_arguments(factory: Callable[..., Any], request: Request) -> None:
    try:
        signature = inspect.signature(factory)
    except ValueError:  # written in C
        return
    try:
        signature.bind(**request.arguments)
    except TypeError as error:
        raise _Failed("arguments", f"{request.spec}{signature}: {error}") from None


def _weights(network: nn.Module) -> dict[str, int]:
    """Count weights; PyTorch lists those once that several parts of a network share."""
    weights = list(network.parameters())
    return {
        "parameters": sum(weight.numel() for weight in weights),
        "trainable": sum(weight.numel() for weight in weights if weight.requires_grad),
    }


def _peak(network: nn.Module, shape: tuple[int, ...]) -> int:
    """Run a network once more, to see how many bytes of activations are alive at most."""
    import torch

    from papertrack.measure.observing import Activations

    given = torch.empty(shape, device="meta")
    with torch.no_grad(), torch.device("meta"), Activations(given) as activations:
        network(given)
    return activations.peak


@contextmanager
def _running() -> Iterator[None]:
    """Tell a network that refuses from one that asks for what is not there."""
    with _failing("network"):
        try:
            yield
        except Exception as error:
            absent = isinstance(error, NotImplementedError | MemoryError)
            if absent or _ABSENT.search(str(error)):
                raise _Failed("absent", _told(error)) from error
            raise


@contextmanager
def _failing(kind: FailureKind) -> Iterator[None]:
    """Turn whatever somebody's code raises, SystemExit included, into a failure of a kind."""
    try:
        yield
    except _Failed:
        raise
    except ImportError as error:
        raise _Failed(kind if kind == "torch" else "import", _told(error)) from error
    except BaseException as error:
        raise _Failed(kind, _told(error)) from error


def _told(error: BaseException) -> str:
    """Write an error as one line: its kind, the first line of what it says, and the place."""
    said = next(iter(str(error).strip().splitlines()), "")
    frames = reversed(traceback.extract_tb(error.__traceback__))
    place = next((f"({Path(f.filename).name}:{f.lineno})" for f in frames if _is_theirs(f)), "")
    told = f"{type(error).__name__}: {said}"[:_LONGEST].rstrip(": ")
    return f"{told} {place}".rstrip()


def _is_theirs(frame: traceback.FrameSummary) -> bool:
    """Tell whether a line is neither of Python's machinery nor of PyTorch nor of this package."""
    file = Path(frame.filename)
    ours = frame.filename.startswith("<") or file.parent == Path(__file__).parent
    return not ours and not {"torch", "importlib"} & set(file.parts)


if __name__ == "__main__":
    main(*sys.argv[1:])
