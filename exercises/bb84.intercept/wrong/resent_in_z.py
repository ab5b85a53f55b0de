"""Eve measures in X and sends on |0> or |1>."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "bb84.resent_in_z"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    photon = QuantumRegister(1, "photon")
    eve, bob = (ClassicalRegister(1, name) for name in ("eve", "bob"))
    circuit = QuantumCircuit(photon, eve, bob)
    circuit.h(photon)
    circuit.measure(photon, eve)
    circuit.measure(photon, bob)
    return circuit
