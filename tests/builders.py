"""Small valid objects; a test overrides the field that it is about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from papertrack import library
from papertrack.library import Library
from papertrack.model import Benchmark, CodeLink, Metric, Paper, Venue


def unet(**changes: Any) -> Paper:
    """Build the paper that most tests are about."""
    fields: dict[str, Any] = {
        "title": "U-Net: Convolutional Networks for Biomedical Image Segmentation",
        "name": "U-Net",
        "authors": ("Olaf Ronneberger", "Philipp Fischer", "Thomas Brox"),
        "year": 2015,
        "venue": Venue(name="MICCAI", year=2015),
        "ids": {"arxiv": "1505.04597", "doi": "10.1007/978-3-319-24574-4_28"},
        "section": ("Segmentation",),
        "added": "2026-11-23",
    }
    return Paper(**(fields | changes))


def voxelmorph(**changes: Any) -> Paper:
    """Build another one, with code."""
    fields: dict[str, Any] = {
        "title": "VoxelMorph: A Learning Framework for Deformable Medical Image Registration",
        "name": "VoxelMorph",
        "authors": ("Guha Balakrishnan", "Amy Zhao", "Mert R. Sabuncu"),
        "year": 2018,
        "venue": Venue(name="IEEE TMI", year=2019),
        "ids": {"arxiv": "1809.05231"},
        "section": ("Registration",),
        "code": (
            CodeLink(
                url="https://github.com/voxelmorph/voxelmorph", label="official", source="abstract"
            ),
        ),
        "added": "2026-11-23",
    }
    return Paper(**(fields | changes))


def synapse(**changes: Any) -> Benchmark:
    """Build a benchmark with one metric of either direction."""
    fields: dict[str, Any] = {
        "title": "Synapse multi-organ CT",
        "metrics": (
            Metric(id="dice", name="Dice", unit="%"),
            Metric(id="hd95", name="HD95", direction="lower", unit="mm"),
        ),
    }
    return Benchmark(**(fields | changes))


def make_library(root: Path, **papers: Paper) -> Library:
    """Make a library on disk that holds these papers under these keys."""
    made = library.create(root)
    with made.change() as contents:
        contents.papers.update(papers)
    return made
