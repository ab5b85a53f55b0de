"""Only right or wrong: that a wrong message is one of three is forgotten."""

from math import log2

MISCONCEPTION = "superdense.one_kind_of_error"


def answer(parameters: dict[str, float]) -> float:
    f = parameters["f"]
    return 2 + f * log2(f) + (1 - f) * log2(1 - f)
