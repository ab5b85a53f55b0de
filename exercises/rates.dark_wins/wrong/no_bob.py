"""Bob's own 4.5 % forgotten."""

import math

MISCONCEPTION = "rates.no_bob"


def answer(parameters: dict[str, float]) -> float:
    light = 0.045 * parameters["mu"] / (parameters["per_million"] * 1e-6)
    return 10 * math.log10(light / 0.045) / parameters["attenuation"]
