"""What is counted and seen of networks, against published figures and arithmetic by hand."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

import pytest

from papertrack.measure.child import measure
from papertrack.measure.exchange import Answer, Failure, Request

torch = pytest.importorskip("torch", reason="PyTorch is not installed")
nn = torch.nn

pytestmark = [
    # What PyTorch says where NumPy is not installed, which it does not need here.
    pytest.mark.filterwarnings("ignore:Failed to initialize NumPy"),
]

HERE = __name__
REFERENCE = "papertrack.measure.networks"
INPUT = (1, 3, 128, 128, 128)
"""The input of the fair comparison."""


def measured(spec: str, shape: tuple[int, ...] = INPUT, **more: Any) -> Answer:
    told = measure(Request(spec=spec, shape=shape, **more))
    assert isinstance(told, Answer), told
    return told


def figures(spec: str, **more: Any) -> tuple[float, float]:
    """Return parameters in millions and multiply-accumulates in billions, as tables print them."""
    counts = measured(f"{REFERENCE}:{spec}", **more).counts
    return round(counts["parameters"] / 1e6, 2), round(counts["macs"] / 1e9, 2)


@pytest.mark.parametrize(
    ("network", "counter", "arguments", "expected"),
    [
        # What the list printed in 2020, by ptflops and with the background as a fourth class.
        ("unet", "ptflops", {"out_channels": 4}, (23.54, 581.79)),
        ("unetpp", "ptflops", {"out_channels": 4}, (27.46, 2017.56)),
        # The same networks as the protocol says, counted as everybody can check by hand.
        ("unet", "torch", {}, (23.54, 580.02)),
        ("unetpp", "torch", {}, (27.46, 2015.08)),
        ("unetpp", "torch", {"bias": True}, (27.47, 2015.08)),
    ],
)
def test_the_rows_of_the_old_table_come_out_to_the_last_digit(
    network: str, counter: str, arguments: dict[str, Any], expected: tuple[float, float]
) -> None:
    assert figures(network, counter=counter, arguments=arguments) == expected


def test_two_runs_count_the_same() -> None:
    assert measured(f"{REFERENCE}:attention_unet") == measured(f"{REFERENCE}:attention_unet")


def test_the_3d_unet_has_the_parameters_that_its_paper_prints() -> None:
    from papertrack.measure.networks import unet3d

    with torch.device("meta"):
        network = unet3d(levels=4)
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm3d)]
    normalising = sum(weight.numel() for norm in norms for weight in norm.parameters())
    total = sum(weight.numel() for weight in network.parameters())
    assert total - normalising == 19_069_955


@pytest.mark.parametrize(
    ("width", "widest", "blocks", "printed"),
    [(16, 256, 1, 14.60), (32, 512, 1, 58.26), (64, 1024, 2, 440.30), (96, 1536, 3, 1457.33)],
    ids=["S", "B", "L", "H"],
)
def test_the_sizes_of_stunet_have_the_parameters_that_its_paper_prints(
    width: int, widest: int, blocks: int, printed: float
) -> None:
    from papertrack.measure.networks import stunet

    classes = 105
    with torch.device("meta"):
        network = stunet(1, classes, width, 6, widest, blocks)
    # In training each level but the finest and the coarsest has a head too.
    supervised = [min(width * 2**level, widest) for level in (1, 2, 3, 4)]
    heads = sum(channels * classes + classes for channels in supervised)
    total = sum(weight.numel() for weight in network.parameters()) + heads
    assert round(total / 1e6, 2) == printed


@pytest.mark.parametrize(
    "network",
    ["unet", "unet3d", "unetpp", "vnet", "attention_unet", "r2unet", "nnunet", "stunet"],
)
def test_a_reference_network_keeps_to_the_protocol(network: str) -> None:
    from papertrack.measure.deviations import deviations
    from tests.builders import fair_comparison

    told = measured(f"{REFERENCE}:{network}")
    assert not list(deviations(fair_comparison().protocol, told.observed))
    assert told.observed.downsampling == (16, 16, 16)
    assert told.observed.outputs == (INPUT,)
    assert told.uncounted == {}
    assert told.environment["built on"] == "meta"


# One layer each, against arithmetic by hand.


def convolution() -> Any:
    return nn.Conv3d(8, 16, 3, padding=1)


def strided() -> Any:
    return nn.Conv3d(8, 16, 3, stride=2, padding=1, bias=False)


def depthwise() -> Any:
    return nn.Conv3d(8, 8, 3, padding=1, groups=8)


def transposed() -> Any:
    return nn.ConvTranspose3d(8, 16, 2, 2)


def linear() -> Any:
    return nn.Linear(64, 32)


class Recurrent(nn.Module):  # type: ignore[misc]
    """A recurrent layer of 32 values over tokens of 64 channels."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.layer = getattr(nn, kind)(64, 32, batch_first=True)

    def forward(self, x: Any) -> Any:
        return self.layer(x)[0]


