"""The second pair is read as it is."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "purify.cx_reversed"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    qubits = (QuantumRegister(1, name) for name in ("alice_1", "bob_1", "alice_2", "bob_2"))
    bits = (ClassicalRegister(1, name) for name in ("a", "b"))
    circuit = QuantumCircuit(*qubits, *bits)
    circuit.measure([2, 3], [0, 1])
    return circuit
