"""What a circuit does, exactly, one branch for each record of its measurements.

A branch is a linear map from the state that is handed in to the state at the end; together they are everything that
one could ever see. Followed in numpy for a few qubits: gates, measurements, resets, and ``if_test`` on bits and
registers. No sampling, so that a right circuit is never refused by bad luck.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..circuits.markers import is_marker
from .answers import Unreadable

MAX_QUBITS = 8
MAX_BRANCHES = 256
MAX_STEPS = 5_000
MAX_WORK = 40_000_000  # amplitudes touched; keeps a check well under a second
_NEVER = 1e-12  # a branch with less probability than this does not happen

_DO_NOTHING = frozenset({"barrier", "delay", "id"})
Array = NDArray[Any]


class Watcher(Protocol):
    """Somebody who looks on while a circuit is followed."""

    def acts(self, qubits: tuple[int, ...], conditions: tuple[int, ...], amplitudes: Array) -> None:
        """An operation is about to act on ``qubits`` because of the classical bits ``conditions``."""

    def measures(self, qubit: int, bit: int) -> None:
        """``qubit`` was read into ``bit``."""


@dataclass(frozen=True, slots=True, eq=False)
class Branches:
    """All branches of a circuit.

    ``bits[b, c]`` is classical bit c at the end of branch b. ``amplitudes[b, q0, q1, ..., i]`` is the amplitude of
    the qubits' final values when basis state i was handed in; its squares sum to the branch's probability. The first
    given qubit is the most significant digit of i. ``asked`` says whether there is an ``if_test`` at all,
    ``overwritten`` whether the result of one qubit replaced that of another before anything looked at it.
    """

    bits: NDArray[np.uint8]
    amplitudes: NDArray[np.complex128]
    written: frozenset[int]
    measured: frozenset[int]
    asked: bool
    overwritten: bool

    def output(self, qubits: Sequence[int], vector: Array) -> Array:
        """Density matrices (branch, row, column) of some qubits, not normalized, when ``vector`` is handed in."""
        kept = self._split(qubits) @ vector
        return np.asarray(np.einsum("bik,bjk->bij", kept, kept.conj()))

    def choi(self, qubits: Sequence[int]) -> Array:
        """Choi matrices (branch, row, column) from the given qubits to ``qubits``; they sum to trace 1."""
        split = self._split(qubits)
        branches, rows, rest, inputs = split.shape
        flat = split.transpose(0, 1, 3, 2).reshape(branches, rows * inputs, rest)
        return np.asarray(np.einsum("bik,bjk->bij", flat, flat.conj()) / inputs)

    def _split(self, qubits: Sequence[int]) -> Array:
        """Amplitudes as (branch, qubits looked at, the others, input)."""
        moved = np.moveaxis(self.amplitudes, [1 + q for q in qubits], range(1, 1 + len(qubits)))
        inputs = self.amplitudes.shape[-1]
        return np.asarray(moved.reshape(len(self.bits), 2 ** len(qubits), -1, inputs))


def follow(circuit: Any, given: Sequence[int], watcher: Watcher | None = None) -> Branches:
    """Follow ``circuit`` with the qubits ``given`` in every state and all others in |0>.

    Raises :class:`Unreadable`, in words for a student, if it holds something that cannot be followed.

    >>> from qiskit import QuantumCircuit
    >>> qc = QuantumCircuit(1, 1); _ = qc.h(0); _ = qc.measure(0, 0)
    >>> found = follow(qc, given=[])
    >>> found.bits.tolist(), np.round(abs(found.amplitudes[:, :, 0]) ** 2, 6).tolist()
    ([[0], [1]], [[0.5, 0.0], [0.0, 0.5]])
    """
    if circuit.num_qubits > MAX_QUBITS:
        raise Unreadable(f"The check follows up to {MAX_QUBITS} qubits; this circuit has {circuit.num_qubits}.")
    amplitudes = np.zeros((1,) + (2,) * circuit.num_qubits + (2 ** len(given),), dtype=np.complex128)
    for number in range(2 ** len(given)):
        index = [0] * circuit.num_qubits
        for place, qubit in enumerate(reversed(given)):
            index[qubit] = (number >> place) & 1
        amplitudes[(0, *index, number)] = 1.0
    bits = np.zeros((1, circuit.num_clbits), dtype=np.uint8)
    walk = _Walk(watcher)
    qubits = {qubit: place for place, qubit in enumerate(circuit.qubits)}
    clbits = {clbit: place for place, clbit in enumerate(circuit.clbits)}
    bits, amplitudes = walk.run(circuit, qubits, clbits, (bits, amplitudes), ())
    total = np.sum(abs(amplitudes) ** 2, axis=tuple(range(amplitudes.ndim - 1)))
    if not np.allclose(total, 1.0, atol=1e-6):
        raise Unreadable("An operation in this circuit is not unitary: probabilities no longer sum to 1. "
                         "Use Qiskit's own gates.")
    return Branches(bits, amplitudes, frozenset(walk.written), frozenset(walk.measured), walk.asked,
                    walk.overwritten)


_State = tuple[NDArray[np.uint8], NDArray[np.complex128]]


@dataclass(slots=True)
class _Walk:
    """One walk through a circuit, and what it cost so far."""

    watcher: Watcher | None
    steps: int = 0
    work: int = 0
    written: set[int] = field(default_factory=set)
    measured: set[int] = field(default_factory=set)
    asked: bool = False
    overwritten: bool = False
    unread: dict[int, int] = field(default_factory=dict)  # bit -> the qubit whose result nothing has looked at yet

    def run(self, circuit: Any, qubits: Mapping[Any, int], clbits: Mapping[Any, int], state: _State,
            conditions: tuple[int, ...], depth: int = 0) -> _State:
        if depth > 12:
            raise Unreadable("The circuit holds blocks inside blocks, too deep to follow. Write the gates out.")
        for instruction in circuit.data:
            operation = instruction.operation
            if operation.name in _DO_NOTHING or is_marker(operation):
                continue
            on = tuple(qubits[qubit] for qubit in instruction.qubits)
            into = tuple(clbits[clbit] for clbit in instruction.clbits)
            self._count(state, len(on))
            if operation.name == "if_else":
                state = self._branch(operation, on, into, clbits, state, conditions, depth)
            elif hasattr(operation, "blocks"):
                raise Unreadable(f"The circuit contains {operation.name}, which this check does not follow. "
                                 "Use if_test on a bit or a register, and write repeated gates out.")
            else:
                state = self._act(operation, on, into, state, conditions, depth)
        return state

    def _act(self, operation: Any, on: tuple[int, ...], into: tuple[int, ...], state: _State,
             conditions: tuple[int, ...], depth: int) -> _State:
        matrix = None if operation.name in ("measure", "reset") else matrix_of(operation)
        if matrix is None and operation.name not in ("measure", "reset"):
            definition = getattr(operation, "definition", None)
            if definition is None:
                raise Unreadable(f"The circuit contains {operation.name}, which is no gate, measurement or reset. "
                                 "Leave it out: the check needs the bare circuit.")
            inner_qubits = dict(zip(definition.qubits, on, strict=True))
            inner_clbits = dict(zip(definition.clbits, into, strict=True))
            return self.run(definition, inner_qubits, inner_clbits, state, conditions, depth + 1)
        if self.watcher is not None:
            self.watcher.acts(on, conditions, state[1])
        if matrix is not None:
            return state[0], apply_gate(matrix, on, state[1])
        if operation.name == "measure":
            self.written.add(into[0])
            self.measured.add(on[0])
            self.overwritten |= self.unread.get(into[0], on[0]) != on[0]
            self.unread[into[0]] = on[0]
            if self.watcher is not None:
                self.watcher.measures(on[0], into[0])
        return self._project(state, on[0], into[0] if operation.name == "measure" else None)

    def _branch(self, operation: Any, on: tuple[int, ...], into: tuple[int, ...], clbits: Mapping[Any, int],
                state: _State, conditions: tuple[int, ...], depth: int) -> _State:
        """``if_test``: each branch goes the way that its bits say."""
        if not isinstance(operation.condition, tuple):
            raise Unreadable("An if_test compares an expression, which this check does not follow. "
                             "Compare one bit or one register: circuit.if_test((bit, 1)).")
        target, value = operation.condition
        read = [clbits[bit] for bit in ([target] if target in clbits else target)]
        self.asked = True
        for bit in read:
            self.unread.pop(bit, None)
        number = sum(state[0][:, bit].astype(np.int64) << place for place, bit in enumerate(read))
        parts = []
        for block, chosen in zip((*operation.blocks, None)[:2], (number == value, number != value), strict=True):
            part = (state[0][chosen], state[1][chosen])
            if block is not None and len(part[0]):
                inner_qubits = dict(zip(block.qubits, on, strict=True))
                inner_clbits = {**clbits, **dict(zip(block.clbits, into, strict=True))}
                part = self.run(block, inner_qubits, inner_clbits, part, (*conditions, *read), depth + 1)
            parts.append(part)
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])

    def _project(self, state: _State, qubit: int, bit: int | None) -> _State:
        """Split every branch by the value of ``qubit``: written into ``bit``, or forgotten and set to 0."""
        all_bits, all_amplitudes = [], []
        for value in (0, 1):
            seen = np.take(state[1], [value], axis=1 + qubit)
            amplitudes = np.zeros_like(state[1])
            place = [slice(None)] * amplitudes.ndim
            place[1 + qubit] = slice(value, value + 1) if bit is not None else slice(0, 1)
            amplitudes[tuple(place)] = seen
            bits = state[0].copy()
            if bit is not None:
                bits[:, bit] = value
            happens = np.sum(abs(amplitudes) ** 2, axis=tuple(range(1, amplitudes.ndim))) > _NEVER
            all_bits.append(bits[happens])
            all_amplitudes.append(amplitudes[happens])
        bits, amplitudes = np.concatenate(all_bits), np.concatenate(all_amplitudes)
        if len(bits) > MAX_BRANCHES:
            raise Unreadable(f"The circuit measures or resets so often that more than {MAX_BRANCHES} different "
                             "records are possible. The task needs far fewer.")
        return bits, amplitudes

    def _count(self, state: _State, width: int) -> None:
        self.steps += 1
        self.work += state[1].size * 2**width
        if self.steps > MAX_STEPS or self.work > MAX_WORK:
            raise Unreadable(f"The circuit is too long to follow here (over {self.steps - 1} operations). "
                             "The task needs a few dozen at most.")


def matrix_of(operation: Any) -> Array | None:
    """The matrix of a gate, or None where it has only a definition."""
    from qiskit.circuit.exceptions import CircuitError

    if not hasattr(operation, "to_matrix"):
        return None
    try:
        return np.asarray(operation.to_matrix(), dtype=np.complex128)
    except CircuitError:
        return None


def apply_gate(matrix: Array, on: tuple[int, ...], amplitudes: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """A gate on every branch; Qiskit's matrices have the first qubit as the least significant digit."""
    width = len(on)
    tensor = matrix.reshape((2,) * (2 * width))
    axes = [1 + qubit for qubit in reversed(on)]
    moved = np.tensordot(tensor, amplitudes, axes=(range(width, 2 * width), axes))
    return np.asarray(np.moveaxis(moved, range(width), axes))
