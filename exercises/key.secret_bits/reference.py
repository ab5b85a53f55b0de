"""n [1 - h(Q) - f h(Q)]."""

from qnetlab.theory.entropy import binary_entropy


def answer(parameters: dict[str, int]) -> float:
    q, f = parameters["q"] / 100, 1 + parameters["excess"] / 100
    return 1e6 * (1 - (1 + f) * float(binary_entropy(q)))
