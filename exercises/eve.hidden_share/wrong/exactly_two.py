"""Pulses of three and more forgotten."""

import math

MISCONCEPTION = "eve.exactly_two"


def answer(parameters: dict[str, float]) -> float:
    mu, eta = parameters["mu"], parameters["percent"] / 100
    return (1 - math.exp(-eta * mu)) / (mu**2 / 2 * math.exp(-mu))
