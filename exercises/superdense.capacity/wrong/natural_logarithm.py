"""The doubt in nats is taken from two bits."""

from math import log

MISCONCEPTION = "superdense.natural_logarithm"


def answer(parameters: dict[str, float]) -> float:
    f = parameters["f"]
    return 2 + f * log(f) + (1 - f) * log((1 - f) / 3)
