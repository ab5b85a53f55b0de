"""C = 2F - 1 is what must be left after L n/c."""

import math


def answer(parameters: dict[str, float]) -> float:
    wait_ms = parameters["length_km"] * 1e6 * 1.4682 / 299_792_458
    return wait_ms / -math.log(2 * parameters["f"] - 1)
