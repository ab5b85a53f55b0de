"""The difference, over the root of the sum of the squared errors."""

import math


def answer(parameters: dict[str, float]) -> float:
    a, b = parameters["monday"] / 1000, parameters["tuesday"] / 1000
    error = math.sqrt((a * (1 - a) + b * (1 - b)) / 1000)
    return (b - a) / error
