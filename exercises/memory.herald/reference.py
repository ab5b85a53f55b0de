"""The herald takes L n/c, and |+> keeps (1 + exp(-t/T2))/2."""

import math


def answer(parameters: dict[str, float]) -> float:
    wait_s = parameters["length_km"] * 1e3 * 1.4682 / 299_792_458
    return (1 + math.exp(-wait_s / (parameters["t2_ms"] * 1e-3))) / 2
