"""How long an attempt at a heralded link takes, how long each half waits, and what many modes at once do for it."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..checks import require
from .heralding import SCHEMES

Number = Any  # a float or an array of floats


def herald_waits_s(scheme: str, delay_s: Number) -> tuple[Number, Number]:
    """How long alice's and bob's halves have waited when both nodes know of the pair, in s.

    Parameters
    ----------
    scheme : str
        "single_click", "two_click", "midpoint_source" or "sender_receiver".
    delay_s : float or array
        Time that light takes from alice to bob, in s, >= 0; the message is as fast.

    Returns
    -------
    (float or array, float or array)

    Notes
    -----
    A photon to the station and the answer back: half the way twice. From a source in the middle: the photons come
    after half the way, and the message that they came crosses all of it. From alice to bob: her half waits for the
    photon's way and for the answer's, his only for the answer's.

    >>> herald_waits_s("two_click", 1e-3), herald_waits_s("sender_receiver", 1e-3)
    ((0.001, 0.001), (0.002, 0.001))
    """
    require(scheme in SCHEMES, f"scheme must be one of {', '.join(SCHEMES)}", got={"scheme": (scheme, "")},
            why="How far the message goes depends on it", fix=f"{SCHEMES[0]!r}")
    return (2 * delay_s, delay_s) if scheme == "sender_receiver" else (delay_s, delay_s)


def attempt_time_s(scheme: str, delay_s: Number, *, preparation_time_s: Number = 0.0, modes: Number = 1) -> Number:
    """Mean time from one attempt to the next, in s.

    Parameters
    ----------
    scheme, delay_s
        As in :func:`herald_waits_s`.
    preparation_time_s : float or array
        The shortest time between two attempts that the nodes themselves allow, in s, >= 0.
    modes : int or array
        How many attempts may wait for their heralds at once, >= 1.

    Notes
    -----
    A memory that waits cannot try again: the cycle is L/c_f with a station or a source in the middle, 2 L/c_f from
    node to node (c_f = c/n). M modes share one cycle, until the nodes themselves are what is slow:
    max(preparation time, cycle/M). 10 km take 48.97 us, 50 km 244.9 us.

    >>> float(attempt_time_s("sender_receiver", 1e-3, preparation_time_s=1e-6, modes=4))
    0.0005
    """
    return np.maximum(preparation_time_s, herald_waits_s(scheme, delay_s)[0] / modes)[()]


def at_least_one(probability: Number, attempts: Number) -> Number:
    """Probability that at least one of several attempts succeeds, 1 - (1 - p)^M.

    >>> round(float(at_least_one(0.01, 100)), 6)
    0.633968
    """
    with np.errstate(divide="ignore"):
        return -np.expm1(attempts * np.log1p(-np.asarray(probability, dtype=float)))[()]


def in_time(rate_hz: Number, time_s: Number) -> Number:
    """Probability that a link of so many pairs per second has one within a time, 1 - exp(-rate * time).

    For attempts that are short beside the time; else :func:`at_least_one`.

    >>> round(float(in_time(39, 0.1)), 4)
    0.9798
    """
    return -np.expm1(-np.asarray(rate_hz, dtype=float) * time_s)[()]


def delivered_fidelity(rate_hz: Number, decoherence_hz: Number, clock_s: Number, *, fresh: Number = 1.0) -> Number:
    """Fidelity of what is there when a clock ticks, looked at or not: a pair that waited, or none.

    Parameters
    ----------
    rate_hz : float or array
        Pairs per second while the link tries, > 0.
    decoherence_hz : float or array
        Rate at which a stored pair turns into two mixed qubits, > 0.
    clock_s : float or array
        From the start to the tick, in s, >= 0. The link stops at its first pair, which then waits.
    fresh : float or array
        Fidelity of a pair when it comes.

    Returns
    -------
    float or array
        1/4 (nothing) to 1.

    Notes
    -----
    With r pairs per second and decay g: F = 1/4 + (F0 - 1/4) r/(r - g) (exp(-g T) - exp(-r T)). The best clock
    ticks after T = ln(r/g)/(r - g), and then F = 1/4 + (F0 - 1/4) l^(1/(1 - l)) with l = r/g, the "link efficiency":
    a link whose pairs come more slowly than they decay (l = 0.83) cannot keep up an F of 1/2, even with perfect pairs.

    References
    ----------
    P. C. Humphreys et al., Nature 558, 268 (2018), doi:10.1038/s41586-018-0200-5, equations 1 and 2 (the form for any
    clock is derived here).

    >>> round(float(delivered_fidelity(39, 5, 0.1)), 4)
    0.7544
    """
    r, g = np.asarray(rate_hz, dtype=float), np.asarray(decoherence_hz, dtype=float)
    apart = (r - g) * clock_s
    # (1 - exp(-x))/x, which is 1 where the two rates are equal
    mean = np.where(apart == 0, 1.0, -np.expm1(-apart) / np.where(apart == 0, 1.0, apart))
    return (0.25 + (fresh - 0.25) * r * clock_s * np.exp(-g * clock_s) * mean)[()]
