"""The flip is missing, or one too many."""

from qiskit import QuantumCircuit, QuantumRegister

MISCONCEPTION = "bell.wrong_flip"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    circuit = QuantumCircuit(alice, bob)
    state = str(parameters.get("state", "psi_minus"))
    circuit.h(alice)
    circuit.cx(alice, bob)
    if not state.startswith("psi"):
        circuit.x(bob)
    if state.endswith("minus"):
        circuit.z(alice)
    return circuit
