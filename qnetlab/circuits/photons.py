"""A photon as two rails: rail h holds it as horizontal, rail v as vertical; both empty is a lost photon.

|10> is H, |01> is V, |00> is "lost". A wave plate turns one rail into the other and leaves an empty pair empty. All of
this holds for *at most one* photon over the two rails: two of them on a real beam splitter bunch, these do not.
"""

from __future__ import annotations

import math
from typing import Any

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister
from qiskit.circuit.library import XXPlusYYGate

from ..checks import refuse
from .markers import Marker

#: The wave plate that turns H and V into bit 0 and bit 1 of a basis, as (theta, beta) of ``XXPlusYYGate``: theta is the
#: angle on the Bloch sphere, twice the angle of polarization.
WAVE_PLATES: dict[str, tuple[float, float]] = {
    "Z": (0.0, math.pi / 2),
    "X": (math.pi / 2, math.pi / 2),
    "Y": (math.pi / 2, math.pi),
    "breidbart": (math.pi / 4, math.pi / 2),
}


def photon_registers() -> tuple[QuantumRegister, QuantumRegister, ClassicalRegister, ClassicalRegister]:
    """The two rails h and v, and a bit for each detector, d0 and d1."""
    return (QuantumRegister(1, "h"), QuantumRegister(1, "v"), ClassicalRegister(1, "d0"), ClassicalRegister(1, "d1"))


def prepare_photon(circuit: QuantumCircuit, rails: Any, basis: str, bit: int) -> None:
    """Put one photon on two empty rails, as ``bit`` 0 or 1 of ``basis``: "Z" (H, V), "X" (diagonal), "Y" (circular).

    >>> qc = QuantumCircuit(2); prepare_photon(qc, [0, 1], "X", 0)
    >>> dict(qc.count_ops()) == {"x": 1, "xx_plus_yy": 1}
    True
    """
    circuit.x(rails[bit])
    from_z(circuit, rails, basis)


def from_z(circuit: QuantumCircuit, rails: Any, basis: str) -> None:
    """The wave plate that makes H and V the two states of ``basis``."""
    _plate(circuit, rails, basis, 1)


def to_z(circuit: QuantumCircuit, rails: Any, basis: str) -> None:
    """The wave plate that makes the two states of ``basis`` H and V, so that the rails tell them apart."""
    _plate(circuit, rails, basis, -1)


def _plate(circuit: QuantumCircuit, rails: Any, basis: str, sign: int) -> None:
    if basis not in WAVE_PLATES:
        refuse(f"basis must be one of {', '.join(WAVE_PLATES)}", got={"basis": (basis, "")},
               why="Each basis has its wave plate", fix="basis='X'")
    theta, beta = WAVE_PLATES[basis]
    if theta:
        circuit.append(XXPlusYYGate(sign * theta, beta, label=f"{basis} plate"), list(rails))


def rotate_polarization(circuit: QuantumCircuit, rails: Any, angle_rad: float) -> None:
    """Turn the polarization by an angle in rad: H becomes cos(angle) H + sin(angle) V. Twice that on the Bloch sphere.

    A turn by t between sender and receiver makes sin(t)^2 of the bits wrong, in Z and in X alike.
    """
    if angle_rad:
        circuit.append(XXPlusYYGate(2 * angle_rad, math.pi / 2, label="turn"), list(rails))


def detect_photon(circuit: QuantumCircuit, rails: Any, d0: Any, d1: Any, party: str) -> None:
    """A detector behind each rail, ``detector:<party>``: its efficiency is a loss, then the rail is measured."""
    for rail, bit in ((rails[0], d0), (rails[1], d1)):
        circuit.append(Marker(f"detector:{party}"), [rail])
        circuit.measure(rail, bit)


def photon_circuit(alice_basis: str, bit: int, bob_basis: str, angle_rad: float = 0.0) -> QuantumCircuit:
    """One photon from alice through a fiber to bob's two detectors: registers d0, d1.

    >>> photon_circuit("Z", 1, "X").num_qubits
    2
    """
    circuit = QuantumCircuit(*photon_registers())
    photon, (d0, d1) = circuit.qubits, circuit.clbits
    prepare_photon(circuit, photon, alice_basis, bit)
    circuit.append(Marker("fiber:alice-bob", 2), photon)
    rotate_polarization(circuit, photon, angle_rad)
    to_z(circuit, photon, bob_basis)
    detect_photon(circuit, photon, d0, d1, "bob")
    return circuit


def flagged_photon_circuit(alice_basis: str, bit: int, bob_basis: str, angle_rad: float = 0.0) -> QuantumCircuit:
    """The same photon as a polarization qubit and a presence flag: cheaper, as long as loss sees no polarization.

    Registers ``here`` (1: it arrived) and ``bit``; d0 of :func:`photon_circuit` is here = 1, bit = 0. The fiber and the
    detector act on the flag only.

    >>> flagged_photon_circuit("Z", 1, "X").num_qubits
    2
    """
    flag, polarization = QuantumRegister(1, "flag"), QuantumRegister(1, "polarization")
    here, read = ClassicalRegister(1, "here"), ClassicalRegister(1, "bit")
    circuit = QuantumCircuit(flag, polarization, here, read)
    circuit.x(flag[0])
    if bit:
        circuit.x(polarization[0])
    _turn(circuit, polarization[0], alice_basis, 1)
    circuit.append(Marker("fiber:alice-bob"), [flag[0]])
    if angle_rad:
        circuit.ry(2 * angle_rad, polarization[0])
    _turn(circuit, polarization[0], bob_basis, -1)
    circuit.append(Marker("detector:bob"), [flag[0]])
    circuit.measure(flag[0], here[0])
    circuit.measure(polarization[0], read[0])
    return circuit


def _turn(circuit: QuantumCircuit, qubit: Any, basis: str, sign: int) -> None:
    theta, beta = WAVE_PLATES[basis]
    if theta:
        circuit.r(sign * theta, beta, qubit)
