"""What waiting in a memory does to a qubit: how much relaxed, and how much coherence is left."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

Number = Any  # a float or an array of floats

#: How the coherence falls: alike at every moment, or slowly at first.
DEPHASINGS = ("exponential", "gaussian")


class Decay(NamedTuple):
    """What a wait did to one qubit: the share that relaxed toward |0>, and the factor left on its X and Y, 0 to 1."""

    relaxed: Number = 0.0
    coherence: Number = 1.0


def coherence_exponent(t_s: Number, *, t1_s: Number, t2_s: Number, dephasing: str = "exponential",
                       since_s: Number = 0.0) -> Number:
    """How many e-foldings the coherence falls by in a wait, -ln(coherence after / coherence before).

    Parameters
    ----------
    t_s : float or array
        The wait in s, >= 0.
    t1_s, t2_s : float or array
        Lifetime and coherence time in s, 0 < T2 <= 2 T1; infinity allowed.
    dephasing : "exponential" or "gaussian"
    since_s : float or array
        How long the qubit had been stored when the wait began, in s, >= 0.

    Returns
    -------
    float or array
        >= 0.

    Notes
    -----
    Exponential: t/T2. Gaussian: the coherence at age t is exp(-t/(2 T1)) exp(-(t/Tphi)^2), relaxation times dephasing,
    with Tphi chosen so that it has fallen to 1/e at T2: (T2/Tphi)^2 = 1 - T2/(2 T1). Without relaxation that is
    exp(-(t/T2)^2); at T2 = 2 T1 nothing but relaxation is left. A wait that begins at a later age takes the coherence
    further along the same curve.

    References
    ----------
    K. Rabenstein, V. A. Sverdlov, D. V. Averin, JETP Letters 79, 646 (2004) (from Gaussian in t, where the noise stays,
    to exponential, where it changes). G. Ithier et al., Physical Review B 72, 134519 (2005),
    doi:10.1103/PhysRevB.72.134519 (relaxation times a Gaussian; from memory).

    >>> round(float(np.exp(-coherence_exponent(0.01, t1_s=np.inf, t2_s=0.02, dephasing="gaussian"))), 6)
    0.778801
    """
    if dephasing == "exponential":
        return t_s / t2_s
    middle_s = t_s + 2 * since_s  # t (t + 2 since) = (since + t)^2 - since^2
    return t_s / (2 * t1_s) + t_s / t2_s * (middle_s / t2_s - middle_s / (2 * t1_s))


def decay(t_s: Number, *, t1_s: Number, t2_s: Number, dephasing: str = "exponential", since_s: Number = 0.0) -> Decay:
    """What a wait does to one qubit; parameters as in :func:`coherence_exponent`.

    Notes
    -----
    relaxed = 1 - exp(-t/T1), toward |0>.

    >>> left = decay(0.01, t1_s=0.1, t2_s=0.05)
    >>> round(float(left.relaxed), 6), round(float(left.coherence), 6)
    (0.095163, 0.818731)
    """
    exponent = coherence_exponent(t_s, t1_s=t1_s, t2_s=t2_s, dephasing=dephasing, since_s=since_s)
    return Decay(relaxed=-np.expm1(-t_s / t1_s), coherence=np.exp(-exponent))
