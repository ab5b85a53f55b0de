"""The full angle taken for the half of it."""

import math

MISCONCEPTION = "satellite.full_angle_for_radius"


def answer(parameters: dict[str, float]) -> float:
    radius = parameters["divergence"] * 1e-3 * parameters["length_km"]
    return -10 * math.log10(1 - math.exp(-2 * (parameters["diameter"] / 2) ** 2 / radius**2))
