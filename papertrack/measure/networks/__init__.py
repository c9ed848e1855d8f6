"""Reference networks of the fair comparison, written from their papers. They need torch.

`papertrack measure papertrack.measure.networks:unet ...`
"""

from __future__ import annotations

from papertrack.measure.networks.unet import attention_unet, nnunet, r2unet, stunet, unet, unet3d
from papertrack.measure.networks.unetpp import unetpp
from papertrack.measure.networks.vnet import vnet

__all__ = ["attention_unet", "nnunet", "r2unet", "stunet", "unet", "unet3d", "unetpp", "vnet"]
