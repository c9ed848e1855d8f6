"""Metrics: what their columns are called, and their values as printed, read and shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from papertrack.errors import UsageError
from papertrack.model import UNCONFIRMED, Metric
from papertrack.text import clean_line, title_key

_PLUS_MINUS = re.compile(r"±|\+/-|\+-|\\pm(?![A-Za-z])")
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
_ARROW = re.compile(r"[↑↓]")
_UNIT_BEHIND = re.compile(r"\(([^()]{1,8})\)$")


def number(value: str) -> Decimal | None:
    """Read a printed value as a number: `76.3`, `76.3 ± 0.4`, `76.3%`; None where it is none.

    What is marked as unconfirmed is none: nobody vouches for it.
    """
    plain, is_unsure = unmarked(value)
    return None if is_unsure else _decimal(plain.split("±")[0].strip().removesuffix("%"))


def read(printed: str, metric: Metric) -> tuple[str, str]:
    """Part a printed value from its uncertainty, and both from the unit: `76.3 ± 0.4 %`.

    What stands in the place of the uncertainty is empty where there is none. Raises UsageError for
    what is no number, has another unit, or lies outside the metric's range.
    """
    parts = _PLUS_MINUS.split(_ascii(clean_line(printed).replace("$", "")))
    value, *more = (_without_unit(part.strip(), metric.unit) for part in parts)
    read = _decimal(value)
    if read is None or len(more) > 1 or not all(map(is_uncertainty, more)):
        unit = f" in {metric.unit}" if metric.unit else ""
        raise UsageError(
            f"{printed!r} is no value of a metric",
            f"{metric.id} is a number{unit}: 76.85, or 76.85±0.4",
        )
    if not is_within(read, metric.range):
        raise UsageError(
            f"{metric.id} {value} lies outside of {'..'.join(metric.range)}",
            "look it up in the source: mostly the point, the unit or the metric is another",
        )
    return value, more[0] if more else ""


def is_uncertainty(text: str) -> bool:
    """Tell whether a text is a number of at least 0, without a unit."""
    read = _decimal(text)
    return read is not None and read >= 0


def unmarked(printed: str) -> tuple[str, bool]:
    """Take the mark off a value that nobody has confirmed, and tell whether there was one."""
    plain = printed.rstrip()
    value = plain.removesuffix(f"({UNCONFIRMED})")
    return value.rstrip(), value != plain


def is_within(value: Decimal, ends: Sequence[str]) -> bool:
    """Tell whether a value lies in a range, of which either end may be empty."""
    low, high = map(number, ends) if len(ends) == 2 else (None, None)
    return (low is None or low <= value) and (high is None or value <= high)


def shown(value: str, metric: Metric) -> str:
    """Cut a value to the decimals that the metric shows, half to even.

    A value that its source gives fewer decimals stays as it is.
    """
    read = _decimal(value)
    exponent = read.as_tuple().exponent if read is not None else 0
    if read is None or metric.decimals is None or not isinstance(exponent, int):
        return value
    return f"{read:.{metric.decimals}f}" if -exponent > metric.decimals else value


def find(label: str, metrics: Iterable[Metric]) -> Metric | None:
    """Find the metric that the head of a column means, by id, name or alias."""
    name, _ = heading(label)
    wanted = {title_key(label), title_key(name)} - {""}
    return next((m for m in metrics if wanted & set(map(title_key, labels(m)))), None)


def words(metric: Metric) -> str:
    """Tell a metric to people: `dice: Dice (%), higher is better, 0..100, also called DSC`."""
    name = metric.name or metric.id
    places = "1 decimal" if metric.decimals == 1 else f"{metric.decimals} decimals"
    told = [
        f"{name} ({metric.unit})" if metric.unit else name,
        f"{metric.direction} is better" if metric.direction != "none" else "no value is better",
        "..".join(metric.range),
        places if metric.decimals is not None else "",
        f"also called {', '.join(metric.aliases)}" if metric.aliases else "",
    ]
    return f"{metric.id}: {', '.join(filter(None, told))}"


def labels(metric: Metric) -> list[str]:
    """List all that a metric is called."""
    return [metric.id, *filter(None, [metric.name, *metric.aliases])]


def heading(label: str) -> tuple[str, str]:
    """Part the head of a column into name and unit, without an arrow: `Dice (%) ↑`."""
    plain = clean_line(_ARROW.sub("", label))
    unit = _UNIT_BEHIND.search(plain)
    return (plain[: unit.start()].strip(), unit[1].strip()) if unit else (plain, "")


def _without_unit(text: str, unit: str) -> str:
    return text.removesuffix(unit or "%").rstrip()


def _decimal(text: str) -> Decimal | None:
    said = _ascii(text.strip())
    return Decimal(said) if _DECIMAL.fullmatch(said) else None


def _ascii(text: str) -> str:
    """Write the minus sign of typesetters as programs do."""
    return text.replace("\N{MINUS SIGN}", "-")
