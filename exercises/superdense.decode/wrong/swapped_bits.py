"""The right measurement with its labels exchanged."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "superdense.swapped_bits"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    z, x = (ClassicalRegister(1, name) for name in ("z", "x"))
    circuit = QuantumCircuit(alice, bob, z, x)
    circuit.cx(alice, bob)
    circuit.h(alice)
    circuit.measure(alice, x)
    circuit.measure(bob, z)
    return circuit
