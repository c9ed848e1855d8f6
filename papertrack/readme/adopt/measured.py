"""Columns of measured values, and those that only look like them: dates, ids, counts of stars."""

from __future__ import annotations

import re
from collections.abc import Sequence

from papertrack.readme.adopt.labels import label_role

_NUMBER = re.compile(
    r"[~≈<>*†‡↑↓±]*\s*-?\d+(?:[.,]\d+)?\s*(?:%|[MGKBT]|ms|s)?(?:\s*(?:±|\+-|\()\s*[\d.]+\)?%?)?[*†‡]*"
)
_DATE = re.compile(r"(?:19|20)\d\d(?:[./-]\d{1,2})?")
_MISSING = frozenset({"", "-", "–", "—", "n/a", "na", "none", "/", "\\"})
_TIMES = re.compile(r"time", re.IGNORECASE)
"""A head that may be that of a date, or of what a method takes."""


def is_missing(cell: str) -> bool:
    """Tell whether a cell says that there is nothing to say."""
    return cell.strip().casefold() in _MISSING


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number, whatever unit or mark it bears."""
    return bool(_NUMBER.fullmatch(cell.strip()))


def is_date(cell: str) -> bool:
    """Tell whether a cell is a year, or a year and a month, which reads like a number."""
    return bool(_DATE.fullmatch(cell.strip()))


def may_be_measured(head: str) -> bool:
    """Tell whether a column may hold measured values, by its head: a date, a link holds none."""
    is_time = bool(_TIMES.fullmatch(head.strip()))
    return is_time or label_role(head) not in ("year", "paper", "code")


def is_measured(head: str, cells: Sequence[str]) -> bool:
    """Tell whether a column holds measured values: numbers, and enough of them with decimals."""
    if not may_be_measured(head):
        return False
    filled = [cell for cell in cells if not is_missing(cell)]
    numbers = [cell for cell in filled if is_number(cell) and not is_date(cell)]
    decimals = [cell for cell in numbers if re.search(r"\d[.,]\d", cell)]
    return (
        bool(filled) and len(numbers) >= 0.6 * len(filled) and 3 * len(decimals) >= len(numbers) > 0
    )
