"""The sign is turned where it was right."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "ghz.bit_inverted"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob, charlie = (QuantumRegister(1, name) for name in ("alice", "bob", "charlie"))
    bit = ClassicalRegister(1, "bit")
    circuit = QuantumCircuit(alice, bob, charlie, bit)
    circuit.h(bob)
    circuit.measure(bob, bit)
    with circuit.if_test((bit, 0)):
        circuit.z(charlie)
    return circuit
