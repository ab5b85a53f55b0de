"""Purification in closed form: two poor pairs become a better one, or none.

Both sides apply a CNOT from a pair that they keep to one that they give up, read the latter, and keep the former only
where the two bits agree. Bell-diagonal pairs stay Bell-diagonal, so four numbers follow a pair through every round.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from ..checks import refuse, require
from .states import Pair, bell_fidelity

Number = Any  # a float or an array of floats

METHODS = ("bbpssw", "dejmps")
#: Two Werner pairs of this fidelity make one of the same: below it purification makes pairs worse.
STANDSTILL = 0.5
MAX_ROUNDS = 200


class Weights(NamedTuple):
    """Shares of the four Bell states in a pair, in the order in which they are usually printed; they sum to 1."""

    phi_plus: Number
    psi_minus: Number
    psi_plus: Number
    phi_minus: Number


class Stair(NamedTuple):
    """After one round: the pair's fidelity, the round's chance of success, raw pairs spent so far on the average."""

    fidelity: float
    success: float
    raw_pairs: float


def werner_weights(fidelity: Number) -> Weights:
    """A Werner pair: the three wrong Bell states alike.

    >>> werner_weights(0.7).psi_plus
    0.10000000000000002
    """
    wrong = (1 - fidelity) / 3
    return Weights(fidelity, wrong, wrong, wrong)


def bell_weights(pair: Pair) -> Weights:
    """The Bell states in a pair of any kind; what is not Bell-diagonal about it is left out.

    >>> bell_weights(Pair(0.5, -0.5, 1.0))
    Weights(phi_plus=0.75, psi_minus=0.0, psi_plus=0.0, phi_minus=0.25)
    """
    return Weights(*(bell_fidelity(pair, state) for state in Weights._fields))


def bbpssw(fidelity: Number) -> tuple[Number, Number]:
    """One round with two equal Werner pairs: (new fidelity, chance of success).

    Parameters
    ----------
    fidelity : float or array
        1/4 to 1, of either pair.

    Notes
    -----
    With g = (1 - F)/3: N = F^2 + 2 F g + 5 g^2 is the chance that the two bits agree, and F' = (F^2 + g^2)/N.
    F = 1/4, 1/2 and 1 stay where they are; above 1/2 the pair becomes better, below it worse.

    References
    ----------
    C. H. Bennett et al., Physical Review Letters 76, 722 (1996), doi:10.1103/PhysRevLett.76.722.

    >>> [round(number, 6) for number in bbpssw(0.75)]
    [0.788462, 0.722222]
    """
    return noisy_bbpssw(fidelity)


def noisy_bbpssw(fidelity: Number, *, two_qubit: Number = 1.0, right: Number = 1.0) -> tuple[Number, Number]:
    """The same with imperfect CNOTs and readouts: (new fidelity, chance of success).

    Parameters
    ----------
    fidelity : float or array
        Of either Werner pair.
    two_qubit : float or array
        What a CNOT leaves, p2 = 1 - lambda, > 0.
    right : float or array
        Probability eta that a readout is right, 0 and 1 alike.

    Notes
    -----
    With g = (1 - F)/3, A = eta^2 + (1 - eta)^2, B = 2 eta (1 - eta), k = (1 - p2^2)/(8 p2^2):
    F' = [(F^2 + g^2) A + (F g + g^2) B + k]/N', N' = (F^2 + 2 F g + 5 g^2) A + 4 (F g + g^2) B + 4 k, and the chance of
    success is p2^2 N'.

    References
    ----------
    H.-J. Briegel et al., Physical Review Letters 81, 5932 (1998), doi:10.1103/PhysRevLett.81.5932.

    >>> [round(number, 6) for number in noisy_bbpssw(0.8, two_qubit=0.99, right=0.99)]
    [0.826877, 0.753102]
    """
    wrong = (1 - fidelity) / 3
    alike, unlike = right**2 + (1 - right) ** 2, 2 * right * (1 - right)
    noise = (1 - two_qubit**2) / (8 * two_qubit**2)
    kept = (fidelity**2 + wrong**2) * alike + (fidelity * wrong + wrong**2) * unlike + noise
    norm = ((fidelity**2 + 2 * fidelity * wrong + 5 * wrong**2) * alike
            + 4 * (fidelity * wrong + wrong**2) * unlike + 4 * noise)
    return kept / norm, two_qubit**2 * norm


def dejmps(kept: Weights, given: Weights | None = None) -> tuple[Weights, Number]:
    """One round of the method that never twirls: (new pair, chance of success).

    Parameters
    ----------
    kept : Weights
    given : Weights or None
        The pair that is given up; None: one like ``kept``. Another one is used in pumping.

    Notes
    -----
    Alice turns her qubits by 90 degrees about X, bob his by -90, then the CNOTs. For equal pairs (a, b, c, d), in the
    order of :class:`Weights`: N = (a + b)^2 + (c + d)^2, a' = (a^2 + b^2)/N, b' = 2 c d/N, c' = (c^2 + d^2)/N,
    d' = 2 a b/N. A round removes c and d and turns b into d, so b should be the smallest (:func:`best_order`); for a
    Werner pair the first round equals BBPSSW's. It may lower the fidelity at first: (0.7, 0.15, 0.1, 0.05) -> 0.688.

    References
    ----------
    D. Deutsch et al., Physical Review Letters 77, 2818 (1996), doi:10.1103/PhysRevLett.77.2818.

    >>> state, success = dejmps(Weights(0.7, 0.15, 0.1, 0.05))
    >>> [round(float(weight), 6) for weight in state], round(success, 6)
    ([0.687919, 0.013423, 0.016779, 0.281879], 0.745)
    """
    a, b, c, d = kept
    e, f, g, h = kept if given is None else given
    success = (a + b) * (e + f) + (c + d) * (g + h)
    return Weights((a * e + b * f) / success, (c * h + d * g) / success,
                   (c * g + d * h) / success, (a * f + b * e) / success), success


def best_order(state: Weights) -> Weights:
    """The same pair with its wrong Bell states renamed, by turning both qubits, so that DEJMPS does best.

    The smallest comes to the place of psi_minus; the order of the other two does not matter.

    >>> best_order(Weights(0.7, 0.15, 0.1, 0.05))
    Weights(phi_plus=0.7, psi_minus=0.05, psi_plus=0.1, phi_minus=0.15)
    """
    return Weights(state.phi_plus, *sorted(state[1:]))


def staircase(state: Weights, method: str, rounds: int, *, pumping: bool = False, two_qubit: float = 1.0,
              right: float = 1.0) -> list[Stair]:
    """Round after round, each with two pairs that came through all rounds before.

    Parameters
    ----------
    state : Weights
        Of every raw pair.
    method : "bbpssw" or "dejmps"
        BBPSSW makes Werner pairs of them before every round, DEJMPS never.
    rounds : int
        How many, 0 to 200.
    pumping : bool
        Give up a fresh raw pair in each round instead; if one fails, all starts anew.
    two_qubit, right : float
        As in :func:`noisy_bbpssw`, for BBPSSW without pumping only.

    Notes
    -----
    Raw pairs spent per pair that comes out: the product of 2/N over the rounds; in pumping E -> (E + 1)/N.

    >>> [round(stair.fidelity, 6) for stair in staircase(werner_weights(0.8), "dejmps", 4)]
    [0.83815, 0.943639, 0.987974, 0.996854]
    """
    require(method in METHODS, f"method must be one of {', '.join(METHODS)}", got={"method": (method, "")},
            why="Each method is another rule", fix="method='dejmps'")
    require(0 <= rounds <= MAX_ROUNDS, f"rounds must satisfy 0 <= rounds <= {MAX_ROUNDS}", got={"rounds": rounds},
            why="Each round doubles what it costs", fix="rounds=4")
    perfect = two_qubit == 1.0 and right == 1.0
    require(perfect or (method == "bbpssw" and not pumping), "noise is known here for BBPSSW without pumping only",
            got={"method": (method, ""), "pumping": pumping}, why="Other rounds need the whole state",
            fix="the protocol Purification, which follows it")
    raw, spent, stairs = werner_weights(state.phi_plus) if method == "bbpssw" else state, 1.0, []
    now = raw
    for _ in range(rounds):
        if method == "bbpssw" and not pumping:
            fidelity, success = noisy_bbpssw(now.phi_plus, two_qubit=two_qubit, right=right)
            now = werner_weights(fidelity)
        else:
            now, success = dejmps(now, raw if pumping else None)
            now = werner_weights(now.phi_plus) if method == "bbpssw" else now
        spent = (spent + 1 if pumping else 2 * spent) / success
        stairs.append(Stair(now.phi_plus, success, spent))
    return stairs


def rounds_to(goal: float, state: Weights, method: str) -> list[Stair]:
    """The staircase up to the first round that reaches a fidelity.

    Parameters
    ----------
    goal : float
        Below 1.
    state, method
        As in :func:`staircase`.

    Raises
    ------
    ValueError
        If the raw pair is not better than one half, or the goal is not reached.

    >>> up = rounds_to(0.99, werner_weights(0.8), "bbpssw")
    >>> len(up), round(up[-1].raw_pairs, 2), round(up[-1].fidelity, 6)
    (10, 2916.86, 0.992453)
    """
    require(state.phi_plus > STANDSTILL + 1e-12, "a raw pair must be better than one half",
            got={"fidelity": state.phi_plus}, why="At one half purification stands still, below it sinks",
            fix="better raw pairs")
    stairs = staircase(state, method, MAX_ROUNDS)
    for count, stair in enumerate(stairs, 1):
        if stair.fidelity >= goal and math.isfinite(stair.raw_pairs):
            return stairs[:count]
    return refuse(f"the goal must be a fidelity that {MAX_ROUNDS} rounds reach", got={"goal": goal},
                  why="Perfection takes forever", fix="goal=0.999")
