"""Makes a pair and undoes it again: together nothing."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "superdense.measured_first"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    z, x = (ClassicalRegister(1, name) for name in ("z", "x"))
    circuit = QuantumCircuit(alice, bob, z, x)
    circuit.h(alice)
    circuit.cx(alice, bob)
    circuit.cx(alice, bob)
    circuit.h(alice)
    circuit.measure(alice, z)
    circuit.measure(bob, x)
    return circuit
