"""Bob's qubit is left alone."""

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

MISCONCEPTION = "ghz.measured_in_z"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob, charlie = (QuantumRegister(1, name) for name in ("alice", "bob", "charlie"))
    bit = ClassicalRegister(1, "bit")
    circuit = QuantumCircuit(alice, bob, charlie, bit)
    circuit.barrier()
    return circuit
