"""What is left, in place of what is wrong."""

import math

MISCONCEPTION = "repeater.kept_for_wrong"


def answer(parameters: dict[str, float]) -> float:
    p, x = 0.01, math.exp(-1 / parameters["t2"])
    return p / (2 - p) * (1 + (1 - p) * x) / (1 - (1 - p) * x)
