"""Throws the two qubits away and measures new ones."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "superdense.own_qubits"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    z, x = (ClassicalRegister(1, name) for name in ("z", "x"))
    circuit = QuantumCircuit(alice, bob, z, x)
    circuit.reset([0, 1])
    circuit.cx(alice, bob)
    circuit.h(alice)
    circuit.measure(alice, z)
    circuit.measure(bob, x)
    return circuit
