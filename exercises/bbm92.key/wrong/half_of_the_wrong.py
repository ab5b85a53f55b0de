"""F where the visibility belongs."""

from qnetlab.theory.key_rates import bb84_secret_fraction

MISCONCEPTION = "bbm92.half_of_the_wrong"


def answer(parameters: dict[str, float]) -> float:
    f = parameters["f"]
    return float(bb84_secret_fraction((1 - f) / 2, error_correction=1.16))
