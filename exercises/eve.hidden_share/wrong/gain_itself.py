"""Bob's gain, not yet compared with what Eve has."""

import math

MISCONCEPTION = "eve.gain_itself"


def answer(parameters: dict[str, float]) -> float:
    mu, eta = parameters["mu"], parameters["percent"] / 100
    return 1 - math.exp(-eta * mu)
