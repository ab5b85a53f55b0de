"""Published teleportations."""

from __future__ import annotations

from ..records import Published, Quantity, WrongModel
from ..teleportation import CLASSICAL_LIMIT

_PHONED = WrongModel("measured and phoned, or one of the two bits used", CLASSICAL_LIMIT)
_NO_BITS = WrongModel("Bob before the bits arrive", 0.5)

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
