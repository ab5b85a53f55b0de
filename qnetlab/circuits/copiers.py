"""Machines that copy a qubit as well as they can. Every gate is followed by a marker of the party that runs it."""

from __future__ import annotations

import math
from typing import Any

from qiskit import QuantumCircuit

from .blocks import measure
from .markers import Marker


def cnot_copier(circuit: QuantumCircuit, original: Any, blank: Any, party: str) -> None:
    """One CNOT onto a blank qubit: |0> and |1> are copied, everything else becomes entangled.

    >>> qc = QuantumCircuit(2); cnot_copier(qc, 0, 1, "alice")
    >>> [instruction.name for instruction in qc.data]
    ['cx', 'marker:processor:alice']
    """
    _controlled(circuit, "cx", original, blank, party)


def universal_copier(circuit: QuantumCircuit, original: Any, blank: Any, machine: Any, party: str) -> None:
    """The machine of Buzek and Hillery: both copies, on ``original`` and ``blank``, have F = 5/6 for every input.

    Blank and machine start as (2|00> + |10> + |11>)/sqrt(6), machine first; then four CNOTs share out the original.

    References
    ----------
    V. Buzek, M. Hillery, Physical Review A 54, 1844 (1996), doi:10.1103/PhysRevA.54.1844.
    """
    circuit.ry(2 * math.asin(1 / math.sqrt(3)), machine)
    circuit.append(Marker(f"processor:{party}"), [machine])
    _controlled(circuit, "ch", machine, blank, party)
    for control, target in ((original, blank), (original, machine), (blank, original), (machine, original)):
        _controlled(circuit, "cx", control, target, party)


def measuring_copier(circuit: QuantumCircuit, original: Any, found: Any, blanks: tuple[Any, ...], party: str) -> None:
    """Read the original along Z into the bit ``found``, and make as many qubits in that state as there are blanks."""
    measure(circuit, original, found, party)
    with circuit.if_test((found, 1)):
        for blank in blanks:
            circuit.x(blank)
            circuit.append(Marker(f"processor:{party}"), [blank])


def _controlled(circuit: QuantumCircuit, gate: str, control: Any, target: Any, party: str) -> None:
    getattr(circuit, gate)(control, target)
    circuit.append(Marker(f"processor:{party}", 2), [control, target])
