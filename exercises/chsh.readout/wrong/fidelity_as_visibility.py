"""F is put where V belongs, and the readouts are left out."""

import math

MISCONCEPTION = "chsh.fidelity_as_visibility"


def answer(parameters: dict[str, float]) -> float:
    return 2 * math.sqrt(2) * parameters["f"]
