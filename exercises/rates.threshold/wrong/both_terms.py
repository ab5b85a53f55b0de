"""f paid for Eve, too."""

from qnetlab.theory.key_rates import qber_threshold

MISCONCEPTION = "rates.both_terms"


def answer(parameters: dict[str, float]) -> float:
    return qber_threshold("bb84", error_correction=2 * parameters["f"] - 1)
