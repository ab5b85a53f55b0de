"""A photon in every pulse."""

import math

MISCONCEPTION = "rates.full_pulse"


def answer(parameters: dict[str, float]) -> float:
    light = 0.045 * parameters["mu"] / (parameters["per_million"] * 1e-6)
    return 10 * math.log10(light / parameters["mu"]) / parameters["attenuation"]
