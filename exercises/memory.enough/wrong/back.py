"""Twice the way."""

import math

MISCONCEPTION = "memory.enough_back"


def answer(parameters: dict[str, float]) -> float:
    wait_ms = 2 * parameters["length_km"] * 1e6 * 1.4682 / 299_792_458
    return wait_ms / -math.log(2 * parameters["f"] - 1)
