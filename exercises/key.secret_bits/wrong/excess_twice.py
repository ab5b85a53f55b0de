"""The code's excess also paid to Eve."""

from qnetlab.theory.entropy import binary_entropy

MISCONCEPTION = "key.excess_twice"


def answer(parameters: dict[str, int]) -> float:
    q, f = parameters["q"] / 100, 1 + parameters["excess"] / 100
    return 1e6 * (1 - 2 * f * float(binary_entropy(q)))
