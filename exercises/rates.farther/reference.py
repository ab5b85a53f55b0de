"""The factor in decibels, over the decibels per kilometer; where the first end was does not matter."""

import math


def answer(parameters: dict[str, float]) -> float:
    return 10 * math.log10(parameters["times"]) / parameters["attenuation"]
