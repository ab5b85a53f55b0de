"""Bob's two angles are exchanged."""

import math

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "chsh.minus_elsewhere"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    x, y, alice, bob = (QuantumRegister(1, name) for name in ("x", "y", "alice", "bob"))
    a, b = (ClassicalRegister(1, name) for name in ("a", "b"))
    circuit = QuantumCircuit(x, y, alice, bob, a, b)
    circuit.h(alice)
    circuit.cx(alice, bob)
    circuit.ch(x, alice)
    circuit.ry(math.pi / 4, bob)
    circuit.cry(-math.pi / 2, y, bob)
    circuit.measure(alice, a)
    circuit.measure(bob, b)
    return circuit
