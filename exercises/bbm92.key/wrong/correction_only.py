"""Nothing paid for what Eve may know."""

from qnetlab.theory.key_rates import bb84_secret_fraction

MISCONCEPTION = "bbm92.correction_only"


def answer(parameters: dict[str, float]) -> float:
    f = parameters["f"]
    return float(bb84_secret_fraction(2 * (1 - f) / 3, phase_error=0.0, error_correction=1.16))
