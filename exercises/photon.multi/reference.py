"""Among pulses with light, all but those with one photon."""

import math


def answer(parameters: dict[str, float]) -> float:
    mu = parameters["mu"]
    return 1 - mu * math.exp(-mu) / (1 - math.exp(-mu))
