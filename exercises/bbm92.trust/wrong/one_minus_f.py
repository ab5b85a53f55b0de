"""Every wrong pair taken for a wrong bit."""

import math

from qnetlab.theory.key_rates import bb84_secret_fraction, device_independent_secret_fraction

MISCONCEPTION = "bbm92.q_is_one_minus_f"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    f = parameters["f"]
    q = 1 - f
    s = 2 * math.sqrt(2) * (4 * f - 1) / 3
    trusted = max(0.0, float(bb84_secret_fraction(q)))
    return {"s": s, "trusted": trusted, "untrusted": max(0.0, float(device_independent_secret_fraction(s, q)))}
