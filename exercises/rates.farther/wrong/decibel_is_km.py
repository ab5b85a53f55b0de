"""Decibels taken for kilometers."""

import math

MISCONCEPTION = "rates.decibel_is_km"


def answer(parameters: dict[str, float]) -> float:
    return 10 * math.log10(parameters["times"])
