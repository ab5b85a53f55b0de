"""The six-state protocol's threshold."""

from qnetlab.theory.key_rates import qber_threshold

MISCONCEPTION = "rates.three_bases"


def answer(parameters: dict[str, float]) -> float:
    return qber_threshold("six_state", error_correction=parameters["f"])
