"""Nothing happens at all."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "teleport.own_message"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    message, alice, bob = (QuantumRegister(1, name) for name in ("message", "alice", "bob"))
    alice_z, alice_x = (ClassicalRegister(1, name) for name in ("alice_z", "alice_x"))
    circuit = QuantumCircuit(message, alice, bob, alice_z, alice_x)
    circuit.barrier()
    return circuit
