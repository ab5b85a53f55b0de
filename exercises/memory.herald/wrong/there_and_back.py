"""Twice the way."""

import math

MISCONCEPTION = "memory.there_and_back"


def answer(parameters: dict[str, float]) -> float:
    wait_s = 2 * parameters["length_km"] * 1e3 * 1.4682 / 299_792_458
    return (1 + math.exp(-wait_s / (parameters["t2_ms"] * 1e-3))) / 2
