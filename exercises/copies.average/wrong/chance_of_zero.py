"""How often the original is found as |0>."""

import math

MISCONCEPTION = "copies.chance_of_zero"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"yours": math.cos(theta / 2) ** 2, "average": 2 / 3}
