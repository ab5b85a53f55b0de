"""The readouts are left out."""

import math

MISCONCEPTION = "chsh.perfect_readout"


def answer(parameters: dict[str, float]) -> float:
    visibility = (4 * parameters["f"] - 1) / 3
    return 2 * math.sqrt(2) * visibility
