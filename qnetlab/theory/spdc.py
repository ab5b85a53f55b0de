"""Entangled pairs from down-conversion: coincidences, errors and key of BBM92, by the brightness of the source."""

from __future__ import annotations

from typing import Any

import numpy as np

from .entropy import binary_entropy
from .pulses import Seen

Number = Any  # a float or an array of floats


def coincidences(half_pairs: Number, *, transmittance_a: Number, transmittance_b: Number, background_a: Number = 0.0,
                 background_b: Number = 0.0, misalignment: Number = 0.0) -> Seen:
    """Coincidences per pump pulse, and how many of them are wrong.

    Parameters
    ----------
    half_pairs : float or array
        lambda, half of the mean number of pairs per pulse, >= 0.
    transmittance_a, transmittance_b : float or array
        eta of each side, from the crystal to the click, 0 to 1.
    background_a, background_b : float or array
        Y0 of each side, clicks without light per gate, both its detectors together.
    misalignment : float or array
        e_d, share of wrong outcomes of a single pair, 0 to 1/2.

    Returns
    -------
    Seen
        Gain Q per pulse, and error rate E; 1/2 where nothing ever clicks.

    Notes
    -----
    With a = etaA lambda, b = etaB lambda, c = 1 + a + b - etaA etaB lambda:
    Q = 1 - (1-YA)/(1+a)^2 - (1-YB)/(1+b)^2 + (1-YA)(1-YB)/c^2 and
    E Q = Q/2 - (1 - 2 e_d) etaA etaB lambda (1 + lambda)/[(1+a)(1+b) c]. Computed with expm1 and log1p, which keep all
    digits at eta = 1e-7, where the sum as printed loses them. For small eta and no background
    E -> lambda/(1 + 3 lambda): a bright source errs by itself.

    References
    ----------
    X. Ma, C.-H. F. Fung, H.-K. Lo, Physical Review A 76, 012307 (2007), doi:10.1103/PhysRevA.76.012307.

    >>> found = coincidences(0.05, transmittance_a=0.1, transmittance_b=0.1, background_a=6.02e-6,
    ...                      background_b=6.02e-6, misalignment=0.015)
    >>> round(float(found.gain), 9), round(float(found.qber), 6)
    (0.001118461, 0.053448)
    """
    pairs = np.asarray(half_pairs, dtype=float)
    a, b = transmittance_a * pairs, transmittance_b * pairs
    together = transmittance_a * transmittance_b * pairs
    bracket = 1 + a + b - together
    silent_a = np.log1p(-np.asarray(background_a, dtype=float)) - 2 * np.log1p(a)
    silent_b = np.log1p(-np.asarray(background_b, dtype=float)) - 2 * np.log1p(b)
    shared = together * (1 + pairs) / bracket
    gain = (np.expm1(silent_a) * np.expm1(silent_b)
            + np.exp(silent_a + silent_b) * np.expm1(2 * np.log1p(shared)))
    right = (1 - 2 * np.asarray(misalignment)) * shared / ((1 + a) * (1 + b))
    nothing = gain == 0
    return Seen(gain, np.where(nothing, 0.5, 0.5 - right / np.where(nothing, 1.0, gain))[()])


def bbm92_rate(half_pairs: Number, *, transmittance_a: Number, transmittance_b: Number, background_a: Number = 0.0,
               background_b: Number = 0.0, misalignment: Number = 0.0, error_correction: Number = 1.22,
               sifting: Number = 0.5) -> Number:
    """Secret bits of BBM92 per pump pulse, without end.

    Parameters
    ----------
    half_pairs, transmittance_a, transmittance_b, background_a, background_b, misalignment
        As in :func:`coincidences`.
    error_correction : float or array
        Disclosed bits over the Shannon limit, f >= 1.
    sifting : float or array
        Share of coincidences in the same basis, q.

    Returns
    -------
    float or array
        R = q Q [1 - (1 + f) h(E)]; below 0 there is no key.

    Notes
    -----
    The source need not be trusted: no photon number enters, only the error rate. Detectors are trusted, with the same
    efficiency in both bases.

    References
    ----------
    X. Ma, C.-H. F. Fung, H.-K. Lo, Physical Review A 76, 012307 (2007), doi:10.1103/PhysRevA.76.012307.

    >>> round(float(bbm92_rate(0.02, transmittance_a=0.01, transmittance_b=0.01, background_a=6.02e-6,
    ...                        background_b=6.02e-6, misalignment=0.015)) * 1e6, 6)
    1.120308
    """
    found = coincidences(half_pairs, transmittance_a=transmittance_a, transmittance_b=transmittance_b,
                         background_a=background_a, background_b=background_b, misalignment=misalignment)
    return sifting * found.gain * (1 - (1 + error_correction) * binary_entropy(found.qber))
