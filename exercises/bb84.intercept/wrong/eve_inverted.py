"""Eve's bit is the other way round."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "bb84.eve_inverted"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    photon = QuantumRegister(1, "photon")
    eve, bob = (ClassicalRegister(1, name) for name in ("eve", "bob"))
    circuit = QuantumCircuit(photon, eve, bob)
    circuit.h(photon)
    circuit.x(photon)
    circuit.measure(photon, eve)
    circuit.x(photon)
    circuit.h(photon)
    circuit.measure(photon, bob)
    return circuit
