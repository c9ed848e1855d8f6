"""V-Net of Milletari et al. (2016): large kernels, and a sum around each stage."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

from papertrack.measure.networks.blocks import unit, widths

DEPTHS = (1, 2, 3, 3, 3)
"""Convolutions in the stages of the paper, from the finest level."""


class Stage(nn.Module):
    """Convolutions of 5 x 5 x 5, to which the input of the stage is added."""

    def __init__(self, before: int, after: int, depth: int) -> None:
        super().__init__()
        size = [before, *[after] * depth]
        units = [unit(one, other, size=5) for one, other in pairwise(size)]
        units[-1].pop(-1)  # its activation follows the sum
        self.inner = nn.Sequential(*units)

    def forward(self, x: Tensor, added: Tensor) -> Tensor:
        """Convolve and add."""
        return torch.relu(self.inner(x) + added)


class VNet(nn.Module):
    """Strided convolutions on the way down, transposed ones on the way up."""

    def __init__(self, in_channels: int, out_channels: int, size: list[int]) -> None:
        super().__init__()
        depths = [*DEPTHS, *DEPTHS[-1:] * len(size)][: len(size)]
        self.enter = nn.Conv3d(in_channels, size[0], 1)
        self.encoder = nn.ModuleList(
            Stage(before, after, depth)
            for before, after, depth in zip([in_channels, *size[1:]], size, depths, strict=True)
        )
        self.down = nn.ModuleList(
            nn.Sequential(nn.Conv3d(fine, coarse, 2, 2), nn.BatchNorm3d(coarse), nn.ReLU())
            for fine, coarse in pairwise(size)
        )
        # Each stage on the way up sees as many channels of the encoder as come from below.
        self.up = nn.ModuleList(
            nn.Sequential(
                nn.ConvTranspose3d(2 * coarse if level < len(size) - 2 else coarse, fine, 2, 2),
                nn.BatchNorm3d(fine),
                nn.ReLU(),
            )
            for level, (fine, coarse) in enumerate(pairwise(size))
        )
        self.decoder = nn.ModuleList(
            Stage(2 * fine, 2 * fine, depth)
            for fine, depth in zip(size[:-1], depths[:-1], strict=True)
        )
        self.head = nn.Conv3d(2 * size[0], out_channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Segment a volume."""
        skips = [self.encoder[0](x, self.enter(x))]
        for down, stage in zip(self.down, self.encoder[1:], strict=True):
            smaller = down(skips[-1])
            skips.append(stage(smaller, smaller))
        x = skips.pop()
        for up, stage in reversed(list(zip(self.up, self.decoder, strict=True))):
            both = torch.cat([up(x), skips.pop()], dim=1)
            x = stage(both, both)
        result: Tensor = self.head(x)
        return result


def vnet(
    in_channels: int = 3, out_channels: int = 3, width: int = 32, levels: int = 5
) -> nn.Module:
    """Build a V-Net with the norm, activation and width of the protocol.

    The paper has width 16, PReLU and no norm, and adds its one input channel to all maps of the
    first stage; more than one channel take a convolution of 1 x 1 x 1 to be added.
    """
    return VNet(in_channels, out_channels, widths(width, levels))
