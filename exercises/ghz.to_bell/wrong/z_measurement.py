"""Bob reads his qubit in Z."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "ghz.measured_in_z"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob, charlie = (QuantumRegister(1, name) for name in ("alice", "bob", "charlie"))
    bit = ClassicalRegister(1, "bit")
    circuit = QuantumCircuit(alice, bob, charlie, bit)
    circuit.measure(bob, bit)
    with circuit.if_test((bit, 1)):
        circuit.z(charlie)
    return circuit
