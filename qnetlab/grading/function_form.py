"""What an exercise declares about a function that it asks for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EVERY_CALL = "every call"


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionForm:
    """A function that returns a key or a number; ``groups`` name the kinds of inputs that it is called with."""

    groups: tuple[str, ...]
    returns: str = "key"
    tolerance: float = 0.0

    @property
    def parts(self) -> tuple[str, ...]:
        """What a criterion may need."""
        return (*self.groups, EVERY_CALL)


def read_function(raw: Mapping[str, Any]) -> FunctionForm:
    """Check the table ``[function]``; raises ValueError or TypeError in words."""
    form = FunctionForm(**{**raw, "groups": tuple(raw["groups"])})
    if form.returns not in ("key", "number"):
        raise ValueError(f"returns must be 'key' or 'number'; got returns={form.returns!r}.")
    if not form.groups or not 0 <= form.tolerance < math.inf:
        raise ValueError("[function] needs the names of its groups of inputs, and a finite tolerance >= 0; got "
                         f"groups={form.groups!r}, tolerance={form.tolerance!r}.")
    return form
