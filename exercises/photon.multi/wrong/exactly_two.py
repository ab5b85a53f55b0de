"""Three and more are forgotten."""

import math

MISCONCEPTION = "photon.exactly_two"


def answer(parameters: dict[str, float]) -> float:
    mu = parameters["mu"]
    return mu**2 / 2 * math.exp(-mu) / (1 - math.exp(-mu))
