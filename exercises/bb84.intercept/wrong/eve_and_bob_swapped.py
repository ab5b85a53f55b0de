"""The two bits are exchanged."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "bb84.eve_and_bob_swapped"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    photon = QuantumRegister(1, "photon")
    eve, bob = (ClassicalRegister(1, name) for name in ("eve", "bob"))
    circuit = QuantumCircuit(photon, eve, bob)
    circuit.h(photon)
    circuit.measure(photon, bob)
    circuit.h(photon)
    circuit.measure(photon, eve)
    return circuit
