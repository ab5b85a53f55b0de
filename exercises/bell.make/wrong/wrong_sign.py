"""The sign is the other one."""

from qiskit import QuantumCircuit, QuantumRegister

MISCONCEPTION = "bell.wrong_sign"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    circuit = QuantumCircuit(alice, bob)
    state = str(parameters.get("state", "psi_minus"))
    circuit.h(alice)
    circuit.cx(alice, bob)
    if state.startswith("psi"):
        circuit.x(bob)
    if not state.endswith("minus"):
        circuit.z(alice)
    return circuit
