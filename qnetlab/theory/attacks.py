"""What Eve learns from single photons, and what it costs her: closed forms of the attacks on the quantum bit itself.

Attacks on weak pulses stand in :mod:`~qnetlab.theory.splitting`, those on the receiver in
:mod:`~qnetlab.theory.detector_attacks`. "Information" is mutual information with Alice's sifted bit, in bits.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from ..checks import refuse, require
from .entropy import binary_entropy, surprise

Number = Any  # a float or an array of floats

#: Angle on the Bloch sphere from Z toward X of the basis in which Eve measures; "random" is Z or X by a coin.
EVE_BASES: dict[str, float] = {"Z": 0.0, "breidbart": math.pi / 4, "X": math.pi / 2}

#: Above this error rate Eve's optimal individual attack tells her more than Bob has: (1 - 1/sqrt 2)/2.
INDIVIDUAL_THRESHOLD = (1 - math.sqrt(0.5)) / 2


class Eavesdropped(NamedTuple):
    """What one attack does to the sifted bits of each basis; all numbers 0 to 1.

    ``qber_*``: bits that Bob has wrong. ``guess_*``: bits that Eve names right. ``information_*``: what she has of
    them, in bits per sifted bit. ``qber``, ``guess`` and ``information`` are the means of the two bases.
    """

    qber_z: Number
    qber_x: Number
    guess_z: Number
    guess_x: Number
    information_z: Number
    information_x: Number

    @property
    def qber(self) -> Number:
        """Mean error rate of both bases."""
        return (self.qber_z + self.qber_x) / 2

    @property
    def guess(self) -> Number:
        """Mean share of the bits that Eve names right."""
        return (self.guess_z + self.guess_x) / 2

    @property
    def information(self) -> Number:
        """Mean information in bits per sifted bit."""
        return (self.information_z + self.information_x) / 2


def intercept_resend(fraction: Number, basis: str = "random") -> Eavesdropped:
    """Eve measures a fraction of the photons and sends on what she saw.

    Parameters
    ----------
    fraction : float or array
        Share of the photons that she measures, 0 to 1.
    basis : "random", "Z", "X" or "breidbart"
        Z or X by a coin, always the same, or the one halfway between them.

    Returns
    -------
    Eavesdropped

    Raises
    ------
    ValueError
        If the basis is none of these.

    Notes
    -----
    In a basis tilted by the angle a from Z toward X she reads a Z bit right with (1 + cos a)/2 and Bob then has it
    wrong with sin^2(a)/2; for X exchange sine and cosine. The mean error is 1/4 whatever she chooses: a random basis
    gives fraction/4 and information fraction/2; Breidbart's (a = 45 degrees) 1/4, a guess of 0.853553 and 0.399124
    bits, less than the 1/2 of the coin, which tells her which half she knows.

    References
    ----------
    C. H. Bennett et al., Journal of Cryptology 5, 3 (1992), doi:10.1007/BF00191318.

    >>> seen = intercept_resend(0.4)
    >>> round(seen.qber, 12), round(float(seen.information), 12)
    (0.1, 0.2)
    >>> round(float(intercept_resend(1.0, "breidbart").information), 6)
    0.399124
    """
    if basis == "random":
        both = [intercept_resend(fraction, each) for each in ("Z", "X")]
        return Eavesdropped(*((z + x) / 2 for z, x in zip(*both, strict=True)))
    if basis not in EVE_BASES:
        refuse("basis must be one of 'random', 'Z', 'X', 'breidbart'", got={"basis": basis},
               why="Eve must point her detector somewhere", fix="basis='random'")
    z, x = math.cos(EVE_BASES[basis]), math.sin(EVE_BASES[basis])
    right_z, right_x = (1 + z) / 2, (1 + x) / 2
    return Eavesdropped(
        qber_z=fraction * (1 - z * z) / 2, qber_x=fraction * (1 - x * x) / 2,
        guess_z=fraction * right_z + (1 - fraction) / 2, guess_x=fraction * right_x + (1 - fraction) / 2,
        information_z=fraction * (1 - binary_entropy(right_z)), information_x=fraction * (1 - binary_entropy(right_x)))


def unseen_probability(qber: Number, revealed: Number) -> Number:
    """Chance that ``revealed`` sifted bits show no error at this error rate: (1 - qber)^revealed.

    >>> round(unseen_probability(0.4 / 4, 20), 3)
    0.122
    """
    return (1 - qber) ** revealed


def optimal_guess(disturbance: Number) -> Number:
    """How often Eve names a sifted bit right with the best attack photon by photon: 1/2 + sqrt(D (1 - D)).

    Parameters
    ----------
    disturbance : float or array
        The error rate D that she causes in both bases, 0 to 1/2.

    Notes
    -----
    She lets a phase-covariant cloner act on each photon, keeps the clone, and measures it once the basis is announced.
    Landmarks: 0.717945 at D = 5 %, 0.853553 at 14.6447 % (as Breidbart's 25 %), 1 at 1/2.

    References
    ----------
    C. A. Fuchs, N. Gisin, R. B. Griffiths, C.-S. Niu, A. Peres, Physical Review A 56, 1163 (1997),
    doi:10.1103/PhysRevA.56.1163.

    >>> round(float(optimal_guess(0.05)), 6)
    0.717945
    """
    return 0.5 + np.sqrt(disturbance * (1 - disturbance))


def optimal_individual(disturbance: Number) -> Eavesdropped:
    """The best attack photon by photon: the most information for an error rate D in both bases, 0 to 1/2.

    Information 1 - h(1/2 + sqrt(D (1 - D))): 0.141764 at 5 %, 0.399124 at 14.6447 %, where Bob has no more than Eve
    (:data:`INDIVIDUAL_THRESHOLD`). Reference: :func:`optimal_guess`.

    >>> round(float(optimal_individual(0.05).information), 6)
    0.141764
    """
    guess = optimal_guess(disturbance)
    known = 1 - binary_entropy(guess)
    return Eavesdropped(disturbance, disturbance, guess, guess, known, known)


def cloner_angle_rad(disturbance: Number) -> Number:
    """The angle theta of the cloner that disturbs by D: cos theta = 1 - 2 D, so 0 for no attack, pi/2 for D = 1/2.

    >>> round(float(cloner_angle_rad(0.5)), 6)
    1.570796
    """
    return np.arccos(1 - 2 * disturbance)


def collective_information(qber_other: Number) -> Number:
    """The most that Eve can have when she keeps all her probes and measures them together: h(Q), in bits.

    Parameters
    ----------
    qber_other : float or array
        Error rate in the *other* basis, 0 to 1/2: what she learns about Z shows in X.

    Notes
    -----
    The Holevo quantity of her probes, of which no measurement extracts more. Alice and Bob must shorten their key by
    it, which leaves 1 - 2 h(Q) and the threshold of 11.0028 %.

    References
    ----------
    I. Devetak, A. Winter, Proceedings of the Royal Society A 461, 207 (2005), doi:10.1098/rspa.2004.1372;
    V. Scarani et al., Reviews of Modern Physics 81, 1301 (2009), doi:10.1103/RevModPhys.81.1301.

    >>> round(float(collective_information(0.05)), 6)
    0.286397
    """
    return binary_entropy(qber_other)


def bell_diagonal_holevo(qber_z: float, qber_x: float) -> float:
    """Eve's Holevo information about the Z bits of pairs whose bit and phase errors are independent.

    The same as :func:`collective_information` of ``qber_x``, from the entropies: S(E) - S(E | bit), with the four
    Bell states at (1-z)(1-x), (1-z) x, z (1-x), z x, and S(E | bit) = h(qber_z).

    >>> round(bell_diagonal_holevo(0.03, 0.05), 6)
    0.286397
    """
    shares = np.outer([1 - qber_z, qber_z], [1 - qber_x, qber_x])
    return float(np.sum(surprise(shares)) - binary_entropy(qber_z))


def unambiguous_success(photons: int) -> float:
    """The best chance that Eve names the state of n equal BB84 photons with certainty, or knows that she does not.

    Parameters
    ----------
    photons : int
        n >= 0.

    Returns
    -------
    float
        0, 0, 1/2, 1/2, 3/4, 3/4, 7/8 for n = 1 ... 7.

    Notes
    -----
    The four states of n photons are symmetric, so the smallest eigenvalue of their Gram matrix
    <s_j|s_k>^n decides; below n = 3 the four are linearly dependent and cannot be told apart with certainty.

    References
    ----------
    A. Chefles, S. M. Barnett, Physics Letters A 250, 223 (1998), doi:10.1016/S0375-9601(98)00827-5;
    M. Dusek, M. Jahma, N. Luetkenhaus, Physical Review A 62, 022306 (2000), doi:10.1103/PhysRevA.62.022306.

    >>> [unambiguous_success(n) for n in range(1, 8)]
    [0.0, 0.0, 0.5, 0.5, 0.75, 0.75, 0.875]
    """
    require(photons >= 0, "photons must satisfy 0 <= photons", got={"photons": photons},
            why="Photons are counted", fix="photons=3")
    polarization = np.arange(4) * math.pi / 4  # H, diagonal, V, antidiagonal
    gram = np.cos(polarization[:, None] - polarization[None, :]) ** photons
    return round(float(max(0.0, np.linalg.eigvalsh(gram)[0])), 12)
