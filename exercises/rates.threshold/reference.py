"""Where 1 - h(Q) - f h(Q) becomes 0."""

from qnetlab.theory.key_rates import qber_threshold


def answer(parameters: dict[str, float]) -> float:
    return qber_threshold("bb84", error_correction=parameters["f"])
