"""Measures a fresh qubit."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "basis.own_state"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    qubit, bit = QuantumRegister(1, "qubit"), ClassicalRegister(1, "answer")
    circuit = QuantumCircuit(qubit, bit)
    circuit.reset(qubit)
    circuit.h(qubit)
    circuit.h(qubit)
    circuit.measure(qubit, bit)
    return circuit
