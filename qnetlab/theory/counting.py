"""Counting: what a share of so many rounds is worth, and how many rounds an error bar costs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..checks import number, require, value
from ..units import db_to_probability

Number = Any  # a float or an array of floats


def share_std_error(probability: Number, rounds: Number) -> Number:
    """Standard deviation of a share counted in so many independent rounds, sqrt(p (1 - p)/n).

    Parameters
    ----------
    probability : float or array
        What happens in one round, 0 to 1.
    rounds : float or array
        n > 0.

    Returns
    -------
    float or array
        0 to 1/2; widest at p = 1/2: 0.0158 for 1000 rounds, and ten times finer for a hundred times as many.

    >>> [round(float(share_std_error(0.5, n)), 4) for n in (1000, 100_000)]
    [0.0158, 0.0016]
    """
    return np.sqrt(probability * (1 - probability) / rounds)


def rounds_needed(probability: float, std_error: float) -> int:
    """The fewest rounds whose share has at most this standard deviation, p (1 - p)/error^2 rounded up.

    Parameters
    ----------
    probability : float
        0 to 1; 1/2 is the dearest and so the safe guess.
    std_error : float
        > 0.

    Raises
    ------
    ValueError
        If either is out of its range.

    >>> rounds_needed(0.5, 0.01), rounds_needed(0.5, 0.001)
    (2500, 250000)
    """
    require(0 <= probability <= 1, "probability must satisfy 0 <= probability <= 1", got={"probability": probability},
            why="It is the share of rounds in the long run", fix="probability=0.5")
    require(0 < std_error < math.inf, "std_error must satisfy 0 < std_error", got={"std_error": std_error},
            why="No finite number of rounds leaves no doubt", fix="std_error=0.01")
    return max(1, math.ceil(round(probability * (1 - probability) / std_error**2, 6)))


def contrast_error(contrast: Number) -> Number:
    """How often a polarizer of this contrast lets a photon out of the wrong port, 1/(C + 1).

    Parameters
    ----------
    contrast : float or array
        Right to wrong counts, C : 1, with C >= 0.

    Returns
    -------
    float or array
        280:1 gives 0.00356, no error at all an infinite contrast.

    >>> round(contrast_error(280), 6)
    0.003559
    """
    return 1 / (contrast + 1)


@value
class Counting:
    """So many photons enter a loss, and those that arrive are counted.

    Parameters
    ----------
    loss_db : float
        Loss in dB, >= 0 and finite.
    photons : int
        How many enter, >= 1.

    Raises
    ------
    TypeError, ValueError
        If a field is not a number or out of its range.

    Notes
    -----
    Each photon arrives by itself with probability eta = 10^(-dB/10), so that the share that arrives scatters by
    sqrt(eta (1 - eta)/n) around eta. 3 dB leave 0.501, 20 dB 0.01.

    >>> {name: round(number, 6) for name, number in Counting(loss_db=20, photons=1000).theory().items()}
    {'arriving': 0.01, 'expected': 10.0, 'std_error': 0.003146}
    """

    loss_db: float = number(default=0.0, unit="dB", low=0, high=math.inf, high_open=True, doc="loss",
                            why="A loss only ever takes light away", fix="loss_db=3")
    photons: int = number(default=1000, low=1, integer=True, doc="photons that enter", why="One counts whole photons",
                          fix="photons=1000")

    def theory(self) -> dict[str, float]:
        """The share that arrives, how many that are on average, and how far the counted share scatters."""
        arriving = float(db_to_probability(self.loss_db))
        return {"arriving": arriving, "expected": arriving * self.photons,
                "std_error": float(share_std_error(arriving, self.photons))}
