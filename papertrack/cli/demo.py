"""`papertrack demo`: the main job on a small library, without network."""

import os
from pathlib import Path
from typing import Annotated

import typer

from papertrack.cli.session import session

COMMANDS = (
    "init",
    "add 1505.04597 1606.06650 1606.04797 1804.03999 1807.10165 1809.10486"
    " --section 'Segmentation / Convolutional'",
    "add 2102.04306 2103.10504 2105.05537 2201.01266 --section 'Segmentation / Transformers'",
    "add https://arxiv.org/abs/1809.05231 --section Registration --tag deformable"
    " --code https://github.com/voxelmorph/voxelmorph",
    "add 'Segment Anything in Medical Images' --name MedSAM --section 'Foundation Models'",
    "set UNet++ code+=https://github.com/MrGiovanni/UNetPlusPlus",
    "set TransUNet code+=https://github.com/Beckschen/TransUNet tags+=hybrid",
    "benchmark add synapse --title 'Synapse multi-organ CT' --row-label Network"
    " --metric 'dice,Dice,higher,%' --metric 'hd95,HD95,lower,mm'",
    "result add U-Net synapse dice=76.85 hd95=39.70"
    " --url https://arxiv.org/abs/2102.04306 --locator 'Table 1' --status reported-by-other",
    "result add TransUNet synapse dice=77.48 hd95=31.69"
    " --url https://arxiv.org/abs/2102.04306 --locator 'Table 1'",
    "result add Swin-Unet synapse dice=79.13 hd95=21.55"
    " --url https://arxiv.org/abs/2105.05537 --locator 'Table 1'",
    "search 'unet year:2018.. code:yes'",
    "render",
)
"""The whole job, as it is typed."""

_TABLE = """
## Synapse

<!-- papertrack:begin table synapse sort=dice -->

<!-- papertrack:end table synapse -->
"""
"""A place for the result table, which a person writes into the README where it is wanted."""


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command(epilog="Example: papertrack demo")(demo)


def demo(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A new folder; else a temporary one.")
    ] = None,
) -> None:
    """Make a small list offline, and show each command."""
    import shlex
    import tempfile

    from papertrack.cli.app import run
    from papertrack.errors import Refused

    console = session(context).console
    if folder and folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} is not empty", "papertrack demo in a folder of another name")
    place = folder or Path(tempfile.mkdtemp(prefix="papertrack-demo-"))
    place.mkdir(parents=True, exist_ok=True)
    console.say(f"a list in {place}, made offline from the snapshot that comes with papertrack")
    options = ["--offline", *(["--quiet"] if console.quiet else [])]
    before = Path.cwd()
    os.chdir(place)
    try:
        for command in COMMANDS:
            console.say(f"\n$ papertrack {command}")
            code = run([*options, *shlex.split(command)])
            if code:
                raise typer.Exit(code)
            if command == "init":
                _make_room_for_the_table(Path("README.md"))
    finally:
        os.chdir(before)
    console.say(f"\nthe list: {place / 'README.md'}; its data: {place / 'store'}")
    console.say(f"next: cd {place} && papertrack show U-Net, or papertrack add 2004.08790")


def _make_room_for_the_table(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    text = text.replace("\n## Papers&Codes", f"{_TABLE}\n## Papers&Codes")
    readme.write_text(text, encoding="utf-8", newline="\n")
