"""A pair that alice and bob share over a link: where its devices act, and which they are."""

from __future__ import annotations

from typing import Any

from qiskit import QuantumCircuit

from ..devices.link import Link
from .markers import Marker


def carry(circuit: QuantumCircuit, alice: Any, bob: Any, link: Link) -> None:
    """Mark what a link does to a fresh pair: the source's noise, then both memories until the herald is there.

    >>> qc = QuantumCircuit(2); carry(qc, 0, 1, Link())
    >>> [instruction.operation.name for instruction in qc.data]
    ['marker:link:alice-bob', 'marker:memory:alice', 'marker:memory:bob']
    """
    circuit.append(Marker("link:alice-bob", 2), [alice, bob])
    circuit.append(Marker("memory:alice", duration_s=link.wait_s), [alice])
    circuit.append(Marker("memory:bob", duration_s=link.wait_s), [bob])


def link_devices(link: Link) -> dict[str, Any]:
    """The devices at the places that :func:`carry` marks.

    >>> sorted(link_devices(Link()))
    ['link:alice-bob', 'memory:alice', 'memory:bob']
    """
    return {"link:alice-bob": link.source, "memory:alice": link.alice_memory, "memory:bob": link.bob_memory}
