"""A key of less than nothing."""

import math

from qnetlab.theory.key_rates import bb84_secret_fraction, device_independent_secret_fraction

MISCONCEPTION = "bbm92.less_than_nothing"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    f = parameters["f"]
    q = 2 * (1 - f) / 3
    s = 2 * math.sqrt(2) * (1 - 2 * q)
    trusted = max(0.0, float(bb84_secret_fraction(q)))
    return {"s": s, "trusted": trusted, "untrusted": float(device_independent_secret_fraction(s, q))}
