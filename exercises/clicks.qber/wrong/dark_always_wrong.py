"""Every dark count is counted as an error."""

import math

MISCONCEPTION = "clicks.dark_always_wrong"


def answer(parameters: dict[str, float]) -> float:
    light = -math.expm1(-0.1 * 0.045 * 10 ** (-0.21 * parameters["length_km"] / 10))
    return (0.033 * light + 1.7e-6) / (light + 1.7e-6)
