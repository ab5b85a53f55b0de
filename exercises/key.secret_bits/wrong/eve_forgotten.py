"""Only error correction is paid for."""

from qnetlab.theory.entropy import binary_entropy

MISCONCEPTION = "key.eve_forgotten"


def answer(parameters: dict[str, int]) -> float:
    q, f = parameters["q"] / 100, 1 + parameters["excess"] / 100
    return 1e6 * (1 - f * float(binary_entropy(q)))
