"""20 in place of 10."""

import math

MISCONCEPTION = "rates.amplitude"


def answer(parameters: dict[str, float]) -> float:
    light = 0.045 * parameters["mu"] / (parameters["per_million"] * 1e-6)
    return 20 * math.log10(light) / parameters["attenuation"]
