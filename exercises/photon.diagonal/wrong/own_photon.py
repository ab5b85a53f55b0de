"""A new photon in place of the one that was handed over."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "photon.own_photon"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    h, v = (QuantumRegister(1, name) for name in ("h", "v"))
    d0, d1 = (ClassicalRegister(1, name) for name in ("d0", "d1"))
    circuit = QuantumCircuit(h, v, d0, d1)
    circuit.reset([0, 1])
    circuit.x(h)
    circuit.measure(h, d0)
    circuit.measure(v, d1)
    return circuit
