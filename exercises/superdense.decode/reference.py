"""Undo the making of a Bell pair, then read both qubits."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    z, x = (ClassicalRegister(1, name) for name in ("z", "x"))
    circuit = QuantumCircuit(alice, bob, z, x)
    circuit.cx(alice, bob)
    circuit.h(alice)
    circuit.measure(alice, z)
    circuit.measure(bob, x)
    return circuit
