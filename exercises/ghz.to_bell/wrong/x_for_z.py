"""A flip is applied where a sign is to be undone."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "ghz.x_for_z"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob, charlie = (QuantumRegister(1, name) for name in ("alice", "bob", "charlie"))
    bit = ClassicalRegister(1, "bit")
    circuit = QuantumCircuit(alice, bob, charlie, bit)
    circuit.h(bob)
    circuit.measure(bob, bit)
    with circuit.if_test((bit, 1)):
        circuit.x(charlie)
    return circuit
