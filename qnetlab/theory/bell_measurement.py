"""A Bell measurement with imperfect gates and readout: which of the four results is read for which Bell state."""

from __future__ import annotations

import itertools
from typing import Any

Number = Any  # a float or an array of floats
Bits = tuple[int, int]

#: The four results (z, x): the sign and the flip of the Bell state against phi_plus.
RESULTS: tuple[Bits, ...] = tuple((z, x) for z, x in itertools.product((0, 1), repeat=2))


def read_probability(true: Bits, read: Bits, *, one_qubit_error: Number = 0.0, two_qubit_error: Number = 0.0,
                     error_0: Number = 0.0, error_1: Number = 0.0) -> Number:
    """P(read | true) of a Bell measurement made of a CNOT, an H and two readouts.

    Parameters
    ----------
    true, read : (z, x)
        The Bell state that is there, and the bits that are read.
    one_qubit_error, two_qubit_error : float or array
        Average gate infidelity of the H and the CNOT, 0 to 1/2 and 0 to 3/4.
    error_0, error_1 : float or array
        P(read 1 | 0) and P(read 0 | 1) of either readout.

    Returns
    -------
    float or array
        The four results sum to 1 for each ``true``.

    Notes
    -----
    Depolarizing after the CNOT with l2 = 4 e2/3 loses both bits, after the H with l1 = 2 e1 the z bit; then each
    readout turns its bit by itself: P = sum over m of R(r|m) [(1-l2)((1-l1) d(m,t) + l1 d(mx,tx)/2) + l2/4].

    >>> read_probability((1, 0), (1, 0)), read_probability((1, 0), (0, 0), error_1=0.25)
    (1.0, 0.25)
    """
    l1, l2 = 2 * one_qubit_error, 4 * two_qubit_error / 3
    readout = {(0, 0): 1 - error_0, (1, 0): error_0, (0, 1): error_1, (1, 1): 1 - error_1}  # (read, measured)
    total: Number = 0.0
    for measured in RESULTS:
        same_x = float(measured[1] == true[1])
        weight = (1 - l2) * same_x * ((1 - l1) * float(measured[0] == true[0]) + l1 / 2) + l2 / 4
        total = total + weight * readout[read[0], measured[0]] * readout[read[1], measured[1]]
    return total
