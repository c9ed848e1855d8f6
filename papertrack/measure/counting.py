"""Two ways to count the multiply-accumulates of a forward pass. This module imports torch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import prod
from typing import Any, Protocol

from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode


class MacCounter(Protocol):
    """Counts while it is entered."""

    name: str

    @property
    def by_operation(self) -> dict[str, int]:
        """Multiply-accumulates by operation."""

    def counts(self, operation: Any) -> bool:
        """Tell whether the cost of an operation that runs now is known."""

    def __enter__(self) -> object: ...

    def __exit__(self, *raised: Any) -> None: ...


class TorchCounter(FlopCounterMode):
    """Convolutions, products of matrices and attention, whoever calls them.

    PyTorch's own counter takes a multiply-accumulate for two operations.
    """

    name = "torch.utils.flop_counter"

    def __init__(self, network: nn.Module) -> None:
        super().__init__(display=False)

    @property
    def by_operation(self) -> dict[str, int]:
        """Multiply-accumulates by operation."""
        counts = self.get_flop_counts().get("Global", {})
        return {str(op).removeprefix("aten."): flops // 2 for op, flops in counts.items()}

    def counts(self, operation: Any) -> bool:
        """Tell whether the registry of PyTorch's counter has the operation."""
        return operation in self.flop_registry


class PtflopsCounter:
    """What ptflops 0.6.3 of 2020 adds up: modules of these exact types, and no functions.

    Bias and norms, activations, pooling and upsampling count too, one for each element that they
    touch, two for the norms. Of transposed convolutions it knows those of images alone. Its rules
    for recurrent modules are left out here: their products of matrices are named as uncounted.
    """

    name = "the rules of ptflops 0.6.3"

    def __init__(self, network: nn.Module) -> None:
        self.by_operation: dict[str, int] = Counter()
        self._open = 0
        self._modules = [module for module in network.modules() if type(module) in PTFLOPS]
        self._hooks: list[Any] = []

    def counts(self, operation: Any) -> bool:
        """Tell whether a module that counts is running."""
        return self._open > 0

    def __enter__(self) -> PtflopsCounter:
        for module in self._modules:
            self._hooks.append(module.register_forward_pre_hook(self._begin))
            self._hooks.append(module.register_forward_hook(self._end))
        return self

    def __exit__(self, *raised: object) -> None:
        for hook in self._hooks:
            hook.remove()

    def _begin(self, module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        self._open += 1

    def _end(self, module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        self._open -= 1
        self.by_operation[type(module).__name__] += PTFLOPS[type(module)](module, inputs[0], output)


def _convolution(module: Any, before: Tensor, after: Tensor) -> int:
    each = prod(module.kernel_size) * module.in_channels // module.groups
    return after.numel() * (each + (module.bias is not None))


def _transposed(module: Any, before: Tensor, after: Tensor) -> int:
    """Count a transposed convolution as ptflops does, which takes every image for a square."""
    each = prod(module.kernel_size) * module.out_channels // module.groups
    squares = after.shape[0] * after.shape[1] * after.shape[2] ** 2
    return before.numel() * each + (squares if module.bias is not None else 0)


def _linear(module: Any, before: Tensor, after: Tensor) -> int:
    return before.numel() * after.shape[-1]


def _norm(module: Any, before: Tensor, after: Tensor) -> int:
    return before.numel() * (2 if module.affine else 1)


def _inputs(module: nn.Module, before: Tensor, after: Tensor) -> int:
    return before.numel()


def _outputs(module: nn.Module, before: Tensor, after: Tensor) -> int:
    return after.numel()


PTFLOPS: dict[type[nn.Module], Callable[[Any, Tensor, Tensor], int]] = {
    **dict.fromkeys((nn.Conv1d, nn.Conv2d, nn.Conv3d), _convolution),
    nn.ConvTranspose2d: _transposed,
    **dict.fromkeys((nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d), _norm),
    **dict.fromkeys((nn.ReLU, nn.ReLU6, nn.LeakyReLU, nn.PReLU, nn.ELU, nn.Upsample), _outputs),
    **dict.fromkeys((nn.MaxPool1d, nn.MaxPool2d, nn.MaxPool3d), _inputs),
    **dict.fromkeys((nn.AvgPool1d, nn.AvgPool2d, nn.AvgPool3d), _inputs),
    **dict.fromkeys((nn.AdaptiveMaxPool1d, nn.AdaptiveMaxPool2d, nn.AdaptiveMaxPool3d), _inputs),
    **dict.fromkeys((nn.AdaptiveAvgPool1d, nn.AdaptiveAvgPool2d, nn.AdaptiveAvgPool3d), _inputs),
    nn.Linear: _linear,
}
"""The cost of a module, its input and its output."""

COUNTERS: dict[str, Callable[[nn.Module], MacCounter]] = {
    "torch": TorchCounter,
    "ptflops": PtflopsCounter,
}
"""The conventions."""
