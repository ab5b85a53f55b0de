"""An evenly lit disc as wide as the beam."""

import math

MISCONCEPTION = "satellite.even_disc"


def answer(parameters: dict[str, float]) -> float:
    width = parameters["divergence"] * 1e-3 * parameters["length_km"]
    return -20 * math.log10(parameters["diameter"] / width)
