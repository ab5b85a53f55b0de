"""Every wrong pair taken for a wrong bit."""

from qnetlab.theory.key_rates import bb84_secret_fraction

MISCONCEPTION = "bbm92.one_minus_f"


def answer(parameters: dict[str, float]) -> float:
    f = parameters["f"]
    return float(bb84_secret_fraction(1 - f, error_correction=1.16))
