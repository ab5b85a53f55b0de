"""The angle on the sphere put where half of it belongs."""

import math

MISCONCEPTION = "copies.whole_angle"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"yours": math.cos(theta) ** 4 + math.sin(theta) ** 4, "average": 2 / 3}
