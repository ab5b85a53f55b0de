"""The H comes when all is over."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "basis.no_h"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    qubit, bit = QuantumRegister(1, "qubit"), ClassicalRegister(1, "answer")
    circuit = QuantumCircuit(qubit, bit)
    circuit.measure(qubit, bit)
    circuit.h(qubit)
    return circuit
