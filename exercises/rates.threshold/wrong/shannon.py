"""A code at the Shannon limit."""

from qnetlab.theory.key_rates import qber_threshold

MISCONCEPTION = "rates.shannon"


def answer(parameters: dict[str, float]) -> float:
    return qber_threshold("bb84")
