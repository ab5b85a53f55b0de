"""Entropies in bits."""

from __future__ import annotations

from typing import Any

import numpy as np

Number = Any  # a float or an array of floats


def surprise(p: Number) -> Number:
    """-p log2 p, 0 at p = 0; what rounding leaves below 0 counts as 0.

    >>> float(surprise(0.25))
    0.5
    """
    kept = np.maximum(p, 0.0)
    return -kept * np.log2(np.where(kept > 0, kept, 1.0))


def binary_entropy(p: Number) -> Number:
    """h(p) = -p log2 p - (1 - p) log2 (1 - p) in bits, p from 0 to 1.

    >>> float(binary_entropy(0.5))
    1.0
    """
    return surprise(p) + surprise(1 - p)
