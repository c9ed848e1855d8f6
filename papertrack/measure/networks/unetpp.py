"""UNet++ of Zhou et al. (2018): every level decodes, and hands on to all that follow."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.functional import relu

from papertrack.measure.networks.blocks import convolution, interpolation, widths


class Node(nn.Module):
    """Two convolutions with norm and ReLU, which stand as functions."""

    def __init__(self, before: int, after: int, bias: bool) -> None:
        super().__init__()
        self.first, self.first_norm = convolution(before, after, bias=bias), nn.BatchNorm3d(after)
        self.second, self.second_norm = convolution(after, after, bias=bias), nn.BatchNorm3d(after)

    def forward(self, x: Tensor) -> Tensor:
        """Convolve twice."""
        return relu(self.second_norm(self.second(relu(self.first_norm(self.first(x))))))


class UNetPlusPlus(nn.Module):
    """Nodes in a triangle, named by level and step; each sees all earlier steps of its level."""

    def __init__(self, in_channels: int, out_channels: int, size: list[int], bias: bool) -> None:
        super().__init__()
        self.levels = len(size)
        backbone = enumerate(pairwise([in_channels, *size]))
        nodes = {f"{level}-0": Node(*channels, bias) for level, channels in backbone}
        for level, (fine, coarse) in enumerate(pairwise(size)):
            for step in range(1, self.levels - level):
                nodes[f"{level}-{step}"] = Node(step * fine + coarse, fine, bias)
        self.nodes = nn.ModuleDict(nodes)
        self.down = nn.MaxPool3d(2)
        self.up = interpolation()
        self.head = nn.Conv3d(size[0], out_channels, 1, bias=bias)

    def forward(self, x: Tensor) -> Tensor:
        """Segment a volume by the last node of the finest level."""
        made: list[list[Tensor]] = []
        for level in range(self.levels):
            made.append([self.nodes[f"{level}-0"](self.down(made[-1][0]) if level else x)])
        for step in range(1, self.levels):
            for level in range(self.levels - step):
                earlier = [*made[level], self.up(made[level + 1][step - 1])]
                made[level].append(self.nodes[f"{level}-{step}"](torch.cat(earlier, dim=1)))
        result: Tensor = self.head(made[0][-1])
        return result


def unetpp(
    in_channels: int = 3,
    out_channels: int = 3,
    width: int = 32,
    levels: int = 5,
    bias: bool = False,
) -> nn.Module:
    """Build a UNet++ for volumes with one output, interpolating on the way up."""
    return UNetPlusPlus(in_channels, out_channels, widths(width, levels), bias)
