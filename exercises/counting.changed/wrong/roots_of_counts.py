"""The root of each count taken for its error."""

import math

MISCONCEPTION = "counting.errors_added"


def answer(parameters: dict[str, float]) -> float:
    a, b = parameters["monday"], parameters["tuesday"]
    return (b - a) / math.sqrt(a + b)
