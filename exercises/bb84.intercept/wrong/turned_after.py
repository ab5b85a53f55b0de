"""The turn stands after Eve's measurement only."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "bb84.turned_after"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    photon = QuantumRegister(1, "photon")
    eve, bob = (ClassicalRegister(1, name) for name in ("eve", "bob"))
    circuit = QuantumCircuit(photon, eve, bob)
    circuit.measure(photon, eve)
    circuit.h(photon)
    circuit.measure(photon, bob)
    return circuit
