"""The building stones that protocols share: Bell pairs, Bell measurements, message states, readout bases."""

from __future__ import annotations

from typing import Any

from qiskit import QuantumCircuit

from .markers import Marker

#: How each Pauli eigenstate is made from |0>, as gate names in order.
_PREPARATION: dict[str, tuple[str, ...]] = {
    "0": (),
    "1": ("x",),
    "+": ("h",),
    "-": ("x", "h"),
    "+i": ("h", "s"),
    "-i": ("h", "sdg"),
}
_INVERSE = {"x": "x", "h": "h", "s": "sdg", "sdg": "s"}


def bell_pair(circuit: QuantumCircuit, a: Any, b: Any, state: str = "phi_plus") -> None:
    """Put qubits ``a`` and ``b``, both in |0>, into a Bell state.

    >>> qc = QuantumCircuit(2); bell_pair(qc, 0, 1, "psi_minus")
    >>> dict(qc.count_ops()) == {"h": 1, "cx": 1, "x": 1, "z": 1}
    True
    """
    circuit.h(a)
    circuit.cx(a, b)
    if state.startswith("psi"):
        circuit.x(b)
    if state.endswith("minus"):
        circuit.z(b)


def bell_rotation(circuit: QuantumCircuit, a: Any, b: Any, party: str) -> None:
    """Turn the Bell basis of ``a`` and ``b`` into the computational one: afterwards a tells the sign, b the flip.

    The gates of ``party`` are marked, each by itself, so that their errors can be bound.
    """
    circuit.cx(a, b)
    circuit.append(Marker(f"processor:{party}", 2), [a, b])
    circuit.h(a)
    circuit.append(Marker(f"processor:{party}"), [a])


def measure(circuit: QuantumCircuit, qubit: Any, clbit: Any, party: str) -> None:
    """Read a qubit with the readout of ``party``: a marker, then the measurement."""
    circuit.append(Marker(f"readout:{party}"), [qubit])
    circuit.measure(qubit, clbit)


def prepare(circuit: QuantumCircuit, qubit: Any, state: str | tuple[float, float]) -> None:
    """Prepare a Pauli eigenstate by name ("0", "1", "+", "-", "+i", "-i"), or by its angles (theta, phi) in rad."""
    if isinstance(state, str):
        for gate in _PREPARATION[state]:
            getattr(circuit, gate)(qubit)
    else:
        theta, phi = state
        circuit.ry(theta, qubit)
        circuit.rz(phi, qubit)


def undo_prepare(circuit: QuantumCircuit, qubit: Any, state: str | tuple[float, float]) -> None:
    """Turn ``state`` back into |0>: a measurement then gives 0 with probability equal to the fidelity."""
    if isinstance(state, str):
        for gate in reversed(_PREPARATION[state]):
            getattr(circuit, _INVERSE[gate])(qubit)
    else:
        theta, phi = state
        circuit.rz(-phi, qubit)
        circuit.ry(-theta, qubit)


def rotate_to(circuit: QuantumCircuit, qubit: Any, axis: str) -> None:
    """Make a computational measurement read the Pauli ``axis``: "X", "Y" or "Z"."""
    if axis == "Y":
        circuit.sdg(qubit)
    if axis in ("X", "Y"):
        circuit.h(qubit)


def partial_pair(circuit: QuantumCircuit, a: Any, b: Any, tilt_rad: float) -> None:
    """Put qubits ``a`` and ``b``, both in |0>, into cos(tilt)|00> + sin(tilt)|11>."""
    circuit.ry(2 * tilt_rad, a)
    circuit.cx(a, b)


def rotate_to_angle(circuit: QuantumCircuit, qubit: Any, angle_rad: float, plane: str = "zx") -> None:
    """Make a computational measurement read along an angle: from Z toward X ("zx"), or from X toward Y ("xy").

    >>> qc = QuantumCircuit(1); rotate_to_angle(qc, 0, 0.5)
    >>> qc.data[0].operation.name, qc.data[0].operation.params
    ('ry', [-0.5])
    """
    if plane == "zx":
        circuit.ry(0.0 - angle_rad, qubit)  # never -0, which a drawing would show
    else:
        circuit.rz(0.0 - angle_rad, qubit)
        circuit.h(qubit)
