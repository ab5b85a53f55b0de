"""S, the key of trusted devices, and the key of devices that nobody trusts: never below 0."""

import math

from qnetlab.theory.key_rates import bb84_secret_fraction, device_independent_secret_fraction


def answer(parameters: dict[str, float]) -> dict[str, float]:
    q = 2 * (1 - parameters["f"]) / 3
    s = 2 * math.sqrt(2) * (1 - 2 * q)
    return {"s": s, "trusted": max(0.0, float(bb84_secret_fraction(q))),
            "untrusted": max(0.0, float(device_independent_secret_fraction(s, q)))}
