"""What waiting in a memory does to a qubit: how much relaxed, and how much coherence is left."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..checks import require

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


def superposition_fidelity(coherence: Number) -> Number:
    """Fidelity of |+>, or of any other state on the equator, after its coherence fell to this share: (1 + C)/2.

    0.5 to 1. C = 0.612786, what T2 = 1 ms leaves after the herald of 100 km, is F = 0.806393: the coherence is not the
    fidelity.

    >>> round(superposition_fidelity(0.612786), 6)
    0.806393
    """
    return (1 + coherence) / 2


def average_stored_fidelity(left: Decay) -> Number:
    """Fidelity of a stored qubit, averaged over all pure states, 0 to 1.

    Parameters
    ----------
    left : Decay

    Returns
    -------
    float or array
        1/2 + (2 C + 1 - g)/6. At C = 0, g = 1 nothing but |0> is left: 1/2.

    Notes
    -----
    The mean over the six eigenstates of X, Y and Z, which is that over the sphere: 1 for |0>, 1 - g for |1>, (1 + C)/2
    for the other four. A guess after measuring reaches 2/3, so a memory is worth having while 2 C > g.

    References
    ----------
    M. D. Bowdrey et al., Physics Letters A 294, 258 (2002), doi:10.1016/S0375-9601(02)00069-5 (six states suffice;
    from memory).

    >>> average_stored_fidelity(Decay()), round(average_stored_fidelity(Decay(relaxed=0.1, coherence=0.8)), 6)
    (1.0, 0.916667)
    """
    return 0.5 + (2 * left.coherence + 1 - left.relaxed) / 6


def dephased_fidelity(fidelity: Number, coherence: Number) -> Number:
    """Fidelity of a Werner pair of this fidelity, one half of which dephased: F (1 + C)/2 + (1 - F)(1 - C)/6.

    Parameters
    ----------
    fidelity : float or array
        Of the fresh pair, 1/4 to 1.
    coherence : float or array
        Left on one half; if both wait, the product of both.

    >>> [round(float(dephased_fidelity(0.95, np.exp(-t))), 6) for t in (0.5, 1.0)]
    [0.766381, 0.65501]
    """
    return fidelity * (1 + coherence) / 2 + (1 - fidelity) * (1 - coherence) / 6


def depolarized_fidelity(fidelity: Number, lifetimes: Number) -> Number:
    """The same where a half does not dephase but forgets everything: 1/4 + (F - 1/4) exp(-t/T).

    ``lifetimes`` is t/T; this T is neither T1 nor T2.

    >>> [round(float(depolarized_fidelity(f, t)), 6) for f, t in ((0.95, 0.5), (0.9, 0.3))]
    [0.674571, 0.731532]
    """
    return 0.25 + (fidelity - 0.25) * np.exp(-lifetimes)


def useful_time_s(fidelity: float, *, t2_s: float, dephasing: str = "exponential", halves: int = 1) -> float:
    """How long a Werner pair stays entangled (F > 1/2) while it dephases.

    Parameters
    ----------
    fidelity : float
        Of the fresh pair, 1/2 < F <= 1.
    t2_s : float
        In s, > 0; no relaxation.
    dephasing : "exponential" or "gaussian"
    halves : int
        How many of the two wait, 1 or 2.

    Returns
    -------
    float
        In s. A perfect pair that only dephases stays entangled for ever: infinity.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    One half: T2 ln((4 F - 1)/(2 - 2 F)), or in the Gaussian case T2 times the root of that logarithm; both: half of it
    under the root. F = 0.95 lasts 3.33 T2.

    >>> round(useful_time_s(0.95, t2_s=1.0), 6), round(useful_time_s(0.95, t2_s=1.0, dephasing="gaussian"), 6)
    (3.332205, 1.825433)
    """
    require(0.5 < fidelity <= 1, "fidelity must satisfy 0.5 < fidelity <= 1", got={"fidelity": fidelity},
            why="At one half nothing is entangled from the beginning", fix="fidelity=0.95")
    require(halves in (1, 2), "halves must be 1 or 2", got={"halves": halves}, why="A pair has two", fix="halves=2")
    require(dephasing in DEPHASINGS, f"dephasing must be one of {', '.join(DEPHASINGS)}",
            got={"dephasing": (dephasing, "")}, why="A coherence falls in one of these ways", fix=f"{DEPHASINGS[0]!r}")
    if fidelity == 1:
        return float("inf")
    exponent = float(np.log((4 * fidelity - 1) / (2 - 2 * fidelity))) / halves
    return t2_s * (exponent if dephasing == "exponential" else exponent**0.5)


def needed_t2_s(wait_s: float, fidelity: float, *, dephasing: str = "exponential") -> float:
    """The T2, without relaxation, at which |+> keeps this fidelity through a wait.

    Parameters
    ----------
    wait_s : float
        In s, >= 0.
    fidelity : float
        1/2 < F < 1.
    dephasing : "exponential" or "gaussian"

    Returns
    -------
    float
        In s: t/-ln(2 F - 1), or t over the root of that logarithm.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    >>> round(needed_t2_s(0.49e-3, 0.99), 6), round(needed_t2_s(0.49e-3, 0.99, dephasing="gaussian"), 6)
    (0.024254, 0.003447)
    """
    require(0.5 < fidelity < 1, "fidelity must satisfy 0.5 < fidelity < 1", got={"fidelity": fidelity},
            why="A qubit that waits keeps more than a coin and less than everything", fix="fidelity=0.99")
    require(wait_s >= 0, "wait_s must satisfy 0 <= wait_s", got={"wait_s": (wait_s, "s")},
            why="A wait is not negative", fix="wait_s=0.001")
    require(dephasing in DEPHASINGS, f"dephasing must be one of {', '.join(DEPHASINGS)}",
            got={"dephasing": (dephasing, "")}, why="A coherence falls in one of these ways", fix=f"{DEPHASINGS[0]!r}")
    exponent = -float(np.log(2 * fidelity - 1))
    return float(wait_s) / (exponent if dephasing == "exponential" else exponent**0.5)
