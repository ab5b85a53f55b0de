"""The natural logarithm."""

import math

MISCONCEPTION = "rates.natural_log"


def answer(parameters: dict[str, float]) -> float:
    light = 0.045 * parameters["mu"] / (parameters["per_million"] * 1e-6)
    return 10 * math.log(light) / parameters["attenuation"]
