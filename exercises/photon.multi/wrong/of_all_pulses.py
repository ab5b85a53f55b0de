"""The share of all pulses, the empty ones included."""

import math

MISCONCEPTION = "photon.of_all_pulses"


def answer(parameters: dict[str, float]) -> float:
    mu = parameters["mu"]
    return 1 - (1 + mu) * math.exp(-mu)
