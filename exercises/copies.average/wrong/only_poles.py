"""Only |0> and |1> were tried."""

import math

MISCONCEPTION = "copies.only_poles"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"yours": (1 + math.cos(theta) ** 2) / 2, "average": 1.0}
