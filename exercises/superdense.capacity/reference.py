"""Two bits, less Bob's doubt about which of the four messages it was."""

from math import log2


def answer(parameters: dict[str, float]) -> float:
    f = parameters["f"]
    return 2 + f * log2(f) + (1 - f) * log2((1 - f) / 3)
