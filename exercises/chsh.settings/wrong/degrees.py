"""The right directions, in degrees."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "chsh.degrees"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    x, y, alice, bob = (QuantumRegister(1, name) for name in ("x", "y", "alice", "bob"))
    a, b = (ClassicalRegister(1, name) for name in ("a", "b"))
    circuit = QuantumCircuit(x, y, alice, bob, a, b)
    circuit.h(alice)
    circuit.cx(alice, bob)
    circuit.ch(x, alice)
    circuit.ry(-45, bob)
    circuit.cry(90, y, bob)
    circuit.measure(alice, a)
    circuit.measure(bob, b)
    return circuit
