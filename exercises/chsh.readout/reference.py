"""The visibility of the pair, and the contrast of a readout on each side."""

import math


def answer(parameters: dict[str, float]) -> float:
    visibility = (4 * parameters["f"] - 1) / 3
    return 2 * math.sqrt(2) * visibility * (2 * parameters["r"] - 1) ** 2
