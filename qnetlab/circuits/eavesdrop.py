"""Eve's gates: what each attack adds to the circuit of one photon. One function each per attack that touches it.

    eve_bits(attack)                 how many qubits does she keep, 0 or 1?
    eavesdrop(attack, choice, ...)   what does she do to the photon that passes?
    eve_reads(attack, choice, ...)   how does she read her own qubit, once the bases are announced?

What attacks do to photon numbers, to the line and to the detectors stands in ``devices/eve.py``.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from qiskit import QuantumCircuit

from ..devices.attacks import InterceptResend
from .photons import from_z, to_z


@singledispatch
def eve_bits(attack: Any) -> int:
    """How many qubits, and so bits, Eve keeps per photon: 0 or 1.

    >>> eve_bits(InterceptResend())
    1
    """
    return 0


@eve_bits.register
def _(attack: InterceptResend) -> int:
    return 1


@singledispatch
def eavesdrop(attack: Any, choice: str, circuit: QuantumCircuit, rails: Any, eve: Any) -> None:
    """Append what Eve does to a passing photon, having chosen ``choice`` for it; ``eve`` is her register."""


@eavesdrop.register
def _(attack: InterceptResend, choice: str, circuit: QuantumCircuit, rails: Any, eve: Any) -> None:
    """Measure in her basis: her qubit becomes 1 if the photon is in the second state, and what passes on is that."""
    if choice != "pass":
        to_z(circuit, rails, choice)
        circuit.cx(rails[1], eve[0])
        from_z(circuit, rails, choice)


@singledispatch
def eve_reads(attack: Any, choice: str, circuit: QuantumCircuit, eve: Any, bits: Any, announced: str) -> None:
    """Append how Eve reads her qubit when alice's basis is ``announced``; most measure what they have."""
    for qubit, bit in zip(eve, bits, strict=True):
        circuit.measure(qubit, bit)
