"""Both results go into alice_x."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "teleport.one_bit_for_both"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    message, alice, bob = (QuantumRegister(1, name) for name in ("message", "alice", "bob"))
    alice_z, alice_x = (ClassicalRegister(1, name) for name in ("alice_z", "alice_x"))
    circuit = QuantumCircuit(message, alice, bob, alice_z, alice_x)
    circuit.h(alice)
    circuit.cx(alice, bob)

    circuit.cx(message, alice)
    circuit.h(message)

    circuit.measure(message, alice_x)
    circuit.measure(alice, alice_x)

    with circuit.if_test((alice_x, 1)):
        circuit.x(bob)

    with circuit.if_test((alice_z, 1)):
        circuit.z(bob)
    return circuit
