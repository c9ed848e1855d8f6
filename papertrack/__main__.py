"""Run as `python -m papertrack`."""

from papertrack.cli.app import main

main()
