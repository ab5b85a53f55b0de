"""Nothing is done yet."""

from qiskit import QuantumCircuit, QuantumRegister

MISCONCEPTION = "bell.no_superposition"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    return QuantumCircuit(alice, bob)
