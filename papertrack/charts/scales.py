"""Where a value stands on an axis: the ends of the axis and its ticks, taken from the data.

All of it is decimal arithmetic, which gives the same digits on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from papertrack.errors import PapertrackError

_MOST_TICKS = 7
_NICE = (1, 2, 5)
"""Steps between ticks, times a power of ten."""

_PREFIXES = {15: "P", 12: "T", 9: "G", 6: "M", 3: "k"}


@dataclass(frozen=True)
class Scale:
    """An axis from `low` to `high`; each tick has its value and its text."""

    low: Decimal
    high: Decimal
    ticks: tuple[tuple[Decimal, str], ...]
    is_log: bool = False

    def place(self, value: Decimal) -> float:
        """Return how far along the axis a value stands, from 0 to 1.

        Raises PapertrackError for a value beyond the ends: no chart leaves a value out silently.
        """
        if not self.low <= value <= self.high:
            raise PapertrackError(
                f"{value} lies outside the axis from {self.low} to {self.high}",
                "this is a mistake of papertrack: please report it",
            )
        low, at, high = (self._measure(v) for v in (self.low, value, self.high))
        return float((at - low) / (high - low))

    def _measure(self, value: Decimal) -> Decimal:
        return value.log10() if self.is_log else value


def linear(values: Sequence[Decimal]) -> Scale:
    """Make a scale on which equal differences look equal, with round ends.

    A lone value stands in the middle.
    """
    step = _step(values)
    low = (min(values) / step).to_integral_value(ROUND_FLOOR) * step
    high = (max(values) / step).to_integral_value(ROUND_CEILING) * step
    if low == high:
        low, high = low - step, high + step
    return _evenly(low, high, step, number)


def years(values: Sequence[Decimal]) -> Scale:
    """Make a scale of time; a tick stands where its year begins."""
    low = min(values).to_integral_value(ROUND_FLOOR)
    high = max(max(values).to_integral_value(ROUND_CEILING), low + 1)
    return _evenly(low, high, max(_step([low, high]), Decimal(1)), "{:f}".format)


def counts(most: int) -> Scale:
    """Make a scale of whole numbers from zero."""
    step = max(_step([Decimal(0), Decimal(most)]), Decimal(1))
    high = (Decimal(most) / step).to_integral_value(ROUND_CEILING) * step
    return _evenly(Decimal(0), max(high, step), step, number)


def logarithmic(values: Sequence[Decimal]) -> Scale:
    """Make a scale on which equal ratios look equal, for values above zero."""
    first, last = min(values).adjusted(), max(values).adjusted() + 1
    marks = [Decimal(n).scaleb(power) for power in range(first, last + 1) for n in _NICE]
    low = max(mark for mark in marks if mark <= min(values))
    high = min(mark for mark in marks if mark >= max(values) and mark > low)
    within = [mark for mark in marks if low <= mark <= high]
    if len(within) > _MOST_TICKS:
        decades = [Decimal(1).scaleb(power) for power in range(first, last + 1)]
        within = [mark for mark in decades if low <= mark <= high]
        within = within[:: -(-len(within) // _MOST_TICKS)]
    return Scale(low, high, tuple((mark, number(mark)) for mark in within), is_log=True)


def number(value: Decimal) -> str:
    """Write a number as short as it goes: `0.5`, `200`, `25k`, `1E+20`."""
    if not value:
        return "0"
    if not -5 < value.adjusted() < 18:
        return f"{value.normalize():E}"
    if value.adjusted() < 4:
        return _plain(value)
    power = next(power for power in _PREFIXES if value.adjusted() >= power)
    return _plain(value.scaleb(-power)) + _PREFIXES[power]


def _plain(value: Decimal) -> str:
    return f"{value.normalize() + 0:f}"


def _step(values: Sequence[Decimal]) -> Decimal:
    """Choose the least round step that takes few enough of them from end to end."""
    low, high = min(values), max(values)
    span = high - low or abs(low) / 10 or Decimal(1)
    power = span.adjusted() - 1
    steps = (Decimal(n).scaleb(power + more) for more in range(3) for n in _NICE)
    return next(step for step in steps if span / step <= _MOST_TICKS - 2)


def _evenly(low: Decimal, high: Decimal, step: Decimal, write: Callable[[Decimal], str]) -> Scale:
    first = (low / step).to_integral_value(ROUND_CEILING)
    last = (high / step).to_integral_value(ROUND_FLOOR)
    marks = (step * (first + n) for n in range(int(last - first) + 1))
    return Scale(low, high, tuple((mark, write(mark)) for mark in marks))
