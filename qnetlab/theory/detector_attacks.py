"""Attacks on the receiver, and on nobody knowing who answers: the bit itself is never disturbed.

Time shift and faked states live on two detectors that differ, blinding on detectors that bright light turns into
classical ones, the man in the middle on a public channel that anybody may use.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .entropy import binary_entropy

Number = Any  # a float or an array of floats


def time_shift_information(ratio: Number) -> Number:
    """What Eve learns by shifting the pulses in time, without touching them: 1 - h(r/(1 + r)) bits per sifted bit.

    Parameters
    ----------
    ratio : float or array
        Efficiency of the weaker detector over that of the stronger at the shifted time, r from 0 to 1.

    Notes
    -----
    She shifts each pulse forward or back by a coin: early, detector 0 is the better one; late, detector 1. A click
    then came from the better one with 1/(1 + r). Errors stay what they were, and both bits stay equally frequent.
    r = 0.25 gives 0.278 bits.

    References
    ----------
    B. Qi, C.-H. F. Fung, H.-K. Lo, X. Ma, Quantum Information and Computation 7, 73 (2007), arXiv:quant-ph/0512080.

    >>> round(float(time_shift_information(0.25)), 6)
    0.278072
    """
    return 1 - binary_entropy(ratio / (1 + ratio))


class FakedStates(NamedTuple):
    """``qber``, ``detected`` (clicks of sifted pulses per resent one) and ``information`` (with Bob's bit, in bits)."""

    qber: Number
    detected: Number
    information: Number


def faked_states(ratio: Number) -> FakedStates:
    """Eve measures, and resends the opposite bit in the opposite basis, timed for the detector of her own bit.

    Parameters
    ----------
    ratio : float or array
        Efficiency of the weaker detector over that of the stronger at the chosen time, r from 0 to 1.

    Returns
    -------
    FakedStates

    Notes
    -----
    If Bob uses her basis, his result is a coin that only her detector can well show: her bit with 1/2, the other with
    r/2. If he uses the other one, only the wrong detector is lit, and it is nearly blind: r. So half of the sifted
    clicks are decided by her, and QBER = 2 r/(1 + 3 r): 0 at r = 0, below 11 % for r < 0.0658, and 1/2 at r = 1.

    References
    ----------
    V. Makarov, A. Anisimov, J. Skaar, Physical Review A 74, 022313 (2006), doi:10.1103/PhysRevA.74.022313.

    >>> round(float(faked_states(0.05).qber), 6)
    0.086957
    """
    r = ratio
    hers, other = 1 + r, 2 * r  # sifted clicks in her basis, and in the other one, which she then knows for sure
    known = (hers * (1 - binary_entropy(r / (1 + r))) + other) / (hers + other)
    return FakedStates(qber=2 * r / (1 + 3 * r), detected=(1 + 3 * r) / 4, information=known)


class Blinded(NamedTuple):
    """What Bob's records show under blinding: ``qber`` and ``double_clicks`` are 0, half of Eve's pulses click."""

    gain: Number
    qber: float
    double_clicks: float
    information: float


def blinding(eve_gain: Number) -> Blinded:
    """Eve measures in a random basis, and makes Bob's blinded detectors repeat her result.

    Parameters
    ----------
    eve_gain : float or array
        Pulses that she forwards, out of those sent, 0 to 1.

    Notes
    -----
    Bright light keeps the detectors from counting photons; they click only above a power that she meets if Bob chose
    her basis, and halves if he did not. So Bob clicks exactly where their bases agree, with her bit: no error beyond
    hers, no dark counts, no double clicks, and gain ``eve_gain``/2.

    References
    ----------
    L. Lydersen et al., Nature Photonics 4, 686 (2010), doi:10.1038/nphoton.2010.214.

    >>> blinding(0.05)
    Blinded(gain=0.025, qber=0.0, double_clicks=0.0, information=1.0)
    """
    return Blinded(gain=eve_gain / 2, qber=0.0, double_clicks=0.0, information=1.0)


def double_clicks(mean_photons: Number, dark_probability: Number = 0.0, *, same_basis: bool = False,
                  error: Number = 0.0) -> Number:
    """Probability that both of Bob's detectors fire for one pulse: what blinding makes vanish.

    Parameters
    ----------
    mean_photons : float or array
        Mean number of *detected* photons, eta mu.
    dark_probability : float or array
        Dark probability of each detector in its gate.
    same_basis : bool
        In matched bases one detector gets the share ``error`` of the light, otherwise each gets half.
    error : float or array
        Misalignment error, 0 to 1/2.

    >>> round(float(double_clicks(0.025)), 9)
    0.000154311
    """
    share = error if same_basis else 0.5
    first = 1 - (1 - dark_probability) * np.exp(-mean_photons * share)
    second = 1 - (1 - dark_probability) * np.exp(-mean_photons * (1 - share))
    return first * second


def forgery_probability(tag_bits: Number) -> Number:
    """Chance that a man in the middle guesses the tag of one message: 2^-tag_bits.

    He runs one honest session with Alice and one with Bob: no error anywhere, two different keys, and both known to
    him. Nothing but the tags, made with a key that the two shared before, tells them who answered.

    References
    ----------
    M. N. Wegman, J. L. Carter, Journal of Computer and System Sciences 22, 265 (1981),
    doi:10.1016/0022-0000(81)90033-7.

    >>> bool(forgery_probability(64) < 1e-19)
    True
    """
    return 2.0 ** -np.asarray(tag_bits, dtype=float)
