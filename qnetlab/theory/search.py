"""Where a curve crosses zero, and where it is highest: for smooth curves of one number, many at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Number = Any  # a float or an array of floats


def crossing(curve: Callable[[float], Number], low: float, high: float) -> float:
    """Where ``curve`` falls from above 0 to 0 or below, by halving; it must do so once between ``low`` and ``high``.

    >>> round(crossing(lambda x: 2 - x * x, 0.0, 2.0), 9)
    1.414213562
    """
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if curve(middle) > 0 else (low, middle)
    return (low + high) / 2


def last_positive(curve: Callable[[Any], Number], high: float, *, points: int = 400) -> float:
    """The largest x from 0 to ``high`` at which ``curve`` is still > 0; 0 if it never is, ``high`` if it is there.

    ``curve`` takes an array; it may start below 0 and rise, as a key rate does that loses to dead time at short range.

    >>> round(last_positive(lambda x: 3 - x, 10.0), 9)
    3.0
    """
    x = np.linspace(0.0, high, points + 1)
    positive = np.flatnonzero(np.asarray(curve(x)) > 0)
    if not positive.size:
        return 0.0
    if positive[-1] == points:
        return high
    return crossing(lambda at: np.asarray(curve(np.array([at])))[0], float(x[positive[-1]]), float(x[positive[-1] + 1]))


def highest(curve: Callable[[Any], Number], low: Number, high: Number, *, rounds: int = 12,
            points: int = 9) -> tuple[Number, Number]:
    """Where ``curve`` is highest between ``low`` and ``high``, and how high; one maximum for each curve.

    Parameters
    ----------
    curve : callable
        Takes an array of shape (points, ...) and gives one of the same shape.
    low, high : float or array
        Ends of the search; their shape is that of the answer.

    >>> at, value = highest(lambda x: 1 - (x - 0.3) ** 2, 0.0, 1.0)
    >>> round(float(at), 6), round(float(value), 6)
    (0.3, 1.0)
    """
    low, high = np.broadcast_arrays(np.asarray(low, dtype=float), np.asarray(high, dtype=float))
    steps = np.linspace(0.0, 1.0, points).reshape(-1, *[1] * low.ndim)
    for _ in range(rounds):
        x = low + (high - low) * steps
        found = np.nan_to_num(np.asarray(curve(x)), nan=-np.inf)
        best = np.argmax(found, axis=0)[None]
        low = np.take_along_axis(x, np.maximum(best - 1, 0), 0)[0]
        high = np.take_along_axis(x, np.minimum(best + 1, points - 1), 0)[0]
    x = (low + high)[None] / 2
    return x[0], np.asarray(curve(x))[0]
