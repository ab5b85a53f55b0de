"""How much entanglement a pair holds, and how often its bits are wrong."""

from __future__ import annotations

from typing import Any

import numpy as np

from .states import Pair, bell_fidelity
from .teleportation import average_fidelity

Number = Any  # a float or an array of floats


def concurrence(pair: Pair) -> Number:
    """The concurrence of a pair, 0 (not entangled) to 1 (a Bell pair).

    Parameters
    ----------
    pair : Pair

    Returns
    -------
    float or array

    Notes
    -----
    2 max(0, |rho_14| - sqrt(rho_22 rho_33), |rho_23| - sqrt(rho_11 rho_44)). For mixtures of Bell states it is
    2 F - 1, F the largest of the four Bell fidelities, where that exceeds 1/2: a Werner pair of F = 0.85 has 0.7. It is
    not linear in what is measured: the same formula applied to noisy data is biased, so no run reports it.

    References
    ----------
    W. K. Wootters, Physical Review Letters 80, 2245 (1998), doi:10.1103/PhysRevLett.80.2245.

    >>> [float(round(concurrence(Pair(v, -v, v)), 6)) for v in (1.0, 0.8, 1 / 3)]
    [1.0, 0.7, 0.0]
    >>> float(concurrence(Pair(0.0, 0.0, 1.0)))  # matched coins
    0.0
    """
    equal, differ = (1 + pair.zz), (1 - pair.zz)
    both, apart = pair.za + pair.zb, pair.za - pair.zb
    outer = np.abs(pair.xx - pair.yy) - np.sqrt(np.maximum(differ**2 - apart**2, 0))
    inner = np.abs(pair.xx + pair.yy) - np.sqrt(np.maximum(equal**2 - both**2, 0))
    return np.maximum(0.0, np.maximum(outer, inner)) / 2


def error_rate(correlator: Number) -> Number:
    """How often two bits that should be equal differ, Q = (1 - E)/2, 0 to 1, for a correlator E of -1 to 1.

    >>> error_rate(0.8)
    0.09999999999999998
    """
    return (1 - correlator) / 2


def promises(pair: Pair) -> dict[str, Number]:
    """What a pair that is meant to be phi_plus is good for, all from the same five numbers.

    Parameters
    ----------
    pair : Pair

    Returns
    -------
    dict
        ``fidelity``; ``s``, CHSH at the standard settings; ``qber_z`` and ``qber_x``, the share of bits that differ
        when both measure in Z or in X; ``teleportation``, the average fidelity that it teleports with.

    Notes
    -----
    S = sqrt(2) (XX + ZZ) is an identity between operators and holds for every pair; so S = 2 sqrt(2) (1 - qber_z -
    qber_x). Equal fidelities do not mean equal S: F also asks for YY, S does not.

    >>> {name: round(float(number), 6) for name, number in promises(Pair(0.8, -0.8, 0.8)).items()}
    {'fidelity': 0.85, 's': 2.262742, 'qber_z': 0.1, 'qber_x': 0.1, 'teleportation': 0.9}
    """
    fidelity = bell_fidelity(pair, "phi_plus")
    return {
        "fidelity": fidelity,
        "s": np.sqrt(2.0) * (pair.xx + pair.zz),
        "qber_z": error_rate(pair.zz),
        "qber_x": error_rate(pair.xx),
        "teleportation": average_fidelity(fidelity),
    }
