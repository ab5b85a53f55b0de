"""Reads along Z, where the sign does not show."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "basis.no_h"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    qubit, bit = QuantumRegister(1, "qubit"), ClassicalRegister(1, "answer")
    circuit = QuantumCircuit(qubit, bit)
    circuit.measure(qubit, bit)
    return circuit
