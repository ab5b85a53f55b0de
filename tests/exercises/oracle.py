"""What a circuit does, found in another way than the check does: all measurements deferred, one big state vector.

Every measurement copies its qubit onto a fresh one by a CX, every ``if_test`` becomes controlled gates, every reset a
swap with a fresh qubit. The inputs are halves of maximally entangled pairs, so that one run tells the whole channel.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from qiskit import QuantumCircuit
from qiskit.circuit import ControlFlowOp
from qiskit.quantum_info import DensityMatrix, Statevector, partial_trace


def whole_effect(circuit: QuantumCircuit, given: list[int], output: list[int], bits: list[int]) -> np.ndarray:
    """Density matrix of (references of the given qubits, output qubits, chosen bits made classical)."""
    fresh = _fresh_qubits(circuit)
    size = circuit.num_qubits
    pure = QuantumCircuit(size + len(given) + fresh)
    for place, qubit in enumerate(given):
        pure.h(size + place)
        pure.cx(size + place, qubit)
    spare = iter(range(size + len(given), size + len(given) + fresh))
    holder: dict[Any, int] = {}
    qubits, clbits = {q: i for i, q in enumerate(circuit.qubits)}, {c: c for c in circuit.clbits}
    _defer(circuit, pure, qubits, clbits, holder, spare, [])
    copies = [holder.get(circuit.clbits[bit]) for bit in bits]
    kept = [size + place for place in range(len(given))] + output + [copy for copy in copies if copy is not None]
    traced = [qubit for qubit in range(pure.num_qubits) if qubit not in kept]
    state = partial_trace(DensityMatrix(Statevector(pure)), traced) if traced else DensityMatrix(Statevector(pure))
    order = sorted(kept)
    tensor = state.data.reshape((2,) * (2 * len(kept)))
    axes = [len(kept) - 1 - order.index(qubit) for qubit in kept]
    tensor = tensor.transpose([*axes, *(axis + len(kept) for axis in axes)])
    matrix = tensor.reshape(2 ** len(kept), -1)
    quantum = 2 ** (len(given) + len(output))
    classical = matrix.reshape(quantum, -1, quantum, matrix.shape[0] // quantum)
    dephased = np.einsum("abcb->bac", classical)
    written = [copy is not None for copy in copies]
    full = np.zeros((2 ** len(bits), quantum, quantum), dtype=complex)
    for record, block in enumerate(dephased):
        digits = iter(format(record, f"0{sum(written)}b") if any(written) else "")
        key = "".join(next(digits) if is_written else "0" for is_written in written)
        full[int(key, 2) if key else 0] += block
    return full


def _fresh_qubits(circuit: QuantumCircuit) -> int:
    return sum(
        sum(_fresh_qubits(block) for block in instruction.operation.blocks)
        if isinstance(instruction.operation, ControlFlowOp) else instruction.operation.name in ("measure", "reset")
        for instruction in circuit.data)


def _defer(circuit, pure, qubits, clbits, holder, spare, controls) -> None:
    for instruction in circuit.data:
        operation = instruction.operation
        on = [qubits[qubit] for qubit in instruction.qubits]
        if operation.name == "barrier":
            continue
        if operation.name == "measure":
            assert not controls, "the oracle knows no measurement under a condition"
            copy = next(spare)
            pure.cx(on[0], copy)
            holder[clbits[instruction.clbits[0]]] = copy
        elif operation.name == "reset":
            assert not controls, "the oracle knows no reset under a condition"
            pure.swap(on[0], next(spare))
        elif isinstance(operation, ControlFlowOp):
            _condition(instruction, pure, qubits, clbits, holder, spare, controls)
        elif controls:
            held = "".join(str(value) for _, value in reversed(controls))
            gate = operation.control(len(controls), ctrl_state=held, annotated=False)
            pure.append(gate, [*(control for control, _ in controls), *on])
        else:
            pure.append(operation, on)


def _condition(instruction, pure, qubits, clbits, holder, spare, controls) -> None:
    operation = instruction.operation
    target, value = operation.condition
    bits = [target] if target in clbits else list(target)
    wanted = [(clbits[bit], (value >> place) & 1) for place, bit in enumerate(bits)]
    missing = [(bit, digit) for bit, digit in wanted if bit not in holder]
    (block,) = operation.blocks
    inner_qubits = {inner: qubits[outer] for inner, outer in zip(block.qubits, instruction.qubits, strict=True)}
    inner_clbits = {inner: clbits[outer] for inner, outer in zip(block.clbits, instruction.clbits, strict=True)}
    if any(digit for _, digit in missing):
        return  # an unwritten bit is 0, so the block never runs
    held = [(holder[bit], digit) for bit, digit in wanted if bit in holder]
    _defer(block, pure, inner_qubits, {**clbits, **inner_clbits}, holder, spare, [*controls, *held])