class Attention(nn.Module):  # type: ignore[misc]
    """Attention with four heads over tokens of 64 channels."""

    def __init__(self, fused: bool) -> None:
        super().__init__()
        self.fused = fused
        self.ask, self.result = nn.Linear(64, 3 * 64, bias=False), nn.Linear(64, 64, bias=False)

    def forward(self, x: Any) -> Any:
        heads = (part.unflatten(-1, (4, 16)).transpose(1, 2) for part in self.ask(x).chunk(3, -1))
        query, key, value = heads
        if self.fused:
            seen = nn.functional.scaled_dot_product_attention(query, key, value)
        else:
            seen = torch.softmax(query @ key.transpose(-1, -2) / 4, dim=-1) @ value
        return self.result(seen.transpose(1, 2).flatten(2))


VOLUME = (1, 8, 16, 16, 16)
TOKENS = (1, 128, 64)
ATTENTION = 128 * 64 * 3 * 64 + 2 * 128 * 128 * 64 + 128 * 64 * 64
"""Query, key and value; scores and weighted sum, whatever the number of heads; result."""


@pytest.mark.parametrize(
    ("layer", "shape", "arguments", "expected"),
    [
        (convolution, VOLUME, {}, 16**3 * 3**3 * 8 * 16),
        (strided, VOLUME, {}, 8**3 * 3**3 * 8 * 16),
        (depthwise, VOLUME, {}, 16**3 * 3**3 * 8),
        (transposed, VOLUME, {}, 16**3 * 2**3 * 8 * 16),
        (linear, TOKENS, {}, 128 * 64 * 32),
        (Recurrent, TOKENS, {"kind": "RNN"}, 128 * (64 + 32) * 32),
        (Recurrent, TOKENS, {"kind": "LSTM"}, 4 * 128 * (64 + 32) * 32),
        (Recurrent, TOKENS, {"kind": "GRU"}, 3 * 128 * (64 + 32) * 32),
        (Attention, TOKENS, {"fused": False}, ATTENTION),
        (Attention, TOKENS, {"fused": True}, ATTENTION),
    ],
)
def test_a_layer_counts_as_one_does_by_hand(
    layer: Callable[..., Any], shape: tuple[int, ...], arguments: dict[str, Any], expected: int
) -> None:
    told = measured(f"{HERE}:{layer.__name__}", shape, arguments=arguments)
    assert told.counts["macs"] == expected
    assert told.uncounted == {}


def everything() -> Any:
    return nn.Sequential(
        nn.Conv3d(8, 16, 3, padding=1),
        nn.BatchNorm3d(16),
        nn.BatchNorm3d(16, affine=False),
        nn.ReLU(),
        nn.MaxPool3d(2),
        nn.Upsample(scale_factor=2),
    )


def test_ptflops_counts_what_modules_touch() -> None:
    told = measured(f"{HERE}:everything", VOLUME, counter="ptflops")
    elements = 16 * 16**3
    assert told.by_operation == {
        "Conv3d": elements * (3**3 * 8 + 1),
        "BatchNorm3d": 3 * elements,
        "ReLU": elements,
        "MaxPool3d": elements,
        "Upsample": elements,
    }


def images() -> Any:
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1),
        nn.MaxPool2d(2),
        nn.ConvTranspose2d(8, 8, 2, 2),
        nn.Conv2d(8, 2, 1),
    )


def test_ptflops_knows_the_transposed_convolutions_of_images() -> None:
    told = measured(f"{HERE}:images", (1, 3, 32, 32), counter="ptflops")
    assert told.by_operation["ConvTranspose2d"] == 16**2 * 8 * 8 * 2**2 + 8 * 32**2
    assert told.counts["macs"] == 329_728
    assert told.uncounted == {}


