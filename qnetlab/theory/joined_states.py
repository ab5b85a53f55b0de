"""Swapping of any two-qubit states, in the sixteen numbers of :mod:`~qnetlab.theory.noisy_rounds`."""

from __future__ import annotations

from typing import Any

import numpy as np

from .noisy_rounds import State
from .swapping import PERFECT, Station


def swapped_states(left: State, right: State, at: Station = PERFECT) -> State:
    """The state that the ends hold after a station joined two pairs and the far end of the right one was corrected.

    Parameters
    ----------
    left, right : State
        4 x 4, meant to be phi_plus each; further axes hold as many runs.
    at : Station

    Returns
    -------
    State
        Averaged over what the station reads.

    Notes
    -----
    Each bit's sign is a Pauli product before the CNOT and the H: the z bit X X, the x bit Z Z, both together -Y Y. What
    is read is contrast times it plus offset; the correction's own error, (1 -+ c)/2, decides how much of a sign counts.
    Equal to :func:`~qnetlab.theory.swapping.swapped_pair` for two pairs of its family.

    >>> from .noisy_rounds import as_state, phi_plus_fidelity
    >>> from .states import fresh_pair
    >>> good = as_state(fresh_pair("phi_plus", 0.9, "white"))
    >>> round(phi_plus_fidelity(swapped_states(good, good)), 6)
    0.813333
    """
    k, o = at.contrast, at.offset
    z_left, x_left = k * at.one_qubit * at.two_qubit, k * at.two_qubit

    def through(pauli: int) -> Any:
        return left[:, pauli, None] * right[None, pauli]

    blank, xx, yy, zz = (through(pauli) for pauli in range(4))
    plain = {(0, 0): blank, (1, 0): z_left * xx + o * blank, (0, 1): x_left * zz + o * blank,
             (1, 1): -k * z_left * yy + o * (z_left * xx + x_left * zz) + o**2 * blank}
    counts, blind = (1 + at.correction) / 2, (1 - at.correction) / 2
    joined: State = np.empty_like(blank)
    for j in range(4):
        # Weights of (1, sign) for the correction by the z bit, a Z gate, and by the x bit, an X gate.
        by_z = (1.0, 0.0) if j == 0 else (counts, blind) if j == 3 else (blind, counts)
        by_x = (1.0, 0.0) if j == 0 else (counts, blind) if j == 1 else (blind, counts)
        joined[:, j] = sum(by_z[a] * by_x[b] * plain[a, b][:, j] for a in (0, 1) for b in (0, 1))
    return joined
