"""The station of a heralded link as an operation on two qubits: is there a photon in alice's arm, and in bob's?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..devices.herald_station import HeraldStation


def station_kraus(station: HeraldStation) -> list[Any]:
    """Kraus operators that leave the station's answer in the two qubits, for all four answers.

    Parameters
    ----------
    station : HeraldStation

    Returns
    -------
    list of (4, 4) arrays
        On (alice's arm, bob's arm), Qiskit's order: alice's is the right bit. Afterwards the qubits hold 01 if only the
        first detector has clicked, 10 if only the second has, 00 if none has, and 11 for everything else.

    Notes
    -----
    What each answer asks of the photons, as (weight, state) on the numbers (n_A, n_B), each 0 or 1. No photon: a dark
    count behind one port, d(1 - d). One: it is behind the first port with (1 + M exp(-sigma^2/2))/2 if it comes from
    both arms with one sign, behind the second if with the other. Two leave together with (1 + M^2)/2, half of it to
    either side.
    """
    d, resolving = station.detector.dark_count_probability, station.detection == "number_resolving"
    photon = (1 - d) ** (2 if resolving else 1)
    together = 0.0 if resolving else (1 + station.overlap**2) / 4 * (1 - d)
    coherence = station.overlap * math.exp(-station.phase_noise_rad**2 / 2)
    none, alice, bob, both = np.eye(4)
    same, opposite = (alice + bob) / math.sqrt(2), (alice - bob) / math.sqrt(2)
    asked = {
        0: [((1 - d) ** 2, none)],
        1: [(d * (1 - d), none), (photon * (1 + coherence) / 2, same), (photon * (1 - coherence) / 2, opposite),
            (together, both)],
        2: [(d * (1 - d), none), (photon * (1 - coherence) / 2, same), (photon * (1 + coherence) / 2, opposite),
            (together, both)],
        3: [(d**2, none), (1 - photon, same), (1 - photon, opposite), (1 - 2 * together, both)],
    }
    return [math.sqrt(weight) * np.outer(np.eye(4)[answer], state)
            for answer, parts in asked.items() for weight, state in parts if weight > 0]
