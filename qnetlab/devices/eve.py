"""What an attack does to pulses, line and detectors; numpy only. Each function is extended by one per attack.

Eight questions, each with the honest answer for every attack that does not say otherwise:

    choices(attack)       what does Eve choose for each pulse, and how often?
    suits(attack, bases)  does it work with these bases at all?
    line(attack, fiber)   what stands between her and bob?
    receiver(attack, d)   what have bob's detectors become?
    forwarded(attack, P)  how many photons does she send on?
    bloch_map(attack, c)  what does she do to the polarization? (closed form)
    guess(attack, c, B)   how often is her bit alice's? (closed form)
    clicks(attack, ...)   what do bob's detectors do? (from the circuit; ``closed_clicks`` is its closed form and
                          ``shot_clicks`` its twin for photons that were really shot)

Gates on the photon, and her memory, stand in ``circuits/eavesdrop.py``.
"""

from __future__ import annotations

import math
from functools import singledispatch
from typing import Any

import numpy as np
import numpy.typing as npt

from ..checks import require
from ..theory.attacks import optimal_guess
from ..theory.photons import Clicks, Distribution, pulse_table, two_detectors
from .attacks import Blinding, InterceptResend, OptimalIndividual, PhotonNumberSplitting
from .detector import Detector
from .line import Line

Table = npt.NDArray[np.float64]
Codes = npt.NDArray[np.uint8]

#: Direction of each basis on the Bloch sphere: (x, y, z) of its bit 0.
DIRECTIONS: dict[str, npt.NDArray[np.float64]] = {
    "X": np.array([1.0, 0.0, 0.0]),
    "Y": np.array([0.0, 1.0, 0.0]),
    "Z": np.array([0.0, 0.0, 1.0]),
    "breidbart": np.array([1.0, 0.0, 1.0]) / math.sqrt(2),
}


@singledispatch
def choices(attack: Any) -> dict[str, float]:
    """What Eve decides anew for each pulse -> how often; the word is part of the circuit's setting.

    >>> choices(InterceptResend(fraction=0.5))
    {'Z': 0.25, 'X': 0.25, 'pass': 0.5}
    """
    return {"": 1.0}


@choices.register
def _(attack: InterceptResend) -> dict[str, float]:
    bases = ("Z", "X") if attack.basis == "random" else (attack.basis,)
    chosen = {basis: attack.fraction / len(bases) for basis in bases} | {"pass": 1 - attack.fraction}
    return {word: weight for word, weight in chosen.items() if weight > 0}


@choices.register
def _(attack: Blinding) -> dict[str, float]:
    return {"Z": 0.5, "X": 0.5}


@singledispatch
def suits(attack: Any, bases: str) -> None:
    """Raise ValueError if the attack does not work with these bases."""


@suits.register(OptimalIndividual)
@suits.register(Blinding)
def _(attack: OptimalIndividual | Blinding, bases: str) -> None:
    name = type(attack).__name__
    require(bases == "ZX", f"{name} must meet the bases 'ZX'", got={"bases": bases},
            why="It is made for two bases, and a third one takes another", fix="bases='ZX'")


@singledispatch
def receiver(attack: Any, detector: Detector) -> Detector:
    """What bob's detectors have become: his own, unless Eve has blinded them."""
    return detector


@receiver.register
def _(attack: Blinding, detector: Detector) -> Detector:
    """They count no photons and no darkness: they click when she wants it."""
    return Detector(gate_s=detector.gate_s)


@singledispatch
def line(attack: Any, fiber: Line) -> Line:
    """The fiber that the photons cross after Eve: alice's and bob's own, unless she has laid a better one."""
    return fiber


@line.register
def _(attack: PhotonNumberSplitting, fiber: Line) -> Line:
    return fiber.lossless if attack.line == "lossless" else fiber


@line.register
def _(attack: Blinding, fiber: Line) -> Line:
    """Bright light arrives whatever the fiber loses."""
    return fiber.lossless


@singledispatch
def forwarded(attack: Any, distribution: Distribution) -> Distribution:
    """Photon numbers that Eve sends on, P(0), P(1), ..., when alice's pulse has ``distribution``."""
    return distribution


@forwarded.register
def _(attack: PhotonNumberSplitting, distribution: Distribution) -> Distribution:
    """One less of each pulse that holds several."""
    sent = np.zeros(max(2, len(distribution) - 1))
    sent[: len(distribution) - 1] = attack.kept * distribution[1:]
    sent[0] = 0.0  # what held one photon is decided apart
    if len(distribution) > 1:
        sent[1] += attack.singles * distribution[1]
    sent[0] = 1 - math.fsum(sent)
    return sent


@forwarded.register
def _(attack: Blinding, distribution: Distribution) -> Distribution:
    """The photons that her receiver sees: each with the same chance."""
    e, seen = attack.efficiency, np.zeros(len(distribution))
    for many, p in enumerate(distribution):
        seen[: many + 1] += [p * math.comb(many, k) * e**k * (1 - e) ** (many - k) for k in range(many + 1)]
    return seen


