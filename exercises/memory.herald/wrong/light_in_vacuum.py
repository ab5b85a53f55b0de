"""The herald at the speed of light in vacuum."""

import math

MISCONCEPTION = "memory.light_in_vacuum"


def answer(parameters: dict[str, float]) -> float:
    wait_s = parameters["length_km"] * 1e3 / 299_792_458
    return (1 + math.exp(-wait_s / (parameters["t2_ms"] * 1e-3))) / 2
