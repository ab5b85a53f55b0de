"""The exponential of the mean wait."""

import math

MISCONCEPTION = "repeater.everyone_waits_the_mean"


def answer(parameters: dict[str, float]) -> float:
    p = 0.01
    mean = 2 * (1 - p) / (p * (2 - p))
    return (1 - math.exp(-mean / parameters["t2"])) / 2
