"""Any two-qubit state in sixteen numbers, and what one imperfect round of purification makes of two of them.

``state[i, j]`` is the mean of the Pauli i at alice times the Pauli j at bob, in the order 1, X, Y, Z. What a channel
does on one side is then a 4 x 4 matrix. Unlike the closed forms of :mod:`~qnetlab.theory.purification` this also holds
for pairs that decay toward |0>, for readouts that favor one answer, and for gates of any error. Further axes, of any
shape, hold as many runs side by side.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .memories import Decay
from .states import Pair

State = NDArray[np.float64]

#: A CNOT, seen from behind it: (Pauli of the control, 0 or Z of the target) -> Paulis before it, and their sign.
_BEFORE = {
    (0, 0): (0, 0, 1), (1, 0): (1, 1, 1), (2, 0): (2, 1, 1), (3, 0): (3, 0, 1),
    (0, 3): (3, 3, 1), (1, 3): (2, 2, -1), (2, 3): (1, 2, 1), (3, 3): (0, 3, 1),
}


class Side(NamedTuple):
    """One side's errors: what its CNOT and its one-qubit gates leave of a Pauli mean, and its readout.

    A readout maps a bit's mean m to ``contrast`` * m + ``offset``.
    """

    two_qubit: float = 1.0
    one_qubit: float = 1.0
    contrast: float = 1.0
    offset: float = 0.0


#: No errors.
PERFECT_SIDE = Side()


def as_state(pair: Pair) -> State:
    """A pair of the five-number family as sixteen numbers.

    >>> as_state(Pair(1.0, -1.0, 1.0)).diagonal().tolist()
    [1.0, 1.0, -1.0, 1.0]
    """
    state = np.zeros((4, 4, *np.broadcast(*pair).shape))
    for (i, j), mean in {(0, 0): 1.0, (1, 1): pair.xx, (2, 2): pair.yy, (3, 3): pair.zz, (3, 0): pair.za,
                         (0, 3): pair.zb}.items():
        state[i, j] = mean
    return state


def phi_plus_fidelity(state: State) -> Any:
    """Fidelity to phi_plus, (1 + XX - YY + ZZ)/4.

    >>> phi_plus_fidelity(as_state(Pair(0.5, -0.5, 1.0)))
    0.75
    """
    return _plain(state[0, 0] + state[1, 1] - state[2, 2] + state[3, 3]) / 4


def twirled(state: State) -> State:
    """The Werner state of the same fidelity: both sides turn their qubits alike, at random, and forget how.

    >>> twirled(as_state(Pair(0.5, -0.5, 1.0))).diagonal().round(6).tolist()
    [1.0, 0.666667, -0.666667, 0.666667]
    """
    kept = (4 * phi_plus_fidelity(state) - 1) / 3
    return as_state(Pair(kept, -kept, kept))


def rotated(state: State, alice: Side = PERFECT_SIDE, bob: Side = PERFECT_SIDE) -> State:
    """Alice turns her qubit by 90 degrees about X, bob his by -90: phi_plus stays, phi_minus and psi_minus swap.

    >>> from .purification import Weights
    >>> rotated(as_state(Pair(-1.0, 1.0, 1.0))).diagonal().tolist()  # phi_minus -> psi_minus
    [1.0, -1.0, -1.0, -1.0]
    """
    return _both_sides(_turn(alice.one_qubit, 1), state, _turn(bob.one_qubit, -1))


def waited(state: State, alice: Decay, bob: Decay) -> State:
    """After both halves waited in their memories.

    >>> from .memories import decay
    >>> stored = waited(as_state(Pair(1.0, -1.0, 1.0)), *(decay(0.01, t1_s=0.1, t2_s=0.05),) * 2)
    >>> round(phi_plus_fidelity(stored), 6)
    0.792107
    """
    return _both_sides(_waiting(alice), state, _waiting(bob))


def read_out(state: State, alice: Side = PERFECT_SIDE, bob: Side = PERFECT_SIDE) -> tuple[Any, Any, Any]:
    """<XX>, <YY>, <ZZ> as two imperfect readouts report them.

    >>> read_out(as_state(Pair(1.0, -1.0, 1.0)), Side(contrast=0.9))
    (0.9, -0.9, 0.9)
    """
    seen = [alice.contrast * bob.contrast * state[i, i] + alice.contrast * bob.offset * state[i, 0]
            + alice.offset * bob.contrast * state[0, i] + alice.offset * bob.offset for i in (1, 2, 3)]
    return _plain(seen[0]), _plain(seen[1]), _plain(seen[2])


def compare_round(kept: State, given: State, alice: Side = PERFECT_SIDE,
                  bob: Side = PERFECT_SIDE) -> tuple[State, Any]:
    """CNOTs from the kept onto the given pair, which is read: what is kept where the bits agree, and how often.

    Parameters
    ----------
    kept, given : State
        Two pairs, 4 x 4.
    alice, bob : Side

    Returns
    -------
    (State, float or array)
        The kept pair, and the chance that the two bits that are read agree.

    Notes
    -----
    Exact for any two states, with depolarizing noise after the CNOTs and any readout.

    >>> werner = as_state(Pair(*(2 / 3 * number for number in (1, -1, 1))))
    >>> state, success = compare_round(werner, werner)
    >>> round(phi_plus_fidelity(state), 6), round(success, 6)
    (0.788462, 0.722222)
    """
    after = np.zeros(kept.shape)
    for i in range(4):
        for j in range(4):
            either = _term(i, 0, 1.0, alice), _term(j, 0, 1.0, bob)  # whatever is read
            agree = ([_term(i, 0, alice.offset, alice), _term(i, 3, alice.contrast, alice)],
                     [_term(j, 0, bob.offset, bob), _term(j, 3, bob.contrast, bob)])
            products = [either, *((a, b) for a in agree[0] for b in agree[1])]
            after[i, j] = sum(a[2] * b[2] * kept[a[0], b[0]] * given[a[1], b[1]] for a, b in products) / 2
    return after / after[0, 0], _plain(after[0, 0])


def _term(pauli: int, target: int, weight: float, side: Side) -> tuple[int, int, float]:
    """What one side's observable was before its CNOT, and its factor with the noise."""
    control, other, sign = _BEFORE[pauli, target]
    return control, other, weight * sign * (side.two_qubit if pauli or target else 1.0)


def _turn(left: float, way: int) -> State:
    return np.array([[1, 0, 0, 0], [0, left, 0, 0], [0, 0, 0, -left * way], [0, 0, left * way, 0]], dtype=float)


def _waiting(decay: Decay) -> State:
    relaxed, left = decay
    acts = np.zeros((4, 4, *np.shape(relaxed + left)))
    for place, number in {(0, 0): 1.0, (1, 1): left, (2, 2): left, (3, 0): relaxed, (3, 3): 1 - relaxed}.items():
        acts[place] = number
    return acts


def _both_sides(alice: State, state: State, bob: State) -> State:
    if state.ndim == alice.ndim == bob.ndim == 2:
        plain: State = alice @ state @ bob.T
        return plain
    both: State = np.einsum("ij...,jk...,lk...->il...", alice, state, bob)
    return both


def _plain(mean: Any) -> Any:
    """A float where there is one run."""
    return float(mean) if np.ndim(mean) == 0 else mean
