"""CNOTs from the kept pair onto the other, which is read."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    qubits = (QuantumRegister(1, name) for name in ("alice_1", "bob_1", "alice_2", "bob_2"))
    bits = (ClassicalRegister(1, name) for name in ("a", "b"))
    circuit = QuantumCircuit(*qubits, *bits)
    circuit.cx(0, 2)
    circuit.cx(1, 3)
    circuit.measure([2, 3], [0, 1])
    return circuit
