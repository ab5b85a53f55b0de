"""Eve measures in Z."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "bb84.eve_in_z"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    photon = QuantumRegister(1, "photon")
    eve, bob = (ClassicalRegister(1, name) for name in ("eve", "bob"))
    circuit = QuantumCircuit(photon, eve, bob)
    circuit.measure(photon, eve)
    circuit.measure(photon, bob)
    return circuit
