"""Turn X into Z, measure, turn back; then Bob as it comes."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    photon = QuantumRegister(1, "photon")
    eve, bob = (ClassicalRegister(1, name) for name in ("eve", "bob"))
    circuit = QuantumCircuit(photon, eve, bob)
    circuit.h(photon)
    circuit.measure(photon, eve)
    circuit.h(photon)
    circuit.measure(photon, bob)
    return circuit
