"""All that is forgotten counts as wrong."""

import math

MISCONCEPTION = "repeater.blur_not_halved"


def answer(parameters: dict[str, float]) -> float:
    p, x = 0.01, math.exp(-1 / parameters["t2"])
    return 1 - p / (2 - p) * (1 + (1 - p) * x) / (1 - (1 - p) * x)
