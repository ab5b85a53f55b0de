"""A CX from Alice takes Bob's qubit out of it."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "ghz.quantum_wire"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob, charlie = (QuantumRegister(1, name) for name in ("alice", "bob", "charlie"))
    bit = ClassicalRegister(1, "bit")
    circuit = QuantumCircuit(alice, bob, charlie, bit)
    circuit.cx(alice, bob)
    circuit.measure(bob, bit)
    return circuit
