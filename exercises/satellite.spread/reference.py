"""What a round telescope catches of a Gaussian beam."""

import math


def answer(parameters: dict[str, float]) -> float:
    radius = parameters["divergence"] * 1e-3 * parameters["length_km"] / 2
    return -10 * math.log10(1 - math.exp(-2 * (parameters["diameter"] / 2) ** 2 / radius**2))
