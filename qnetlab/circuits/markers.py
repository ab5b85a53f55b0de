"""Markers: opaque instructions that say *where* a device acts, never how noisy it is.

A circuit that still holds a marker cannot be simulated by mistake as if it were ideal: Aer refuses it. Replace
markers by the noise of real devices (``noise.bind``) or take them out (:func:`unmark`) first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from qiskit import QuantumCircuit
from qiskit.circuit import CircuitInstruction, ControlFlowOp, Instruction

from ..checks import require

#: A marker is known by this prefix, not by its class: a circuit read back from a QPY file has lost the class.
PREFIX = "marker:"


class Marker(Instruction):
    """A place where a device acts on ``num_qubits`` qubits, for ``duration_s`` seconds.

    Parameters
    ----------
    place : str
        Kind and owner, for example ``"memory:bob"``.
    num_qubits : int
    duration_s : float
        How long the qubit waits there, in s, >= 0. It stands in ``params``, which survive saving and ``==``.
    since_s : float
        How long it had already been there, in s, >= 0; only a memory that dephases unevenly cares.

    >>> Marker("memory:bob", duration_s=1e-3).name
    'marker:memory:bob'
    """

    def __init__(self, place: str, num_qubits: int = 1, duration_s: float = 0.0, since_s: float = 0.0) -> None:
        require(isinstance(place, str) and all(place.partition(":")), "place must say kind and owner",
                fix='"memory:bob"', got={"place": (place, "")}, why="Its device is found by it",
                error=ValueError if isinstance(place, str) else TypeError)
        require(isinstance(num_qubits, int) and num_qubits >= 1, "num_qubits must satisfy 1 <= num_qubits",
                got={"num_qubits": num_qubits}, why="A device acts on something", fix="num_qubits=1")
        for name, time_s in (("duration_s", duration_s), ("since_s", since_s)):
            require(0 <= time_s < float("inf"), f"{name} must satisfy 0 <= {name}", fix=f"{name}=0.001",
                    got={name: (time_s, "s")}, why="A wait is finite and not negative")
        times_s = [float(duration_s), float(since_s)]
        super().__init__(PREFIX + place, num_qubits, 0, times_s if since_s else times_s[:1])


def is_marker(operation: Any) -> bool:
    """Whether a circuit operation is a marker."""
    return bool(operation.name.startswith(PREFIX))


def place_of(operation: Any) -> str:
    """The place that a marker names, for example ``"memory:bob"``."""
    return str(operation.name.removeprefix(PREFIX))


def times_of(operation: Any) -> tuple[float, float]:
    """How long a marked qubit waits, and how long it had already been there, in s."""
    duration_s, *since_s = operation.params
    return float(duration_s), float(*since_s)


def places(circuit: QuantumCircuit) -> Iterator[str]:
    """Every place marked in a circuit, also inside its control-flow blocks."""
    for instruction in circuit.data:
        if is_marker(instruction.operation):
            yield place_of(instruction.operation)
        elif isinstance(instruction.operation, ControlFlowOp):
            for block in instruction.operation.blocks:
                yield from places(block)


def replace_markers(
    circuit: QuantumCircuit, replacement: Callable[[Any], Instruction | None]
) -> QuantumCircuit:
    """A copy in which each marker became ``replacement(marker)``, or nothing where that is None.

    Control-flow blocks are copied the same way.
    """
    copy = circuit.copy_empty_like()
    for instruction in circuit.data:
        operation = instruction.operation
        if is_marker(operation):
            new = replacement(operation)
            if new is None:
                continue
            instruction = CircuitInstruction(new, instruction.qubits, instruction.clbits)
        elif isinstance(operation, ControlFlowOp):
            blocks = [replace_markers(block, replacement) for block in operation.blocks]
            instruction = instruction.replace(operation=operation.replace_blocks(blocks))
        copy._append(instruction)
    return copy


def unmark(circuit: QuantumCircuit) -> QuantumCircuit:
    """A copy without markers, for hardware or another simulator: the ideal circuit.

    >>> qc = QuantumCircuit(1); _ = qc.append(Marker("memory:bob"), [0])
    >>> len(unmark(qc).data)
    0
    """
    return replace_markers(circuit, lambda marker: None)
