"""The pair is made as asked, and then measured."""

from qiskit import QuantumCircuit, QuantumRegister

MISCONCEPTION = "bell.measured"


def answer(parameters: dict[str, object]) -> QuantumCircuit:
    alice, bob = (QuantumRegister(1, name) for name in ("alice", "bob"))
    circuit = QuantumCircuit(alice, bob)
    circuit.h(alice)
    circuit.cx(alice, bob)
    state = str(parameters.get("state", "psi_minus"))
    if state.startswith("psi"):
        circuit.x(bob)
    if state.endswith("minus"):
        circuit.z(alice)
    circuit.measure_all()
    return circuit
