"""Eve's gates: what each attack adds to the circuit of one photon. One function each per attack that touches it.

    eve_bits(attack)                 how many qubits does she keep, 0 or 1?
    eavesdrop(attack, choice, ...)   what does she do to the photon that passes?
    eve_reads(attack, choice, ...)   how does she read her own qubit, once the bases are announced?

What attacks do to photon numbers, to the line and to the detectors stands in ``devices/eve.py``.
"""

from __future__ import annotations

import math
from functools import singledispatch
from typing import Any

from qiskit import QuantumCircuit
from qiskit.circuit.library import XXPlusYYGate

from ..devices.attacks import Blinding, InterceptResend, OptimalIndividual
from ..theory.attacks import cloner_angle_rad
from .photons import from_z, to_z


@singledispatch
def eve_bits(attack: Any) -> int:
    """How many qubits, and so bits, Eve keeps per photon: 0 or 1.

    >>> eve_bits(InterceptResend())
    1
    """
    return 0


@eve_bits.register(InterceptResend)
@eve_bits.register(OptimalIndividual)
@eve_bits.register(Blinding)
def _(attack: Any) -> int:
    return 1


@singledispatch
def eavesdrop(attack: Any, choice: str, circuit: QuantumCircuit, rails: Any, eve: Any) -> None:
    """Append what Eve does to a passing photon, having chosen ``choice`` for it; ``eve`` is her register."""


@eavesdrop.register(InterceptResend)
@eavesdrop.register(Blinding)
def _(attack: Any, choice: str, circuit: QuantumCircuit, rails: Any, eve: Any) -> None:
    """Measure in her basis: her qubit becomes 1 if the photon is in the second state, and what passes on is that."""
    if choice != "pass":
        to_z(circuit, rails, choice)
        circuit.cx(rails[1], eve[0])
        from_z(circuit, rails, choice)


@eavesdrop.register
def _(attack: OptimalIndividual, choice: str, circuit: QuantumCircuit, rails: Any, eve: Any) -> None:
    """The phase-covariant cloner: tilt, let the photon turn her qubit, let her qubit swap the rails, tilt back."""
    circuit.append(XXPlusYYGate(math.pi / 2, 0.0), list(rails))
    circuit.cry(2 * float(cloner_angle_rad(attack.disturbance)), rails[1], eve[0])
    circuit.cswap(eve[0], rails[0], rails[1])
    circuit.append(XXPlusYYGate(-math.pi / 2, 0.0), list(rails))


@singledispatch
def eve_reads(attack: Any, choice: str, circuit: QuantumCircuit, eve: Any, bits: Any, announced: str) -> None:
    """Append how Eve reads her qubit when alice's basis is ``announced``; most measure what they have."""
    for qubit, bit in zip(eve, bits, strict=True):
        circuit.measure(qubit, bit)


@eve_reads.register
def _(attack: OptimalIndividual, choice: str, circuit: QuantumCircuit, eve: Any, bits: Any, announced: str) -> None:
    """In the announced basis, after the photon's last tilt."""
    circuit.rx(-math.pi / 2, eve[0])
    if announced == "X":
        circuit.h(eve[0])
    circuit.measure(eve[0], bits[0])
