"""A copy alone is a coin with the odds of the original; (1 + 1/3)/2 on average."""

import math


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"yours": (1 + math.cos(theta) ** 2) / 2, "average": 2 / 3}
