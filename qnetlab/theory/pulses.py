"""Weak laser pulses: how often a detector clicks, and how often wrongly, for a laser pulse and for one photon.

Two models of the click, of which both agree to a few parts in 1e6: ``"exact"``, two threshold detectors with a random
bit for a double click, and ``"ma2005"``, the approximation of the literature. ``background`` is Y0 everywhere, the
probability of a click without light, of both detectors together.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

Number = Any  # a float or an array of floats


class Seen(NamedTuple):
    """How often a pulse clicks, and how often a click is wrong."""

    #: Gain Q of an intensity, or yield Y_n of a photon number: clicks per pulse, 0 to 1.
    gain: Number
    #: Error rate E of the intensity, or e_n: wrong clicks per click, 0 to 1.
    qber: Number


def seen(intensity: Number, transmittance: Number, *, background: Number, misalignment: Number,
         clicks: str = "exact") -> Seen:
    """Gain and error rate of a laser pulse.

    Parameters
    ----------
    intensity : float or array
        Mean photon number mu, >= 0.
    transmittance : float or array
        eta of everything from the source's output to the click, 0 to 1.
    background : float or array
        Y0, clicks without light per gate, both detectors together, 0 to below 1.
    misalignment : float or array
        e_d, share of the photons that reach the wrong detector, 0 to 1/2.
    clicks : "exact" or "ma2005"

    Returns
    -------
    Seen
        Q and E. Without light and without background E is 1/2: a click that never comes is not right.

    Notes
    -----
    Exact: with x = eta mu, d = 1 - sqrt(1 - Y0), a = (1-d) e^(-x(1-e_d)), b = (1-d) e^(-x e_d): Q = 1 - ab and
    E Q = (1 - b)(1 + a)/2. Approximation: Q = Y0 + 1 - e^-x, E Q = Y0/2 + e_d (1 - e^-x).

    References
    ----------
    X. Ma, B. Qi, Y. Zhao, H.-K. Lo, Physical Review A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326.

    >>> found = seen(0.48, 0.045, background=1.7e-6, misalignment=0.033)
    >>> round(float(found.gain), 11), round(float(found.qber), 9)
    (0.02137005426, 0.033037912)
    """
    x = np.asarray(transmittance, dtype=float) * intensity
    if clicks == "ma2005":
        light = -np.expm1(-x)
        return _seen(background + light, background / 2 + misalignment * light)
    log_dark = _half_log_silent(background)
    a = np.exp(log_dark - x * (1 - misalignment))
    wrong = -np.expm1(log_dark - x * misalignment)
    return _seen(-np.expm1(2 * log_dark - x), wrong * (1 + a) / 2)


def single_photons(transmittance: Number, *, background: Number, misalignment: Number, clicks: str = "exact") -> Seen:
    """Yield Y1 and error rate e1 of pulses with one photon; arguments as in :func:`seen`.

    >>> round(float(single_photons(0.045, background=1.7e-6, misalignment=0.033, clicks="ma2005").qber), 7)
    0.0330176
    """
    eta = np.asarray(transmittance, dtype=float)
    if clicks == "ma2005":
        return _seen(background + eta, background / 2 + misalignment * eta)
    dark = -np.expm1(_half_log_silent(background))
    wrong = dark + (1 - dark) * eta * misalignment
    alone = (1 - dark) * (eta * misalignment + dark * (1 - eta))
    return _seen(background + (1 - background) * eta, (wrong + alone) / 2)


def photons(number: int, transmittance: Number, *, background: Number, misalignment: Number) -> Seen:
    """Yield Y_n and error rate e_n of pulses with n photons, exact; arguments as in :func:`seen`.

    >>> two = photons(2, 0.1, background=0.0, misalignment=0.0)
    >>> round(float(two.gain), 12), float(two.qber)
    (0.19, 0.0)
    """
    with np.errstate(divide="ignore"):  # a perfect line loses nothing: log 0, and 0 is what is left of it
        lost, lost_wrong, lost_right = (np.log1p(-np.asarray(p, dtype=float)) * number if number else 0.0
                                        for p in (transmittance, transmittance * np.asarray(misalignment),
                                                  transmittance * (1 - np.asarray(misalignment))))
    log_dark = _half_log_silent(background)
    none, no_right = np.exp(2 * log_dark + lost), np.exp(log_dark + lost_right)
    wrong = -np.expm1(log_dark + lost_wrong)
    return _seen(-np.expm1(2 * log_dark + lost), (wrong + no_right - none) / 2)


def _seen(gain: Number, wrong: Number) -> Seen:
    dark = np.asarray(gain) == 0
    return Seen(gain, np.where(dark, 0.5, wrong / np.where(dark, 1.0, gain))[()])


def _half_log_silent(background: Number) -> Number:
    """ln of the chance that one detector stays dark; minus infinity for one that never does."""
    with np.errstate(divide="ignore"):
        return np.log1p(-np.asarray(background, dtype=float)) / 2
