"""Entanglement swapping in closed form: any number of pairs, joined by imperfect Bell measurements, in linear time.

A chain of pairs a-c1, c1-c2, ..., cn-b is joined by a Bell measurement at each c. What it reads is a product of one
factor per pair and one per station, so the pair that a and b end up with follows from 2 x 2 matrices.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np

from ..checks import require
from .states import Pair

Number = Any  # a float or an array of floats


class Station(NamedTuple):
    """A Bell measurement made of a CNOT, an H and two readouts, and what it makes the receiver do.

    ``contrast`` and ``offset``: a readout maps a bit's mean m to contrast * m + offset. ``two_qubit``, ``one_qubit``:
    what the CNOT and the H leave of a Pauli mean, 1 - lambda. ``correction``: what the receiver's X or Z leaves.
    """

    contrast: Number = 1.0
    offset: Number = 0.0
    two_qubit: Number = 1.0
    one_qubit: Number = 1.0
    correction: Number = 1.0


#: No errors.
PERFECT = Station()


def station(*, one_qubit_error: Number = 0.0, two_qubit_error: Number = 0.0, error_0: Number = 0.0,
            error_1: Number = 0.0, corrects: bool = True) -> Station:
    """A station from its errors.

    Parameters
    ----------
    one_qubit_error, two_qubit_error : float or array
        Average gate infidelity, 0 to 1/2 and 0 to 3/4; of the H, the receiver's corrections, and the CNOT.
    error_0, error_1 : float or array
        P(read 1 | 0) and P(read 0 | 1) of both readouts.
    corrects : bool
        Whether the receiver acts on its qubit; False: it only notes the bits, and makes no errors.

    >>> station(two_qubit_error=0.0075).two_qubit
    0.99
    """
    one = 1 - 2 * one_qubit_error
    return Station(contrast=1 - error_0 - error_1, offset=error_1 - error_0, two_qubit=1 - 4 * two_qubit_error / 3,
                   one_qubit=one, correction=one if corrects else 1.0)


def swapped_pair(pairs: Sequence[Pair], at: Station = PERFECT) -> Pair:
    """The pair that the two ends hold after all stations have measured and the last one in the chain was corrected.

    Parameters
    ----------
    pairs : sequence of Pair
        At least one, each meant to be phi_plus, in the order of the chain.
    at : Station
        Every station between them.

    Returns
    -------
    Pair
        Averaged over what the stations read.

    Raises
    ------
    ValueError
        If there is no pair.

    Notes
    -----
    Without errors the correlators multiply: Werner pairs give V = V1 V2 ..., F = F1 F2 + (1 - F1)(1 - F2)/3. With
    depolarizing CNOTs and readouts right with probability eta (u = 2 eta - 1, p2 what a CNOT leaves), n pairs of
    visibility V: F = [1 + p2^(n-1) V^n (2 u^(n-1) + u^(2n-2))]/4. Exact; twirling after every swap, as the first
    papers do, gives another number from three pairs on (:func:`retwirled_fidelity`).

    References
    ----------
    M. Zukowski et al., Physical Review Letters 71, 4287 (1993), doi:10.1103/PhysRevLett.71.4287.

    >>> from .states import bell_fidelity, fresh_pair
    >>> good = fresh_pair("phi_plus", 0.9, "white")
    >>> round(bell_fidelity(swapped_pair([good, good]), "phi_plus"), 6)
    0.813333
    """
    _some(pairs)
    alpha, beta = (1 + at.correction) / 2, (1 - at.correction) / 2
    stations = len(pairs) - 1
    both = at.one_qubit * at.two_qubit
    # One bit is used with its sign, the other one only decides whether a gate, with its error, is applied.
    idle = alpha + beta * at.offset
    xx = _product(pair.xx for pair in pairs) * (alpha * idle * at.contrast * both) ** stations
    yy = _product(pair.yy for pair in pairs) * (-(alpha * at.contrast) ** 2 * both) ** stations
    ends = _ends(pairs, idle * (alpha * at.offset + beta), idle * alpha * at.contrast * at.two_qubit)
    return Pair(xx=xx, yy=yy, zz=ends[1][1], za=pairs[0].za, zb=ends[0][1])


def frame_correlators(pairs: Sequence[Pair], at: Station = PERFECT, *, alice: tuple[Number, Number] = (0.0, 0.0),
                      bob: tuple[Number, Number] = (0.0, 0.0)) -> tuple[Number, Number, Number]:
    """<XX>, <YY>, <ZZ> if nobody corrects: both ends are read, and the stations' bits turn the signs afterwards.

    Parameters
    ----------
    pairs, at
        As in :func:`swapped_pair`.
    alice, bob : (error_0, error_1)
        Of the two readouts at the ends.

    Notes
    -----
    With symmetric readouts at the ends this equals what correcting gives, without the corrections' errors.

    >>> from .states import fresh_pair
    >>> frame_correlators([fresh_pair("phi_plus", 1.0, "white")] * 3)
    (1.0, -1.0, 1.0)
    """
    _some(pairs)
    stations = len(pairs) - 1
    both = at.one_qubit * at.two_qubit
    ka, oa = 1 - alice[0] - alice[1], alice[1] - alice[0]
    kb, ob = 1 - bob[0] - bob[1], bob[1] - bob[0]
    xx = _product(pair.xx for pair in pairs) * (at.contrast * both) ** stations
    yy = _product(pair.yy for pair in pairs) * (-(at.contrast**2) * both) ** stations
    ends = _ends(pairs, at.offset, at.contrast * at.two_qubit)
    # What the bits alone, without the ends, say of each sign.
    blank_yy = _ends(pairs, at.offset**2, at.offset * at.contrast * at.two_qubit)[0][0]
    return (
        ka * kb * xx + oa * ob * at.offset**stations,
        ka * kb * yy + oa * ob * blank_yy,
        ka * kb * ends[1][1] + ka * ob * ends[1][0] + oa * kb * ends[0][1] + oa * ob * ends[0][0],
    )


def uncorrected_pair(pairs: Sequence[Pair]) -> Pair:
    """What the ends share as long as nobody knows what the stations read: nothing.

    >>> from .states import bell_fidelity, fresh_pair
    >>> bell_fidelity(uncorrected_pair([fresh_pair("phi_plus", 1.0, "white")] * 2), "phi_plus")
    0.25
    """
    _some(pairs)
    return Pair(xx=0.0, yy=0.0, zz=pairs[0].za * pairs[-1].zb, za=pairs[0].za, zb=pairs[-1].zb)


def werner_chain_fidelity(fidelity: Number, pairs: int) -> Number:
    """Fidelity after swapping ``pairs`` equal Werner pairs perfectly, F = 1/4 + 3/4 ((4 F0 - 1)/3)^pairs.

    >>> round(werner_chain_fidelity(0.95, 4), 6)
    0.819126
    """
    return 0.25 + 0.75 * ((4 * fidelity - 1) / 3) ** pairs


def retwirled_fidelity(fidelity: Number, pairs: int, *, two_qubit: Number = 1.0, right: Number = 1.0) -> Number:
    """The published approximation: the state is made a Werner state again after every swap.

    Parameters
    ----------
    fidelity : float or array
        Of each Werner pair.
    pairs : int
        How many.
    two_qubit : float or array
        What a CNOT leaves, p2.
    right : float or array
        Probability eta that a readout is right.

    Notes
    -----
    F = {1 + 3 [p2 (4 eta^2 - 1)/3]^(n-1) [(4 F0 - 1)/3]^n}/4. Exact for two pairs, slightly too low beyond.

    References
    ----------
    H.-J. Briegel et al., Physical Review Letters 81, 5932 (1998), doi:10.1103/PhysRevLett.81.5932.

    >>> round(retwirled_fidelity(0.96, 4, two_qubit=0.99, right=0.99), 6)
    0.789161
    """
    swaps = (two_qubit * (4 * right**2 - 1) / 3) ** (pairs - 1)
    return (1 + 3 * swaps * ((4 * fidelity - 1) / 3) ** pairs) / 4


def _some(pairs: Sequence[Pair]) -> None:
    require(len(pairs) > 0, "a chain must hold at least one pair", got={"pairs": len(pairs)},
            why="Swapping joins pairs", fix="[pair, pair]")


def _product(factors: Any) -> Number:
    return math.prod(factors)


def _ends(pairs: Sequence[Pair], blank: Number, flip: Number) -> Any:
    """Means of (1 or Z at a) x (1 or Z at b) x one factor per station, which is ``blank`` + ``flip`` * Z Z."""
    def link(pair: Pair) -> Any:
        return np.array([[1.0 + 0 * pair.zz, pair.zb], [pair.za, pair.zz]])

    def joined(left: Any, right: Any) -> Any:
        weights = (blank, flip)
        return np.array([[sum(left[i][k] * weights[k] * right[k][j] for k in (0, 1)) for j in (0, 1)] for i in (0, 1)])

    return reduce(joined, (link(pair) for pair in pairs)).tolist() if _plain(pairs) else reduce(
        joined, (link(pair) for pair in pairs))


def _plain(pairs: Sequence[Pair]) -> bool:
    return all(np.ndim(number) == 0 for pair in pairs for number in pair)


def linear_optics_swap(retrieval: Number = 1.0, detection: Number = 1.0) -> Number:
    """How often a station of beam splitters and detectors swaps: (retrieval x detection)^2 / 2.

    Parameters
    ----------
    retrieval, detection : float or array
        Probability that a memory gives its photon back, and that a detector sees one, 0 to 1 each.

    Returns
    -------
    float or array
        0 to 1/2. A processor with a CNOT swaps every time; without interaction only two of the four Bell states
        (psi_plus, psi_minus) can be told apart. Both photons must come out and be seen: what is lost lowers the rate.

    References
    ----------
    J. Calsamiglia, N. Lutkenhaus (2001), arXiv:quant-ph/0007058 (one half at most).

    >>> linear_optics_swap(), round(linear_optics_swap(0.9, 0.8), 4)
    (0.5, 0.2592)
    """
    return (retrieval * detection) ** 2 / 2
