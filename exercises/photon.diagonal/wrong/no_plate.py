"""Only the detectors: that tells H from V."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "photon.no_plate"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    h, v = (QuantumRegister(1, name) for name in ("h", "v"))
    d0, d1 = (ClassicalRegister(1, name) for name in ("d0", "d1"))
    circuit = QuantumCircuit(h, v, d0, d1)
    circuit.measure(h, d0)
    circuit.measure(v, d1)
    return circuit
