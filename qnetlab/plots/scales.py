"""From numbers or names along an axis to places on the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .ticks import even_ticks, log_ticks, tick_label, tick_labels

Value = float | str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """What is along it; ``low``, ``high`` and ``names`` where it should not follow the numbers, or the names."""

    label: str = ""
    log: bool = False
    low: float | None = None
    high: float | None = None
    reverse: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps a value to a place in px; None where it has none."""

    start: float
    end: float
    low: float
    high: float
    log: bool
    names: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...] = ()

    def __call__(self, value: Value) -> float | None:
        """The place of a value."""
        if self.names:
            place = float(self.names.index(str(value))) if str(value) in self.names else math.nan
        elif isinstance(value, str) or value is None or (self.log and value <= 0):
            return None
        else:
            place = math.log10(value) if self.log else float(value)
        share = (place - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start) if math.isfinite(share) else None

    @property
    def zero(self) -> float | None:
        """Where zero is; None where there is none."""
        return None if self.log or self.names else self(0.0)

    @property
    def step(self) -> float:
        """The room between two names; 0 along numbers."""
        return abs(self.end - self.start) / len(self.names) if self.names else 0.0


def scale_of(axis: Axis, values: Sequence[Value], start: float, end: float, most: int) -> Scale:
    """The scale that shows all values between two places on the page."""
    if axis.reverse:
        start, end = end, start
    if any(isinstance(v, str) for v in values):
        names = in_order(axis, [str(v) for v in values if v is not None])
        bare = Scale(start, end, -0.5, len(names) - 0.5, False, names)
        return _with_ticks(bare, [(name, name) for name in names])
    numbers = numbers_of(values)
    if axis.log:
        numbers = [v for v in numbers if v > 0] or [1.0]
        least, largest = min(numbers), max(numbers)
        room = (largest / least) ** 0.04 if largest > least else 2.0
        low, high = axis.low or least / room, axis.high or largest * room
        bare = Scale(start, end, math.log10(low), math.log10(high), True, ())
        return _with_ticks(bare, [(tick, tick_label(tick)) for tick in log_ticks(low, high, most)])
    numbers = numbers or [0.0, 1.0]
    low, high = min(numbers), max(numbers)
    room = (high - low) * 0.05 or abs(high) * 0.1 or 0.5
    low = low - room if axis.low is None else axis.low
    high = high + room if axis.high is None else axis.high
    bare = Scale(start, end, low, high, False, ())
    ticks = even_ticks(low, high, most)
    return _with_ticks(bare, list(zip(ticks, tick_labels(ticks), strict=True)))


def numbers_of(values: Sequence[Value]) -> list[float]:
    """Those that are finite numbers."""
    return [float(v) for v in values if isinstance(v, (int, float)) and math.isfinite(v)]


def in_order(axis: Axis, names: Sequence[str]) -> tuple[str, ...]:
    """The names once each, as the axis lists them; those it does not list after them, as they came."""
    listed = [name for name in axis.names if name in names]
    return tuple(dict.fromkeys([*listed, *names]))


def _with_ticks(bare: Scale, ticks: Sequence[tuple[Value, str]]) -> Scale:
    placed = [(bare(tick), label) for tick, label in ticks]
    kept = tuple((at, label) for at, label in placed if at is not None)
    return Scale(bare.start, bare.end, bare.low, bare.high, bare.log, bare.names, kept)
