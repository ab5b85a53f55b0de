"""Nothing paid for what Eve may know."""

from qnetlab.theory.entropy import binary_entropy
from qnetlab.theory.search import crossing

MISCONCEPTION = "rates.correction_alone"


def answer(parameters: dict[str, float]) -> float:
    return crossing(lambda q: float(1 - parameters["f"] * binary_entropy(q)), 0.0, 0.5)
