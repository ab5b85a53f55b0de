"""A new photon in place of the one handed over."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "bb84.own_photon"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    photon = QuantumRegister(1, "photon")
    eve, bob = (ClassicalRegister(1, name) for name in ("eve", "bob"))
    circuit = QuantumCircuit(photon, eve, bob)
    circuit.reset(photon)
    circuit.h(photon)
    circuit.measure(photon, eve)
    circuit.h(photon)
    circuit.measure(photon, bob)
    return circuit
