"""What every protocol answers: its circuits, its devices, its estimates, and its theory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, runtime_checkable

import numpy as np
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


@runtime_checkable
class ClickProtocol(QuantumProtocol, Protocol):
    """A protocol whose rounds are more than one run of a circuit each: three hooks, all or some of them.

    Its circuits tell where *one* photon goes. What a round is (a pulse of several photons, dark counts, settings chosen
    at random) comes in afterwards, and ``shots`` counts rounds in all. ``run`` calls the hooks that are there.
    A protocol of what happens when, by chance, may have no circuits at all (``circuits()`` is empty, and so is
    ``devices()``): ``sample`` then draws everything, and ``detect`` gives the exact answer or refuses.
    """

    def detect(self, probabilities: Mapping[str, Outcomes]) -> dict[str, Outcomes]:
        """Exact: from the circuits' probabilities, setting by setting, to those of a round."""
        ...

    def sample(self, probabilities: Mapping[str, Outcomes], shots: int,
               rng: np.random.Generator) -> dict[str, Outcomes]:
        """``shots`` rounds in all, drawn from the circuits' probabilities; also where rounds know of each other."""
        ...

    def shoot(self, shots: int, fire: Callable[[Mapping[str, int]], Mapping[str, Outcomes]],
              rng: np.random.Generator) -> dict[str, Outcomes]:
        """``shots`` rounds in all; ``fire`` really shoots each setting's circuit as often as asked for, once."""
        ...
