"""Secret key from weak laser pulses with decoys, without end: how much by what the parties can learn."""

from __future__ import annotations

from typing import Any

import numpy as np

from .decoy_bounds import no_decoy_bounds, one_decoy_bounds, vacuum_weak_bounds
from .entropy import binary_entropy
from .pulses import Seen, seen, single_photons
from .search import crossing, highest

Number = Any  # a float or an array of floats


def gllp_rate(signal: Seen, single: Seen, *, intensity: Number, error_correction: Number = 1.22,
              sifting: Number = 0.5) -> Number:
    """Secret bits per signal pulse, without end.

    Parameters
    ----------
    signal : Seen
        What was seen of the signal.
    single : Seen
        Y1 and e1, or bounds on them.
    intensity : float or array
        Mean photon number of the signal.
    error_correction : float or array
        Disclosed bits over the Shannon limit, f >= 1.
    sifting : float or array
        Share of clicks in the same basis, q.

    Returns
    -------
    float or array
        R = q {Y1 mu e^-mu [1 - h(e1)] - Q f h(E)}; below 0 there is no key.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao, H.-K. Lo, Physical Review A 72, 012326 (2005), Eq. (11), doi:10.1103/PhysRevA.72.012326.

    >>> signal = seen(0.48, 0.045, background=1.7e-6, misalignment=0.033, clicks="ma2005")
    >>> single = single_photons(0.045, background=1.7e-6, misalignment=0.033, clicks="ma2005")
    >>> round(float(gllp_rate(signal, single, intensity=0.48)), 8)  # GYS at 0 km
    0.00255459
    """
    mu = np.asarray(intensity, dtype=float)
    kept = single.gain * mu * np.exp(-mu) * (1 - binary_entropy(single.qber))
    return sifting * (kept - signal.gain * error_correction * binary_entropy(signal.qber))


def decoy_rate(decoys: str, intensity: Number, transmittance: Number, *, background: Number, misalignment: Number,
               weak_intensity: Number = 0.05, error_correction: Number = 1.22, sifting: Number = 0.5,
               clicks: str = "exact") -> Number:
    """Secret bits per signal pulse over an honest line, by what the parties can learn about Y1 and e1.

    Parameters
    ----------
    decoys : "infinite", "vacuum+weak", "one" or "none"
        Everything, two decoys (empty and ``weak_intensity``), one decoy, only the signal.
    intensity, transmittance, background, misalignment, clicks
        As in :func:`~qnetlab.theory.pulses.seen`.
    weak_intensity : float or array
        Mean photon number nu of the decoy, 0 < nu < mu.
    error_correction, sifting : float or array
        As in :func:`gllp_rate`.

    >>> [f"{float(decoy_rate(d, 0.48, 0.045e-2, background=1.7e-6, misalignment=0.033)):.3g}"
    ...  for d in ("infinite", "vacuum+weak", "one", "none")]
    ['2.24e-05', '2.09e-05', '9.82e-06', '-3.01e-05']
    """
    line = {"background": background, "misalignment": misalignment, "clicks": clicks}
    signal = seen(intensity, transmittance, **line)
    if decoys == "infinite":
        single = single_photons(transmittance, **line)
    elif decoys == "none":
        single = no_decoy_bounds(signal, intensity=intensity)
    else:
        weak = seen(weak_intensity, transmittance, **line)
        pair = {"intensity": intensity, "weak_intensity": weak_intensity}
        single = (one_decoy_bounds(signal, weak, **pair) if decoys == "one"
                  else vacuum_weak_bounds(signal, weak, background=background, **pair))
    return gllp_rate(signal, single, intensity=intensity, error_correction=error_correction, sifting=sifting)


def optimal_intensity(misalignment: float, *, error_correction: float = 1.22) -> float:
    """The best mean photon number with infinite decoys, far from the end of the line.

    Parameters
    ----------
    misalignment : float
        e_d, 0 to below the threshold of :func:`~qnetlab.theory.key_rates.qber_threshold`.
    error_correction : float
        Disclosed bits over the Shannon limit, f >= 1.

    Returns
    -------
    float
        mu of (1 - mu) e^-mu = f h(e_d)/(1 - h(e_d)), 0 to 1; 0 if errors leave no key.

    Notes
    -----
    For small eta and Y0/eta -> 0. GYS, e_d = 3.3 %: 0.4789 with f = 1.22 and 0.5441 with f = 1. Toward the end of the
    line less is better: 0.426 at 142 km.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao, H.-K. Lo, Physical Review A 72, 012326 (2005), Eq. (12), doi:10.1103/PhysRevA.72.012326.

    >>> round(optimal_intensity(0.033), 6), round(optimal_intensity(0.033, error_correction=1.0), 6)
    (0.478923, 0.544115)
    """
    lost = float(error_correction * binary_entropy(misalignment) / (1 - binary_entropy(misalignment)))
    return crossing(lambda mu: (1 - mu) * np.exp(-mu) - lost, 0.0, 1.0) if lost < 1 else 0.0


def best_rate_without_decoys(transmittance: Number, *, background: Number, misalignment: Number,
                             error_correction: Number = 1.22, sifting: Number = 0.5) -> Number:
    """Secret bits per pulse without decoys, at the intensity that is best for this line; below 0 there is no key.

    Parameters
    ----------
    transmittance, background, misalignment, error_correction, sifting
        As in :func:`decoy_rate`.

    Notes
    -----
    Every pulse with two photons may be Eve's, so the best intensity falls with the transmittance, and the rate with its
    square.

    >>> near, far = best_rate_without_decoys(np.array([1e-2, 1e-3]), background=0.0, misalignment=0.01)
    >>> round(float(near / far), -1)
    100.0
    """
    eta = np.asarray(transmittance, dtype=float)

    def rate(power: Number) -> Number:
        return decoy_rate("none", 10.0**power, eta, background=background, misalignment=misalignment,
                          error_correction=error_correction, sifting=sifting)

    return highest(rate, np.full(eta.shape, -9.0), 0.0)[1]
