"""Decibels of power read as decibels of amplitude."""

import math

MISCONCEPTION = "clicks.amplitude"


def answer(parameters: dict[str, float]) -> float:
    light = -math.expm1(-0.1 * 0.045 * 10 ** (-0.21 * parameters["length_km"] / 20))
    return (0.033 * light + 1.7e-6 / 2) / (light + 1.7e-6)
