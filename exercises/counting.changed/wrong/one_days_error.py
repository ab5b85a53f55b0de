"""Only one of the two error bars."""

import math

MISCONCEPTION = "counting.one_days_error"


def answer(parameters: dict[str, float]) -> float:
    a, b = parameters["monday"] / 1000, parameters["tuesday"] / 1000
    return (b - a) / math.sqrt(a * (1 - a) / 1000)
