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
