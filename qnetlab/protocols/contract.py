"""What every protocol answers: its circuits, its devices, its estimates, and its theory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from qiskit import QuantumCircuit

from ..estimate import Estimate, Outcomes


@runtime_checkable
class QuantumProtocol(Protocol):
    """A frozen value whose fields are the knobs and whose four methods are the story.

    Every name in ``theory()`` is also in ``estimates()``; an exact run equals theory to 1e-9, a sampled one within
    its error.
    """

    def circuits(self) -> dict[str, QuantumCircuit]:
        """Setting -> circuit, with markers and without noise; one named ClassicalRegister per quantity."""
        ...

    def devices(self) -> dict[str, Any]:
        """Place -> device."""
        ...

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """The quantities, from what each setting gave: the same code for exact, sampled and hardware data."""
        ...

    def theory(self) -> dict[str, float]:
        """The same quantities in exact closed form."""
        ...
