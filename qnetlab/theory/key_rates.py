"""Secret key per sifted bit without end, error thresholds, and what no repeaterless link can pass.

A fraction below 0 means: no key. Nothing is clipped, so that a threshold is where a curve crosses 0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .entropy import binary_entropy, surprise
from .search import crossing

Number = Any  # a float or an array of floats


def bb84_secret_fraction(qber: Number, *, phase_error: Number | None = None, error_correction: Number = 1.0) -> Number:
    """Secret bits per sifted bit of BB84 with single photons and one-way error correction.

    Parameters
    ----------
    qber : float or array
        Error rate Q of the sifted bits, 0 to 1/2.
    phase_error : float or array, optional
        Error rate in the other basis; the same Q if not given.
    error_correction : float or array
        Disclosed bits over the Shannon limit n h(Q), f >= 1.

    Returns
    -------
    float or array
        r = 1 - h(phase error) - f h(Q), -1.2 to 1; below 0 there is no key.

    Notes
    -----
    Without end (asymptotic), against any attack, for perfect single photons. f = 1 is out of reach for real codes; they
    disclose 5 to 25 % more. Q = 5 %: 0.427206; r = 0 at Q = 0.110028, and with f = 1.16 at 0.098106.

    References
    ----------
    P. W. Shor, J. Preskill, Physical Review Letters 85, 441 (2000), doi:10.1103/PhysRevLett.85.441.

    >>> round(float(bb84_secret_fraction(0.05)), 6), round(float(bb84_secret_fraction(0.05, error_correction=1.16)), 6)
    (0.427206, 0.381383)
    """
    other = qber if phase_error is None else phase_error
    return 1 - binary_entropy(other) - error_correction * binary_entropy(qber)


def six_state_secret_fraction(qber: Number, *, error_correction: Number = 1.0) -> Number:
    """Secret bits per sifted bit of the six-state protocol, with equal errors in its three bases.

    Parameters
    ----------
    qber : float or array
        Error rate Q, 0 to 1/2.
    error_correction : float or array
        Disclosed bits over the Shannon limit, f >= 1.

    Returns
    -------
    float or array
        r = 1 + (1 - 3Q/2) log2(1 - 3Q/2) + (3Q/2) log2(Q/2) - (f - 1) h(Q).

    Notes
    -----
    The third basis tells how the errors share out among X, Y and Z, which BB84 must assume. Q = 5 %: 0.496816;
    r = 0 at Q = 0.126193.

    References
    ----------
    D. Bruss, Physical Review Letters 81, 3018 (1998), doi:10.1103/PhysRevLett.81.3018.
    H.-K. Lo, Quantum Information and Computation 1, 81 (2001), arXiv:quant-ph/0102138.

    >>> round(float(six_state_secret_fraction(0.05)), 6)
    0.496816
    """
    half = np.asarray(qber) / 2
    return 1 - surprise(1 - 3 * half) - 3 * surprise(half) - (error_correction - 1) * binary_entropy(qber)


def device_independent_secret_fraction(chsh_s: Number, qber: Number, *, error_correction: Number = 1.0) -> Number:
    """Secret bits per pair when nothing is assumed of the devices, against collective attacks.

    Parameters
    ----------
    chsh_s : float or array
        CHSH value S, up to 2 sqrt(2).
    qber : float or array
        Error rate Q of the key bits, 0 to 1/2.
    error_correction : float or array
        Disclosed bits over the Shannon limit, f >= 1.

    Returns
    -------
    float or array
        r = 1 - f h(Q) - h((1 + sqrt((S/2)^2 - 1))/2); for S <= 2 Eve may know all, and r = -f h(Q) <= 0.

    Notes
    -----
    S = 2.64, Q = 1.8 %: 0.507060. With S = 2 sqrt(2)(1 - 2Q), r = 0 at Q = 0.071492, S = 2.424. Every lost photon
    counts: detectors must see almost all of them.

    References
    ----------
    A. Acin et al., Physical Review Letters 98, 230501 (2007), doi:10.1103/PhysRevLett.98.230501.

    >>> round(float(device_independent_secret_fraction(2.64, 0.018)), 6)
    0.50706
    """
    beyond = np.sqrt(np.maximum((np.asarray(chsh_s) / 2) ** 2 - 1, 0))
    known = binary_entropy((1 + np.minimum(beyond, 1)) / 2)
    return 1 - known - error_correction * binary_entropy(qber)


def qber_threshold(protocol: str = "bb84", *, error_correction: float = 1.0) -> float:
    """The error rate from which on there is no key.

    Parameters
    ----------
    protocol : "bb84", "six_state" or "device_independent"
        For the last, S = 2 sqrt(2)(1 - 2Q).
    error_correction : float
        Disclosed bits over the Shannon limit, f >= 1.

    >>> [round(qber_threshold(p), 6) for p in ("bb84", "six_state", "device_independent")]
    [0.110028, 0.126193, 0.071492]
    >>> round(qber_threshold("bb84", error_correction=1.16), 6)
    0.098106
    """
    fractions: dict[str, Callable[[Number], Number]] = {
        "bb84": lambda q: bb84_secret_fraction(q, error_correction=error_correction),
        "six_state": lambda q: six_state_secret_fraction(q, error_correction=error_correction),
        "device_independent": lambda q: device_independent_secret_fraction(
            2 * np.sqrt(2) * (1 - 2 * np.asarray(q)), q, error_correction=error_correction),
    }
    return crossing(fractions[protocol], 0.0, 0.25)


def repeaterless_bound(transmittance: Number) -> Number:
    """Most secret bits per use of a lossy channel, without a repeater (PLOB).

    Parameters
    ----------
    transmittance : float or array
        eta of the channel, 0 to below 1; detectors do not enter, they could be perfect.

    Returns
    -------
    float or array
        K = -log2(1 - eta) bits per optical mode and channel use, about 1.44 eta.

    Notes
    -----
    At 0.2 dB/km: 100 km 0.0144996, 200 km 1.44277e-4. A pulse of two modes (two polarizations with one photon) counts
    as one use of one photon here, as in most comparisons.

    References
    ----------
    S. Pirandola, R. Laurenza, C. Ottaviani, L. Banchi, Nature Communications 8, 15043 (2017), doi:10.1038/ncomms15043.

    >>> round(float(repeaterless_bound(0.01)), 8)
    0.01449957
    """
    with np.errstate(divide="ignore"):
        return -np.log1p(-np.asarray(transmittance, dtype=float)) / np.log(2)


def single_repeater_bound(transmittance: Number) -> Number:
    """Most secret bits per use with one ideal repeater exactly in the middle, -log2(1 - sqrt(eta)).

    Parameters
    ----------
    transmittance : float or array
        eta of the whole channel, 0 to below 1.

    References
    ----------
    S. Pirandola, Communications Physics 2, 51 (2019), doi:10.1038/s42005-019-0147-3.

    >>> round(float(single_repeater_bound(0.01)), 6)
    0.152003
    """
    return repeaterless_bound(np.sqrt(transmittance))


def dephasing_bound(flip_probability: Number) -> Number:
    """Most secret bits per use of a qubit channel that dephases, 1 - h(p).

    >>> round(float(dephasing_bound(0.05)), 6)
    0.713603
    """
    return 1 - binary_entropy(flip_probability)