def test_ptflops_names_the_operations_that_no_module_of_its_own_makes() -> None:
    told = measured(f"{HERE}:Attention", TOKENS, counter="ptflops", arguments={"fused": False})
    assert told.counts["macs"] == 128 * 64 * 3 * 64 + 128 * 64 * 64
    assert told.uncounted == {"bmm": 2}
    assert measured(f"{HERE}:transposed", VOLUME, counter="ptflops").uncounted == {"convolution": 1}


class Unknown(nn.Module):  # type: ignore[misc]
    def forward(self, x: Any) -> Any:
        grid = nn.functional.affine_grid(torch.ones(1, 3, 4), x.shape, align_corners=False)
        return nn.functional.grid_sample(torch.fft.rfft(x).real, grid, align_corners=False)


def test_operations_of_unknown_cost_are_named() -> None:
    uncounted = measured(f"{HERE}:Unknown", VOLUME).uncounted
    assert uncounted["_fft_r2c"] == 1
    assert uncounted["grid_sampler_3d"] == 1


class Shared(nn.Module):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.one = nn.Conv3d(8, 8, 1, bias=False)
        self.other = self.one
        self.fixed = nn.Conv3d(8, 2, 1, bias=False).requires_grad_(False)

    def forward(self, x: Any) -> Any:
        return [self.one(x), {"more": self.fixed(self.other(x))}]


def test_shared_weights_count_once_and_fixed_ones_apart() -> None:
    told = measured(f"{HERE}:Shared", VOLUME)
    assert told.counts["parameters"] == 64 + 16
    assert told.counts["trainable"] == 64
    assert told.counts["macs"] == 16**3 * (64 + 64 + 16)
    assert told.observed.outputs == (VOLUME, (1, 2, 16, 16, 16))


class Gated(nn.Module):  # type: ignore[misc]
    """Norms and activations as modules, functions and methods; a gate that sees one element."""

    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Conv3d(8, 6, 3, padding=1)
        self.down = nn.Conv3d(6, 4, (1, 2, 2), (1, 2, 2))
        self.gate = nn.Conv3d(4, 4, 1)
        self.norm = nn.InstanceNorm3d(6)

    def forward(self, x: Any) -> Any:
        x = nn.functional.leaky_relu(self.norm(self.enter(x)), inplace=True)
        x = nn.functional.group_norm(self.down(x), 2).relu()
        return x * torch.sigmoid(self.gate(x.mean((2, 3, 4), keepdim=True)))


def test_what_a_network_does_is_seen_however_it_is_written() -> None:
    seen = measured(f"{HERE}:Gated", VOLUME).observed
    assert seen.norms == {"instance": 1, "group": 1}
    assert seen.activations == {"leaky_relu": 1, "relu": 1, "sigmoid": 1}
    assert (seen.levels, seen.downsampling, seen.first_width) == (2, (1, 2, 2), 6)


def odd() -> Any:
    return nn.Sequential(
        nn.Conv3d(8, 8, 3, padding=1),
        nn.Conv3d(8, 8, 3, 2, padding=1),
        nn.ConvTranspose3d(8, 8, 3, 2, padding=1),
    )


def test_a_map_of_fifteen_is_of_the_level_of_sixteen() -> None:
    assert measured(f"{HERE}:odd", VOLUME).observed.levels == 2


def chain() -> Any:
    return nn.Sequential(nn.ReLU(), nn.ReLU(), nn.ReLU(inplace=True), nn.Flatten())


def test_the_peak_is_what_is_alive_at_the_same_time() -> None:
    told = measured(f"{HERE}:chain", VOLUME, memory=True)
    # The input stays with the caller; each ReLU holds its own input while it makes its output.
    assert told.counts["activation_bytes"] == 3 * 4 * prod(VOLUME)


def test_a_latency_names_what_it_was_measured_on() -> None:
    told = measured(f"{HERE}:chain", (1, 2), time=True)
    assert told.counts["latency_us"] > 0
    assert {"device", "threads", "dtype", "timed runs"} <= told.environment.keys()


def values_while_building() -> Any:
    return nn.Linear(64, int(torch.ones(3).sum()))


def test_a_network_that_looks_at_values_while_it_is_built_is_built_with_memory() -> None:
    told = measured(f"{HERE}:values_while_building", TOKENS)
    assert told.environment["built on"] == "cpu"
    assert told.counts["macs"] == 128 * 64 * 3


