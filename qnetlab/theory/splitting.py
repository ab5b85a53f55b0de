"""Attacks on weak laser pulses that hold more than one photon: splitting, tapping, and certainty without a photon more.

A pulse of mean photon number mu holds n photons with Poisson probability. Gains are clicks per pulse sent.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .attacks import unambiguous_success

Number = Any  # a float or an array of floats


def multiphoton_probability(mu: Number) -> Number:
    """Probability that a pulse holds two photons or more: 1 - (1 + mu) exp(-mu), about mu^2/2 for faint pulses.

    Parameters
    ----------
    mu : float or array
        Mean photon number, >= 0.

    >>> round(float(multiphoton_probability(0.48)), 6)
    0.084201
    """
    return -np.expm1(-mu) - mu * np.exp(-mu)


def multiphotons_per_click(mu: Number, transmittance: Number) -> Number:
    """How many multiphoton pulses leave Alice for each click at Bob's: (1 - (1 + mu) e^-mu)/(1 - e^(-eta mu)).

    Above 1 Eve can feed Bob with multiphoton pulses alone. GYS hardware, mu = 0.48, 100 km: about 490.

    >>> eta = 0.045 * 10 ** (-0.21 * 100 / 10)
    >>> round(float(multiphotons_per_click(0.48, eta)))
    491
    """
    return multiphoton_probability(mu) / -np.expm1(-transmittance * mu)


def splitting_gain(mu: Number, *, single_transmittance: Number, rest_transmittance: Number, kept: Number = 1.0,
                   background: Number = 0.0) -> Number:
    """The gain when Eve counts the photons of every pulse and keeps one of each pulse that holds several.

    Parameters
    ----------
    mu : float or array
        Mean photon number of the pulses.
    single_transmittance : float or array
        Chance that a lone photon makes a click: 0 if she blocks it, eta if she lets it through the line.
    rest_transmittance : float or array
        The same for each of the n - 1 photons left of a pulse of n: 1 (or the receiver's efficiency) if she sends
        them past the line's loss, eta if over the same lossy line.
    kept : float or array
        Share of the split pulses that she forwards at all, 0 to 1; the rest she drops to hide a gain that is too high.
    background : float or array
        Dark clicks per pulse, 0 to 1.

    Returns
    -------
    float or array
        Clicks per pulse, 0 to 1.

    Notes
    -----
    Clicks from photons: mu e^-mu s + kept sum_(n >= 2) P(n) [1 - (1 - t)^(n - 1)], in closed form
    kept [P(n >= 2) - (e^(-t mu) - e^-mu - (1 - t) mu e^-mu)/(1 - t)]. Her photon is measured once the basis is
    announced: no error, and every such bit is hers. For mu = 0.5, nu = 0.1, eta = 0.05 an honest line gives
    Q_nu/Q_mu = 0.202005; singles blocked and the rest without loss 0.051870; singles let through 0.087342;
    all over the lossy line 0.233109, almost invisible; singles blocked and the rest over the lossy line 0.045726.

    References
    ----------
    B. Huttner, N. Imoto, N. Gisin, T. Mor, Physical Review A 51, 1863 (1995), doi:10.1103/PhysRevA.51.1863;
    G. Brassard, N. Luetkenhaus, T. Mor, B. C. Sanders, Physical Review Letters 85, 1330 (2000),
    doi:10.1103/PhysRevLett.85.1330.

    >>> ways = {"single_transmittance": 0.0, "rest_transmittance": 1.0}
    >>> round(float(splitting_gain(0.1, **ways) / splitting_gain(0.5, **ways)), 6)
    0.05187
    """
    photons = (mu * np.exp(-mu) * single_transmittance + kept * split_clicks(mu, rest_transmittance))
    return background + (1 - background) * photons  # 1 - (1 - d)(1 - q), without losing the digits of a small gain


def split_clicks(mu: Number, rest_transmittance: Number) -> Number:
    """Clicks per pulse from pulses of two and more after one photon was taken: sum P(n) [1 - (1 - t)^(n - 1)].

    >>> float(split_clicks(0.5, 1.0)) == float(multiphoton_probability(0.5))
    True
    """
    passed = 1 - np.asarray(rest_transmittance, dtype=float)
    empty = np.exp(-mu)
    # sum over n >= 2 of P(n) passed^(n - 1) = e^-mu (e^(mu passed) - 1 - mu passed)/passed, 0 at passed = 0
    silent = np.where(passed > 0, empty * (np.expm1(mu * passed) - mu * passed) / np.where(passed > 0, passed, 1.0), 0)
    return multiphoton_probability(mu) - silent


def splitting_known(mu: Number, *, single_transmittance: Number, rest_transmittance: Number, kept: Number = 1.0,
                    background: Number = 0.0) -> Number:
    """The share of Bob's sifted bits that Eve knows: clicks of split pulses over all clicks; fields of
    :func:`splitting_gain`.

    >>> float(splitting_known(0.5, single_transmittance=0.0, rest_transmittance=1.0))
    1.0
    """
    gain = splitting_gain(mu, single_transmittance=single_transmittance, rest_transmittance=rest_transmittance,
                          kept=kept, background=background)
    return (1 - background) * kept * split_clicks(mu, rest_transmittance) / gain


def kept_to_hide(mu: float, transmittance: float, *, rest_transmittance: float = 1.0) -> float:
    """The share of split pulses that gives Bob just the gain of an honest line, singles blocked; at most 1.

    1 means that she cannot: there are too few multiphoton pulses. Otherwise the signal alone never betrays her.

    >>> round(kept_to_hide(0.5, 0.05), 6)
    0.273714
    """
    return min(1.0, -math.expm1(-transmittance * mu) / float(split_clicks(mu, rest_transmittance)))


def honest_gain(mu: Number, transmittance: Number, background: Number = 0.0) -> Number:
    """Clicks per pulse without an attack: 1 - (1 - background) exp(-eta mu).

    >>> round(float(honest_gain(0.1, 0.05) / honest_gain(0.5, 0.05)), 6)
    0.202005
    """
    return 1 - (1 - background) * np.exp(-transmittance * mu)


def beam_splitting_known(mu: Number, transmittance: Number) -> Number:
    """The share of the sifted bits that Eve knows when she taps what the line would have lost: 1 - e^(-(1 - eta) mu).

    Parameters
    ----------
    mu : float or array
        Mean photon number.
    transmittance : float or array
        eta of the line that she replaces by a lossless one behind her beam splitter, 0 to 1.

    Notes
    -----
    Neither the error rate nor any gain changes: for light of a laser the two outputs of a splitter are independent.
    mu = 0.5 over a long line: 39 % of the bits.

    References
    ----------
    C. H. Bennett et al., Journal of Cryptology 5, 3 (1992), doi:10.1007/BF00191318.

    >>> round(float(beam_splitting_known(0.5, 0.01)), 6)
    0.390429
    """
    return -np.expm1(-(1 - transmittance) * mu)


def unambiguous_gain(mu: float) -> float:
    """Pulses that Eve identifies beyond doubt, by measuring pulses of three photons and more; clicks per pulse.

    Sum of P(n) times :func:`~qnetlab.theory.attacks.unambiguous_success`. If an honest line gives fewer clicks than
    this, she can block all the rest and send Bob only what she knows: no error, no photon number counted, no key.

    >>> round(unambiguous_gain(0.5), 6)
    0.007237
    """
    most = max(20, math.ceil(mu + 12 * math.sqrt(mu)))
    probability, total = math.exp(-mu), 0.0
    for photons in range(1, most):
        probability *= mu / photons
        total += probability * unambiguous_success(photons)
    return total
