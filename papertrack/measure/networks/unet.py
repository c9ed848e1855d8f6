"""U-Nets: an encoder, a decoder, and the maps of each level handed from one to the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn

from papertrack.measure.networks.blocks import (
    convolution,
    double,
    interpolation,
    transposed,
    unit,
    widths,
)


class UNet(nn.Module):
    """The shape that the U-Nets share. `up`, `gates` and `decoder` begin at the finest level."""

    def __init__(
        self,
        encoder: Sequence[nn.Module],
        down: nn.Module,
        up: Sequence[nn.Module],
        decoder: Sequence[nn.Module],
        head: nn.Module,
        gates: Sequence[nn.Module] = (),
    ) -> None:
        super().__init__()
        self.encoder = nn.ModuleList(encoder)
        self.down = down
        self.up = nn.ModuleList(up)
        self.decoder = nn.ModuleList(decoder)
        self.head = head
        self.gates = nn.ModuleList(gates or [Pass() for _ in up])

    def forward(self, x: Tensor) -> Tensor:
        """Segment a volume."""
        skips: list[Tensor] = []
        for level, block in enumerate(self.encoder):
            x = block(self.down(x) if level else x)
            skips.append(x)
        skips.pop()
        for up, gate, block in reversed(list(zip(self.up, self.gates, self.decoder, strict=True))):
            skip = gate(skips.pop(), x)
            x = block(torch.cat([skip, up(x)], dim=1))
        result: Tensor = self.head(x)
        return result


class Pass(nn.Module):
    """Hands the maps of the encoder on as they are."""

    def forward(self, skip: Tensor, below: Tensor) -> Tensor:
        """Ignore what stands below."""
        return skip


class Gate(nn.Module):
    """Weighs the maps of the encoder by what the coarser level says (additive attention)."""

    def __init__(self, skip: int, below: int) -> None:
        super().__init__()
        self.skip = nn.Conv3d(skip, skip, 2, 2, bias=False)
        self.below = nn.Conv3d(below, skip, 1)
        self.weight = nn.Conv3d(skip, 1, 1)
        self.up = interpolation()
        self.result = nn.Sequential(nn.Conv3d(skip, skip, 1), nn.BatchNorm3d(skip))

    def forward(self, skip: Tensor, below: Tensor) -> Tensor:
        """Look where the coarser level finds something."""
        found = torch.relu(self.skip(skip) + self.below(below))
        weights = self.up(torch.sigmoid(self.weight(found)))
        result: Tensor = self.result(skip * weights)
        return result


def unet(
    in_channels: int = 3, out_channels: int = 3, width: int = 32, levels: int = 5
) -> nn.Module:
    """Build the U-Net of Ronneberger et al. (2015) for volumes, interpolating on the way up."""
    size = widths(width, levels)
    return UNet(
        encoder=[double(before, after) for before, after in pairwise([in_channels, *size])],
        down=nn.MaxPool3d(2),
        up=[interpolation() for _ in size[1:]],
        decoder=[double(fine + coarse, fine) for fine, coarse in pairwise(size)],
        head=nn.Conv3d(width, out_channels, 1),
    )


def unet3d(
    in_channels: int = 3, out_channels: int = 3, width: int = 32, levels: int = 5
) -> nn.Module:
    """Build the 3D U-Net of Çiçek et al. (2016): channels double before each pooling.

    The paper has four levels.
    """
    size = widths(2 * width, levels)
    return UNet(
        encoder=[
            nn.Sequential(unit(before, after // 2), unit(after // 2, after))
            for before, after in pairwise([in_channels, *size])
        ],
        down=nn.MaxPool3d(2),
        up=[transposed(coarse, coarse, bias=False) for coarse in size[1:]],
        decoder=[double(fine + coarse, fine) for fine, coarse in pairwise(size)],
        head=nn.Conv3d(size[0], out_channels, 1),
    )


def attention_unet(
    in_channels: int = 3, out_channels: int = 3, width: int = 32, levels: int = 5
) -> nn.Module:
    """Build the Attention U-Net of Oktay et al. (2018): gates on all skips but the finest."""
    size = widths(width, levels)
    network = unet(in_channels, out_channels, width, levels)
    gates = [Gate(fine, coarse) for fine, coarse in pairwise(size[1:])]
    network.gates = nn.ModuleList([Pass(), *gates])
    return network


def nnunet(
    in_channels: int = 3, out_channels: int = 3, width: int = 32, levels: int = 5
) -> nn.Module:
    """Build the plain network of nnU-Net (Isensee et al.): strides down, transposed up.

    Its own norm and activation are instance norm and leaky ReLU; the protocol's stand here.
    """
    size = widths(width, levels)
    return UNet(
        encoder=[
            double(before, after, stride=2 if level else 1)
            for level, (before, after) in enumerate(pairwise([in_channels, *size]))
        ],
        down=nn.Identity(),
        up=[transposed(coarse, fine, bias=False) for fine, coarse in pairwise(size)],
        decoder=[double(2 * fine, fine) for fine in size[:-1]],
        head=nn.Conv3d(width, out_channels, 1),
    )


class Recurrent(nn.Module):
    """Two units that each see their input again with what they made of it, and a sum around."""

    def __init__(self, before: int, after: int, times: int = 2) -> None:
        super().__init__()
        self.enter = nn.Conv3d(before, after, 1)
        self.units = nn.ModuleList([unit(after, after), unit(after, after)])
        self.times = times

    def forward(self, x: Tensor) -> Tensor:
        """Use the same weights again and again."""
        start = x = self.enter(x)
        for block in self.units:
            state = block(x)
            for _ in range(self.times):
                state = block(x + state)
            x = state
        return start + x


def r2unet(
    in_channels: int = 3, out_channels: int = 3, width: int = 32, levels: int = 5
) -> nn.Module:
    """Build the R2U-Net of Alom et al. (2018) for volumes: recurrent residual units."""
    size = widths(width, levels)
    return UNet(
        encoder=[Recurrent(before, after) for before, after in pairwise([in_channels, *size])],
        down=nn.MaxPool3d(2),
        up=[transposed(coarse, fine) for fine, coarse in pairwise(size)],
        decoder=[Recurrent(2 * fine, fine) for fine in size[:-1]],
        head=nn.Conv3d(width, out_channels, 1),
    )


class Residual(nn.Module):
    """Two convolutions with a sum around them; where shapes differ the sum has a convolution."""

    def __init__(self, before: int, after: int, stride: int = 1) -> None:
        super().__init__()
        self.inner = nn.Sequential(
            unit(before, after, stride=stride), convolution(after, after), nn.BatchNorm3d(after)
        )
        same = before == after and stride == 1
        self.around = nn.Identity() if same else nn.Conv3d(before, after, 1, stride)

    def forward(self, x: Tensor) -> Tensor:
        """Add before the last activation."""
        return torch.relu(self.inner(x) + self.around(x))


def stunet(
    in_channels: int = 3,
    out_channels: int = 3,
    width: int = 32,
    levels: int = 5,
    widest: int = 512,
    blocks: int = 1,
) -> nn.Module:
    """Build the STU-Net of Huang et al. (2023): residual blocks, nearest neighbours on the way up.

    The paper has six levels, of which the last two are equally wide; width 32 is its size B.
    """
    size = [min(channels, widest) for channels in widths(width, levels)]

    def stage(before: int, after: int, stride: int = 1) -> nn.Sequential:
        more = (Residual(after, after) for _ in range(blocks - 1))
        return nn.Sequential(Residual(before, after, stride), *more)

    return UNet(
        encoder=[
            stage(before, after, stride=2 if level else 1)
            for level, (before, after) in enumerate(pairwise([in_channels, *size]))
        ],
        down=nn.Identity(),
        up=[
            nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv3d(coarse, fine, 1))
            for fine, coarse in pairwise(size)
        ],
        decoder=[stage(2 * fine, fine) for fine in size[:-1]],
        head=nn.Conv3d(width, out_channels, 1),
    )