class ValuesWhileRunning(nn.Module):  # type: ignore[misc]
    def forward(self, x: Any) -> Any:
        return x if x.sum() > 0 else -x


class Refuses(nn.Module):  # type: ignore[misc]
    def forward(self, x: Any) -> Any:
        raise ValueError(f"{x.shape[1]} channels\nand a long story")


def leaves() -> Any:
    raise SystemExit(3)


def no_memory() -> Any:
    raise MemoryError


def needs(package: str) -> Any:
    import importlib

    return importlib.import_module(package)


NOTHING = 3


@pytest.mark.parametrize(
    ("spec", "arguments", "kind", "message"),
    [
        ("no_such_package.nets:unet", {}, "spec", "there is no module 'no_such_package'"),
        (f"{REFERENCE}.no:unet", {}, "spec", f"there is no module '{REFERENCE}.no'"),
        (f"{HERE}:no", {}, "spec", f"{HERE} has no 'no'"),
        (f"{HERE}:NOTHING", {}, "result", "cannot be called: it is a int"),
        (f"{HERE}:figures", {"spec": "unet"}, "result", "returns a tuple"),
        (f"{HERE}:Attention", {"size": 3}, "arguments", "missing a required argument: 'fused'"),
        (f"{HERE}:needs", {"package": "no_such"}, "import", "No module named 'no_such'"),
        (f"{HERE}:ValuesWhileRunning", {}, "absent", "meta tensors"),
        (f"{HERE}:no_memory", {}, "absent", "MemoryError"),
        (f"{HERE}:Refuses", {}, "network", "ValueError: 8 channels (test_measure_counting.py:"),
        (f"{HERE}:leaves", {}, "network", "SystemExit: 3"),
        (f"{HERE}:linear", {}, "network", "RuntimeError"),
    ],
    ids=lambda value: str(value)[-24:],
)
def test_a_failure_says_whose_it_is(
    spec: str, arguments: dict[str, Any], kind: str, message: str
) -> None:
    told = measure(Request(spec=spec, arguments=arguments, shape=VOLUME))
    assert isinstance(told, Failure)
    assert told.kind == kind
    assert message in told.message
    assert "\n" not in told.message


# MONAI, from which the list takes the networks that are not written here.


@pytest.mark.parametrize(
    ("factory", "shape", "arguments", "expected"),
    [
        (
            "blocks:Convolution",
            VOLUME,
            {"spatial_dims": 3, "in_channels": 8, "out_channels": 16, "kernel_size": 3},
            16**3 * 3**3 * 8 * 16,
        ),
        (
            "blocks:Convolution",
            VOLUME,
            {"spatial_dims": 3, "in_channels": 8, "out_channels": 16, "kernel_size": 2}
            | {"strides": 2, "padding": 0, "is_transposed": True},
            16**3 * 2**3 * 8 * 16,
        ),
        ("blocks:SABlock", TOKENS, {"hidden_size": 64, "num_heads": 4}, ATTENTION),
    ],
    ids=["convolution", "transposed convolution", "attention"],
)
def test_layers_of_monai_count_as_one_does_by_hand(
    factory: str, shape: tuple[int, ...], arguments: dict[str, Any], expected: int
) -> None:
    pytest.importorskip("monai", reason="MONAI is not installed")
    pytest.importorskip("einops", reason="einops, which MONAI needs, is not installed")
    told = measured(f"monai.networks.{factory}", shape, arguments=arguments)
    assert told.counts["macs"] == expected


def test_monai_and_the_reference_agree_on_the_plain_network_of_nnunet() -> None:
    pytest.importorskip("monai", reason="MONAI is not installed")
    arguments = {
        "spatial_dims": 3,
        "in_channels": 3,
        "out_channels": 3,
        "kernel_size": [3] * 5,
        "strides": [1, 2, 2, 2, 2],
        "upsample_kernel_size": [2] * 4,
        "filters": [32, 64, 128, 256, 512],
        "norm_name": "batch",
        "act_name": "relu",
    }
    theirs = measured("monai.networks.nets:DynUNet", arguments=arguments)
    ours = measured(f"{REFERENCE}:nnunet")
    assert theirs.counts["macs"] == ours.counts["macs"]
    # Theirs has no bias in its convolutions of 3 x 3 x 3, of which each level has two or four.
    biases = 2 * 512 + 4 * (32 + 64 + 128 + 256)
    assert ours.counts["parameters"] - theirs.counts["parameters"] == biases
