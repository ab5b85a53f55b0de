"""The pair is taken to wait from the first attempt on."""

import math

MISCONCEPTION = "repeater.waits_from_the_start"


def answer(parameters: dict[str, float]) -> float:
    p = 0.01
    return (1 - math.exp(-(3 - 2 * p) / (p * (2 - p)) / parameters["t2"])) / 2
