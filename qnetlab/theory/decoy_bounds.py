"""What one can be sure of about single photons from what was seen of weak pulses: lower bounds on Y1, upper on e1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .pulses import Seen

Number = Any  # a float or an array of floats


def vacuum_weak_bounds(signal: Seen, weak: Seen, *, intensity: Number, weak_intensity: Number,
                       background: Number) -> Seen:
    """At least Y1 and at most e1, from a signal, a weak decoy and empty pulses.

    Parameters
    ----------
    signal, weak : Seen
        What was seen of each.
    intensity, weak_intensity : float or array
        Their mean photon numbers mu > nu > 0.
    background : float or array
        Gain of the empty pulses, Y0.

    Returns
    -------
    Seen
        Lower bound on Y1 (0 at least) and upper bound on e1 (1/2 at most).

    Notes
    -----
    Y1 >= mu/(mu nu - nu^2) [Q_nu e^nu - Q_mu e^mu nu^2/mu^2 - (mu^2 - nu^2)/mu^2 Y0] and
    e1 <= (E_nu Q_nu e^nu - Y0/2)/(Y1 nu).

    References
    ----------
    X. Ma, B. Qi, Y. Zhao, H.-K. Lo, Physical Review A 72, 012326 (2005), Eqs. (34), (37),
    doi:10.1103/PhysRevA.72.012326.

    >>> from qnetlab.theory.pulses import seen
    >>> both = [seen(mu, 0.045, background=1.7e-6, misalignment=0.033) for mu in (0.48, 0.05)]
    >>> found = vacuum_weak_bounds(*both, intensity=0.48, weak_intensity=0.05, background=1.7e-6)
    >>> round(float(found.gain), 4), round(float(found.qber), 4)  # true: 0.045 and 0.033
    (0.0444, 0.0352)
    """
    yield_1 = _least_yield(signal, weak, intensity, weak_intensity, background)
    wrong = weak.qber * weak.gain * np.exp(weak_intensity) - background / 2
    return _bounded(yield_1, wrong / weak_intensity)


def two_decoy_bounds(signal: Seen, weak: Seen, weakest: Seen, *, intensities: Sequence[Number]) -> Seen:
    """At least Y1 and at most e1, from a signal and two decoys of which the weaker need not be empty.

    Parameters
    ----------
    signal, weak, weakest : Seen
        What was seen of each.
    intensities : three floats or arrays
        Their mean photon numbers, mu > nu1 + nu2 and nu1 > nu2 >= 0. With nu2 = 0 it is :func:`vacuum_weak_bounds`.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao, H.-K. Lo, Physical Review A 72, 012326 (2005), Eqs. (18), (21), (25),
    doi:10.1103/PhysRevA.72.012326.

    >>> from qnetlab.theory.pulses import seen
    >>> three = [seen(mu, 0.045, background=1.7e-6, misalignment=0.033) for mu in (0.48, 0.05, 0.001)]
    >>> round(float(two_decoy_bounds(*three, intensities=(0.48, 0.05, 0.001)).gain), 4)
    0.0444
    """
    mu, nu1, nu2 = (np.asarray(value, dtype=float) for value in intensities)
    scaled = [kind.gain * np.exp(value) for kind, value in ((signal, mu), (weak, nu1), (weakest, nu2))]
    wrong = [kind.qber * kind.gain * np.exp(value) for kind, value in ((weak, nu1), (weakest, nu2))]
    background = np.maximum((nu1 * scaled[2] - nu2 * scaled[1]) / (nu1 - nu2), 0)
    yield_1 = mu / ((nu1 - nu2) * (mu - nu1 - nu2)) * (
        scaled[1] - scaled[2] - (nu1**2 - nu2**2) / mu**2 * (scaled[0] - background))
    return _bounded(yield_1, (wrong[0] - wrong[1]) / (nu1 - nu2))


def one_decoy_bounds(signal: Seen, weak: Seen, *, intensity: Number, weak_intensity: Number) -> Seen:
    """At least Y1 and at most e1, from a signal and one weak decoy, without empty pulses.

    Parameters
    ----------
    signal, weak : Seen
        What was seen of each.
    intensity, weak_intensity : float or array
        Their mean photon numbers mu > nu > 0.

    Returns
    -------
    Seen

    Notes
    -----
    Empty pulses are wrong half the time, so Y0 <= 2 E_k Q_k e^k for *both* intensities, and the smaller one holds: with
    the signal's alone no GYS distance has a key. Errors: e1 Y1 nu <= E_nu Q_nu e^nu, and
    e1 Y1 (mu - nu) <= E_mu Q_mu e^mu - E_nu Q_nu e^nu.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao, H.-K. Lo, Physical Review A 72, 012326 (2005), section IV C, doi:10.1103/PhysRevA.72.012326.

    >>> from qnetlab.theory.pulses import seen
    >>> both = [seen(mu, 0.045, background=1.7e-6, misalignment=0.033) for mu in (0.48, 0.05)]
    >>> round(float(one_decoy_bounds(*both, intensity=0.48, weak_intensity=0.05).gain), 4)  # true: 0.045
    0.0409
    """
    wrong_mu = signal.qber * signal.gain * np.exp(intensity)
    wrong_nu = weak.qber * weak.gain * np.exp(weak_intensity)
    most_background = 2 * np.minimum(wrong_mu, wrong_nu)
    yield_1 = _least_yield(signal, weak, intensity, weak_intensity, most_background)
    slope = (wrong_mu - wrong_nu) / (intensity - weak_intensity)
    return _bounded(yield_1, np.minimum(wrong_nu / weak_intensity, slope))


def no_decoy_bounds(signal: Seen, *, intensity: Number) -> Seen:
    """At least Y1 and at most e1 when only the signal is seen: every pulse of two photons and more may belong to Eve.

    Notes
    -----
    Y1 mu e^-mu >= Q - P(n >= 2), the empty pulses counted as single photons, and e1 Y1 mu e^-mu <= E Q.

    References
    ----------
    D. Gottesman, H.-K. Lo, N. Lutkenhaus, J. Preskill, Quantum Information and Computation 4, 325 (2004),
    arXiv:quant-ph/0212066.

    >>> from qnetlab.theory.pulses import seen
    >>> far = seen(0.1, 0.001, background=0.0, misalignment=0.01)
    >>> float(no_decoy_bounds(far, intensity=0.1).gain)  # 0.47 % multi-photon pulses against 0.01 % clicks
    0.0
    """
    mu = np.asarray(intensity, dtype=float)
    multi = -np.expm1(-mu) - mu * np.exp(-mu)
    weight = np.exp(mu) / mu
    return _bounded((signal.gain - multi) * weight, signal.qber * signal.gain * weight)


def _least_yield(signal: Seen, weak: Seen, mu: Number, nu: Number, background: Number) -> Number:
    mu = np.asarray(mu, dtype=float)
    return mu / (mu * nu - nu**2) * (weak.gain * np.exp(nu) - signal.gain * np.exp(mu) * nu**2 / mu**2
                                     - (mu**2 - nu**2) / mu**2 * background)


def _bounded(yield_1: Number, wrong: Number) -> Seen:
    """Y1 from 0 on, e1 up to 1/2; where Y1 is 0 nothing is known of its errors."""
    positive = np.asarray(yield_1) > 0
    error = np.where(positive, np.clip(wrong / np.where(positive, yield_1, 1.0), 0, 0.5), 0.5)
    return Seen(np.maximum(yield_1, 0.0), error[()])
