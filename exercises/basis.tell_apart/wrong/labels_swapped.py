"""Tells them apart, with the names exchanged."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "basis.labels_swapped"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    qubit, bit = QuantumRegister(1, "qubit"), ClassicalRegister(1, "answer")
    circuit = QuantumCircuit(qubit, bit)
    circuit.h(qubit)
    circuit.x(qubit)
    circuit.measure(qubit, bit)
    return circuit
