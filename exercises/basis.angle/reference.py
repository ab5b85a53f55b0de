"""(1 + cosine of the angle between state and axis)/2; the coin has no arrow."""

import math


def answer(parameters: dict[str, float]) -> dict[str, float]:
    theta = math.radians(parameters["theta_deg"])
    return {"plus": (1 + math.sin(theta)) / 2, "coin": 0.5}
