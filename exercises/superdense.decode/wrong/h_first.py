"""The steps of making a pair, not of undoing it."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "superdense.h_first"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    z, x = (ClassicalRegister(1, name) for name in ("z", "x"))
    circuit = QuantumCircuit(alice, bob, z, x)
    circuit.h(alice)
    circuit.cx(alice, bob)
    circuit.measure(alice, z)
    circuit.measure(bob, x)
    return circuit
