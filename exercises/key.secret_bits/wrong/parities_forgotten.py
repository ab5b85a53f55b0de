"""Only Eve is paid for."""

from qnetlab.theory.entropy import binary_entropy

MISCONCEPTION = "key.parities_forgotten"


def answer(parameters: dict[str, int]) -> float:
    q = parameters["q"] / 100
    return 1e6 * (1 - float(binary_entropy(q)))
