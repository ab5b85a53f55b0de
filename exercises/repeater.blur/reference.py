"""The mean of exp(-|difference of two geometric waits| / T2)."""

import math


def answer(parameters: dict[str, float]) -> float:
    p, x = 0.01, math.exp(-1 / parameters["t2"])
    kept = p / (2 - p) * (1 + (1 - p) * x) / (1 - (1 - p) * x)
    return (1 - kept) / 2
