"""The H is on the wrong qubit."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "superdense.h_on_bob"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    z, x = (ClassicalRegister(1, name) for name in ("z", "x"))
    circuit = QuantumCircuit(alice, bob, z, x)
    circuit.cx(alice, bob)
    circuit.h(bob)
    circuit.measure(alice, z)
    circuit.measure(bob, x)
    return circuit
