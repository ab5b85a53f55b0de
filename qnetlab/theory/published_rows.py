"""The published experiments. Numbers that could not be looked up say so."""

from __future__ import annotations

import math

from .records import Published, Quantity, WrongModel
from .teleportation import CLASSICAL_LIMIT

_PHONED = WrongModel("measured and phoned, or one of the two bits used", CLASSICAL_LIMIT)
_NO_BITS = WrongModel("Bob before the bits arrive", 0.5)
_COINS = WrongModel("matched coins, no entanglement", 0.5)

#: The experiments, in the order of their ids.
ROWS: tuple[Published, ...] = (
    Published(
        id="BELL03",
        authors="S. Storz et al.",
        year=2023,
        journal="Nature 617, 265",
        doi="10.1038/s41586-023-05885-0",
        title="Loophole-free Bell inequality violation with superconducting circuits",
        inputs=(
            Quantity(
                name="pair_fidelity", value=0.804, where="not found; recalled, and without an uncertainty"
            ),
            Quantity(name="distance_m", value=30, unit="m", confirmed=True, where="abstract"),
        ),
        outputs=(
            Quantity(
                name="chsh_s",
                value=2.0747,
                uncertainty_low=0.0033,
                uncertainty_high=0.0033,
                confirmed=True,
                where="abstract",
            ),
        ),
        wrong_models=(
            WrongModel("agreed beforehand", 2.0),
            WrongModel("fidelity taken for visibility", 2 * math.sqrt(2) * 0.804),
        ),
        note="The pair fidelity could not be looked up; what is computed from it is as uncertain as that.",
    ),
    Published(
        id="FS03",
        authors="X.-S. Ma et al.",
        year=2012,
        journal="Optics Express 20, 23126",
        doi="10.1364/OE.20.023126",
        title="Experimental quantum teleportation over a high-loss free-space channel",
        inputs=(Quantity(name="channel_loss_db", value=31, unit="dB", confirmed=True, where="abstract"),),
        outputs=(
            Quantity(
                name="average_fidelity",
                value=0.82,
                uncertainty_low=0.01,
                uncertainty_high=0.01,
                confirmed=True,
                where="abstract",
            ),
        ),
        wrong_models=(_PHONED, _NO_BITS),
        note="Six states of three mutually unbiased bases. The pair's fidelity is not an input here.",
    ),
    Published(
        id="LINK01",
        authors="V. Krutyanskiy et al.",
        year=2023,
        journal="Physical Review Letters 130, 050803",
        doi="10.1103/PhysRevLett.130.050803",
        title="Entanglement of trapped-ion qubits separated by 230 meters",
        inputs=(
            Quantity(name="distance_m", value=230, unit="m", confirmed=True, where="abstract"),
            Quantity(
                name="fiber_m",
                value=520,
                uncertainty_low=2,
                uncertainty_high=2,
                unit="m",
                confirmed=True,
                where="abstract",
            ),
        ),
        outputs=(
            Quantity(
                name="pair_fidelity",
                value=0.882,
                uncertainty_low=0.060,
                uncertainty_high=0.023,
                confirmed=True,
                where="abstract",
            ),
            Quantity(name="success_probability", value=4e-5, confirmed=True, where="abstract"),
        ),
        wrong_models=(_COINS,),
        note="The abstract says 'up to' this fidelity.",
    ),
    Published(
        id="LINK05",
        authors="C. M. Knaut et al.",
        year=2024,
        journal="Nature 629, 573",
        doi="10.1038/s41586-024-07252-z",
        title="Entanglement of nanophotonic quantum memory nodes in a telecom network",
        inputs=(Quantity(name="fiber_km", value=35, unit="km", confirmed=True, where="abstract"),),
        outputs=(
            Quantity(
                name="pair_fidelity_35km",
                value=0.69,
                uncertainty_low=0.07,
                uncertainty_high=0.07,
                confirmed=True,
                where="main text; the abstract gives no fidelity",
            ),
            Quantity(
                name="pair_fidelity_20m",
                value=0.86,
                uncertainty_low=0.03,
                uncertainty_high=0.03,
                confirmed=True,
                where="main text; the abstract gives no fidelity",
            ),
        ),
        wrong_models=(_COINS,),
        note="35 km: two nuclear spins over fiber deployed in Boston. 20 m: two electron spins.",
    ),
    Published(
        id="LINK08",
        authors="S. L. N. Hermans et al.",
        year=2022,
        journal="Nature 605, 663",
        doi="10.1038/s41586-022-04697-y",
        title="Qubit teleportation between non-neighbouring nodes in a quantum network",
        outputs=(
            Quantity(
                name="average_fidelity",
                value=0.702,
                uncertainty_low=0.011,
                uncertainty_high=0.011,
                where="not found; the abstract says only that the classical bound is exceeded",
            ),
        ),
        wrong_models=(_PHONED, _NO_BITS),
        note="Three nodes with nitrogen-vacancy centers; the pair comes from a swap in the middle node.",
    ),
    Published(
        id="SAT03",
        authors="J.-G. Ren et al.",
        year=2017,
        journal="Nature",
        doi="10.1038/nature23675",
        title="Ground-to-satellite quantum teleportation",
        inputs=(Quantity(name="up_to_km", value=1400, unit="km", confirmed=True, where="abstract"),),
        outputs=(
            Quantity(
                name="average_fidelity",
                value=0.80,
                uncertainty_low=0.01,
                uncertainty_high=0.01,
                confirmed=True,
                where="abstract",
            ),
        ),
        wrong_models=(_PHONED, _NO_BITS),
        note="Six states of three mutually unbiased bases, uplink. The pair's fidelity is not an input here.",
    ),
)
