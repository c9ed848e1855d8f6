"""What a network does in a forward pass. This module imports torch."""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Callable, Sequence
from math import log2, prod
from typing import Any

from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from papertrack.measure.exchange import Observed

NORMS = {
    "batch_norm": "batch",
    "instance_norm": "instance",
    "group_norm": "group",
    "layer_norm": "layer",
    "rms_norm": "rms",
    "local_response_norm": "local response",
}
"""Functions that normalise, and what each is called in a protocol."""

ACTIVATIONS = frozenset(
    "relu relu6 hardtanh leaky_relu rrelu prelu elu selu celu gelu silu mish hardswish hardsigmoid "
    "softplus softsign sigmoid logsigmoid tanh softmax log_softmax glu".split()
)
"""Functions that activate."""

_CONVOLUTIONS = ("convolution", "_convolution", "cudnn_convolution", "convolution_overrideable")


class Functions(TorchFunctionMode):
    """Sees calls as they stand in the network: `instance_norm`, before it is taken apart."""

    def __init__(self) -> None:
        super().__init__()
        self.norms: Counter[str] = Counter()
        self.activations: Counter[str] = Counter()

    def __torch_function__(
        self, function: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        name = getattr(function, "__name__", "")
        if name in NORMS:
            self.norms[NORMS[name]] += 1
        elif name.rstrip("_") in ACTIVATIONS:
            self.activations[name.rstrip("_")] += 1
        return function(*args, **(kwargs or {}))


class Operations(TorchDispatchMode):
    """Sees the operations that are left when every call is taken apart."""

    def __init__(self, counts: Callable[[Any], bool]) -> None:
        super().__init__()
        self._counts = counts
        self.uncounted: Counter[str] = Counter()
        self.maps: list[tuple[int, ...]] = []
        """Shapes that the convolutions make, channels first."""

    def __torch_dispatch__(
        self, operation: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        made = operation(*args, **(kwargs or {}))
        packet = operation.overloadpacket
        if not self._counts(packet) and not _is_cheap(operation):
            self.uncounted[str(packet).removeprefix("aten.")] += 1
        if packet.__name__ in _CONVOLUTIONS:
            self.maps.append(tuple(made.shape[1:]))
        return made


def observe(
    functions: Functions, operations: Operations, shape: tuple[int, ...], output: Any
) -> Observed:
    """Say what was seen of a forward pass over an input of a shape."""
    # A map of one element is that of a gate (squeeze and excitation), and no level. Transposed
    # convolutions may make one of 15 where the encoder has 16, which is the same level.
    maps = [size for _, *size in operations.maps if prod(size) > 1]
    factors = [_factors(shape[2:], size) for size in maps]
    return Observed(
        levels=len({tuple(round(log2(factor)) for factor in each) for each in factors}),
        downsampling=tuple(map(round, max(factors, key=prod, default=()))),
        first_width=operations.maps[0][0] if operations.maps else 0,
        norms=dict(functions.norms),
        activations=dict(functions.activations),
        outputs=tuple(tuple(o.shape) for o in tree_leaves(output) if isinstance(o, Tensor)),
    )


def _factors(before: Sequence[int], after: Sequence[int]) -> tuple[float, ...]:
    """Say by how much each axis has become smaller."""
    return tuple(one / other for one, other in zip(before, after, strict=False))


class Activations(TorchDispatchMode):
    """Follows how many bytes of results are alive, and remembers the most there were.

    An estimate: weights, and what an operation needs while it runs, are left out.
    """

    def __init__(self, given: Tensor) -> None:
        super().__init__()
        self._tensors: set[int] = set()
        self._users: Counter[int] = Counter()
        """Tensors alive, by the storage that they share."""
        self._alive = 0
        self.peak = 0
        self._follow(given)

    def __torch_dispatch__(
        self, operation: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        made = operation(*args, **(kwargs or {}))
        for leaf in tree_leaves(made):
            if isinstance(leaf, Tensor):
                self._follow(leaf)
        return made

    def _follow(self, tensor: Tensor) -> None:
        if id(tensor) in self._tensors:
            return
        storage = tensor.untyped_storage()
        address, size = storage._cdata, storage.nbytes()
        self._tensors.add(id(tensor))
        self._alive += 0 if self._users[address] else size
        self._users[address] += 1
        self.peak = max(self.peak, self._alive)
        weakref.finalize(tensor, self._forget, id(tensor), address, size)

    def _forget(self, tensor: int, address: int, size: int) -> None:
        self._tensors.discard(tensor)
        self._users[address] -= 1
        self._alive -= 0 if self._users[address] else size


def _is_cheap(operation: Any) -> bool:
    """Tell whether an operation does about one thing for each element that it touches."""
    tags = {str(tag).rpartition(".")[2] for tag in operation.tags}
    name = operation.overloadpacket.__name__
    return operation.is_view or bool(tags & _CHEAP_TAGS) or name.rstrip("_") in _CHEAP


_CHEAP_TAGS = frozenset({"pointwise", "reduction", "view_copy"})

_CHEAP = frozenset(
    # Norms, activations and dropout that PyTorch tags as neither.
    "native_batch_norm _native_batch_norm_legit _native_batch_norm_legit_no_training "
    "_batch_norm_no_update cudnn_batch_norm native_group_norm native_layer_norm _fused_rms_norm "
    "_softmax _safe_softmax _log_softmax _prelu_kernel glu native_dropout linalg_vector_norm "
    # Pooling and upsampling.
    "max_pool2d_with_indices max_pool3d_with_indices avg_pool2d avg_pool3d _adaptive_avg_pool2d "
    "_adaptive_avg_pool3d adaptive_max_pool2d adaptive_max_pool3d upsample_nearest1d "
    "upsample_nearest2d upsample_nearest3d _upsample_nearest_exact1d _upsample_nearest_exact2d "
    "_upsample_nearest_exact3d upsample_linear1d upsample_bilinear2d upsample_bicubic2d "
    "upsample_trilinear3d "
    # What makes, moves and looks up values.
    "empty empty_like empty_strided new_empty new_empty_strided new_zeros new_ones new_full zeros "
    "zeros_like ones ones_like full full_like fill zero arange linspace scalar_tensor eye rand "
    "randn rand_like randn_like bernoulli uniform normal lift_fresh lift_fresh_copy clone copy "
    "_to_copy _unsafe_view _reshape_copy _reshape_alias expand permute transpose cat stack split "
    "unsafe_split unsafe_split_with_sizes unsafe_chunk max_unpool2d max_unpool3d "
    "constant_pad_nd reflection_pad1d reflection_pad2d reflection_pad3d replication_pad1d "
    "replication_pad2d replication_pad3d roll flip repeat repeat_interleave tril triu "
    "tril_indices triu_indices meshgrid unbind pixel_shuffle pixel_unshuffle channel_shuffle "
    "im2col col2im index index_select index_put gather scatter scatter_add masked_fill select "
    "slice slice_scatter select_scatter embedding one_hot cumsum argmax argmin max min topk sort "
    "detach alias resize set".split()
)
"""Operations without that tag, of the same small cost."""
