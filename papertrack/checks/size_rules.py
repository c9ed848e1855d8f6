"""Rules about a README as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from papertrack.checks.findings import Note, Place, Rule
from papertrack.checks.readme import Readme
from papertrack.publishing import CUT_OFF, WARN_AT


def readme_size(readme: Readme) -> Iterator[Note]:
    """Report a README that GitHub cuts off, or soon will.

    GitHub shows the first 512,000 bytes of a README and leaves the rest away without a word.

    Split the list into files by section, or print it in a shorter style: `style=bullet`.
    """
    size = len(readme.text.encode(errors="surrogateescape"))
    told = f"the file has {size:,} bytes, and GitHub shows {CUT_OFF:,}"
    if size > CUT_OFF:
        yield Note(Place(readme.path), f"{told}: the end is cut off", severity="error")
    elif size > WARN_AT:
        yield Note(Place(readme.path), told)


RULES: dict[str, Rule[Readme]] = {"readme-size": Rule("warning", readme_size)}
