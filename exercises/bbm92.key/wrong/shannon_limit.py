"""A code that discloses no more than it must."""

from qnetlab.theory.key_rates import bb84_secret_fraction

MISCONCEPTION = "bbm92.shannon_limit"


def answer(parameters: dict[str, float]) -> float:
    f = parameters["f"]
    return float(bb84_secret_fraction(2 * (1 - f) / 3))
