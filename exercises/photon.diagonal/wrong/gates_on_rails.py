"""Each rail treated as a qubit of its own."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "photon.gates_on_rails"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    h, v = (QuantumRegister(1, name) for name in ("h", "v"))
    d0, d1 = (ClassicalRegister(1, name) for name in ("d0", "d1"))
    circuit = QuantumCircuit(h, v, d0, d1)
    circuit.h(h)
    circuit.h(v)
    circuit.measure(h, d0)
    circuit.measure(v, d1)
    return circuit
