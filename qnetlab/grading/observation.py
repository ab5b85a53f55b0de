"""What was seen of an answer, whatever its kind: numbers to compare, a table to read, and one counter-example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .cards import Table
from .spec import Criterion

#: Two exact numbers count as equal within this: far above rounding, far below any mistake.
EQUAL = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """An answer as it was seen.

    ``measures`` are the named numbers that signatures compare, within ``tolerance``; ``agreement`` says for all that a
    criterion may need how well it agrees with the reference, 1 being fully.
    """

    measures: Mapping[str, float]
    agreement: Mapping[str, float]
    table: Table
    counterexample: str
    tolerance: float

    def meets(self, criterion: Criterion) -> bool:
        """Whether a criterion earns its points."""
        if any(self.agreement[need] < 1 - EQUAL for need in criterion.needs):
            return False
        if criterion.crossing_bits is None:
            return True
        return not self.measures["quantum wire"] and self.measures["bits sent"] <= criterion.crossing_bits
