"""Turn X into Z, then read."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    qubit, bit = QuantumRegister(1, "qubit"), ClassicalRegister(1, "answer")
    circuit = QuantumCircuit(qubit, bit)
    circuit.h(qubit)
    circuit.measure(qubit, bit)
    return circuit
