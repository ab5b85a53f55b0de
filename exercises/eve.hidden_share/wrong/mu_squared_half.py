"""The rough number for faint pulses."""

import math

MISCONCEPTION = "eve.mu_squared_half"


def answer(parameters: dict[str, float]) -> float:
    mu, eta = parameters["mu"], parameters["percent"] / 100
    return (1 - math.exp(-eta * mu)) / (mu**2 / 2)
