"""Multiplied by the chance that both readouts are right."""

import math

MISCONCEPTION = "chsh.both_right"


def answer(parameters: dict[str, float]) -> float:
    visibility = (4 * parameters["f"] - 1) / 3
    return 2 * math.sqrt(2) * visibility * parameters["r"] ** 2
