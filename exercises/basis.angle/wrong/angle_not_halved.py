"""The angle on the sphere put where half of it belongs."""

import math

MISCONCEPTION = "basis.angle_not_halved"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"plus": math.sin(theta) ** 2, "coin": 0.5}
