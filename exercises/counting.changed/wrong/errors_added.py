"""Errors added straight."""

import math

MISCONCEPTION = "counting.errors_added"


def answer(parameters: dict[str, float]) -> float:
    a, b = parameters["monday"] / 1000, parameters["tuesday"] / 1000
    return (b - a) / (math.sqrt(a * (1 - a) / 1000) + math.sqrt(b * (1 - b) / 1000))
