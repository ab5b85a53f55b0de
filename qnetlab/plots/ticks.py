"""Round numbers along an axis."""

from __future__ import annotations

import math
from itertools import pairwise

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def even_ticks(low: float, high: float, most: int) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten from ``low`` to ``high``, at most ``most`` + 1 of them.

    >>> even_ticks(0, 1, 5), even_ticks(-3, 47, 5)
    ([0.0, 0.2, 0.4, 0.6, 0.8, 1.0], [0.0, 10.0, 20.0, 30.0, 40.0])
    """
    rough = (high - low) / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{i * step:.12g}") for i in range(first, last + 1)]


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Powers of ten from ``low`` to ``high``; with 2 and 5 times them where there are few.

    >>> log_ticks(0.5, 200, 8), log_ticks(1e-9, 1, 5)
    ([0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0], [1e-08, 1e-06, 0.0001, 0.01, 1.0])
    """
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    factors = (1, 2, 5) if high / low <= 1000 else (1,)
    every = max(1, math.ceil((last - first) / max(most, 1)))
    tens = [p for p in range(first, last + 1) if p % every == 0]
    inside = [float(f"{m}e{p}") for p in tens for m in factors]
    return [tick for tick in inside if low * 0.999999 <= tick <= high * 1.000001]


def tick_labels(ticks: list[float]) -> list[str]:
    """The numbers along an even axis, with as many digits as their step needs.

    >>> tick_labels([-0.5, 0.0, 0.5, 1.0]), tick_labels([0.0, 200.0])
    (['−0.5', '0.0', '0.5', '1.0'], ['0', '200'])
    """
    step = min((b - a for a, b in pairwise(ticks)), default=0.0)
    if not step or step >= 1 or step < 1e-4 or any(abs(tick) >= 1e6 for tick in ticks):
        return [tick_label(tick) for tick in ticks]
    digits = math.ceil(-math.log10(step) - 1e-9)
    return [f"{tick:.{digits}f}".replace("-", "−") for tick in ticks]


def tick_label(tick: float) -> str:
    """The number as one writes it.

    >>> tick_label(0.0001), tick_label(1e-8), tick_label(2500.0), tick_label(5e6)
    ('0.0001', '10⁻⁸', '2500', '5·10⁶')
    """
    if tick == 0 or 1e-4 <= abs(tick) < 1e6:
        return f"{tick:.10g}".replace("-", "−")
    mantissa, _, power = f"{tick:.5e}".partition("e")
    factor = mantissa.rstrip("0").rstrip(".").replace("-", "−")
    ten = f"10{str(int(power)).translate(_RAISED)}"
    return {"1": ten, "−1": f"−{ten}"}.get(factor, f"{factor}·{ten}")
