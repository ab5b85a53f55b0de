"""A GHZ state made of Bell pairs in a star, in closed form: what all parties read in Z, and in the plane of X and Y.

A center holds half of one pair per party. It joins its first half to each other one by a CNOT, reads that other one,
and its party undoes a flip. What the center then does with its first half decides who shares what. In Z all of it is a
chain of coin tosses; in the plane of X and Y it is a product of one complex number per pair. Linear time, exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..checks import require
from .states import Pair
from .swapping import PERFECT, Station

Number = Any  # a float or an array of floats
ReadError = tuple[float, float]

#: What the center may do with its own qubit. Only the first two leave entanglement.
CENTER_WAYS = ("kept", "measured_x", "measured_x_quiet", "measured_z", "lost")


class Shared(NamedTuple):
    """What those who take part read of their GHZ state: P, C, F = (P + C)/2, and the parity of all X."""

    populations: Number
    coherence: Number
    fidelity: Number
    parity: Number


def shared_ghz(pairs: Sequence[Pair], at: Station = PERFECT, *, center: str = "kept",
               center_readout: ReadError = (0.0, 0.0), party_readout: ReadError = (0.0, 0.0), kept_flip: float = 0.0,
               kept_coherence: float = 1.0) -> Shared:
    """What the parties of a star read, exactly.

    Parameters
    ----------
    pairs : sequence of Pair
        At least two, each meant to be phi_plus, the center's half first, as they are when the center acts.
    at : Station
        The center's gates and readout, and what a correction of a party leaves.
    center : str
        One of :data:`CENTER_WAYS`: its own qubit is ``"kept"`` (it is a party), measured in X and told (the first
        pair's party undoes a sign), measured in X or in Z and not told, or lost.
    center_readout, party_readout : (error_0, error_1)
        Of the final readouts; the center's counts only if its qubit is kept.
    kept_flip, kept_coherence : float
        What the kept qubit's wait does to it: P(1 -> 0), and the factor on X and Y.

    Returns
    -------
    Shared
        Of the parties that are left: one more than pairs if the center's qubit is kept, else as many.

    Raises
    ------
    ValueError
        If there are fewer than two pairs, or ``center`` is unknown.

    Notes
    -----
    M(theta) is the product of cos(theta) X + sin(theta) Y over all n parties; C = (1/n) sum (-1)^k <M(k pi/n)> is
    2 Re <0...0|rho|1...1>, the coherence. Without errors of the center <M(theta)> is the real part of a product with
    one factor x_i cos(theta) - i y_i sin(theta) per pair (x_i = <XX>, y_i = <YY>), and one exp(i theta) more for a kept
    center. Over L Werner pairs of visibility V and a kept center that is C = V^L and P = ((1 + V)/2)^L. Derived, and
    held to the circuit by tests.

    References
    ----------
    D. M. Greenberger, M. A. Horne, A. Zeilinger, arXiv:0712.0921 (1989, reprinted); M(theta): O. Guhne, C.-Y. Lu,
    W.-B. Gao, J.-W. Pan, Physical Review A 76, 030305 (2007), doi:10.1103/PhysRevA.76.030305 (from memory; the
    decomposition is proved in the tests).

    >>> from .states import fresh_pair
    >>> perfect = fresh_pair("phi_plus", 1.0, "white")
    >>> [round(float(n), 6) for n in shared_ghz([perfect, perfect])]
    [1.0, 1.0, 1.0, 1.0]
    >>> [round(float(n), 6) for n in shared_ghz([perfect, perfect], center="lost")]
    [1.0, 0.0, 0.5, 0.0]
    """
    require(len(pairs) >= 2, "a star must hold at least two pairs", got={"pairs": len(pairs)},
            why="Three parties need two", fix="[pair, pair]")
    require(center in CENTER_WAYS, f"center must be one of {', '.join(CENTER_WAYS)}", got={"center": center},
            why="It does something with its own qubit", fix="center='kept'")
    kept = center == "kept"
    parties = len(pairs) + kept
    blank = _offset(party_readout) ** len(pairs) * (_offset(center_readout) if kept else 1.0)
    contrast = _contrast(party_readout) ** len(pairs) * (_contrast(center_readout) if kept else 1.0)

    def read(theta: float) -> Number:
        seen = _in_plane(pairs, at, center, theta, kept_coherence) if center in ("kept", "measured_x") else 0.0
        return contrast * seen + blank

    coherence = sum((-1) ** k * read(k * math.pi / parties) for k in range(parties)) / parties
    populations = sum(_all_read(pairs, at, center, s, center_readout, party_readout, kept_flip) for s in (0, 1))
    return Shared(populations, coherence, (populations + coherence) / 2, read(0.0))


def _contrast(errors: ReadError) -> float:
    return 1 - errors[0] - errors[1]


def _offset(errors: ReadError) -> float:
    return errors[1] - errors[0]


def _in_plane(pairs: Sequence[Pair], at: Station, center: str, theta: float, kept_coherence: float) -> Number:
    """<M(theta)> of the state, before the last readouts. The center's operator is a X + b Y, kept as a + i b."""
    cos, sin = math.cos(theta), math.sin(theta)
    alpha, beta = (1 + at.correction) / 2, (1 - at.correction) / 2
    if center == "kept":
        held = kept_coherence * complex(cos, sin)
    else:  # the sign that it tells turns the first party's X and Y alike
        held = alpha * at.contrast * at.one_qubit * (1 + 0j)
    for pair in pairs[1:]:  # X on both: the operator stays; Y on both: X becomes -Y, and Y becomes X
        both_x, both_y = (alpha + beta * at.offset) * pair.xx, alpha * at.contrast * pair.yy
        held = held * at.two_qubit * (cos * both_x - 1j * sin * both_y)
    return np.real(held) * cos * pairs[0].xx + np.imag(held) * sin * pairs[0].yy


def _all_read(pairs: Sequence[Pair], at: Station, center: str, wanted: int, center_readout: ReadError,
              party_readout: ReadError, kept_flip: float) -> Number:
    """P(all parties read ``wanted`` in Z): a Markov chain of the center's own bit, from pair to pair."""
    scramble = 1 - at.two_qubit
    spoiled = (1 - at.correction) / 2  # a correction flips the bit so often
    told = center == "measured_x"
    # Its own X result is a coin whatever the bits are; the Z that follows may flip the first party's bit.
    first_flip = spoiled * (1 - at.offset) / 2 if told else 0.0
    weights = [sum(_joint(pairs[0], own, bit) * _read(bit ^ flipped, wanted, party_readout)
                   * (first_flip if flipped else 1 - first_flip) for bit in (0, 1) for flipped in (0, 1))
               for own in (0, 1)]
    for pair in pairs[1:]:
        passed: list[Number] = [0.0, 0.0]
        for own, other, bit in ((a, c, p) for a in (0, 1) for c in (0, 1) for p in (0, 1)):
            for own_after, measured in ((a, m) for a in (0, 1) for m in (0, 1)):
                gate = (1 - scramble) * float((own_after, measured) == (own, own ^ other)) + scramble / 4
                seen = sum(_read(measured, reading, (_station_error(at, 0), _station_error(at, 1)))
                           * _corrected(bit, reading, spoiled, wanted, party_readout) for reading in (0, 1))
                passed[own_after] = passed[own_after] + weights[own] * _joint(pair, other, bit) * gate * seen
        weights = passed
    if center != "kept":
        return weights[0] + weights[1]
    return (weights[0] * _read(0, wanted, center_readout)
            + weights[1] * (kept_flip * _read(0, wanted, center_readout)
                            + (1 - kept_flip) * _read(1, wanted, center_readout)))


def _joint(pair: Pair, own: int, bit: int) -> Number:
    """P(center's bit, party's bit) of a pair in Z."""
    a, b = 1 - 2 * own, 1 - 2 * bit
    return (1 + a * pair.za + b * pair.zb + a * b * pair.zz) / 4


def _read(bit: int, seen: int, errors: ReadError) -> Number:
    wrong = errors[bit]
    return wrong if bit != seen else 1 - wrong


def _station_error(at: Station, bit: int) -> Number:
    """P(read wrongly) of the center's readout of 0 or of 1, from its contrast and offset."""
    total = 1 - at.contrast
    return (total - at.offset) / 2 if bit == 0 else (total + at.offset) / 2


def _corrected(bit: int, reading: int, spoiled: Number, wanted: int, party_readout: ReadError) -> Number:
    """P(the party reads ``wanted``): it turns its bit if the center read 1, and errs by that gate."""
    if reading == 0:
        return _read(bit, wanted, party_readout)
    right = bit ^ 1
    return (1 - spoiled) * _read(right, wanted, party_readout) + spoiled * _read(bit, wanted, party_readout)
