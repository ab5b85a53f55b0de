"""The CX does nothing, or is forgotten, and flip and sign are not yet there."""

from qiskit import QuantumCircuit, QuantumRegister

MISCONCEPTION = "bell.cx_does_nothing"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    circuit = QuantumCircuit(alice, bob)
    circuit.h(alice)
    return circuit
