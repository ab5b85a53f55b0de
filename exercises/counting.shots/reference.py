"""The error of a share is sqrt(p (1 - p)/n), solved for n."""

import math


def answer(parameters: dict[str, float]) -> float:
    p, error = parameters["p"], parameters["error"]
    return math.ceil(round(p * (1 - p) / error**2, 6))
