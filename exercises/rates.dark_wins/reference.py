"""The decibels between the light at the start and the dark, over the decibels per kilometer."""

import math


def answer(parameters: dict[str, float]) -> float:
    light = 0.045 * parameters["mu"]
    return 10 * math.log10(light / (parameters["per_million"] * 1e-6)) / parameters["attenuation"]
