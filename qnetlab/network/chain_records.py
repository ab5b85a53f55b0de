"""What a run of a chain writes down: along which axis each pair was measured, whether the bits differed, how long it
took.

A time is kept as the 64 bits of a floating point number (IEEE 754) in s, so that nothing is rounded; positive ones
sort as their numbers do.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..estimate import Estimate, Outcomes

PAIR_REGISTERS = (("axis", 2), ("differ", 1))
WAIT_REGISTERS = (("wait_s", 64),)
#: Beyond so many different times, neighbors are put together under their mean.
MAX_TIMES = 20_000


def time_bits(seconds: Any) -> list[str]:
    """Times as bits.

    >>> time_bits([2.0])[0][:16]
    '0100000000000000'
    """
    whole = np.ascontiguousarray(np.asarray(seconds, dtype=np.float64)).view(np.uint64)
    return [format(int(word), "064b") for word in whole]


def times_of(bits: list[str]) -> NDArray[np.float64]:
    """The times again.

    >>> times_of(time_bits([0.25, 3e-6])).tolist()
    [0.25, 3e-06]
    """
    return np.array([int(word, 2) for word in bits], dtype=np.uint64).view(np.float64)


def wait_weights(seconds: Any, shares: Any = None) -> tuple[tuple[str, float], ...]:
    """Times, with how often each came: counted, or with their probabilities.

    >>> [weight for _, weight in wait_weights([1.0, 2.0, 1.0])]
    [2, 1]
    """
    times = np.asarray(seconds, dtype=float)
    if shares is None:
        times, shares = np.unique(times, return_counts=True)
    if len(times) > MAX_TIMES:
        edges = np.linspace(0, len(times), MAX_TIMES + 1).astype(int)[:-1]
        sums = np.add.reduceat(times * shares, edges)
        shares = np.add.reduceat(shares, edges)
        times = sums / shares
    return tuple(zip(time_bits(times), shares.tolist(), strict=True))


def read_waits(found: Outcomes) -> Estimate:
    """The mean time in s.

    Its error is never 0 at finite n: one more wait, as far from the mean as the mean is from 0, is taken to be
    possible.

    >>> read_waits(Outcomes(registers=WAIT_REGISTERS, weights=wait_weights([1.0, 3.0] * 50), n=100))
    2.00 ± 0.10
    """
    times = times_of([key for key, _ in found.weights])
    weights = np.array([weight for _, weight in found.weights])
    total = float(weights.sum())
    mean = float(weights @ times) / total
    if found.n is None:
        return Estimate.exact(mean)
    squares = float(weights @ (times - mean) ** 2) + mean**2 / (found.n + 1)
    return Estimate(value=mean, std_error=math.sqrt(squares) / found.n, n=found.n)
