"""Reads along Y, the other way round."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "basis.along_y"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    qubit, bit = QuantumRegister(1, "qubit"), ClassicalRegister(1, "answer")
    circuit = QuantumCircuit(qubit, bit)
    circuit.s(qubit)
    circuit.h(qubit)
    circuit.measure(qubit, bit)
    return circuit
