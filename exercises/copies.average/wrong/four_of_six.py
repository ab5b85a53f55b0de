"""Four states in place of six."""

import math

MISCONCEPTION = "copies.four_of_six"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"yours": (1 + math.cos(theta) ** 2) / 2, "average": 0.75}
