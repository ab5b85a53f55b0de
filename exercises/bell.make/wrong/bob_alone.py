"""The H on Bob's qubit, and no CX, flip or sign."""

from qiskit import QuantumCircuit, QuantumRegister

MISCONCEPTION = "bell.cx_does_nothing"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    circuit = QuantumCircuit(alice, bob)
    circuit.h(bob)
    return circuit
