"""Teleportation in closed form: any message, noisy pair, imperfect gates and readout, all or some of the bits."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from .bell_measurement import RESULTS, read_probability
from .qubit import zero_probability
from .states import Pair

Number = Any  # a float or an array of floats

#: Best average fidelity without entanglement: measure the qubit and phone the answer. (Massar and Popescu 1995,
#: Physical Review Letters 74, 1259, doi:10.1103/PhysRevLett.74.1259.)
CLASSICAL_LIMIT = 2 / 3

#: What Bob's Pauli X and Z do to a Bloch vector.
_FLIP_X = np.array([1.0, -1.0, -1.0])
_FLIP_Z = np.array([-1.0, -1.0, 1.0])
_PHI_PLUS = np.array([1.0, -1.0, 1.0])


def average_fidelity(pair_fidelity: Number, dimension: int = 2) -> Number:
    """Average teleportation fidelity over a pair of this fidelity, (d f + 1)/(d + 1).

    Parameters
    ----------
    pair_fidelity : float or array
        f to the Bell state that the corrections assume, 0 to 1.
    dimension : int
        d of the teleported system, 2 for a qubit.

    Returns
    -------
    float or array
        Average over all messages, 0 to 1. f = 1/2 gives 2/3, what measuring and phoning reaches; f = 1 gives 1.

    References
    ----------
    M. Horodecki, P. Horodecki, R. Horodecki, Physical Review A 60, 1888 (1999), doi:10.1103/PhysRevA.60.1888.

    >>> round(average_fidelity(0.95), 6)
    0.966667
    """
    return (dimension * pair_fidelity + 1) / (dimension + 1)


def needed_pair_fidelity(average: Number) -> Number:
    """The pair fidelity that gives this average, f = (3 F - 1)/2: an inversion, not a prediction.

    >>> round(needed_pair_fidelity(0.80), 6)
    0.7
    """
    return (3 * average - 1) / 2


def bob_vector(message: tuple[Number, Number, Number], pair: Pair, *, corrections: str = "both",
               one_qubit_error: Number = 0.0, two_qubit_error: Number = 0.0, error_0: Number = 0.0,
               error_1: Number = 0.0) -> tuple[Number, Number, Number]:
    """Bob's Bloch vector at the end, averaged over Alice's outcomes.

    Parameters
    ----------
    message : three floats or arrays
        Bloch vector of the message, length <= 1.
    pair : Pair
        The shared pair as it is after all waiting, meant to be phi_plus.
    corrections : "both", "x", "z" or "none"
        Which of Alice's two bits Bob has and uses; "none" is what he holds before they arrive.
    one_qubit_error, two_qubit_error : float or array
        Average gate infidelity, 0 to 1/2 and 0 to 3/4.
    error_0, error_1 : float or array
        Alice's readout, P(read 1 | 0) and P(read 0 | 1).

    Returns
    -------
    three floats or arrays

    Notes
    -----
    Ideal outcome t (bits z, x), read bits r, applied Pauli a = r restricted to the bits that Bob has:
    b = sum over t, r of M(r|t) (1-l1)^|a| s_a * (1/4)(zb e_z + c_t * message * (XX, YY, ZZ)), where s_a and c_t are
    the signs of the Pauli and of the Bell state; M is
    ``bell_measurement.read_probability``. Exact for every pair of the family, since waiting on Bob's side commutes with
    all that Alice does. A perfect pair gives the message; no bits give the zero vector.

    >>> perfect = Pair(1.0, -1.0, 1.0)
    >>> [float(c) for c in bob_vector((0.0, 0.0, 1.0), perfect)]
    [0.0, 0.0, 1.0]
    >>> [float(c) for c in bob_vector((0.0, 0.0, 1.0), perfect, corrections="none")]
    [0.0, 0.0, 0.0]
    """
    l1 = 2 * one_qubit_error
    correlators = (pair.xx, pair.yy, pair.zz)
    local = (0.0, 0.0, pair.zb)
    uses_z, uses_x = corrections in ("both", "z"), corrections in ("both", "x")

    bob: list[Number] = [0.0, 0.0, 0.0]
    for (tz, tx), (rz, rx) in itertools.product(RESULTS, repeat=2):
        weight = read_probability((tz, tx), (rz, rx), one_qubit_error=one_qubit_error,
                                  two_qubit_error=two_qubit_error, error_0=error_0, error_1=error_1)
        az, ax = rz * uses_z, rx * uses_x
        signs = _FLIP_Z**az * _FLIP_X**ax
        outcome = _PHI_PLUS * _FLIP_Z**tz * _FLIP_X**tx
        factor = weight * (1 - l1) ** (az + ax) / 4
        for i in range(3):
            bob[i] = bob[i] + factor * signs[i] * (local[i] + outcome[i] * message[i] * correlators[i])
    return bob[0], bob[1], bob[2]


def message_fidelity(message: tuple[Number, Number, Number], bob: tuple[Number, Number, Number], *,
                     error_0: Number = 0.0, error_1: Number = 0.0) -> Number:
    """Fidelity of Bob's qubit to a pure message, (1 + message . bob)/2, as Bob's readout reports it.

    Parameters
    ----------
    message, bob : three floats or arrays
        Bloch vectors; the message has length 1.
    error_0, error_1 : float or array
        Bob's readout; it maps F to F (1 - error_0) + (1 - F) error_1.

    >>> message_fidelity((0.0, 0.0, 1.0), (0.0, 0.0, 0.0))
    0.5
    """
    return zero_probability(bob, message, error_0=error_0, error_1=error_1)
