"""The nouns of a paper list.

All objects are immutable; `replace` makes a changed copy. `papertrack.documents` reads them from
JSON documents and writes them.
"""

from __future__ import annotations

from msgspec.structs import replace

from papertrack.model.papers import (
    ID_URLS,
    UNCHECKED,
    Citations,
    CodeLink,
    Link,
    Paper,
    Record,
    Removed,
    Venue,
)
from papertrack.model.results import (
    SOURCE_KINDS,
    STATUSES,
    UNCONFIRMED,
    Benchmark,
    Dataset,
    Measurement,
    Metric,
    Result,
    ResultSource,
    Uncertainty,
)

__all__ = [
    "ID_URLS",
    "SOURCE_KINDS",
    "STATUSES",
    "UNCHECKED",
    "UNCONFIRMED",
    "Benchmark",
    "Citations",
    "CodeLink",
    "Dataset",
    "Link",
    "Measurement",
    "Metric",
    "Paper",
    "Record",
    "Removed",
    "Result",
    "ResultSource",
    "Uncertainty",
    "Venue",
    "replace",
]