@singledispatch
def bloch_map(attack: Any, choice: str) -> npt.NDArray[np.float64]:
    """What Eve does to the polarization of one photon, as a matrix on its Bloch vector (x, y, z): shape (3, 3)."""
    return np.eye(3)


@bloch_map.register
def _(attack: InterceptResend, choice: str) -> npt.NDArray[np.float64]:
    """Measuring leaves the component along her basis; the photon that she sends has no other."""
    return np.eye(3) if choice == "pass" else np.outer(DIRECTIONS[choice], DIRECTIONS[choice])


@bloch_map.register
def _(attack: OptimalIndividual, choice: str) -> npt.NDArray[np.float64]:
    """Everything between Z and X shrinks alike; Y is not used."""
    return (1 - 2 * attack.disturbance) * np.diag([1.0, 0.0, 1.0])


@singledispatch
def guess(attack: Any, choice: str, basis: str) -> float:
    """Probability that Eve's bit is alice's, for one photon that alice sent in ``basis``: 1/2 is knowing nothing."""
    return 0.5


@guess.register
def _(attack: InterceptResend, choice: str, basis: str) -> float:
    return 0.5 if choice == "pass" else float(1 + abs(DIRECTIONS[choice] @ DIRECTIONS[basis])) / 2


@guess.register
def _(attack: OptimalIndividual, choice: str, basis: str) -> float:
    return float(optimal_guess(attack.disturbance))


@guess.register
def _(attack: Blinding, choice: str, basis: str) -> float:
    """Where bob clicks in alice's basis, it was hers, too."""
    return 1.0


@singledispatch
def clicks(attack: Any, choice: str, bob_basis: str, one_photon: Table, distribution: Distribution,
           dark: float) -> Table:
    """What bob's detectors do with a pulse, exactly.

    Parameters
    ----------
    attack, choice, bob_basis
        Whose pulse it is; only attacks that control the detectors look at them.
    one_photon : array (2, 2, e)
        P(d0, d1, eve's bit) of the one-photon circuit; e = 1 where Eve keeps no bit.
    distribution : array
        Photon numbers that Eve sends on.
    dark : float
        Probability of a dark count per detector and gate.

    Returns
    -------
    array (2, 2, e)
        P(d0, d1, eve's bit) of the pulse.
    """
    return pulse_table(distribution, one_photon, dark)


@clicks.register
def _(attack: Blinding, choice: str, bob_basis: str, one_photon: Table, distribution: Distribution,
      dark: float) -> Table:
    """One click, the bit of the first photon that she saw, where bob has chosen her basis."""
    heard, bit = 1 - distribution[0], one_photon.sum(axis=(0, 1))
    table = np.zeros((2, 2, 2))
    table[0, 0] = distribution[0] / 2
    if choice == bob_basis:
        table[1, 0, 0], table[0, 1, 1] = heard * bit
    else:
        table[0, 0] += heard * bit
    return table


@singledispatch
def shot_clicks(attack: Any, choice: str, bob_basis: str, photons: Codes) -> Codes:
    """What bob's detectors make of photons that were really shot, before dark counts.

    Parameters
    ----------
    photons : uint8 array (pulses, n)
        For each of the n photons of each pulse: d0 + 2 d1 + 4 eve's bit.

    Returns
    -------
    uint8 array (pulses,)
        In the same code: a detector clicks if any photon reached it; Eve's bit is that of the first photon.
    """
    together: Codes = np.bitwise_or.reduce(photons & 3, axis=1) | (photons[:, 0] & 4)
    return together


@shot_clicks.register
def _(attack: Blinding, choice: str, bob_basis: str, photons: Codes) -> Codes:
    hers = photons[:, 0] & 4
    pattern = np.where(hers > 0, 2, 1) if choice == bob_basis else 0
    return np.asarray(hers | pattern, dtype=np.uint8)


@singledispatch
def closed_clicks(attack: Any, choice: str, alice_basis: str, bob_basis: str, contrast: float, transmittance: float,
                  distribution: Distribution, dark: float) -> Clicks:
    """The closed form beside :func:`clicks`, for bit 0: an attack that has its own of one has its own of both.

    Parameters
    ----------
    contrast : float
        P(detector 0) - P(detector 1) of one photon that is seen, -1 to 1.
    transmittance : float
        Probability that one photon is seen.
    """
    return two_detectors(distribution, transmittance * (1 + contrast) / 2, transmittance * (1 - contrast) / 2, dark)


@closed_clicks.register
def _(attack: Blinding, choice: str, alice_basis: str, bob_basis: str, contrast: float, transmittance: float,
      distribution: Distribution, dark: float) -> Clicks:
    if choice != bob_basis:
        return Clicks(1.0, 0.0, 0.0, 0.0)
    heard, right = 1 - distribution[0], (1 + float(DIRECTIONS[choice] @ DIRECTIONS[alice_basis])) / 2
    return Clicks(distribution[0], heard * right, heard * (1 - right), 0.0)
