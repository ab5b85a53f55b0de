"""Error correction at the Shannon limit."""

from qnetlab.theory.entropy import binary_entropy

MISCONCEPTION = "key.shannon_limit"


def answer(parameters: dict[str, int]) -> float:
    q = parameters["q"] / 100
    return 1e6 * (1 - 2 * float(binary_entropy(q)))
