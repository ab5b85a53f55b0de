"""What crossed from party to party: classical bits, or a quantum wire.

Sharing a pair is fine, whoever's gates made it. But once the given state is in play, a gate between two parties would
need a quantum wire between them. "In play" is decided by the state itself, not by how the circuit is written: the
given state lives in the smallest group of qubits that is entangled with it, and a gate that joins two parties must
not touch that group, unless it could as well have been done earlier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .answers import Unreadable
from .branches import apply_gate, matrix_of

_MOST_REORDERED = 100  # operations; all pairs of them are compared
_MOST_WORK = 10_000_000  # keeps a check well under a second


class CrossingWatcher:
    """Watches a circuit for what its parties send each other.

    Parameters
    ----------
    parties : mapping
        Qubit -> party. Other qubits belong to whoever first shares a gate with them.

    Afterwards ``quantum`` says whether a gate carried the given state across, and ``bits`` how many measured bits of
    one party decided an operation of another.
    """

    def __init__(self, parties: Mapping[int, str]) -> None:
        self.quantum = False
        self._side = dict(parties)
        self._read: dict[int, tuple[str | None, int]] = {}
        self._readings = 0
        self._sent: set[tuple[str, int]] = set()
        self._work = 0

    @property
    def bits(self) -> int:
        """How many classical bits crossed."""
        return len(self._sent)

    def acts(self, qubits: tuple[int, ...], conditions: tuple[int, ...], amplitudes: NDArray[Any]) -> None:
        """Note who acts, on whose bits."""
        sides = {self._side[qubit] for qubit in qubits if qubit in self._side}
        if len(sides) == 1:
            (side,) = sides
            self._side.update((qubit, side) for qubit in qubits)
        elif len(sides) > 1 and not self.quantum:
            self.quantum = self._in_play(qubits, amplitudes)
        for side in sides:
            for bit in conditions:
                origin, reading = self._read.get(bit, (side, 0))
                if origin != side:
                    self._sent.add((side, reading))

    def _in_play(self, qubits: tuple[int, ...], amplitudes: NDArray[Any]) -> bool:
        """Whether some of ``qubits``, in some branch, hold what depends on the given state.

        They do not if some group of the others, together with the given state, stands apart from all the rest.
        """
        others = [qubit for qubit in range(amplitudes.ndim - 2) if qubit not in qubits]
        for size in range(len(others) + 1):
            for group in combinations(others, size):
                self._work += amplitudes.size + 4000
                if self._work > _MOST_WORK:
                    raise Unreadable("The circuit has too many gates between the parties to follow them all. "
                                     "Sharing a pair takes one.")
                amplitudes = amplitudes[~stand_apart(amplitudes, group)]
                if not len(amplitudes):
                    return False
        return True

    def measures(self, qubit: int, bit: int) -> None:
        """Note whose reading stands in a bit."""
        self._readings += 1
        self._read[bit] = (self._side.get(qubit), self._readings)


def stand_apart(amplitudes: NDArray[Any], group: Sequence[int]) -> NDArray[Any]:
    """For each branch, whether ``group`` and the given state together are in a product with all other qubits.

    ``amplitudes[branch, q0, q1, ..., i]`` as in :class:`Branches`. A product is a matrix of rank one.

    >>> kept = np.zeros((1, 2, 2, 2)); kept[0, 0, 0, 0] = kept[0, 1, 0, 1] = 1   # qubit 0 is given, qubit 1 is |0>
    >>> stand_apart(kept, [0]).tolist(), stand_apart(kept, [1]).tolist()
    ([True], [False])
    """
    rest = [qubit for qubit in range(amplitudes.ndim - 2) if qubit not in group]
    moved = np.moveaxis(amplitudes, [1 + qubit for qubit in rest], range(1, 1 + len(rest)))
    matrix = moved.reshape(len(amplitudes), 2 ** len(rest), -1)
    if matrix.shape[1] > matrix.shape[2]:
        matrix = matrix.transpose(0, 2, 1)
    gram = matrix @ matrix.conj().transpose(0, 2, 1)
    total = np.trace(gram, axis1=1, axis2=2).real
    return np.asarray(np.sum(abs(gram) ** 2, axis=(1, 2)) >= total**2 * (1 - 1e-9))


def sharing_first(circuit: Any, parties: Mapping[int, str]) -> Any:
    """The same circuit with all gates between parties, and what they build on, moved as early as they commute.

    What stays behind commutes with all that moves, so the two circuits do the same.
    """
    steps = [step for step in circuit.data if step.operation.name != "barrier"]
    if len(steps) > _MOST_REORDERED:
        return circuit
    places = {qubit: place for place, qubit in enumerate(circuit.qubits)}
    early: list[Any] = []
    late: list[Any] = []
    for step in reversed(steps):
        joins = len({parties[places[qubit]] for qubit in step.qubits if places[qubit] in parties}) > 1
        moves = joins or not all(_commute(step, other) for other in early)
        (early if moves else late).append(step)
    same = circuit.copy_empty_like()
    for step in (*reversed(early), *reversed(late)):
        same.append(step)
    return same


def _commute(first: Any, second: Any) -> bool:
    """Whether two operations may change places: they share nothing, or both are gates whose matrices commute."""
    bits = set(first.clbits) & set(second.clbits)
    if not bits and not set(first.qubits) & set(second.qubits):
        return True
    matrices = [matrix_of(step.operation) for step in (first, second)]
    qubits = list(dict.fromkeys((*first.qubits, *second.qubits)))
    if bits or len(qubits) > 5 or any(matrix is None for matrix in matrices):
        return False
    start = np.eye(2 ** len(qubits), dtype=np.complex128).reshape((1,) + (2,) * len(qubits) + (-1,))
    on = [tuple(qubits.index(qubit) for qubit in step.qubits) for step in (first, second)]
    one_way, other_way = start, start
    for i, j in ((0, 1), (1, 0)):
        one_way = apply_gate(np.asarray(matrices[i]), on[i], one_way)
        other_way = apply_gate(np.asarray(matrices[j]), on[j], other_way)
    return bool(np.allclose(one_way, other_way, atol=1e-9))
