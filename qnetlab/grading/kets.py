"""Named states, and how to say which state one sees."""

from __future__ import annotations

import itertools
from functools import lru_cache, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_R = 1 / np.sqrt(2)

#: One qubit by name; several names joined by a space are their product, the first most significant; so are pairs.
_ONE: dict[str, tuple[complex, complex]] = {
    "0": (1, 0), "1": (0, 1), "+": (_R, _R), "-": (_R, -_R), "+i": (_R, 1j * _R), "-i": (_R, -1j * _R),
}
_TWO: dict[str, tuple[float, float, float, float]] = {
    "phi_plus": (_R, 0, 0, _R), "phi_minus": (_R, 0, 0, -_R),
    "psi_plus": (0, _R, _R, 0), "psi_minus": (0, _R, -_R, 0),
}
PAULI_STATES = tuple(_ONE)
_THREE: dict[str, tuple[float, ...]] = {"ghz": (_R, 0, 0, 0, 0, 0, 0, _R)}
_ENTANGLED = {**_TWO, **_THREE}
_PAULIS = {"I": np.eye(2), "X": np.array([[0, 1], [1, 0]]), "Y": np.array([[0, -1j], [1j, 0]]), "Z": np.diag([1, -1])}


def ket(name: str) -> Array:
    """The vector of a named state; the first qubit is the most significant.

    >>> ket("psi_plus").round(3).tolist(), ket("1 0").real.tolist()
    ([0.0, 0.707, 0.707, 0.0], [0.0, 0.0, 1.0, 0.0])
    >>> ket("phi_plus 0").round(3).real.tolist()
    [0.707, 0.0, 0.0, 0.0, 0.0, 0.0, 0.707, 0.0]
    """
    if name in _ENTANGLED:
        return np.array(_ENTANGLED[name])
    vector: Array = np.ones(1, dtype=np.complex128)
    for part in name.split():
        if part not in _ONE and part not in _ENTANGLED:
            raise ValueError(f"a state must be one of {', '.join((*_ONE, *_ENTANGLED))} or a product such as '+ 0'; "
                             f"got state={name!r}.")
        vector = np.kron(vector, np.array(_ONE.get(part) or _ENTANGLED[part], dtype=np.complex128))
    return vector


@lru_cache(maxsize=4)
def _named(width: int) -> tuple[tuple[str, ...], Array]:
    """The names of states of so many qubits that one would recognize, and their vectors as rows."""
    names = {1: PAULI_STATES, 2: (*_TWO, *(" ".join(p) for p in itertools.product(_ONE, repeat=2)))}.get(width, ())
    return names, np.array([ket(name) for name in names]).reshape(len(names), 2**width)


def spoken(name: str) -> str:
    """How a state is written for a reader: ``|+>``; Bell states keep their name, and so does GHZ."""
    if name in _THREE:
        return f"the {name.upper()} state"
    return name if name in _TWO else "".join(f"|{part}>" for part in name.split())


def expectations(state: Array) -> dict[str, float]:
    """What a density matrix of up to three qubits gives for each product of Paulis: all that can be known of it.

    >>> expectations(np.outer(ket("+"), ket("+")).real.round(6))
    {'X': 1.0, 'Y': 0.0, 'Z': 0.0}
    """
    width = int(np.log2(len(state)))
    names = ["".join(axes) for axes in itertools.product("IXYZ", repeat=width)][1:] if width <= 3 else []
    return {name: float(np.trace(reduce(np.kron, [_PAULIS[axis] for axis in name]) @ state).real) for name in names}


def describe(state: Array) -> str:
    """What a density matrix (of any trace) is, in words: a named state, a coin, an arrow, or its populations.

    >>> describe(np.outer(ket("-"), ket("-"))), describe(np.eye(2) / 2)
    ('|->', 'no arrow at all (like a coin in every basis)')
    """
    state = state / np.trace(state).real
    width = int(np.log2(len(state)))
    names, kets = _named(width)
    fits = np.flatnonzero(np.einsum("ni,ij,nj->n", kets.conj(), state, kets).real > 1 - 1e-6)
    if len(fits):
        return spoken(names[fits[0]])
    if np.allclose(state, np.eye(len(state)) / len(state), atol=1e-6):
        return "no arrow at all (like a coin in every basis)" if width == 1 else "nothing but noise in every basis"
    if width == 1:
        arrow = (2 * state[1, 0].real, 2 * state[1, 0].imag, (state[0, 0] - state[1, 1]).real)
        x, y, z = (0.0 if abs(a) < 5e-3 else a for a in arrow)
        return f"the arrow (x, y, z) = ({x:.2f}, {y:.2f}, {z:.2f})"
    shares = {format(i, f"0{width}b"): float(p) for i, p in enumerate(np.diag(state).real) if p > 5e-3}
    return "a state that reads " + ", ".join(f"{bits} ({share:.0%})" for bits, share in shares.items())
