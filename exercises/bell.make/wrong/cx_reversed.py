"""Bob, in |0>, controls: the CX does nothing."""

from qiskit import QuantumCircuit, QuantumRegister

MISCONCEPTION = "bell.cx_does_nothing"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    circuit = QuantumCircuit(alice, bob)
    state = str(parameters.get("state", "psi_minus"))
    circuit.h(alice)
    circuit.cx(bob, alice)
    if state.startswith("psi"):
        circuit.x(bob)
    if state.endswith("minus"):
        circuit.z(alice)
    return circuit
