"""A plate that makes the circular states H and V."""

from math import pi

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister
from qiskit.circuit.library import XXPlusYYGate

MISCONCEPTION = "photon.circular_plate"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    h, v = (QuantumRegister(1, name) for name in ("h", "v"))
    d0, d1 = (ClassicalRegister(1, name) for name in ("d0", "d1"))
    circuit = QuantumCircuit(h, v, d0, d1)
    circuit.append(XXPlusYYGate(-pi / 2, pi), [h[0], v[0]])
    circuit.measure(h, d0)
    circuit.measure(v, d1)
    return circuit
