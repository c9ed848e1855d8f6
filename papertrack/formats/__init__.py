"""Papers in other forms: each module dumps papers, by key and in the order given, to one string.

What is dumped shows no control, bidi or zero-width character, even where a store edited by hand
holds one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from papertrack.formats import bibtex, jsonl, tsv
from papertrack.model import Paper

Format = Callable[[Mapping[str, Paper]], str]

FORMATS: dict[str, Format] = {
    "bibtex": bibtex.dump,
    "jsonl": jsonl.dump,
    "tsv": tsv.dump,
}
"""The formats by the name that `--format` takes."""
