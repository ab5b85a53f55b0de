"""Bob looks before he uses the bits."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "teleport.no_if_test"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    message, alice, bob = (QuantumRegister(1, name) for name in ("message", "alice", "bob"))
    alice_z, alice_x = (ClassicalRegister(1, name) for name in ("alice_z", "alice_x"))
    circuit = QuantumCircuit(message, alice, bob, alice_z, alice_x)
    circuit.h(alice)
    circuit.cx(alice, bob)

    circuit.cx(message, alice)
    circuit.h(message)

    circuit.measure(message, alice_z)
    circuit.measure(alice, alice_x)
    return circuit
