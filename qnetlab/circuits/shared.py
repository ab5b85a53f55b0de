"""A pair that alice and bob share over a link: where its devices act, and which they are."""

from __future__ import annotations

from typing import Any

from qiskit import QuantumCircuit

from ..devices.any_link import AnyLink
from .markers import Marker


def carry(circuit: QuantumCircuit, alice: Any, bob: Any, link: AnyLink) -> None:
    """Mark what a link does to a perfect pair: its making, then both memories until the herald is there.

    >>> from qnetlab.devices.link import Link
    >>> qc = QuantumCircuit(2); carry(qc, 0, 1, Link())
    >>> [instruction.operation.name for instruction in qc.data]
    ['marker:link:alice-bob', 'marker:memory:alice', 'marker:memory:bob']
    """
    alice_s, bob_s = link.waits_s
    circuit.append(Marker("link:alice-bob", 2), [alice, bob])
    circuit.append(Marker("memory:alice", duration_s=alice_s), [alice])
    circuit.append(Marker("memory:bob", duration_s=bob_s), [bob])


def link_devices(link: AnyLink) -> dict[str, Any]:
    """The devices at the places that :func:`carry` marks.

    >>> from qnetlab.devices.link import Link
    >>> sorted(link_devices(Link()))
    ['link:alice-bob', 'memory:alice', 'memory:bob']
    """
    return {"link:alice-bob": link.pair_device, "memory:alice": link.alice_memory, "memory:bob": link.bob_memory}
