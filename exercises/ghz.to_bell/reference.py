"""Bob measures in X and tells; a 1 is a minus sign, which Charlie undoes."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob, charlie = (QuantumRegister(1, name) for name in ("alice", "bob", "charlie"))
    bit = ClassicalRegister(1, "bit")
    circuit = QuantumCircuit(alice, bob, charlie, bit)
    circuit.h(bob)
    circuit.measure(bob, bit)
    with circuit.if_test((bit, 1)):
        circuit.z(charlie)
    return circuit
