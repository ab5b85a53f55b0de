"""Half of the pairs sifted away a second time."""

from qnetlab.theory.key_rates import bb84_secret_fraction

MISCONCEPTION = "bbm92.per_pair"


def answer(parameters: dict[str, float]) -> float:
    f = parameters["f"]
    return float(bb84_secret_fraction(2 * (1 - f) / 3, error_correction=1.16)) / 2
