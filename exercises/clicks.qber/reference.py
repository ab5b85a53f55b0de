"""Clicks of light, 3.3 % of them wrong, and clicks of the dark, half of them wrong."""

import math


def answer(parameters: dict[str, float]) -> float:
    light = -math.expm1(-0.1 * 0.045 * 10 ** (-0.21 * parameters["length_km"] / 10))
    return (0.033 * light + 1.7e-6 / 2) / (light + 1.7e-6)
