"""Pulses of one photon counted, too."""

import math

MISCONCEPTION = "eve.all_with_light"


def answer(parameters: dict[str, float]) -> float:
    mu, eta = parameters["mu"], parameters["percent"] / 100
    return (1 - math.exp(-eta * mu)) / (1 - math.exp(-mu))
