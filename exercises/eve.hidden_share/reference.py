"""The gain of an honest line over the multiphoton pulses that leave Alice."""

import math


def answer(parameters: dict[str, float]) -> float:
    mu, eta = parameters["mu"], parameters["percent"] / 100
    return (1 - math.exp(-eta * mu)) / (1 - (1 + mu) * math.exp(-mu))
