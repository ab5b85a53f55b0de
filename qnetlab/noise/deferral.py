"""The exact twin of a circuit with feed-forward: one density matrix instead of many shots.

A measurement whose bit is used later becomes full dephasing, and what happens under ``if_test`` becomes controlled
by the measured qubit: a gate its controlled gate, a channel {K_i} the channel {1 x |other><other|, K_i x |v><v|}.
Both circuits give the same probabilities, exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

import numpy as np
from qiskit import QuantumCircuit
from qiskit.circuit import Clbit, IfElseOp, Qubit
from qiskit.circuit.library import UnitaryGate
from qiskit.quantum_info import Kraus, Operator
from qiskit_aer.noise import QuantumError

from ..checks import refuse

#: The probabilities of the twin are saved under this name.
SAVED = "probabilities"
_NOTHING = ("barrier", "delay", "id")


def defer(bound: QuantumCircuit) -> QuantumCircuit:
    """The exact twin of a bound circuit: no measurement, ``save_probabilities`` at the end.

    Parameters
    ----------
    bound : QuantumCircuit
        With every classical bit written once, conditions on single bits.

    Returns
    -------
    QuantumCircuit
        Its saved probabilities are indexed by the classical bits, bit i of the index being clbit i.

    Raises
    ------
    ValueError
        If the circuit can only be sampled: a measured qubit is used again, a condition is on a whole register, or
        there are loops.
    """
    twin = QuantumCircuit(*bound.qregs, name=bound.name)
    twin.add_bits([bit for bit in bound.qubits if bit not in twin.qubits])
    holder: dict[Clbit, Qubit] = {}  # which qubit still holds the value of a bit

    for instruction in bound.data:
        operation, qubits = instruction.operation, list(instruction.qubits)
        if operation.name in _NOTHING:
            continue
        if isinstance(operation, IfElseOp):
            _defer_branches(twin, operation, qubits, list(instruction.clbits), holder)
            continue
        if operation.name in ("switch_case", "for_loop", "while_loop", "box"):
            _only_sampled(operation.name)
        if any(qubit in holder.values() for qubit in qubits):
            _only_sampled("a measured qubit that is used again")
        if operation.name == "measure":
            if instruction.clbits[0] in holder:
                _only_sampled("a classical bit that is written twice")
            holder[instruction.clbits[0]] = qubits[0]
        else:
            twin.append(operation, qubits)

    unwritten = [bit for bit in bound.clbits if bit not in holder]
    if unwritten:  # an unwritten bit reads 0: a fresh qubit in |0>
        twin.add_bits(fresh := [Qubit() for _ in unwritten])
        holder.update(zip(unwritten, fresh, strict=True))
    twin.save_probabilities([holder[bit] for bit in bound.clbits], label=SAVED)
    return twin


def _defer_branches(
    twin: QuantumCircuit, operation: IfElseOp, qubits: list[Qubit], clbits: list[Clbit], holder: dict[Clbit, Qubit]
) -> None:
    condition = operation.condition
    if not (isinstance(condition, tuple) and isinstance(condition[0], Clbit)):
        _only_sampled("a condition on a whole register or an expression")
    bit, wanted = condition[0], int(condition[1])
    for block, value in zip(operation.blocks, (wanted, 1 - wanted), strict=False):
        place = dict(zip(block.qubits, qubits, strict=True))
        if bit not in holder:  # nothing was measured into it: it reads 0
            if value == 0:
                for inner in block.data:
                    twin.append(inner.operation, [place[q] for q in inner.qubits])
            continue
        control = holder[bit]
        for inner in block.data:
            if inner.operation.name in _NOTHING:
                continue
            if inner.clbits or isinstance(inner.operation, IfElseOp):
                _only_sampled("a measurement or a condition inside a condition")
            targets = [place[q] for q in inner.qubits]
            if any(qubit in holder.values() for qubit in targets):
                _only_sampled("a measured qubit that is used again")
            twin.append(_controlled(inner.operation, value), [*targets, control])


def _controlled(operation: Any, value: int) -> Any:
    """``operation`` on the first qubits, done only where the last qubit is ``value``."""
    on, off = np.zeros((2, 2)), np.zeros((2, 2))
    on[value, value] = off[1 - value, 1 - value] = 1.0
    if operation.name in ("quantum_channel", "kraus", "superop"):
        kraus = [Operator(k).data for k in _kraus(operation)]
        identity = np.eye(kraus[0].shape[0])
        # Exact also without a dephasing of its own: the control is read only in this basis.
        both = Kraus([np.kron(off, identity), *(np.kron(on, k) for k in kraus)])
        return QuantumError(both).to_instruction()
    matrix = Operator(operation).data
    return UnitaryGate(np.kron(on, matrix) + np.kron(off, np.eye(len(matrix))))


def _kraus(operation: Any) -> Sequence[Any]:
    error = getattr(operation, "_quantum_error", None)
    return list(Kraus(error if error is not None else operation).data)


def _only_sampled(what: str) -> NoReturn:
    refuse("an exact answer needs measured bits that are used one by one", got={"circuit": f"one with {what}"},
           why="This circuit can only be sampled", fix='shots=1000, mode="shots"')
