"""Reading a list that somebody else wrote: its papers, its result tables, and what is left."""

from __future__ import annotations

from papertrack.readme.adopt.found import Entry, FoundTable, Reading
from papertrack.readme.adopt.reading import read

__all__ = ["Entry", "FoundTable", "Reading", "read"]
