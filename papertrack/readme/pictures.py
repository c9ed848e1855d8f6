"""Charts in a README: two pictures beside it, one for each theme, and the HTML that shows one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from papertrack.readme import escape
from papertrack.readme.regions import Region
from papertrack.text import slug

if TYPE_CHECKING:
    from papertrack.charts.data import Chart

FOLDER = "docs/charts"
"""Where the pictures lie, from the folder of the README."""

_OURS = re.compile(rf"{FOLDER}/[\w-]+-(?:light|dark)\.svg", re.ASCII)
_LONGEST = 40
_PLAIN = re.compile(rf"[a-z0-9-]{{1,{_LONGEST}}}")
"""What stands in a file name as it is."""


class Illustrated(NamedTuple):
    """The text of a region, and the pictures that it shows by their path from the README."""

    text: str
    pictures: Mapping[str, str] = {}


def illustrate(chart: Chart | None, region: Region) -> Illustrated:
    """Show the chart of a region, in the colours of the theme that the reader has chosen."""
    if chart is None:
        return Illustrated("Nothing to draw yet.")
    from papertrack.charts.drawing import draw
    from papertrack.charts.svg import DARK, LIGHT

    light, dark = (f"{FOLDER}/{_stem(region)}-{theme}.svg" for theme in ("light", "dark"))
    lines = (
        "<picture>",
        f'  <source media="(prefers-color-scheme: dark)" srcset="{dark}">',
        f'  <img src="{light}" alt="{escape.attribute(chart.alternative)}">',
        "</picture>",
    )
    return Illustrated("\n".join(lines), {light: draw(chart, LIGHT), dark: draw(chart, DARK)})


def is_ours(address: str) -> bool:
    """Say whether an address is that of a picture which papertrack has written."""
    return bool(_OURS.fullmatch(address))


def _stem(region: Region) -> str:
    """Name the files of a region; regions that ask for different charts get different names."""
    options = (f"{name}-{value}" for name, value in sorted(region.options.items()))
    parts = [
        part if _PLAIN.fullmatch(part) else _digested(part) for part in (region.argument, *options)
    ]
    return "_".join([*parts, *filter(None, [region.query and _digested(region.query)])])


def _digested(text: str) -> str:
    """Make a part of a file name of any text, which no other text has."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return "-".join(filter(None, [slug(text)[:_LONGEST], digest]))
