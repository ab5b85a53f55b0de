"""The threshold at the Shannon limit, divided by f."""

from qnetlab.theory.key_rates import qber_threshold

MISCONCEPTION = "rates.divided"


def answer(parameters: dict[str, float]) -> float:
    return qber_threshold("bb84") / parameters["f"]
