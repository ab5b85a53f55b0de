"""Without the H nothing is in superposition."""

from qiskit import QuantumCircuit, QuantumRegister

MISCONCEPTION = "bell.no_superposition"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    circuit = QuantumCircuit(alice, bob)
    state = str(parameters.get("state", "psi_minus"))
    circuit.cx(alice, bob)
    if state.startswith("psi"):
        circuit.x(bob)
    if state.endswith("minus"):
        circuit.z(alice)
    return circuit
