"""The angle between Z and the axis, not between state and axis."""

import math

MISCONCEPTION = "basis.from_the_pole"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"plus": (1 + math.cos(theta)) / 2, "coin": 0.5}
