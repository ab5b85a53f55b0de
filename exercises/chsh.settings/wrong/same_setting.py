"""Everybody always reads Z."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "chsh.same_setting"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    x, y, alice, bob = (QuantumRegister(1, name) for name in ("x", "y", "alice", "bob"))
    a, b = (ClassicalRegister(1, name) for name in ("a", "b"))
    circuit = QuantumCircuit(x, y, alice, bob, a, b)
    circuit.h(alice)
    circuit.cx(alice, bob)
    circuit.measure(alice, a)
    circuit.measure(bob, b)
    return circuit
