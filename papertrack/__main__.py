"""Run as `python -m papertrack`."""

from papertrack.cli.process import main

main()
