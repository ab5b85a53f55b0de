"""Light in vacuum."""

import math

MISCONCEPTION = "memory.enough_vacuum"


def answer(parameters: dict[str, float]) -> float:
    wait_ms = parameters["length_km"] * 1e6 / 299_792_458
    return wait_ms / -math.log(2 * parameters["f"] - 1)
