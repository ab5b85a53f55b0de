"""Published teleportations."""

from __future__ import annotations

from ..cloning import CLONING_LIMIT
from ..records import Published, Quantity, WrongModel
from ..teleportation import CLASSICAL_LIMIT

_PHONED = WrongModel("measured and phoned, or one of the two bits used", CLASSICAL_LIMIT)
_NO_BITS = WrongModel("Bob before the bits arrive", 0.5)
_COPIED = WrongModel("one of two copies from the best copier", CLONING_LIMIT)

ROWS: tuple[Published, ...] = (
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
        inputs=(
            Quantity(name="up_to_km", value=1400, unit="km", confirmed=True, where="abstract"),
            Quantity(name="from_km", value=500, unit="km", where="as others quote it"),
            Quantity(name="altitude_km", value=500, unit="km", where="as others quote it, about"),
        ),
        outputs=(
            Quantity(
                name="average_fidelity",
                value=0.80,
                uncertainty_low=0.01,
                uncertainty_high=0.01,
                confirmed=True,
                where="abstract",
            ),
            Quantity(name="loss_growth_db", value=11, unit="dB", where="from 41 to 52 dB, as others quote it"),
        ),
        wrong_models=(_PHONED, _NO_BITS),
        note="Six states of three mutually unbiased bases, uplink. The pair's fidelity is not an input here.",
    ),
    Published(
        id="TEL01",
        authors="R. Valivarthi et al.",
        year=2020,
        journal="PRX Quantum 1, 020317",
        doi="10.1103/PRXQuantum.1.020317",
        title="Teleportation systems toward a quantum internet",
        inputs=(Quantity(name="fiber_km", value=44, unit="km", confirmed=True, where="abstract, 22 km and 22 km"),),
        outputs=(
            Quantity(
                name="average_fidelity",
                value=0.90,
                confirmed=True,
                where="abstract, which says 'at least' and gives no uncertainty",
            ),
        ),
        wrong_models=(_PHONED, _COPIED),
        note="Time-bin qubits; only runs in which the Bell measurement answered are counted.",
    ),
    Published(
        id="TEL02",
        authors="S. Shen et al.",
        year=2023,
        journal="arXiv:2303.13866",
        doi="10.48550/arXiv.2303.13866",
        title="Hertz-rate metropolitan quantum teleportation",
        inputs=(Quantity(name="fiber_km", value=64, unit="km", confirmed=True, where="abstract"),),
        outputs=(
            Quantity(
                name="average_fidelity",
                value=0.906,
                uncertainty_low=0.026,
                uncertainty_high=0.026,
                confirmed=True,
                where="abstract, which says 'at least'",
            ),
        ),
        wrong_models=(_PHONED, _COPIED),
        note="Independent photons, seven times a second; only runs in which the Bell measurement answered are counted.",
    ),
)
