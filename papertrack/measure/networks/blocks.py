"""What the reference networks are built from, with the norm and activation of the protocol."""

from __future__ import annotations

from torch import nn


def convolution(
    before: int, after: int, size: int = 3, stride: int = 1, bias: bool = True
) -> nn.Conv3d:
    """Convolve and keep the resolution, or divide it by the stride."""
    return nn.Conv3d(before, after, size, stride, padding=(size - 1) // 2, bias=bias)


def unit(before: int, after: int, size: int = 3, stride: int = 1) -> nn.Sequential:
    """Convolve, normalise, activate."""
    return nn.Sequential(convolution(before, after, size, stride), nn.BatchNorm3d(after), nn.ReLU())


def double(before: int, after: int, stride: int = 1) -> nn.Sequential:
    """Do two units, the first of which may have a stride."""
    return nn.Sequential(unit(before, after, stride=stride), unit(after, after))


def widths(width: int, levels: int) -> list[int]:
    """List the channels of each level, which double."""
    return [width * 2**level for level in range(levels)]


def interpolation(factor: int = 2) -> nn.Upsample:
    """Double the resolution between the values that there are."""
    return nn.Upsample(scale_factor=factor, mode="trilinear", align_corners=True)


def transposed(before: int, after: int, bias: bool = True) -> nn.ConvTranspose3d:
    """Double the resolution by a convolution whose steps do not overlap."""
    return nn.ConvTranspose3d(before, after, 2, 2, bias=bias)
