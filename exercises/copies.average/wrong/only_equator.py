"""The equator taken for the sphere."""

import math

MISCONCEPTION = "copies.only_equator"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"yours": (1 + math.cos(theta) ** 2) / 2, "average": 0.5}
